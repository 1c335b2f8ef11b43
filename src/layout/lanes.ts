import type { ClusterRequest } from './cluster';
import { type FlowEdge, type FlowNode, type Layouter, place } from './elk';
import { keptAs } from './keep';
import type { LevelGraph } from './levelGraph';
import { type PlacedInBands, placeKept } from './placeKept';
import type { BandAt, Kept, Seat } from './proper';

/** Farther than anything within a band reaches. */
const bandStep = 1_000_000;

/**
 * Lays a graph out so that the items of each band stay together across the flow, with the next band behind it. `oldAt`
 * says in which band of an earlier picture a position was; without it a draft is made first, to find an order for the
 * edges that pass layers.
 */
export async function inBands(
  layouter: Layouter,
  graph: LevelGraph,
  kept: Kept,
  bands: NonNullable<ClusterRequest['bands']>,
): Promise<PlacedInBands> {
  const of = bandsOfNodes(graph, bands.of);
  const { room, cuts, oldAt } = bands;
  const count = room.length + 1;
  if (oldAt) return placeKept(graph, kept, { count, of, at: oldAt, room, ...(cuts ? { cuts } : {}) });
  const { nodes, edges, seats, separators } = withSeparators(graph, spread(graph, kept, of), of, count);
  const draft = await place(layouter, { nodes, edges }, seats);
  const lines = (layer: number): readonly number[] =>
    separators.map((chain) => draft.nodes.get(chain.find((id) => seats.get(id)?.layer === layer) ?? '')?.v ?? Infinity);
  const at: BandAt = (v, layer) => lines(layer).filter((line) => v > line).length;
  return placeKept(graph, keptAs(graph, draft), { count, of, at, room });
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

interface Separated {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly seats: ReadonlyMap<string, Seat>;
  readonly separators: readonly (readonly string[])[];
}

/** Between two bands stands a chain of small nodes, one in every layer, so that the draft keeps the bands apart. */
function withSeparators(graph: LevelGraph, kept: Kept, bandOf: ReadonlyMap<string, number>, count: number): Separated {
  const seatIn = ({ layer, v }: Seat, band: number): Seat => ({
    layer,
    // Positions may be of any size; within a band only their order counts.
    v: Math.min(Math.max(v, -bandStep / 3), bandStep / 3) + band * bandStep,
  });
  const seats = new Map([...kept.seats].map(([id, seat]) => [id, seatIn(seat, bandOf.get(id) ?? 0)]));
  const layers = graph.nodes.flatMap((node) => (node.border === undefined ? (kept.seats.get(node.id)?.layer ?? []) : []));
  const first = Math.min(...layers);
  const last = Math.max(...layers);
  const nodes: FlowNode[] = [];
  const edges: FlowEdge[] = [];
  const separators: string[][] = [];
  for (let band = 1; band < count; band++) {
    const chain: string[] = [];
    for (let layer = first; layer <= last; layer++) {
      const id = `separator ${band} ${layer}`;
      const before = chain.at(-1);
      nodes.push({ id, du: 4, dv: 2 });
      seats.set(id, { layer, v: (band - 0.5) * bandStep });
      if (before !== undefined) edges.push({ id: `${id} chain`, from: before, to: id });
      chain.push(id);
    }
    separators.push(chain);
  }
  return { nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges], seats, separators };
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
