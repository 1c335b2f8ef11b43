import { asksForStraight, type FlowEdge, type FlowGraph, type FlowNode, type Layouter, type Placed, place } from './elk';
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

/**
 * Counted with the layers that edges pass: up to so many nodes the order of passing edges is kept too, and up to so
 * many the lines are made as short and straight as can be.
 */
const passedUpTo = 200;
const exactUpTo = 320;

/**
 * Places a graph with the layers and the order given. Edges that pass layers get a node of their own in each, so that
 * their order is kept too, and nothing is left to the layouter but coordinates and routes. In large graphs that would
 * take too long: there only the seats of the nodes are kept.
 */
export async function placeKept(layouter: Layouter, graph: FlowGraph, kept: Kept): Promise<Placed> {
  const nodes: FlowNode[] = [...graph.nodes];
  const edges: FlowEdge[] = [];
  const seats = new Map(kept.seats);
  const chains = new Map<string, readonly string[]>();
  for (const edge of graph.edges) {
    const from = kept.seats.get(edge.from);
    const to = kept.seats.get(edge.to);
    if (!from || !to || to.layer - from.layer <= 1) {
      edges.push(edge);
      continue;
    }
    const links: string[] = [];
    const span = to.layer - from.layer;
    let last = edge.from;
    for (let layer = from.layer + 1; layer <= to.layer; layer++) {
      const id = `${edge.id} via ${layer}`;
      const ends = layer === to.layer;
      const starts = layer === from.layer + 1;
      if (!ends) {
        nodes.push({ id, du: 1, dv: 1, via: true });
        const share = (layer - from.layer) / span;
        seats.set(id, { layer, v: kept.via(edge.id, layer) ?? from.v + (to.v - from.v) * share });
      }
      edges.push({
        id,
        from: last,
        ...(starts && edge.fromPort !== undefined ? { fromPort: edge.fromPort } : {}),
        to: ends ? edge.to : id,
        ...(ends && edge.toPort !== undefined ? { toPort: edge.toPort } : {}),
        // The weights that the placement itself gives to long edges, which are to be straight in their middle.
        straight: (edge.straight ?? 1) * (starts || ends ? 2 : 8),
      });
      links.push(id);
      last = id;
    }
    chains.set(edge.id, links);
  }
  const straight = asksForStraight(graph);
  const purpose = nodes.length <= exactUpTo || straight ? 'final' : 'draft';
  if (nodes.length > passedUpTo && !straight) return place(layouter, graph, purpose, kept.seats);
  const placed = await place(layouter, { nodes, edges }, purpose, seats);
  const routes = new Map(placed.edges);
  for (const [id, links] of chains) {
    const route: Spot[] = [];
    for (const link of links) {
      route.push(...(placed.edges.get(link) ?? []));
      routes.delete(link);
    }
    routes.set(id, route);
  }
  return { nodes: placed.nodes, edges: routes };
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
