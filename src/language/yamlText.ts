import { plain } from '../editing/print';

/** Whether YAML reads a text back without quotes. What stands around names in scenarios is harmless inside. */
export function isPlain(text: string): boolean {
  const bare = text.replace(' -> ', ' ').replace(/(?<=\S)#(?=\d+$)/, '');
  return plain(bare) === bare;
}

/** A text as a YAML scalar: in the quotes that are asked for, or plain where it can be. */
export function yamlText(text: string, quote: '' | '"' | "'" = ''): string {
  if (quote === '' && isPlain(text)) return text;
  return quote === "'" ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
