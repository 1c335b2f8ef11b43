import type { FlowGraph, FlowNode } from './elk';
import type { Spot } from './flow';
import { neighboursOf } from './neighbours';
import { ordered } from './order';
import { sifted } from './sift';

/** A layer and a position across the flow to keep. */
export interface Seat {
  readonly layer: number;
  readonly v: number;
}

/** What is kept of an earlier picture: a seat for every node, and where edges passed the layers between their ends. */
export interface Kept {
  readonly seats: ReadonlyMap<string, Seat>;
  readonly via: (edge: string, layer: number) => number | undefined;
  /** Where nodes are to stay, by id, in the coordinates of the last picture; undefined where the seats are all there is. */
  readonly wishes?: ReadonlyMap<string, Spot>;
}

/** In which band something at this position of this layer is. */
export type BandAt = (v: number, layer: number) => number;

/** Bands across the flow, from 0: whose nodes stay together, with the next band's behind them. */
export interface BandSeats {
  readonly count: number;
  readonly of: ReadonlyMap<string, number>;
  /** For edges that pass layers. */
  readonly at: BandAt;
  /** What stays free behind the end of each band but the last, for borders and titles. */
  readonly room: readonly number[];
  /** Where each band but the last ended in the last picture. */
  readonly cuts?: readonly (number | undefined)[];
}

/** A node in its layer, or the place where an edge passes one. */
export interface Cell {
  readonly index: number;
  readonly layer: number;
  readonly band: number;
  readonly du: number;
  readonly dv: number;
  /** Where its middle was across the flow, or is expected. */
  readonly v: number;
  /** Where it wishes to stay across the flow, in the coordinates of the last picture. */
  readonly stays: number | undefined;
  readonly node: FlowNode | undefined;
}

/** A piece of an edge between two neighbouring layers, or back to the layer where it begins. */
export interface Link {
  readonly edge: string;
  readonly from: Cell;
  readonly fromPort?: string;
  readonly to: Cell;
  readonly toPort?: string;
  /** How much it prefers to be straight. */
  readonly straight: number;
  /** It leads from the end of a layer back to the end of the same layer. */
  readonly turns?: boolean;
}

/** A step of an edge along its links. */
export interface Step {
  readonly link: Link;
  /** The edge runs against the link. */
  readonly back: boolean;
}

/** A graph in which every link leads to the next layer or turns back, in the order in which everything is to stand. */
export interface Proper {
  /** Layer by layer, the cells across the flow. */
  readonly layers: readonly (readonly Cell[])[];
  readonly links: readonly Link[];
  /** The links of each edge, from its start to its end. */
  readonly chains: ReadonlyMap<string, readonly Step[]>;
}

/** How much the pieces of an edge that passes layers want to be straight: most in the middle, less at its ends. */
const straightness = { end: 2, middle: 8 } as const;

/** Gives edges that pass layers a cell in each, and everything its order. Edges have to lead from layer to later layer. */
export function properGraph(graph: FlowGraph, kept: Kept, bands: BandSeats | undefined): Proper {
  const seated: { readonly cell: Cell; readonly id: string }[] = [];
  const layerOf = compact(graph, kept);
  const add = (id: string, cell: Omit<Cell, 'index'>): Cell => {
    const whole = { ...cell, index: seated.length };
    seated.push({ cell: whole, id });
    return whole;
  };
  const cellOf = new Map<string, Cell>();
  for (const node of graph.nodes) {
    const seat = kept.seats.get(node.id) ?? { layer: 0, v: 0 };
    const band = bands?.of.get(node.id) ?? 0;
    cellOf.set(
      node.id,
      add(node.id, { layer: layerOf(seat.layer), band, du: node.du, dv: node.dv, v: seat.v, stays: kept.wishes?.get(node.id)?.v, node }),
    );
  }
  const links: Link[] = [];
  const chains = new Map<string, readonly Step[]>();
  for (const edge of graph.edges) {
    const [from, to] = [cellOf.get(edge.from), cellOf.get(edge.to)];
    const [start, end] = [kept.seats.get(edge.from), kept.seats.get(edge.to)];
    if (!from || !to || !start || !end || (to.layer <= from.layer && !edge.returns)) continue;
    const forth = edge.returns ? layerOf.within(start.layer, Math.max(start.layer, end.layer)) : layerOf.between(start.layer, end.layer);
    const back = edge.returns ? layerOf.within(end.layer, Math.max(start.layer, end.layer)) : [];
    const passing = (layer: number, share: number): Cell => {
      const before = kept.via(edge.id, layer);
      const v = before ?? start.v + (end.v - start.v) * share;
      const band = bands?.at(v, layer) ?? 0;
      return add(`${edge.id} via`, { layer: layerOf(layer), band, du: 0, dv: 0, v, stays: kept.wishes && before, node: undefined });
    };
    const vias = [
      ...forth.map((layer) => passing(layer, edge.returns ? 0 : (layer - start.layer) / (end.layer - start.layer))),
      ...[...back].reverse().map((layer) => passing(layer, 1)),
    ];
    const cells = [from, ...vias, to];
    const steps = cells.slice(1).map((next, i): Step => {
      const last = cells[i] ?? from;
      const isBack = edge.returns === true && i > forth.length;
      const outer = i === 0 || next === to;
      const weight = vias.length === 0 ? 1 : outer ? straightness.end : straightness.middle;
      const ports = {
        ...(i === 0 && edge.fromPort !== undefined ? { [isBack ? 'toPort' : 'fromPort']: edge.fromPort } : {}),
        ...(next === to && edge.toPort !== undefined ? { [isBack ? 'fromPort' : 'toPort']: edge.toPort } : {}),
      };
      const turns = edge.returns === true && i === forth.length;
      const ends = isBack ? { from: next, to: last } : { from: last, to: next };
      return {
        link: { edge: edge.id, ...ends, ...ports, straight: weight * (edge.straight ?? 1), ...(turns ? { turns } : {}) },
        back: isBack,
      };
    });
    chains.set(edge.id, steps);
    links.push(...steps.map(({ link }) => link));
  }
  seated.sort((a, b) => a.cell.band - b.cell.band || a.cell.v - b.cell.v || (a.id < b.id ? -1 : 1));
  const layers: Cell[][] = [];
  for (const { cell } of seated) {
    while (layers.length <= cell.layer) layers.push([]);
    layers[cell.layer]?.push(cell);
  }
  const neighbours = neighboursOf(links);
  // Of a first picture nothing has to stay. Later cards keep their order; what runs between them finds its way anew.
  const isFixed = ({ node, stays }: Cell): boolean => stays !== undefined || (node !== undefined && node.early === undefined);
  return { layers: kept.wishes ? sifted(layers, neighbours, isFixed) : ordered(layers, neighbours), links, chains };
}

interface Compact {
  (layer: number): number;
  /** The layers behind the first and before the second. */
  between(a: number, b: number): readonly number[];
  /** The layers behind the first, up to the second. */
  within(a: number, b: number): readonly number[];
}

/** Numbers the layers that are used from 0 without gaps. */
function compact(graph: FlowGraph, { seats }: Kept): Compact {
  const used = [...new Set(graph.nodes.map((node) => seats.get(node.id)?.layer ?? 0))].sort((a, b) => a - b);
  const rank = new Map(used.map((layer, i) => [layer, i]));
  const of = (layer: number): number => rank.get(layer) ?? 0;
  return Object.assign(of, {
    between: (a: number, b: number) => used.slice(of(a) + 1, of(b)),
    within: (a: number, b: number) => used.slice(of(a) + 1, of(b) + 1),
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
