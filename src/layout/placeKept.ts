import { acrossOf } from './across';
import { attached, type Ends } from './attach';
import { type Crossing, tracksOf } from './channel';
import type { FlowGraph, Placed } from './elk';
import type { Spot } from './flow';
import { type BandSeats, type Cell, type Kept, type Link, type Proper, properGraph } from './proper';
import { type Difference, leastCost } from './simplex';

/**
 * Between two layers: at least this much, and so much from a track to the next layer and to the next track. Before the
 * next layer moves from where it was, tracks come closer.
 */
const channel = { least: 28, side: 14, track: 10, closest: 6 } as const;

/** A placed graph, and the lines between its bands. */
export interface PlacedInBands extends Placed {
  readonly cuts: readonly number[];
  /** Where 0 was in the last picture, as most of what stays has it; undefined without one. */
  readonly origin: Spot | undefined;
}

/**
 * Places a graph with the layers and the order given: coordinates and routes are computed, nothing else is decided.
 * What has a wish stays at its place as far as what is new leaves it room.
 * Nothing can overlap, for layers stand behind each other and what is in a layer has its distance. The same input
 * gives the same picture, and takes milliseconds where a layouter takes many times as long.
 */
export function placeKept(graph: FlowGraph, kept: Kept, bands?: BandSeats): PlacedInBands {
  const proper = properGraph(graph, kept, bands);
  const ends = attached(proper);
  const { cells, cuts, origin } = acrossOf(proper, ends, bands, kept.wishes !== undefined);
  const v = (cell: Cell): number => cells[cell.index] ?? 0;
  const crossing = (link: Link): Crossing => {
    const end: Ends = ends.get(link) ?? { from: 0, to: 0 };
    return { from: v(link.from) + end.from, to: v(link.to) + end.to, turns: link.turns === true };
  };
  const { starts, widths, trackAt, origin: start } = alongOf(proper, crossing, kept.wishes);
  const nodes = new Map<string, Spot>();
  for (const layer of proper.layers) {
    for (const cell of layer) {
      const start = starts[cell.layer] ?? 0;
      // Labels of lines that were turned round stand at the end of their layer, next to their caller.
      const late = cell.node?.early === false ? (widths[cell.layer] ?? 0) - cell.du : 0;
      if (cell.node) nodes.set(cell.node.id, { u: start + late, v: v(cell) });
    }
  }
  const edges = new Map<string, readonly Spot[]>();
  for (const [edge, chain] of proper.chains) {
    const route: Spot[] = [];
    for (const { link, back } of chain) {
      const { from, to } = crossing(link);
      const side = (cell: Cell, isEnd: boolean): number =>
        cell.node ? (nodes.get(cell.node.id)?.u ?? 0) + (isEnd ? cell.du : 0) : (starts[cell.layer] ?? 0);
      const track = trackAt.get(link);
      const spots: Spot[] = [{ u: side(link.from, true), v: from }];
      if (track !== undefined) spots.push({ u: track, v: from }, { u: track, v: to });
      spots.push({ u: side(link.to, link.turns === true), v: to });
      route.push(...(back ? spots.reverse() : spots));
    }
    edges.set(edge, route);
  }
  return { nodes, edges, cuts, origin: start === undefined || origin === undefined ? undefined : { u: start, v: origin } };
}

interface Along {
  readonly starts: readonly number[];
  readonly widths: readonly number[];
  readonly trackAt: ReadonlyMap<Link, number>;
  readonly origin: number | undefined;
}

/** Where the layers begin along the flow, how wide they are, and where each line that bends does so. */
function alongOf({ layers, links }: Proper, crossing: (link: Link) => Crossing, wishes: ReadonlyMap<string, Spot> | undefined): Along {
  const widths = layers.map((layer) => Math.max(0, ...layer.map((cell) => cell.du)));
  const byLayer = layers.map((): Link[] => []);
  for (const link of links) byLayer[link.from.layer]?.push(link);
  const tracks = byLayer.map((leaving) => tracksOf(leaving.map(crossing)));
  const last = tracks.map((some) => some.reduce((least: number, track) => Math.max(least, track ?? 0), 0));
  // The ends of lines at the border move as they like: there is nothing to be closer for.
  const isBorder = (layer: Proper['layers'][number] = []): boolean => layer.every(({ node }) => node?.border !== undefined);
  const gaps = last.map((track, i) => {
    const isTight = wishes && !isBorder(layers[i]) && !isBorder(layers[i + 1]);
    return Math.max(channel.least, 2 * channel.side + track * (isTight ? channel.closest : channel.track));
  });
  const { starts, origin } = startsOf(layers, widths, gaps, wishes);
  /** From a track to the next, behind a layer. */
  const stepOf = (layer: number): number => {
    const room = (starts[layer + 1] ?? Infinity) - (starts[layer] ?? 0) - (widths[layer] ?? 0) - 2 * channel.side;
    return Math.min(channel.track, room / Math.max(1, last[layer] ?? 0));
  };
  const trackAt = new Map<Link, number>();
  for (const [i, leaving] of byLayer.entries()) {
    const at = (starts[i] ?? 0) + (widths[i] ?? 0) + channel.side;
    for (const [k, link] of leaving.entries()) {
      const track = tracks[i]?.[k];
      if (track !== undefined) trackAt.set(link, at + track * stepOf(i));
    }
  }
  return { starts, widths, trackAt, origin };
}

/** The beginnings of the layers: as close as they can be, or where most of what stands in them was. */
function startsOf(
  layers: Proper['layers'],
  widths: readonly number[],
  gaps: readonly number[],
  wishes: ReadonlyMap<string, Spot> | undefined,
): { readonly starts: readonly number[]; readonly origin: number | undefined } {
  const anchor = layers.length;
  const differences: Difference[] = [];
  for (let i = 1; i < layers.length; i++) {
    differences.push({ from: i - 1, to: i, least: (widths[i - 1] ?? 0) + (gaps[i - 1] ?? 0), weight: 1 });
  }
  let next = anchor + 1;
  for (const [i, layer] of layers.entries()) {
    for (const { node, du } of layer) {
      const wish = node && wishes?.get(node.id);
      if (!wish || node.border !== undefined) continue;
      // A label at the end of its layer is to end where it ended.
      const at = node.early === false ? wish.u + du - (widths[i] ?? 0) : wish.u;
      const weight = node.early === undefined ? 1000 : 10;
      const high = Math.max(at, 0);
      differences.push({ from: next, to: i, least: high, weight }, { from: next, to: anchor, least: high - at, weight });
      next++;
    }
  }
  const values = leastCost(next, differences);
  const first = values[0] ?? 0;
  return {
    starts: layers.map((_, i) => (values[i] ?? 0) - first),
    origin: wishes && first - (values[anchor] ?? 0),
  };
}
