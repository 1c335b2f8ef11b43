import type { Ends } from './attach';
import type { BandSeats, Cell, Link, Proper } from './proper';
import { type Difference, leastCost } from './simplex';

/** Bands keep this much free on both sides of the line between them. */
export const bandMargin = 22;
/** The whole is kept low too, but lines are straight first. */
const lineWeight = 2;

/** What it costs, against {@link lineWeight}, to move something by as much as a line is bent. */
const stay = { item: 1000, label: 40, line: 10, cut: 20 } as const;

export interface Across {
  /** By {@link Cell.index}. */
  readonly cells: readonly number[];
  /** Where the bands end, all but the last. */
  readonly cuts: readonly number[];
  /** The position of 0 in the last picture; undefined without one. */
  readonly origin: number | undefined;
}

/**
 * Where everything stands across the flow: in its order, with its distances, and so that lines are as straight as can
 * be. What an edge passes between its ends is one straight line where that contradicts nothing.
 * What has a wish keeps its place before any line is straight: as little as can be moves, to make room.
 */
export function acrossOf(proper: Proper, ends: ReadonlyMap<Link, Ends>, bands: BandSeats | undefined, isKept: boolean): Across {
  const bandCount = bands?.count ?? 1;
  const order = [...orderOf(proper, bandCount, bands?.room ?? [])];
  const lines = linesOf(proper, bandCount);
  const count = (lines.at(-1) ?? 0) + 1;
  const merged = isKept ? (index: number) => index : straightChains(proper, order, count);
  let next = count;
  const differences: Difference[] = order.map(({ from, to, least }) => ({ from: merged(from), to: merged(to), least, weight: 0 }));
  // What two things cost that are apart from where they want to be: the way to each of them from a helper below both.
  const tie = (from: number, fromOffset: number, to: number, toOffset: number, weight: number): void => {
    const high = Math.max(fromOffset, toOffset);
    differences.push({ from: next, to: from, least: high - fromOffset, weight }, { from: next, to, least: high - toOffset, weight });
    next++;
  };
  for (const link of proper.links) {
    const [from, to] = [merged(link.from.index), merged(link.to.index)];
    const end = ends.get(link) ?? { from: 0, to: 0 };
    if (from !== to) tie(from, end.from, to, end.to, lineWeight * link.straight);
  }
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before !== undefined) differences.push({ from: before, to: line, least: 0, weight: 1 });
  }
  const anchor = isKept ? next++ : undefined;
  const near = new Map<number, number>();
  if (anchor !== undefined) {
    near.set(anchor, 0);
    for (const cell of proper.layers.flat()) {
      near.set(cell.index, cell.stays ?? cell.v - cell.dv / 2);
      const weight = cell.node === undefined ? stay.line : kindOf(cell) === 2 ? stay.item : stay.label;
      if (cell.stays !== undefined) tie(anchor, cell.stays, cell.index, 0, weight);
    }
    for (const [i, cut] of (bands?.cuts ?? []).entries()) if (cut !== undefined) tie(anchor, cut, lines[i + 1] ?? 0, 0, stay.cut);
  }
  const values = leastCost(next, differences, near);
  const top = values[lines[0] ?? 0] ?? 0;
  const value = (index: number): number => (values[merged(index)] ?? 0) - top;
  return {
    cells: Array.from({ length: count }, (_, i) => value(i)),
    cuts: lines.slice(1, -1).map(value),
    origin: anchor === undefined ? undefined : top - (values[anchor] ?? 0),
  };
}

/** The top of it all, the lines between the bands, and the bottom, as variables behind the cells. */
function linesOf({ layers }: Proper, bands: number): readonly number[] {
  const cells = layers.reduce((sum, layer) => sum + layer.length, 0);
  return Array.from({ length: bands + 1 }, (_, i) => cells + i);
}

interface Above {
  readonly from: number;
  readonly to: number;
  readonly least: number;
}

/** What stands above what, layer by layer, and how far apart. */
function* orderOf(proper: Proper, bands: number, room: readonly number[]): Iterable<Above> {
  const lines = linesOf(proper, bands);
  const line = (i: number): number => lines[i] ?? 0;
  const startOf = (band: number): number => (band === 0 ? 0 : (room[band - 1] ?? 0) + bandMargin);
  for (let band = 1; band < bands; band++) yield { from: line(band), to: line(band + 1), least: room[band - 1] ?? 0 };
  for (const layer of proper.layers) {
    for (const [i, cell] of layer.entries()) {
      const before = layer[i - 1];
      if (before && before.band === cell.band) yield { from: before.index, to: cell.index, least: before.dv + distance(before, cell) };
      if (!before || before.band !== cell.band) yield { from: line(cell.band), to: cell.index, least: startOf(cell.band) };
      const behind = layer[i + 1];
      if (!behind || behind.band !== cell.band) {
        const last = cell.band === bands - 1;
        yield { from: cell.index, to: line(cell.band + 1), least: cell.dv + (last ? 0 : bandMargin) };
      }
    }
  }
}

/** From the lower side of a cell to the upper side of the next. */
function distance(a: Cell, b: Cell): number {
  const [small, large] = [Math.min(kindOf(a), kindOf(b)), Math.max(kindOf(a), kindOf(b))];
  if (large === 2) return small === 2 ? 22 : small === 1 ? 20 : 14;
  return small === 1 ? 10 : 9;
}

/** 0 a line that passes, 1 a label, 2 a card or a group. */
function kindOf({ node }: Cell): number {
  return node === undefined || node.border !== undefined ? 0 : node.early !== undefined ? 1 : 2;
}

/** Which variable stands for each: all cells of one edge the same, unless one is above another in some other way. */
function straightChains({ chains }: Proper, order: readonly Above[], count: number): (index: number) => number {
  const parent = Array.from({ length: count }, (_, i) => i);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== undefined && parent[root] !== root) root = parent[root] ?? root;
    parent[index] = root;
    return root;
  };
  const below: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of order) below[from]?.push(to);
  const passing = [...chains.values()].filter((chain) => chain.length > 2).sort((a, b) => b.length - a.length);
  for (const chain of passing) {
    const cells = chain.slice(0, -1).map(({ link }) => link.to.index);
    if (contradicts(cells, below, find)) continue;
    const [first = 0, ...rest] = cells;
    for (const cell of rest) {
      parent[cell] = first;
      below[first]?.push(...(below[cell] ?? []));
    }
  }
  return find;
}

/** Whether one of these cells stands somewhere below another. */
function contradicts(cells: readonly number[], below: readonly (readonly number[])[], find: (index: number) => number): boolean {
  const own = new Set(cells);
  const seen = new Set<number>();
  const stack = cells.flatMap((cell) => below[cell] ?? []).map(find);
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (own.has(at)) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const next of below[at] ?? []) stack.push(find(next));
  }
  return false;
}
