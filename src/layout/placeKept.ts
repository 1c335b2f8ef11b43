import { acrossOf } from './across';
import { attached, type Ends } from './attach';
import { type Crossing, tracksOf } from './channel';
import type { FlowGraph, Placed } from './elk';
import type { Spot } from './flow';
import { type BandSeats, type Cell, type Kept, type Link, type Proper, properGraph } from './proper';

/** Between two layers: at least this much, and so much from a track to the next layer and to the next track. */
const channel = { least: 28, side: 14, track: 10 } as const;

/** A placed graph, and the lines between its bands. */
export interface PlacedInBands extends Placed {
  readonly cuts: readonly number[];
}

/**
 * Places a graph with the layers and the order given: coordinates and routes are computed, nothing else is decided.
 * Nothing can overlap, for layers stand behind each other and what is in a layer has its distance. The same input
 * gives the same picture, and takes milliseconds where a layouter takes many times as long.
 */
export function placeKept(graph: FlowGraph, kept: Kept, bands?: BandSeats): PlacedInBands {
  const proper = properGraph(graph, kept, bands);
  const ends = attached(proper);
  const { cells, cuts } = acrossOf(proper, ends, bands?.count ?? 1);
  const v = (cell: Cell): number => cells[cell.index] ?? 0;
  const crossing = (link: Link): Crossing => {
    const end: Ends = ends.get(link) ?? { from: 0, to: 0 };
    return { from: v(link.from) + end.from, to: v(link.to) + end.to };
  };
  const { starts, widths, trackAt } = alongOf(proper, crossing);
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
    for (const link of chain) {
      const { from, to } = crossing(link);
      const start = link.from.node ? (nodes.get(link.from.node.id)?.u ?? 0) + link.from.du : (starts[link.from.layer] ?? 0);
      const end = link.to.node ? (nodes.get(link.to.node.id)?.u ?? 0) : (starts[link.to.layer] ?? 0);
      const track = trackAt.get(link);
      route.push({ u: start, v: from });
      if (track !== undefined) route.push({ u: track, v: from }, { u: track, v: to });
      route.push({ u: end, v: to });
    }
    edges.set(edge, route);
  }
  return { nodes, edges, cuts };
}

/** Where the layers begin along the flow, how wide they are, and where each line that bends does so. */
function alongOf(
  { layers, links }: Proper,
  crossing: (link: Link) => Crossing,
): { readonly starts: readonly number[]; readonly widths: readonly number[]; readonly trackAt: ReadonlyMap<Link, number> } {
  const widths = layers.map((layer) => Math.max(0, ...layer.map((cell) => cell.du)));
  const byLayer = layers.map((): Link[] => []);
  for (const link of links) byLayer[link.from.layer]?.push(link);
  const starts: number[] = [];
  const trackAt = new Map<Link, number>();
  let at = 0;
  for (const [i, leaving] of byLayer.entries()) {
    starts.push(at);
    at += widths[i] ?? 0;
    const tracks = tracksOf(leaving.map(crossing));
    let most = -1;
    for (const [k, link] of leaving.entries()) {
      const track = tracks[k];
      if (track === undefined) continue;
      most = Math.max(most, track);
      trackAt.set(link, at + channel.side + track * channel.track);
    }
    at += Math.max(channel.least, 2 * channel.side + most * channel.track);
  }
  return { starts, widths, trackAt };
}
