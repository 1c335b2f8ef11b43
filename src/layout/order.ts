import type { Neighbour, Neighbours } from './neighbours';
import type { Cell } from './proper';
import { sifted } from './sift';

type Layers = readonly (readonly Cell[])[];

/** How often all layers are gone through, one way and the other in turns; and how often in vain. */
const sweeps = 12;
const vain = 4;
/** How often sweeping and sifting take turns, at most; and with so many pairs of cells in a layer, less. */
const turns = 5;
const [many, tooMany] = [20_000, 100_000];

/**
 * An order of each layer, within its bands, with few crossings: from the given order and its reverse, swept forth first and
 * back first, the best of them all. Of a large graph only the best of what was swept is sifted, which takes longest. The
 * same input gives the same order.
 */
export function ordered(given: Layers, neighbours: Neighbours): Layers {
  const reverse = given.map((layer) => [...layer].reverse().sort((a, b) => a.band - b.band));
  const swings = [given, reverse].flatMap((start) => [swept(start, neighbours, 'forth'), swept(start, neighbours, 'back')]);
  const pairs = given.reduce((sum, layer) => sum + layer.length ** 2, 0);
  if (pairs > many) return settled(bestOf(swings, neighbours), neighbours, pairs > tooMany ? 1 : 2);
  return bestOf(
    swings.map((swing) => settled(swing, neighbours, turns)),
    neighbours,
  );
}

function bestOf(orders: readonly Layers[], neighbours: Neighbours): Layers {
  const counted = orders.map((order) => ({ order, crossings: crossingsOf(order, neighbours) }));
  return counted.reduce((best, next) => (next.crossings < best.crossings ? next : best)).order;
}

/** Sifted, and swept and sifted again, until nothing is gained. */
function settled(swing: Layers, neighbours: Neighbours, most: number): Layers {
  let order = sifted(swing, neighbours, () => false);
  let least = crossingsOf(order, neighbours);
  for (let turn = 1; turn < most && least > 0; turn++) {
    const next = sifted(swept(order, neighbours, 'forth'), neighbours, () => false);
    const crossings = crossingsOf(next, neighbours);
    if (crossings >= least) break;
    [order, least] = [next, crossings];
  }
  return order;
}

/**
 * Puts each cell, within its band, where the mean of its neighbours in the layer before is, then the other way round, and
 * so on: of the given order and all on the way that with the fewest crossings. (The barycenter heuristic with layer sweeps,
 * after Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981.)
 */
function swept(given: Layers, neighbours: Neighbours, first: 'forth' | 'back'): Layers {
  let best = given;
  let least = crossingsOf(given, neighbours);
  let order = given;
  let last = 0;
  for (let sweep = 0; sweep < sweeps && sweep <= last + vain && least > 0; sweep++) {
    const isForth = (sweep % 2 === 0) === (first === 'forth');
    order = isForth ? pulled(order, neighbours.before) : [...pulled([...order].reverse(), neighbours.behind)].reverse();
    const crossings = crossingsOf(order, neighbours);
    if (crossings < least) [best, least, last] = [order, crossings, sweep];
  }
  return best;
}

/** Every layer in the order in which the one in front of it pulls. */
function pulled(layers: Layers, neighbours: ReadonlyMap<Cell, readonly Neighbour[]>): Layers {
  const place = new Map<Cell, number>();
  return layers.map((layer) => {
    let last = 0;
    const seats = layer.map((cell) => {
      const ends = neighbours.get(cell);
      // What has no neighbour there stays beside the one it stood behind.
      if (ends) last = ends.reduce((sum, end) => sum + seatOf(end, place), 0) / ends.length;
      return { cell, at: last };
    });
    const order = seats.sort((a, b) => a.cell.band - b.cell.band || a.at - b.at).map(({ cell }) => cell);
    for (const [i, cell] of order.entries()) place.set(cell, i);
    return order;
  });
}

/** How often lines between two layers cross. */
function crossingsOf(layers: Layers, { behind }: Neighbours): number {
  const place = new Map<Cell, number>();
  for (const layer of layers) for (const [i, cell] of layer.entries()) place.set(cell, i);
  let sum = 0;
  for (const layer of layers) {
    const passed: number[] = [];
    for (const cell of layer) {
      const ends = (behind.get(cell) ?? []).map((end) => seatOf(end, place));
      for (const end of ends) for (const other of passed) if (other > end) sum++;
      passed.push(...ends);
    }
  }
  return sum;
}

function seatOf({ cell, share }: Neighbour, place: ReadonlyMap<Cell, number>): number {
  return (place.get(cell) ?? 0) + share;
}
