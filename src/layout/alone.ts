import { spacedOn } from './attach';
import type { Cluster } from './cluster';
import { type Direction, type Spot, toExtent } from './flow';
import type { OldLevel } from './keep';
import type { Item } from './levelGraph';
import type { Piece } from './levels';
import type { Orientation, Side } from './orientation';

/** From a card to its label. */
const gap = 28;

/**
 * A card that only edges across the level's border lead to or from needs no layouter: they run straight. Undefined
 * where several labels would need room.
 */
export function alone(
  items: readonly Item[],
  pieces: readonly Piece[],
  direction: Direction,
  { sides }: Orientation,
  old: OldLevel | undefined,
): Cluster | undefined {
  const [item] = items;
  if (!item || items.length > 1 || item.ports) return undefined;
  const crossing = (side: Side): readonly Piece[] =>
    pieces.filter(({ edge, from, to }) => (from.kind === 'border' || to.kind === 'border') && (sides.get(edge.id) ?? 'last') === side);
  const [before, behind] = [crossing('first'), crossing('last')];
  if (before.length + behind.length !== pieces.length) return undefined;

  const { du } = item.extent;
  const face = item.face ?? item.extent.dv;
  const labels = new Map<string, Spot>();
  const routes = new Map<string, readonly Spot[]>();
  for (const [some, start, way] of [
    [before, 0, -1],
    [behind, du, 1],
  ] as const) {
    for (const [i, piece] of some.entries()) {
      const v = spacedOn(face, i, some.length, way < 0 ? item.clear : 0);
      let length = gap;
      if (piece.labelled && piece.edge.pill) {
        if (some.length > 1) return undefined;
        const size = toExtent(piece.edge.pill, direction);
        length += size.du + gap;
        labels.set(piece.edge.id, { u: way > 0 ? start + gap : start - gap - size.du, v: v - size.dv / 2 });
      }
      const route = [
        { u: start, v },
        { u: start + way * length, v },
      ];
      routes.set(piece.edge.id, piece.from.kind === 'item' ? route : route.reverse());
    }
  }
  return { items: new Map([[item.id, { u: 0, v: 0 }]]), labels, routes, cuts: [], origin: item.at ?? old?.items.get(item.id) };
}
