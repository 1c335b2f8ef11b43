import { type Entry, type Mapping, type Node, scalarChild } from './tree';

/** Lists that a later file replaces instead of adding to them. */
const replaced: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck.test']);

/** What names an item of a list, so that a later file's item of the same name replaces it. */
const identity: ReadonlyMap<string, (item: Node) => string | undefined> = new Map([
  ['volumes', (item) => target(item, ':', 1)],
  ['configs', (item) => target(item, undefined, 0)],
  ['secrets', (item) => target(item, undefined, 0)],
]);

const deepest = 20;

/** Lays a service (in its long form) over the same service of an earlier file, by compose's rules for several files. */
export function mergeServices(base: Mapping, over: Mapping): Mapping {
  return mergeMaps(base, over, '', 0);
}

function mergeMaps(base: Mapping, over: Mapping, path: string, depth: number): Mapping {
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const before = base.entries.get(key);
    const value = merged(before?.value, entry.value, path === '' ? key : `${path}.${key}`, depth + 1);
    if (value === undefined) entries.delete(key);
    else entries.set(key, value === before?.value ? before : { ...entry, value });
  }
  return { ...over, entries };
}

function merged(base: Node | undefined, over: Node, path: string, depth: number): Node | undefined {
  if (over.tag === 'reset') return undefined;
  if (base === undefined || over.tag === 'override') return over;
  if (over.kind === 'scalar' && over.empty && base.kind !== 'scalar') return base;
  if (base.kind === 'map' && over.kind === 'map' && depth < deepest) return mergeMaps(base, over, path, depth);
  if (base.kind === 'list' && over.kind === 'list' && !replaced.has(path)) return { ...over, items: joined(base.items, over.items, path) };
  return over;
}

function joined(base: readonly Node[], over: readonly Node[], path: string): readonly Node[] {
  const nameOf = identity.get(path) ?? ((item: Node) => (item.kind === 'scalar' ? item.text : undefined));
  const names = new Set(over.map(nameOf));
  return [...base.filter((item) => !names.has(nameOf(item)) || nameOf(item) === undefined), ...over];
}

/** The place inside the container that an item goes to. */
function target(item: Node, separator: string | undefined, index: number): string | undefined {
  if (item.kind === 'scalar') return separator === undefined ? item.text : (item.text.split(separator)[index] ?? item.text);
  return scalarChild(item, 'target')?.text ?? scalarChild(item, 'source')?.text;
}
