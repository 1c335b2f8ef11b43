import type { Cluster } from './cluster';
import { type Direction, type Spot, toExtent } from './flow';
import type { Item } from './levelGraph';
import type { Piece } from './levels';

/** From a card to its label. */
const gap = 28;

/**
 * A card that only edges across the level's border lead to or from needs no layouter: they run straight. Undefined
 * where several labels would need room.
 */
export function alone(items: readonly Item[], pieces: readonly Piece[], direction: Direction): Cluster | undefined {
  const [item] = items;
  if (!item || items.length > 1 || item.ports) return undefined;
  const arriving = pieces.filter((piece) => piece.from.kind === 'border');
  const leaving = pieces.filter((piece) => piece.to.kind === 'border');
  const labelled = leaving.find((piece) => piece.labelled);
  if (arriving.length + leaving.length !== pieces.length || (labelled && leaving.length > 1)) return undefined;

  const { du, dv } = item.extent;
  const at = (i: number, of: readonly Piece[]): number => ((i + 1) * dv) / (of.length + 1);
  const routes = new Map<string, readonly Spot[]>();
  for (const [i, { edge }] of arriving.entries()) routes.set(edge.id, straight(-gap, 0, at(i, arriving)));
  for (const [i, { edge }] of leaving.entries()) routes.set(edge.id, straight(du, du + gap, at(i, leaving)));
  const labels = new Map<string, Spot>();
  if (labelled?.edge.pill) {
    const size = toExtent(labelled.edge.pill, direction);
    labels.set(labelled.edge.id, { u: du + gap, v: dv / 2 - size.dv / 2 });
    routes.set(labelled.edge.id, straight(du, du + gap + size.du + gap, dv / 2));
  }
  return { items: new Map([[item.id, { u: 0, v: 0 }]]), labels, routes, cuts: [] };
}

function straight(from: number, to: number, v: number): readonly Spot[] {
  return [
    { u: from, v },
    { u: to, v },
  ];
}
