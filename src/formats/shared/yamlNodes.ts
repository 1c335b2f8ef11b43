import type { Span } from '../../model/text';

/** A value of a YAML text with the stretch it takes. Spans are offsets in the whole text. */
export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias | YamlBroken;

export interface YamlScalar {
  readonly kind: 'scalar';
  /** With the quotes, where there are any; empty and just behind the colon where nothing is written. */
  readonly span: Span;
  /** As written where it is plain, unescaped where it is quoted or a block. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
}

/**
 * A part of the text that was parsed alone, with where it starts. As long as the text of the part stays the same, so
 * does the leaf, and all that can be told from the part but for its place: nothing in it depends on other parts.
 */
export interface TextPart {
  readonly leaf: object;
  readonly base: number;
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** The name alone: without the quotes of a quoted key. */
  readonly nameSpan: Span;
  readonly value: YamlNode;
  /** The part that is this entry and no more. */
  readonly part?: TextPart;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly span: Span;
  readonly flow: boolean;
  /** As written: keys given twice and merge keys are all there. */
  readonly entries: readonly YamlEntry[];
  /** The part that is this item of a list and no more. */
  readonly part?: TextPart;
}

export interface YamlList {
  readonly kind: 'list';
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

/** `*name`. Without a target where no anchor of that name stands before it. */
export interface YamlAlias {
  readonly kind: 'alias';
  readonly span: Span;
  readonly name: string;
  readonly target?: YamlNode;
  /** How many nodes the target has, without following the aliases in it. */
  readonly size: number;
}

/** A value that could not be read; the syntax problem is reported, and nothing else should be. */
export interface YamlBroken {
  readonly kind: 'broken';
  readonly span: Span;
}

/** Whether nothing is written, or `null` or `~`. */
export function isEmpty(node: YamlNode): boolean {
  if (node.kind !== 'scalar' || node.style !== 'plain' || node.text.length > 4) return false;
  return node.text === '' || node.text === '~' || /^(?:null|Null|NULL)$/.test(node.text);
}

/** The truth value of a plain `true` or `false`. */
export function booleanOf(node: YamlNode): boolean | undefined {
  if (node.kind !== 'scalar' || node.style !== 'plain') return undefined;
  if (/^(?:true|True|TRUE)$/.test(node.text)) return true;
  return /^(?:false|False|FALSE)$/.test(node.text) ? false : undefined;
}

/** The stretch of a scalar's text, without quotes around it. */
export function innerSpan(node: YamlNode): Span {
  const { start, end } = node.span;
  return node.kind === 'scalar' && node.style === 'quoted' && end - start >= 2 ? { start: start + 1, end: end - 1 } : node.span;
}
