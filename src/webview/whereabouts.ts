import { elementsIn } from '../layout/collapse';
import type { Point } from '../layout/flow';
import { type Card, type Graph, shownBy } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { Sighted } from './framing';

/** The middles of all that shows some elements. */
export function middlesOf(shown: ReadonlySet<string>, { cards, groups, edges }: Graph, picture: Picture): readonly Point[] {
  const ids = new Set<string>([
    ...[...cards, ...edges].filter((each) => shown.has(shownBy(each))).map(({ id }) => id),
    ...groups.filter((group) => group.element !== undefined && shown.has(group.element)).map(({ id }) => id),
  ]);
  return [
    ...[...picture.cards, ...picture.frames]
      .filter(({ id }) => ids.has(id))
      .map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })),
    ...picture.edges.filter(({ id }) => ids.has(id)).flatMap(({ points }) => points[Math.floor(points.length / 2)] ?? []),
  ];
}

/** The cards of a picture, with what makes somebody look at one first. */
export function sightedOf(entries: ReadonlySet<string>, graph: Graph, picture: Picture): readonly Sighted[] {
  const byId = new Map<string, Card>(graph.cards.map((card) => [card.id, card]));
  return picture.cards.flatMap((box) => {
    const card = byId.get(box.id);
    if (!card) return [];
    const isEntry = [shownBy(card), ...(card.inside ? elementsIn(card.inside) : [])].some((element) => entries.has(element));
    return [{ ...box, isEntry, tone: card.tone }];
  });
}
