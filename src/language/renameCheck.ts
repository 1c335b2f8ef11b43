import type { Source } from '../editing/syntax';
import type { Fragment, Mention } from '../formats/fragment';
import { readNative } from '../formats/native/read';
import type { YamlEntry, YamlNode } from '../formats/shared/yamlNodes';
import { parseYaml } from '../formats/shared/yamlParse';
import type { NamedKind, ScalarAt } from './sites';

/** A scalar with what it shall say: its text, and how that is written. */
export interface Replaced {
  readonly scalar: ScalarAt;
  readonly text: string;
  readonly printed: string;
}

/**
 * Reads a file again after a renaming and compares: the scalars that are meant say the new name, all others what they
 * said, every name that is used means what it meant, and nothing new is wrong. A component called `zone a` fails here
 * where a scenario kills it, for there it would be a zone.
 */
export function keepsMeaning(
  source: Source,
  edited: string,
  replaced: ReadonlyMap<number, Replaced>,
  isMeant: (name: { readonly kind: NamedKind; readonly name: string }) => boolean,
  name: string,
): boolean {
  const yaml = parseYaml(edited, source.yaml);
  if (!isSameTree(source.root, yaml.root, replaced)) return false;
  const before = readNative(source.file, source.text, source.yaml);
  const after = readNative(source.file, edited, yaml);
  const now = namesUsed(after);
  const isSame = (mention: Mention, index: number) => {
    const other = now[index];
    const meant = mention.kind !== 'call' && isMeant({ kind: mention.kind, name: mention.name });
    return other?.kind === mention.kind && other.name === (meant ? name : mention.name);
  };
  const was = namesUsed(before);
  return was.length === now.length && was.every(isSame) && problemsOf(after) === problemsOf(before);
}

/** Calls are named by their ends, which are names of their own. */
function namesUsed({ mentions }: Fragment): readonly Mention[] {
  return mentions.filter(({ kind }) => kind !== 'call');
}

/** How many problems of each sort there are: their messages name names. */
function problemsOf({ problems }: Fragment): string {
  return problems
    .map(({ rule }) => rule)
    .sort()
    .join();
}

/** Whether two texts have the same structure, and differ in what they say only where they should. */
function isSameTree(a: YamlNode | undefined, b: YamlNode | undefined, replaced: ReadonlyMap<number, Replaced>): boolean {
  if (a === undefined || b === undefined) return a === b;
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && b.text === (replaced.get(a.span.start)?.text ?? a.text);
    case 'map':
      return (
        b.kind === 'map' && a.entries.length === b.entries.length && a.entries.every((entry, i) => isSame(entry, b.entries[i], replaced))
      );
    case 'list':
      return b.kind === 'list' && a.items.length === b.items.length && a.items.every((item, i) => isSameTree(item, b.items[i], replaced));
    case 'alias':
      return b.kind === 'alias' && a.name === b.name;
    default:
      return b.kind === a.kind;
  }
}

function isSame(a: YamlEntry, b: YamlEntry | undefined, replaced: ReadonlyMap<number, Replaced>): boolean {
  return b !== undefined && b.key === (replaced.get(a.keySpan.start)?.text ?? a.key) && isSameTree(a.value, b.value, replaced);
}
