import type { Span } from '../../model/text';
import type { YamlAlias, YamlEntry, YamlMap, YamlNode } from './yamlNodes';

/** A node with aliases followed. `via` is the outermost alias on the way: the place where the value is used. */
export interface Resolved {
  readonly node: Exclude<YamlNode, YamlAlias>;
  readonly via?: Span;
}

/** An entry of a map with its merge keys laid under it. `via` is the alias of the merge key that it came by. */
export interface ExpandedEntry extends YamlEntry {
  readonly via?: Span;
}

export interface ExpandedMap {
  readonly entries: readonly ExpandedEntry[];
  /** The second and further entries of one key, each with the first. */
  readonly repeated: readonly { readonly entry: YamlEntry; readonly first: YamlEntry }[];
  /** Values of `<<` that cannot be merged. */
  readonly unmergeable: readonly Span[];
}

/** A few aliases of aliases stand for billions of values; past so many nodes they are read as broken. */
const mostNodes = 500_000;
const deepestMerge = 64;

/** Follows the aliases and merge keys of one text, within bounds. */
export class Expansion {
  #left = mostNodes;
  #exceeded: Span | undefined;

  /** The alias at which the bound was met. */
  get exceeded(): Span | undefined {
    return this.#exceeded;
  }

  resolve(node: YamlNode, via?: Span): Resolved {
    let current = node;
    let used = via;
    while (current.kind === 'alias') {
      used ??= current.span;
      this.#left -= current.size + 1;
      if (this.#left < 0) this.#exceeded ??= used;
      if (this.#left < 0 || !current.target) return { node: { kind: 'broken', span: current.span }, ...(used && { via: used }) };
      current = current.target;
    }
    return { node: current, ...(used && { via: used }) };
  }

  /** The entries of a map: its own first, then what its merge keys add. Of a key given twice the first counts. */
  entries(map: YamlMap, via?: Span): ExpandedMap {
    if (via === undefined && isSimple(map)) return { entries: map.entries, repeated: none, unmergeable: none };
    const entries = new Map<string, ExpandedEntry>();
    const repeated: { entry: YamlEntry; first: YamlEntry }[] = [];
    const unmergeable: Span[] = [];
    const merges: YamlEntry[] = [];
    for (const entry of map.entries) {
      const first = entries.get(entry.key);
      if (isMerge(entry)) merges.push(entry);
      else if (first) repeated.push({ entry, first });
      else entries.set(entry.key, via ? { ...entry, via } : entry);
    }
    for (const merge of merges) this.#merge(merge.value, via, { entries, repeated, unmergeable }, 0);
    return { entries: [...entries.values()], repeated, unmergeable };
  }

  #merge(value: YamlNode, via: Span | undefined, into: Merged, depth: number, inList = false): void {
    const { node, via: used } = this.resolve(value, via);
    if (node.kind === 'list' && !inList) {
      for (const item of node.items) this.#merge(item, used, into, depth, true);
    } else if (node.kind === 'map' && depth < deepestMerge) {
      const own = new Map<string, YamlEntry>();
      for (const entry of node.entries) {
        const first = own.get(entry.key);
        if (isMerge(entry)) this.#merge(entry.value, used, into, depth + 1);
        else if (first) into.repeated.push({ entry, first });
        else own.set(entry.key, entry);
        if (!isMerge(entry) && !into.entries.has(entry.key)) into.entries.set(entry.key, used ? { ...entry, via: used } : entry);
      }
    } else if (node.kind !== 'broken') {
      into.unmergeable.push(value.span);
    }
  }
}

/** What is collected while merge keys are followed. */
interface Merged {
  readonly entries: Map<string, ExpandedEntry>;
  readonly repeated: { entry: YamlEntry; first: YamlEntry }[];
  readonly unmergeable: Span[];
}

const none: readonly never[] = [];

/** Whether no key is given twice or merges another map. */
function isSimple({ entries }: YamlMap): boolean {
  if (entries.length > 8) {
    const keys = new Set<string>();
    for (const entry of entries) keys.add(entry.key);
    return keys.size === entries.length && !keys.has('<<');
  }
  for (let i = 0; i < entries.length; i++) {
    const key = entries[i]?.key;
    if (key === '<<') return false;
    for (let j = 0; j < i; j++) if (entries[j]?.key === key) return false;
  }
  return true;
}

function isMerge(entry: YamlEntry): boolean {
  return entry.key === '<<' && entry.keySpan.start === entry.nameSpan.start;
}
