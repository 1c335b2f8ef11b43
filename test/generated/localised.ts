import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import type { Field, ValueType } from '../../src/formats/native/types';

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

/**
 * The texts of a table of keys, which are shown through `translated`: what each key means, what holds without it, what is
 * expected, and what a message calls it.
 */
export function tableTexts(fields: Iterable<Documented>): readonly string[] {
  const texts = new Set<string>();
  const seen = new Set<ValueType<unknown>>();
  const add = (...given: readonly (string | undefined)[]) => {
    for (const text of given) if (text !== undefined && text !== '') texts.add(text);
  };
  const ofField = ({ doc, default: otherwise, type }: Documented): void => {
    // A word of the language is the same in every language.
    if (otherwise !== undefined && !type.words?.includes(otherwise)) add(otherwise);
    add(doc);
    ofType(type);
  };
  const ofType = (type: ValueType<unknown>): void => {
    if (seen.has(type)) return;
    seen.add(type);
    add(type.expects, type.what);
    for (const field of type.fields?.values() ?? []) ofField(field);
    for (const inner of [type.item, type.otherwise, ...(type.alternatives ?? [])]) if (inner) ofType(inner);
  };
  for (const field of fields) ofField(field);
  return [...texts].filter(hasWords);
}

type Documented = Pick<Field<unknown>, 'doc' | 'default' | 'type'>;

/** Whether there is anything to translate beside what stands in code. */
function hasWords(text: string): boolean {
  return /[A-Za-z]{2}/.test(text.replace(/`[^`]*`/g, ''));
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
