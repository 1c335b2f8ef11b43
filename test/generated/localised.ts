import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/**
 * The texts that the sources below a folder hand to `l10n.t`, sorted, each once: what a translator starts from.
 * Throws where one is put together at run time, since nobody could translate that.
 */
export function localisedTexts(folder: string): readonly string[] {
  const texts = new Set<string>();
  const names = readdirSync(folder, { recursive: true }).map(String);
  for (const name of names.filter((path) => /\.tsx?$/.test(path))) {
    const source = readFileSync(join(folder, name), 'utf8');
    if (source.includes('l10n.t(')) for (const text of textsOf(name, source)) texts.add(text);
  }
  return [...texts].sort();
}

/** Without comments and types, and with strings that are added up made one, a call is told by its spelling. */
function* textsOf(name: string, source: string): Iterable<string> {
  const loader = name.endsWith('x') ? 'tsx' : 'ts';
  const { code } = transformSync(source, { loader, minifySyntax: true, charset: 'utf8', jsx: 'automatic' });
  for (const { index } of code.matchAll(/\bl10n\.t\(/g)) {
    const rest = code.slice(index + 'l10n.t('.length);
    const [, quoted, bare, plain] = /^\s*(?:("(?:[^"\\]|\\.)*")|'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\\.)*)`)\s*[,)]/.exec(rest) ?? [];
    const inner = bare ?? plain;
    if (quoted === undefined && inner === undefined)
      throw new Error(`${name}: the first argument of l10n.t has to be a string as it stands, not ${rest.slice(0, 60)}`);
    yield JSON.parse(
      quoted ??
        `"${(inner ?? '')
          .replace(/\\([`'])/g, '$1')
          .replace(/"/g, '\\"')
          .replace(/\n/g, '\\n')}"`,
    ) as string;
  }
}
