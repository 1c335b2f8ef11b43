import { type FlowEdge, type FlowNode, type Layouter, mustBeStraight, type Placed, place } from './elk';
import { keptAs } from './keep';
import type { LevelGraph } from './levelGraph';
import { type Kept, placeKept, type Seat } from './proper';

/** The line between two bands: everything of the one ends before `from`, everything of the other begins after `to`. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/** Farther than anything within a band reaches. */
const bandStep = 1_000_000;

/** In which band something at this position of this layer is. */
export type BandAt = (v: number, layer: number) => number;

export interface Banded {
  readonly placed: Placed;
  readonly cuts: readonly Cut[];
}

/**
 * Lays a graph out so that the items of each band stay together across the flow, with the next band behind it. Between
 * two bands runs a chain of invisible separators, one in every layer, which the placement is asked to keep straight.
 * `bandAt` says in which band of an earlier picture a position was; without one a draft is made first, to find an order
 * for the edges that pass layers. Undefined when the result does not keep the bands apart.
 */
export async function inBands(
  layouter: Layouter,
  graph: LevelGraph,
  kept: Kept,
  bands: ReadonlyMap<string, number>,
  bandAt: BandAt | undefined,
): Promise<Banded | undefined> {
  const bandOf = bandsOfNodes(graph, bands);
  const separated = withSeparators(graph, kept, bandOf, Math.max(...bands.values()) + 1);
  if (bandAt) {
    const via: Kept['via'] = (edge, layer) => {
      const v = kept.via(edge, layer);
      return v === undefined ? undefined : seatIn(v, bandAt(v, layer));
    };
    return banded(graph, bandOf, separated, await placeKept(layouter, separated, { seats: separated.seats, via }));
  }
  const draft = await place(layouter, separated, 'draft', separated.seats);
  const lines = (layer: number): readonly number[] =>
    separated.separators.map((chain) => draft.nodes.get(chain.find((id) => separated.seats.get(id)?.layer === layer) ?? '')?.v ?? Infinity);
  return inBands(layouter, graph, keptAs(graph, draft), bands, (v, layer) => lines(layer).filter((line) => v > line).length);
}

function seatIn(v: number, band: number): number {
  // Old positions may be of any size; within a band only their order counts.
  return Math.min(Math.max(v, -bandStep / 3), bandStep / 3) + band * bandStep;
}

interface Separated {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly seats: ReadonlyMap<string, Seat>;
  readonly separators: readonly (readonly string[])[];
}

function withSeparators(graph: LevelGraph, kept: Kept, bandOf: ReadonlyMap<string, number>, count: number): Separated {
  const seats = new Map([...kept.seats].map(([id, seat]) => [id, { layer: seat.layer, v: seatIn(seat.v, bandOf.get(id) ?? 0) }]));
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
      if (before !== undefined) edges.push({ id: `${id} chain`, from: before, to: id, straight: mustBeStraight });
      chain.push(id);
    }
    separators.push(chain);
  }
  return { nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges], seats, separators };
}

function banded(graph: LevelGraph, bandOf: ReadonlyMap<string, number>, { separators }: Separated, placed: Placed): Banded | undefined {
  const cuts = separators.map((chain): Cut => {
    const spots = chain.map((id) => placed.nodes.get(id)?.v ?? 0);
    return { from: Math.min(...spots), to: Math.max(...spots) + 2 };
  });
  return keepsApart(graph, placed, bandOf, cuts) ? { placed, cuts } : undefined;
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

function keepsApart(graph: LevelGraph, placed: Placed, bandOf: ReadonlyMap<string, number>, cuts: readonly Cut[]): boolean {
  return graph.nodes.every((node) => {
    if (node.border !== undefined) return true;
    const band = bandOf.get(node.id) ?? 0;
    const v = placed.nodes.get(node.id)?.v ?? 0;
    const above = cuts[band - 1];
    const below = cuts[band];
    return (above === undefined || v >= above.to) && (below === undefined || v + node.dv <= below.from);
  });
}
