import type { Neighbours } from './neighbours';
import type { Cell } from './proper';

/** How often all layers are gone through, at most. */
const rounds = 4;

/** Where the lines of a cell end in the layers before and behind. */
type Ends = readonly [before: readonly number[], behind: readonly number[]];

/**
 * Moves what is not fixed to where lines cross least; the order of what is fixed stays. What gains nothing stays where it is.
 * (One at a time through its whole layer: "sifting", after Matuszewski, Schönfeld and Molitor, "Using sifting for k-layer
 * straightline crossing minimization", 1999.)
 */
export function sifted(
  layers: readonly (readonly Cell[])[],
  { before, behind }: Neighbours,
  isFixed: (cell: Cell) => boolean,
): readonly (readonly Cell[])[] {
  const result = layers.map((layer) => [...layer]);
  const place = new Map<Cell, number>();
  for (const layer of result) for (const [i, cell] of layer.entries()) place.set(cell, i);
  const endsIn = (side: Neighbours['before'], cell: Cell): readonly number[] =>
    (side.get(cell) ?? []).map((end) => (place.get(end.cell) ?? 0) + end.share);
  for (let round = 0; round < rounds; round++) {
    let changed = false;
    for (const layer of result) {
      const free = layer.filter((cell) => !isFixed(cell));
      if (free.length === 0) continue;
      // Nothing of the layers before and behind moves while this one is gone through.
      const ends = new Map<Cell, Ends>(layer.map((cell) => [cell, [endsIn(before, cell), endsIn(behind, cell)]]));
      for (const cell of free) {
        const own = layer.indexOf(cell);
        const best = bestFor(own, layer, ends);
        if (best === own) continue;
        changed = true;
        layer.splice(own, 1);
        layer.splice(best, 0, cell);
      }
      for (const [i, cell] of layer.entries()) place.set(cell, i);
    }
    if (!changed) break;
  }
  return result;
}

/** Where in its layer the lines of a cell cross others least; its own place where none is better. */
function bestFor(own: number, layer: readonly Cell[], ends: ReadonlyMap<Cell, Ends>): number {
  const cell = layer[own];
  const mine = cell && ends.get(cell);
  if (!mine) return own;
  let best = own;
  let least = 0;
  for (const way of [-1, 1]) {
    let sum = 0;
    for (let i = own + way; layer[i]?.band === cell.band; i += way) {
      const other = layer[i];
      const theirs = other && ends.get(other);
      if (!theirs) break;
      sum += way < 0 ? crossingsMore(mine, theirs) : crossingsMore(theirs, mine);
      if (sum >= least) continue;
      least = sum;
      best = i;
    }
  }
  return best;
}

/** How much oftener lines of the two cross when the first stands above the second than when it stands below. */
function crossingsMore(upper: Ends, lower: Ends): number {
  let sum = 0;
  for (const side of [0, 1] as const) {
    const [above, below] = [upper[side], lower[side]];
    if (below.length === 0) continue;
    for (const high of above) for (const low of below) sum += high > low ? 1 : high < low ? -1 : 0;
  }
  return sum;
}
