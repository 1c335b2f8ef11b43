import { blockReference } from '../reference';
import { configuration } from './schema';

/** The page about the configuration with the table below each heading that names a block of it, from the table that the reader uses. */
export function configurationReference(written: string): string {
  const { fields = new Map() } = configuration;
  return written.replace(/^(### `(\w+)`\n(?:(?!#|\|).*\n)*)(?:\|.*\n)+/gm, (whole, head: string, key: string) => {
    const inner = fields.get(key)?.type.fields;
    return inner ? `${head}${blockReference(inner)}\n` : whole;
  });
}
