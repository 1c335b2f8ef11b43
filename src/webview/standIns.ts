import { elementsIn } from '../layout/collapse';
import { type Graph, shownBy } from '../layout/graph';
import { type ElementId, elementId } from '../model/origin';

/**
 * What shows an element that has nothing of its own on the drawing: the cards of the collapsed groups that it lies in, and
 * the lines that stand for several calls.
 */
export function standInsOf({ cards, edges }: Graph): ReadonlyMap<ElementId, ReadonlySet<ElementId>> {
  const standIns = new Map<ElementId, Set<ElementId>>();
  const add = (element: ElementId, shown: ElementId): void => {
    const known = standIns.get(element);
    if (known) known.add(shown);
    else standIns.set(element, new Set([shown]));
  };
  for (const card of cards) {
    if (card.inside) for (const element of elementsIn(card.inside)) add(element, shownBy(card));
  }
  for (const edge of edges) {
    for (const call of edge.calls) add(elementId('call', call), shownBy(edge));
  }
  return standIns;
}
