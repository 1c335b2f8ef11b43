import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Span } from '../../model/text';
import type { ParsedLeaf } from './yamlLeaf';
import { moved, withPart } from './yamlMoved';
import { innerSpan, type YamlAlias, type YamlEntry, type YamlNode } from './yamlNodes';

/** What a leaf was turned into first, for leaves in which nothing refers to other parts. Weak: it lives as long as the leaf. */
const converted = new WeakMap<ParsedLeaf, { readonly node: YamlNode; readonly base: number; readonly size: number }>();

/**
 * Turns what the library parsed into our nodes with offsets in the whole text. Works in the order of the document,
 * so that an alias finds the anchors that stand before it. An anchor counts once its value is complete: no node
 * contains itself.
 */
export class Converter {
  readonly #text: string;
  readonly #anchors = new Map<string, { readonly node: YamlNode; readonly size: number }>();
  #size = 0;
  /** Anchors, aliases and keys that are none, so far. */
  #references = 0;
  readonly #oddKeys = new Map<number, Span>();
  readonly #unresolved = new Map<number, YamlAlias>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Maps, lists and aliases that stand as a key; their entries are left out. */
  get oddKeys(): readonly Span[] {
    return [...this.#oddKeys.values()];
  }

  /** Aliases with no anchor before them. */
  get unresolved(): readonly YamlAlias[] {
    return [...this.#unresolved.values()];
  }

  /** The nodes of a leaf that starts at `base`; `broken` is the stretch of a value that the parser could not finish. */
  convert(leaf: ParsedLeaf, base: number, broken?: Span): YamlNode | undefined {
    const known = converted.get(leaf);
    if (known) {
      this.#size += known.size;
      return known.base === base ? known.node : moved(known.node, base - known.base, { leaf, base });
    }
    if (leaf.contents === null) return undefined;
    if (leaf.errors.length > 0 || broken) return this.#node(leaf.contents, base, base, broken);
    const [size, references] = [this.#size, this.#references];
    const node = this.#node(leaf.contents, base, base, undefined);
    if (this.#references > references) return node;
    const made = withPart(node, { leaf, base });
    converted.set(leaf, { node: made, base, size: this.#size - size });
    // The library's nodes are several times as large, and nobody needs them any more.
    leaf.contents = null;
    return made;
  }

  #node(node: Node, base: number, behind: number, broken: Span | undefined): YamlNode {
    const before = this.#size++;
    const made = this.#plain(node, base, behind, broken);
    if ('anchor' in node && typeof node.anchor === 'string') {
      this.#references++;
      this.#anchors.set(node.anchor, { node: made, size: this.#size - before });
    }
    return made;
  }

  #plain(node: Node, base: number, behind: number, broken: Span | undefined): YamlNode {
    const [start, end] = node.range ?? [behind - base, behind - base, behind - base];
    const span = { start: base + start, end: base + end };
    if (isAlias(node)) {
      this.#references++;
      const target = this.#anchors.get(node.source);
      const alias: YamlAlias = { kind: 'alias', span, name: node.source, size: target?.size ?? 0, ...(target && { target: target.node }) };
      if (!target) this.#unresolved.set(span.start, alias);
      return alias;
    }
    if (isScalar(node)) {
      if (broken && span.start < broken.end && broken.start <= span.end && span.end > span.start) return { kind: 'broken', span };
      const style = node.type === 'PLAIN' || node.type === undefined ? 'plain' : node.type.startsWith('QUOTE') ? 'quoted' : 'block';
      const text = typeof node.value === 'string' ? node.value : '';
      // A value that is not written stands just behind the colon, wherever the library puts it.
      if (text === '' && style === 'plain') return { kind: 'scalar', span: { start: behind, end: behind }, text, style };
      return { kind: 'scalar', span: trimmed(this.#text, span), text, style };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => {
        const at = base + (isPair(item) ? (item.key.range?.[0] ?? start) : ((item as Node).range?.[0] ?? start));
        return isPair(item) ? this.#pairItem(item, base, broken) : this.#node(item as Node, base, at, broken);
      });
      return { kind: 'list', span: trimmed(this.#text, span), flow: node.flow === true, items };
    }
    if (isMap(node)) {
      const entries = node.items.map((pair) => this.#entry(pair as Pair<Node, Node | null>, base, broken));
      return {
        kind: 'map',
        span: trimmed(this.#text, span),
        flow: node.flow === true,
        entries: entries.filter((entry) => entry !== undefined),
      };
    }
    return { kind: 'broken', span };
  }

  /** `[a: 1]` is a list with a map in it. */
  #pairItem(pair: Pair<Node, Node | null>, base: number, broken: Span | undefined): YamlNode {
    const entry = this.#entry(pair, base, broken);
    if (!entry) return { kind: 'broken', span: { start: base, end: base } };
    return { kind: 'map', span: { start: entry.keySpan.start, end: entry.value.span.end }, flow: true, entries: [entry] };
  }

  #entry(pair: Pair<Node, Node | null>, base: number, broken: Span | undefined): YamlEntry | undefined {
    const { key } = pair;
    if (!isScalar(key) || !key.range) {
      this.#references++;
      if (key?.range) this.#oddKeys.set(base + key.range[0], { start: base + key.range[0], end: base + key.range[1] });
      return undefined;
    }
    this.#size++;
    const keySpan = { start: base + key.range[0], end: base + key.range[1] };
    const text = typeof key.value === 'string' ? key.value : '';
    const style = key.type === 'PLAIN' ? 'plain' : 'quoted';
    const nameSpan = innerSpan({ kind: 'scalar', span: keySpan, text, style });
    const behind = this.#behindColon(keySpan.end);
    const value: YamlNode = pair.value
      ? this.#node(pair.value, base, behind, broken)
      : { kind: 'scalar', span: { start: behind, end: behind }, text: '', style: 'plain' };
    return { key: text, keySpan, nameSpan, value };
  }

  #behindColon(from: number): number {
    let at = from;
    while (at < this.#text.length && (this.#text[at] === ' ' || this.#text[at] === '\t')) at++;
    return this.#text[at] === ':' ? at + 1 : from;
  }
}

function isPair(item: unknown): item is Pair<Node, Node | null> {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item;
}

/** Without the line breaks and spaces at the end that the library counts to block values. */
function trimmed(text: string, span: Span): Span {
  let { end } = span;
  while (end > span.start && /\s/.test(text.charAt(end - 1))) end--;
  return { start: span.start, end };
}
