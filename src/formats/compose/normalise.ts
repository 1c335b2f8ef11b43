import { type Entry, type Mapping, type Node, part, type Scalar, type Sequence } from './tree';

/**
 * A service in the long form of everything that compose lets people write in two ways, so that files can be merged
 * key by key: `environment` and `labels` as maps, `depends_on` and `networks` as maps by name, `build` as a map.
 */
export function normaliseService(service: Mapping): Mapping {
  const entries = new Map(service.entries);
  for (const key of ['environment', 'labels', 'sysctls', 'annotations']) change(entries, key, assignments);
  for (const key of ['depends_on', 'networks']) change(entries, key, byName);
  change(entries, 'env_file', asList);
  change(entries, 'build', (node) => (node.kind === 'scalar' && !node.empty ? single('context', node) : withArguments(node)));
  change(entries, 'deploy', (node) => changed(node, 'labels', assignments));
  return { ...service, entries };
}

function change(entries: Map<string, Entry>, key: string, how: (node: Node) => Node): void {
  const entry = entries.get(key);
  if (entry) entries.set(key, { ...entry, value: how(entry.value) });
}

function changed(node: Node, key: string, how: (node: Node) => Node): Node {
  if (node.kind !== 'map') return node;
  const entries = new Map(node.entries);
  change(entries, key, how);
  return { ...node, entries };
}

function withArguments(node: Node): Node {
  return changed(node, 'args', assignments);
}

/** `- KEY=value` as `KEY: value`; `- KEY` has an empty value, which is passed on from outside. */
function assignments(node: Node): Node {
  if (node.kind !== 'list') return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || item.empty) continue;
    const cut = item.text.indexOf('=');
    const key = cut < 0 ? item.text : item.text.slice(0, cut);
    const sourceCut = item.source.text.indexOf('=');
    const value: Scalar = cut < 0 ? { ...item, text: '', empty: true } : part(item, item.text.slice(cut + 1), sourceCut + 1);
    entries.set(key, { key, keyPlace: part(item, key, 0, sourceCut < 0 ? undefined : sourceCut).place, value });
  }
  return mapping(node, entries);
}

/** `- name` as `name: {}`. */
function byName(node: Node): Node {
  if (node.kind !== 'list') return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || item.empty) continue;
    entries.set(item.text, { key: item.text, keyPlace: item.place, value: { kind: 'map', entries: new Map(), place: item.place } });
  }
  return mapping(node, entries);
}

function asList(node: Node): Node {
  if (node.kind === 'list') return node;
  const list: Sequence = { kind: 'list', items: node.kind === 'scalar' && node.empty ? [] : [node], place: node.place };
  return node.tag ? { ...list, tag: node.tag } : list;
}

function single(key: string, value: Scalar): Mapping {
  return { kind: 'map', entries: new Map([[key, { key, keyPlace: value.place, value }]]), place: value.place };
}

function mapping(node: Sequence, entries: ReadonlyMap<string, Entry>): Mapping {
  return { kind: 'map', entries, place: node.place, ...(node.tag && { tag: node.tag }) };
}
