import { sections } from '../formats/native/schema';
import type { ValueType } from '../formats/native/types';
import { innerSpan, type YamlEntry, type YamlMap, type YamlNode } from '../formats/shared/yamlNodes';
import type { ElementKind } from '../model/origin';
import type { Span } from '../model/text';

/** The kinds of element that have a name of their own. */
export type NamedKind = Exclude<ElementKind, 'system' | 'objectives' | 'call'>;

/** A name as a file of our own writes it: where it is declared, or where something else uses it. */
export interface Site {
  readonly kind: NamedKind;
  readonly name: string;
  readonly declares: boolean;
  /** The name alone, without quotes and without what else its scalar says (`zone a`, `api#2`, `api -> db`). */
  readonly span: Span;
  readonly scalar: ScalarAt;
  /** Where in the scalar's text the name begins. */
  readonly from: number;
}

/** A scalar, or a key, with its quotes. */
export interface ScalarAt {
  readonly span: Span;
  readonly text: string;
  /** The quote around it; empty for none. */
  readonly quote: '' | '"' | "'";
  /** A block of text behind `|` or `>`. */
  readonly block: boolean;
}

/** The names in a file, in the order of the text. */
export interface Sites {
  readonly all: readonly Site[];
  /** Where scalars begin that aliases use for different things: as the name of a component here, as a text there. */
  readonly mixed: ReadonlySet<number>;
}

const kindOfSection: ReadonlyMap<string, NamedKind> = new Map([
  ['regions', 'region'],
  ['zones', 'zone'],
  ['sharedFate', 'sharedFate'],
  ['components', 'component'],
  ['policies', 'policy'],
  ['journeys', 'journey'],
  ['scenarios', 'scenario'],
]);

const known = new WeakMap<YamlNode, Sites>();

/**
 * Finds every name in a file, also those that an anchor holds and an alias uses: they stand at the anchor, which is
 * where they can be changed.
 */
export function sitesOf(root: YamlNode | undefined, text: string): Sites {
  if (!root) return { all: [], mixed: new Set() };
  const there = known.get(root);
  if (there) return there;
  const walk = new Walk(text);
  walk.file(root);
  const sites = { all: walk.sites.sort((a, b) => a.span.start - b.span.start), mixed: walk.mixed };
  known.set(root, sites);
  return sites;
}

const deepestMerge = 64;
const longestChain = 64;
/** A few merge keys of merge keys stand for billions of entries. */
const mostEntries = 500_000;
/** Types of values that are no scalars: one that is written there says nothing. */
const shapes: ReadonlySet<string> = new Set(['list', 'map', 'block', 'either']);

class Walk {
  readonly sites: Site[] = [];
  readonly mixed = new Set<number>();
  readonly #text: string;
  /** What was visited as what: an anchor that many aliases use is looked at once. */
  readonly #seen = new Map<YamlNode, Set<unknown>>();
  readonly #roles = new Map<number, string>();
  readonly #added = new Set<string>();
  #left = mostEntries;

  constructor(text: string) {
    this.#text = text;
  }

  file(root: YamlNode): void {
    if (root.kind !== 'map') return;
    this.#entries(root, (entry) => {
      const section = sections.get(entry.key);
      if (!section) return;
      const value = target(entry.value);
      if (section.shape === 'value') this.#visit(entry.value, section.type);
      else if (section.shape === 'list' && value.kind === 'list') for (const item of value.items) this.#visit(item, section.type);
      else if (section.shape === 'named' && value.kind === 'map') {
        const kind = kindOfSection.get(entry.key);
        this.#entries(value, (named) => {
          if (kind) this.#add(kind, named.key, this.#keyOf(named), 0, true);
          this.#visit(named.value, section.type);
        });
      }
    });
  }

  #visit(node: YamlNode, type: ValueType<unknown>): void {
    const at = target(node);
    const seen = this.#seen.get(at) ?? new Set();
    if (seen.has(type)) return;
    this.#seen.set(at, seen.add(type));
    for (const alternative of type.alternatives ?? []) this.#visit(at, alternative);
    if (at.kind === 'list' && type.name === 'list' && type.item) for (const item of at.items) this.#visit(item, type.item);
    else if (at.kind === 'map') this.#map(at, type);
    else if (at.kind === 'scalar')
      this.#scalar({ span: at.span, text: at.text, quote: this.#quoteAt(at.span), block: at.style === 'block' }, type, at);
  }

  #map(node: YamlMap, type: ValueType<unknown>): void {
    if (!type.fields && type.name !== 'map') return;
    this.#entries(node, (entry) => {
      const inner = type.fields ? type.fields.get(entry.key)?.type : type.item;
      if (!type.fields && isNamed(type.refers)) this.#add(type.refers, entry.key, this.#keyOf(entry), 0, false);
      if (inner) this.#visit(entry.value, inner);
    });
  }

  #scalar(scalar: ScalarAt, type: ValueType<unknown>, node: YamlNode): void {
    const { text } = scalar;
    const inner = innerSpan(node);
    const add = (kind: NamedKind, name: string, from: number) => this.#add(kind, name, scalar, from, false, inner);
    if (type.name === 'target') {
      const [whole, kind, name] = /^(zone|region|sharedFate)\s+(\S.*)$/.exec(text) ?? [];
      if (whole !== undefined && name !== undefined && isNamed(kind)) add(kind, name, whole.length - name.length);
      else add('component', /^(.+)#\d+$/.exec(text)?.[1] ?? text, 0);
    } else if (type.refers === 'call') {
      const match = /^(\S.*?)\s*->\s*(\S.*)$/.exec(text);
      if (!match) return;
      const [whole, from = '', rest = ''] = match;
      add('component', from, 0);
      add('component', rest.split(/\s/, 1)[0] ?? rest, whole.length - rest.length);
    } else if (type.name === 'name' && isNamed(type.refers)) {
      add(type.refers, text, 0);
    } else if (!shapes.has(type.name)) {
      this.#role(scalar, 'text');
    }
  }

  #add(kind: NamedKind, name: string, scalar: ScalarAt, from: number, declares: boolean, inner: Span = innerOf(scalar)): void {
    if (name === '') return;
    const exact = inner.end - inner.start === scalar.text.length;
    const span = exact ? { start: inner.start + from, end: inner.start + from + name.length } : inner;
    this.#role(scalar, `${kind} ${from === 0 && name === scalar.text ? '' : scalar.text}`);
    // A map that is merged into several sections, or a list that is used twice, brings the same name again.
    const key = `${span.start} ${from} ${kind} ${declares}`;
    if (this.#added.has(key)) return;
    this.#added.add(key);
    this.sites.push({ kind, name, declares, span, scalar, from });
  }

  #role({ span }: ScalarAt, role: string): void {
    const before = this.#roles.get(span.start);
    if (before === undefined) this.#roles.set(span.start, role);
    else if (before !== role) this.mixed.add(span.start);
  }

  #keyOf({ key, keySpan }: YamlEntry): ScalarAt {
    return { span: keySpan, text: key, quote: this.#quoteAt(keySpan), block: false };
  }

  #quoteAt({ start }: Span): ScalarAt['quote'] {
    const char = this.#text.charAt(start);
    return char === '"' || char === "'" ? char : '';
  }

  /** The entries of a map and of what it merges in. */
  #entries(map: YamlMap, each: (entry: YamlEntry) => void, depth = 0): void {
    for (const entry of map.entries) {
      if (this.#left-- < 0) return;
      const isMerge = entry.key === '<<' && entry.keySpan.start === entry.nameSpan.start;
      if (!isMerge) each(entry);
      else if (depth < deepestMerge) {
        const value = target(entry.value);
        for (const part of value.kind === 'list' ? value.items : [value]) {
          const merged = target(part);
          if (merged.kind === 'map') this.#entries(merged, each, depth + 1);
        }
      }
    }
  }
}

function isNamed(kind: string | undefined): kind is NamedKind {
  return kind !== undefined && kind !== 'call';
}

/** What an alias stands for in the end. */
function target(node: YamlNode): YamlNode {
  let at = node;
  for (let i = 0; i < longestChain && at.kind === 'alias' && at.target; i++) at = at.target;
  return at;
}

function innerOf({ span, quote }: ScalarAt): Span {
  return quote !== '' && span.end - span.start >= 2 ? { start: span.start + 1, end: span.end - 1 } : span;
}
