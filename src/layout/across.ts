import type { Ends } from './attach';
import type { Cell, Link, Proper } from './proper';
import { type Difference, leastCost } from './simplex';

/** Bands keep this much free on both sides of the line between them. */
export const bandMargin = 22;
/** The whole is kept low too, but lines are straight first. */
const lineWeight = 2;

export interface Across {
  /** By {@link Cell.index}. */
  readonly cells: readonly number[];
  /** The straight lines between the bands. */
  readonly cuts: readonly number[];
}

/**
 * Where everything stands across the flow: in its order, with its distances, and so that lines are as straight as can
 * be. What an edge passes between its ends is one straight line where that contradicts nothing.
 */
export function acrossOf(proper: Proper, ends: ReadonlyMap<Link, Ends>, bands: number): Across {
  const order = [...orderOf(proper, bands)];
  const count = proper.layers.reduce((sum, layer) => sum + layer.length, 0) + bands + 1;
  const merged = straightChains(proper, order, count);
  // Every link costs how far it is from straight: the way from a helper below both of its ends to each of them.
  let next = count;
  const differences: Difference[] = order.map(({ from, to, least }) => ({ from: merged(from), to: merged(to), least, weight: 0 }));
  for (const link of proper.links) {
    const [from, to] = [merged(link.from.index), merged(link.to.index)];
    if (from === to) continue;
    const end = ends.get(link) ?? { from: 0, to: 0 };
    const high = Math.max(end.from, end.to);
    const weight = lineWeight * link.straight;
    differences.push({ from: next, to: from, least: high - end.from, weight }, { from: next, to, least: high - end.to, weight });
    next++;
  }
  const lines = linesOf(proper, bands);
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before !== undefined) differences.push({ from: before, to: line, least: 0, weight: 1 });
  }
  const values = leastCost(next, differences);
  const top = values[lines[0] ?? 0] ?? 0;
  const value = (index: number): number => (values[merged(index)] ?? 0) - top;
  return {
    cells: Array.from({ length: count }, (_, i) => value(i)),
    cuts: lines.slice(1, -1).map(value),
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
function* orderOf(proper: Proper, bands: number): Iterable<Above> {
  const lines = linesOf(proper, bands);
  const line = (i: number): number => lines[i] ?? 0;
  for (const layer of proper.layers) {
    for (const [i, cell] of layer.entries()) {
      const before = layer[i - 1];
      if (before && before.band === cell.band) yield { from: before.index, to: cell.index, least: before.dv + distance(before, cell) };
      if (!before || before.band !== cell.band) yield { from: line(cell.band), to: cell.index, least: cell.band === 0 ? 0 : bandMargin };
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
    const cells = chain.slice(0, -1).map((link) => link.to.index);
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
