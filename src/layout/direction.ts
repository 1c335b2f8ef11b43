import type { Direction } from './flow';
import type { Card, Graph } from './graph';
import { backwardArrows } from './orient';

/** What a layer and a card in it take on average, with labels and what lies between them. */
const average = { right: { along: 330, across: 76 }, down: { along: 150, across: 205 } } as const;

/**
 * The direction in which a graph is likely to be drawn larger in a space of this shape, told from how many calls lie
 * behind each other and how many components stand beside each other.
 */
export function directionFor(graph: Graph, space: { readonly width: number; readonly height: number }): Direction {
  const depths = [...depthsOf(graph).values()];
  const layers = Math.max(1, ...depths.map((depth) => depth + 1));
  const sizes = new Map<number, number>();
  for (const depth of depths) sizes.set(depth, (sizes.get(depth) ?? 0) + 1);
  const widest = Math.max(1, ...sizes.values());
  const { right, down } = average;
  const scale = (width: number, height: number): number => Math.min(space.width / width, space.height / height);
  const toRight = scale(layers * right.along, widest * right.across);
  return toRight >= scale(widest * down.across, layers * down.along) ? 'right' : 'down';
}

/** How many calls lie before each card that has any. */
function depthsOf(graph: Graph): ReadonlyMap<string, number> {
  const arrows = graph.edges.filter((edge) => edge.from !== edge.to);
  const ids = graph.cards.map((card: Card): string => card.id);
  const turned = backwardArrows(ids, arrows);
  const missing = new Map<string, number>();
  const leaving = new Map<string, string[]>();
  for (const { id, from, to } of arrows) {
    const [start, end]: readonly [string, string] = turned.has(id) ? [to, from] : [from, to];
    missing.set(start, missing.get(start) ?? 0);
    missing.set(end, (missing.get(end) ?? 0) + 1);
    const list = leaving.get(start);
    if (list) list.push(end);
    else leaving.set(start, [end]);
  }
  const ready = [...missing].flatMap(([id, left]) => (left === 0 ? [id] : []));
  const depths = new Map(ready.map((id) => [id, 0]));
  for (const id of ready) {
    for (const next of leaving.get(id) ?? []) {
      depths.set(next, Math.max(depths.get(next) ?? 0, (depths.get(id) ?? 0) + 1));
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return depths;
}
