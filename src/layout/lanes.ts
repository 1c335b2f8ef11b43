import type { ClusterRequest } from './cluster';
import type { LevelGraph } from './levelGraph';
import { type PlacedInBands, placeKept } from './placeKept';
import type { BandAt, Kept } from './proper';

/** Farther than anything within a band reaches. */
const bandStep = 1_000_000;

/**
 * Lays a graph out so that the items of each band stay together across the flow, with the next band behind it. `oldAt`
 * says in which band of an earlier picture a position was; without it what an edge passes is in the bands on its way.
 */
export function inBands(graph: LevelGraph, kept: Kept, bands: NonNullable<ClusterRequest['bands']>): PlacedInBands {
  const of = bandsOfNodes(graph, bands.of);
  const { room, cuts, oldAt } = bands;
  const count = room.length + 1;
  if (oldAt) return placeKept(graph, kept, { count, of, at: oldAt, room, ...(cuts ? { cuts } : {}) });
  const at: BandAt = (v) => Math.min(Math.max(Math.round(v / bandStep), 0), count - 1);
  return placeKept(graph, apart(spread(graph, kept, of), of), { count, of, at, room });
}

/** Gives items without edges the layers in which their band is lowest, so that they make no tower at its beginning. */
function spread(graph: LevelGraph, kept: Kept, bandOf: ReadonlyMap<string, number>): Kept {
  const busy = new Set(graph.edges.flatMap((edge) => [edge.from, edge.to]));
  const seats = new Map(kept.seats);
  const items = new Set(graph.items.map((item) => item.id));
  const placed = graph.nodes.filter((node) => items.has(node.id) && busy.has(node.id));
  const layers = [...new Set(placed.flatMap((node) => kept.seats.get(node.id)?.layer ?? []))].sort((a, b) => a - b);
  if (layers.length === 0) return kept;
  const height = new Map<string, number>();
  const place = (layer: number, id: string): string => `${layer} ${bandOf.get(id) ?? 0}`;
  const raise = (layer: number, id: string): void => {
    height.set(place(layer, id), (height.get(place(layer, id)) ?? 0) + 1);
  };
  for (const { id } of placed) raise(kept.seats.get(id)?.layer ?? 0, id);
  for (const { id } of graph.items) {
    if (busy.has(id)) continue;
    const heights = layers.map((layer) => height.get(place(layer, id)) ?? 0);
    const layer = layers[heights.indexOf(Math.min(...heights))] ?? 0;
    seats.set(id, { layer, v: kept.seats.get(id)?.v ?? 0 });
    raise(layer, id);
  }
  return { ...kept, seats };
}

/** Moves each band so far that none reaches the next, and what an edge passes on its way from one to another is between. */
function apart(kept: Kept, bandOf: ReadonlyMap<string, number>): Kept {
  // Positions may be of any size; within a band only their order counts.
  const within = (v: number): number => Math.min(Math.max(v, -bandStep / 3), bandStep / 3);
  const seats = [...kept.seats].map(([id, { layer, v }]) => [id, { layer, v: within(v) + (bandOf.get(id) ?? 0) * bandStep }] as const);
  return { ...kept, seats: new Map(seats) };
}

/** Labels stand in the band of the caller, border ends in that of the item they lead to. */
function bandsOfNodes(graph: LevelGraph, bands: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = new Map(bands);
  for (const { piece, label, start, end } of graph.strands) {
    const from = piece.from.kind === 'item' ? bands.get(piece.from.item) : undefined;
    const to = piece.to.kind === 'item' ? bands.get(piece.to.item) : undefined;
    const band = from ?? to ?? 0;
    if (label !== undefined) all.set(label, band);
    if (start !== undefined) all.set(start, to ?? band);
    if (end !== undefined) all.set(end, band);
  }
  return all;
}
