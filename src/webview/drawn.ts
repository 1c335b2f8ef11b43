import type { Card, Edge, Graph } from '../layout/graph';
import { partsOf } from './parts';

/** A thing of the graph with the element that shows it. */
export interface Drawn<T> {
  readonly item: T;
  readonly element: SVGElement;
}

/** What is drawn of a picture, each with its element: they stand in the order of the picture. */
export function drawn<T extends Card | Edge>(
  scene: SVGGElement,
  kind: 'card' | 'edge' | 'pill',
  places: readonly { readonly id: string }[],
  items: readonly T[],
): readonly Drawn<T>[] {
  const elements = scene.querySelectorAll<SVGElement>(`.${kind}[data-id]`);
  const byId = new Map<string, T>(items.map((item) => [item.id, item]));
  return places
    .flatMap(({ id }) => byId.get(id) ?? [])
    .flatMap((item, i) => {
      const element = elements[i];
      return element ? [{ item, element }] : [];
    });
}

/** Whether two graphs have the same things at the same places, for the same components and calls: their words may differ. */
export function isAlike(a: Graph, b: Graph): boolean {
  if (a === b) return true;
  const isSameCard = (card: Card, i: number): boolean => {
    const other = b.cards[i];
    return other !== undefined && card.collapsed === other.collapsed && JSON.stringify(partsOf(card)) === JSON.stringify(partsOf(other));
  };
  return a.key === b.key && a.cards.every(isSameCard) && a.edges.every((edge, i) => edge.calls.join('\n') === b.edges[i]?.calls.join('\n'));
}
