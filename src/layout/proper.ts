import type { FlowGraph, FlowNode } from './elk';
import type { Spot } from './flow';

/** A layer and a position across the flow to keep. */
export interface Seat {
  readonly layer: number;
  readonly v: number;
}

/** What is kept of an earlier picture: a seat for every node, and where edges passed the layers between their ends. */
export interface Kept {
  readonly seats: ReadonlyMap<string, Seat>;
  readonly via: (edge: string, layer: number) => number | undefined;
}

/** In which band something at this position of this layer is. */
export type BandAt = (v: number, layer: number) => number;

/** Bands across the flow, from 0: whose nodes stay together, with the next band's behind them. */
export interface BandSeats {
  readonly count: number;
  readonly of: ReadonlyMap<string, number>;
  /** For edges that pass layers. */
  readonly at: BandAt;
}

/** A node in its layer, or the place where an edge passes one. */
export interface Cell {
  readonly index: number;
  readonly layer: number;
  readonly band: number;
  readonly du: number;
  readonly dv: number;
  readonly node: FlowNode | undefined;
}

/** A piece of an edge between two neighbouring layers. */
export interface Link {
  readonly edge: string;
  readonly from: Cell;
  readonly fromPort?: string;
  readonly to: Cell;
  readonly toPort?: string;
  /** How much it prefers to be straight. */
  readonly straight: number;
}

/** A graph in which every link leads to the next layer, in the order in which everything is to stand. */
export interface Proper {
  /** Layer by layer, the cells across the flow. */
  readonly layers: readonly (readonly Cell[])[];
  readonly links: readonly Link[];
  /** The links of each edge, from its start to its end. */
  readonly chains: ReadonlyMap<string, readonly Link[]>;
}

/** How much the pieces of an edge that passes layers want to be straight: most in the middle, less at its ends. */
const straightness = { end: 2, middle: 8 } as const;

/** Gives edges that pass layers a cell in each, and everything its order. Edges have to lead from layer to later layer. */
export function properGraph(graph: FlowGraph, kept: Kept, bands: BandSeats | undefined): Proper {
  const seated: { readonly cell: Cell; readonly v: number; readonly id: string }[] = [];
  const layerOf = compact(graph, kept);
  const add = (id: string, v: number, cell: Omit<Cell, 'index'>): Cell => {
    const whole = { ...cell, index: seated.length };
    seated.push({ cell: whole, v, id });
    return whole;
  };
  const cellOf = new Map<string, Cell>();
  for (const node of graph.nodes) {
    const seat = kept.seats.get(node.id) ?? { layer: 0, v: 0 };
    const band = bands?.of.get(node.id) ?? 0;
    cellOf.set(node.id, add(node.id, seat.v, { layer: layerOf(seat.layer), band, du: node.du, dv: node.dv, node }));
  }
  const links: Link[] = [];
  const chains = new Map<string, readonly Link[]>();
  for (const edge of graph.edges) {
    const [from, to] = [cellOf.get(edge.from), cellOf.get(edge.to)];
    const [start, end] = [kept.seats.get(edge.from), kept.seats.get(edge.to)];
    if (!from || !to || !start || !end || to.layer <= from.layer) continue;
    const chain: Link[] = [];
    const passed = layerOf.between(start.layer, end.layer);
    let last = from;
    for (const layer of [...passed, end.layer]) {
      const arrives = layer === end.layer;
      const share = (layer - start.layer) / (end.layer - start.layer);
      const v = kept.via(edge.id, layer) ?? start.v + (end.v - start.v) * share;
      const next = arrives
        ? to
        : add(`${edge.id} via`, v, { layer: layerOf(layer), band: bands?.at(v, layer) ?? 0, du: 0, dv: 0, node: undefined });
      const weight = passed.length === 0 ? 1 : arrives || last === from ? straightness.end : straightness.middle;
      chain.push({
        edge: edge.id,
        from: last,
        ...(last === from && edge.fromPort !== undefined ? { fromPort: edge.fromPort } : {}),
        to: next,
        ...(arrives && edge.toPort !== undefined ? { toPort: edge.toPort } : {}),
        straight: weight * (edge.straight ?? 1),
      });
      last = next;
    }
    chains.set(edge.id, chain);
    links.push(...chain);
  }
  seated.sort((a, b) => a.cell.band - b.cell.band || a.v - b.v || (a.id < b.id ? -1 : 1));
  const layers: Cell[][] = [];
  for (const { cell } of seated) {
    while (layers.length <= cell.layer) layers.push([]);
    layers[cell.layer]?.push(cell);
  }
  return { layers, links, chains };
}

/** Numbers the layers that are used from 0 without gaps. */
function compact(graph: FlowGraph, { seats }: Kept): ((layer: number) => number) & { between(a: number, b: number): readonly number[] } {
  const used = [...new Set(graph.nodes.map((node) => seats.get(node.id)?.layer ?? 0))].sort((a, b) => a - b);
  const rank = new Map(used.map((layer, i) => [layer, i]));
  return Object.assign((layer: number) => rank.get(layer) ?? 0, {
    between: (a: number, b: number) => used.slice((rank.get(a) ?? 0) + 1, rank.get(b) ?? 0),
  });
}

/** The position across the flow at which an orthogonal route passes a place along it, among those that `fits` accepts. */
export function acrossAt(route: readonly Spot[], u: number, fits: (v: number) => boolean = () => true): number | undefined {
  for (const [i, spot] of route.entries()) {
    const next = route[i + 1];
    const passes = next && Math.abs(spot.v - next.v) < 0.01 && u >= Math.min(spot.u, next.u) && u <= Math.max(spot.u, next.u);
    if (passes && fits(spot.v)) return spot.v;
  }
  return undefined;
}
