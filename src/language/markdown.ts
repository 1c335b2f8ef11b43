/** Text as Markdown that shows exactly these characters: a component may be called `__proto__` or `a|b`. */
export function literal(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~&]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}

export function bold(text: string): string {
  return `**${literal(text)}**`;
}

/**
 * A table with these heads; every cell is Markdown already. All columns but the first stand at the right, with a space
 * before them that the editor's own style leaves out.
 */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = heads.map((_, i) => (i > 0 ? '--:' : ':--'));
  const spaced = (row: readonly string[]) => row.map((cell, i) => (i > 0 ? `&emsp;${cell}` : cell));
  return [spaced(heads), rule, ...rows.map(spaced)].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Paragraphs, one empty line between them; empty ones are left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}
