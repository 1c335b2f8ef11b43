import type { Cell, Link } from './proper';

/** How often all layers are gone through, at most. */
const rounds = 4;

/**
 * Moves what edges pass, and labels, to where lines cross least; the order of cards among each other stays. What gains
 * nothing stays where it is. (One at a time through its whole layer: "sifting", after Matuszewski, Schönfeld and Molitor,
 * "Using sifting for k-layer straightline crossing minimization", 1999.)
 */
export function sifted(
  layers: readonly (readonly Cell[])[],
  links: readonly Link[],
  isFixed: (cell: Cell) => boolean,
): readonly (readonly Cell[])[] {
  const result = layers.map((layer) => [...layer]);
  const place = new Map<Cell, number>();
  for (const layer of result) for (const [i, cell] of layer.entries()) place.set(cell, i);
  const before = new Map<Cell, End[]>();
  const behind = new Map<Cell, End[]>();
  const add = (map: Map<Cell, End[]>, cell: Cell, other: End): void => {
    const list = map.get(cell);
    if (list) list.push(other);
    else map.set(cell, [other]);
  };
  for (const { from, fromPort, to, toPort, turns } of links) {
    if (turns) continue;
    add(behind, from, endAt(to, toPort));
    add(before, to, endAt(from, fromPort));
  }
  const at = (cell: Cell): number => place.get(cell) ?? 0;
  /** How often lines of the two cross when the first stands above the second. */
  const crossings = (a: Cell, b: Cell): number => {
    let sum = 0;
    for (const side of [before, behind]) {
      for (const x of side.get(a) ?? []) for (const y of side.get(b) ?? []) if (at(x.cell) + x.share > at(y.cell) + y.share) sum++;
    }
    return sum;
  };
  /** Where in its layer the lines of a cell cross others least; its own place where none is better. */
  const bestFor = (cell: Cell, layer: readonly Cell[]): number => {
    const own = at(cell);
    let best = own;
    let least = 0;
    for (const way of [-1, 1]) {
      let sum = 0;
      for (let i = own + way; layer[i]?.band === cell.band; i += way) {
        const other = layer[i];
        if (!other) break;
        const change = crossings(cell, other) - crossings(other, cell);
        sum += way < 0 ? change : -change;
        if (sum >= least) continue;
        least = sum;
        best = i;
      }
    }
    return best;
  };
  for (let round = 0; round < rounds; round++) {
    let changed = false;
    for (const layer of result) {
      for (const cell of layer.filter((one) => !isFixed(one))) {
        const best = bestFor(cell, layer);
        if (best === at(cell)) continue;
        changed = true;
        layer.splice(at(cell), 1);
        layer.splice(best, 0, cell);
        for (const [i, other] of layer.entries()) place.set(other, i);
      }
    }
    if (!changed) break;
  }
  return result;
}

/** What a line leads to. */
interface End {
  readonly cell: Cell;
  /** How far down its side, from 0 to below 1, where that is given. */
  readonly share: number;
}

function endAt(cell: Cell, port: string | undefined): End {
  const v = port === undefined ? undefined : cell.node?.ports?.find(({ id }) => id === port)?.v;
  return { cell, share: v === undefined ? 0 : Math.min(Math.max(v / (cell.dv + 1), 0), 0.999) };
}
