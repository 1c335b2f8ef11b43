import { type Card, type Edge, type Graph, type Group, type Inside, shownBy } from '../layout/graph';
import type { ElementId } from '../model/origin';
import { type Part, partsOf } from './parts';

/** One line of the outline. */
export interface OutlineItem {
  /** Undefined for a frame behind which no one element stands. */
  readonly element: ElementId | undefined;
  readonly key: string;
  /** 1 at the top. */
  readonly level: number;
  /** What it is, with its findings, in words. */
  readonly text: string;
  /** What it shows of a run; nothing for frames and calls. */
  readonly parts: readonly Part[];
  /** Of a call, who makes it. */
  readonly callers?: readonly Part[];
  /** A group that is drawn as one card. What lies in it stands below it all the same. */
  readonly isCollapsed: boolean;
}

/** The drawing in words: frames, what stands in them, drawn or not, and under each caller its calls. */
export function outlineOf(graph: Graph): readonly OutlineItem[] {
  return itemsOf(graph, undefined, 1);
}

function itemsOf(content: Inside, group: string | undefined, level: number): readonly OutlineItem[] {
  const { groups, cards, edges } = content;
  return [
    ...groups.filter(({ parent }) => parent === group).flatMap((frame) => frameItems(content, frame, level)),
    ...cards
      .filter((card) => card.group === group)
      .flatMap((card) => [cardItem(card, level), ...callItems(edges, card, level), ...insideItems(card, level)]),
  ];
}

function frameItems(content: Inside, { id, kind, element, spoken }: Group, level: number): readonly OutlineItem[] {
  if (kind === 'zones') return itemsOf(content, id, level);
  return [{ element, key: id, level, text: spoken, parts: [], isCollapsed: false }, ...itemsOf(content, id, level + 1)];
}

function cardItem(card: Card, level: number): OutlineItem {
  return {
    element: shownBy(card),
    key: card.id,
    level,
    text: card.spoken,
    parts: partsOf(card),
    isCollapsed: card.inside !== undefined,
  };
}

/** What the frame would show that a card stands for. */
function insideItems({ inside, collapsed }: Card, level: number): readonly OutlineItem[] {
  return inside ? itemsOf(inside, collapsed, level + 1) : [];
}

function callItems(edges: readonly Edge[], card: Card, level: number): readonly OutlineItem[] {
  const callers = partsOf(card);
  return edges
    .filter(({ from }) => from === card.id)
    .map((edge) => ({ element: shownBy(edge), key: edge.id, level: level + 1, text: edge.spoken, parts: [], callers, isCollapsed: false }));
}
