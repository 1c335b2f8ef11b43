import type { Place } from '../../model/text';

/**
 * A compose file as a tree in which anchors and merge keys are already followed. Nodes are never changed, so
 * one node may stand in several places; each knows where in which file it was written.
 */
export type Node = Scalar | Sequence | Mapping;

export interface Scalar {
  readonly kind: 'scalar';
  /** The value, with variables filled in once the project is loaded. */
  readonly text: string;
  /** Nothing written, or `null`: in an environment, the variable is passed on from outside. */
  readonly empty: boolean;
  /** Could not be read; the syntax problem is reported, and nothing else should be. */
  readonly broken?: boolean;
  readonly place: Place;
  readonly tag?: MergeTag;
  /** As it stands in the file, without quotes around it, and the offset at which that begins. */
  readonly source: { readonly text: string; readonly start: number };
}

export interface Sequence {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly place: Place;
  readonly tag?: MergeTag;
}

export interface Mapping {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
  readonly tag?: MergeTag;
}

export interface Entry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: Node;
}

/** `!reset` takes away what an earlier file said, `!override` replaces it as a whole. */
export type MergeTag = 'reset' | 'override';

export function child(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

export function mapChild(node: Node | undefined, key: string): Mapping | undefined {
  const found = child(node, key);
  return found?.kind === 'map' ? found : undefined;
}

/** A scalar that says something. */
export function scalarChild(node: Node | undefined, key: string): Scalar | undefined {
  const found = child(node, key);
  return found?.kind === 'scalar' && !found.empty && found.text !== '' ? found : undefined;
}

/** The scalars of a list, or the one scalar that stands in its place. */
export function scalars(node: Node | undefined): readonly Scalar[] {
  if (node === undefined) return [];
  if (node.kind === 'list') return node.items.filter((item) => item.kind === 'scalar' && !item.empty) as readonly Scalar[];
  return node.kind === 'scalar' && !node.empty ? [node] : [];
}

/** Part of a scalar as a scalar: from `start` to `end` of its source (end exclusive), with its own value. */
export function part(scalar: Scalar, text: string, start: number, end = scalar.source.text.length): Scalar {
  const from = Math.min(start, scalar.source.text.length);
  const to = Math.max(from, end);
  const offset = scalar.source.start + from;
  return {
    kind: 'scalar',
    text,
    empty: false,
    place: { file: scalar.place.file, span: { start: offset, end: scalar.source.start + to } },
    source: { text: scalar.source.text.slice(from, to), start: offset },
  };
}

/** Where a word stands in a scalar; the whole scalar when it got there by a variable. */
export function wordPlace(scalar: Scalar, word: string): Place {
  const at = wordIndex(scalar.source.text, word);
  if (at < 0) return scalar.place;
  const start = scalar.source.start + at;
  return { file: scalar.place.file, span: { start, end: start + word.length } };
}

/** The offset of a word that is no part of a longer one, or else of its first mention; -1 where there is none. */
export function wordIndex(text: string, word: string): number {
  if (word === '') return -1;
  const first = text.indexOf(word);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w.-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + word.length))) return at;
  }
  return first;
}
