import type { FlowEdge, FlowGraph, FlowNode } from './elk';
import { type Direction, type Extent, type Spot, toExtent } from './flow';
import type { Piece } from './levels';
import type { Orientation, Side } from './orientation';

/** A card or an inner group, which is laid out already and has a port for each piece of an edge that crosses its border. */
export interface Item {
  readonly id: string;
  readonly extent: Extent;
  /** How long the side is that edges attach to, from the upper corner; else the whole of it. */
  readonly face?: number;
  /** How much of the side where the flow arrives stays free of lines, from the upper corner. */
  readonly clear?: number;
  readonly ports?: readonly { readonly edge: string; readonly side: Side; readonly v: number }[];
  /** Where its corner has to be in the last picture's coordinates, so that what it contains stays where it is. */
  readonly at?: Spot;
}

/** How one piece of an edge is given to ELK: one or two flow edges, possibly turned round. */
export interface Strand {
  readonly piece: Piece;
  readonly turned: boolean;
  readonly flow: readonly string[];
  /** The flow node of its label. */
  readonly label?: string;
  /** The flow nodes of its ends at the level's border. */
  readonly start?: string;
  readonly end?: string;
}

export interface LevelGraph extends FlowGraph {
  readonly strands: readonly Strand[];
  /** Items, in canonical order; the other nodes are labels and border ends. */
  readonly items: readonly Item[];
}

/** The label of an edge, and where it crosses the border, as nodes of the flow. */
export const labelNode = (edge: string): string => `label ${edge}`;
export const startNode = (edge: string): string => `start ${edge}`;
export const endNode = (edge: string): string => `end ${edge}`;

/**
 * The flat graph that ELK gets for one level. Labels are nodes between two halves of their edge, so that they take
 * part in everything (layers, order, old positions) as cards do.
 */
export function levelGraph(
  items: readonly Item[],
  pieces: readonly Piece[],
  direction: Direction,
  { turned, returning, sides }: Orientation,
): LevelGraph {
  const grouped = new Set(items.filter((item) => item.ports).map((item) => item.id));
  const nodes: FlowNode[] = items.map(itemNode);
  const edges: FlowEdge[] = [];
  const strands = pieces.map((piece) =>
    strandOf(piece, turned.has(piece.edge.id), sides.get(piece.edge.id) ?? 'last', grouped, direction, nodes, edges),
  );
  const around = new Set(strands.flatMap(({ piece, flow }) => (returning.has(piece.edge.id) ? flow.slice(-1) : [])));
  return { nodes, edges: edges.map((edge) => (around.has(edge.id) ? { ...edge, returns: true } : edge)), strands, items };
}

function itemNode(item: Item): FlowNode {
  const { id, extent, face, clear } = item;
  const base = { id, ...extent, ...(face === undefined ? {} : { face }), ...(clear === undefined ? {} : { clear }) };
  if (!item.ports) return base;
  return { ...base, ports: item.ports.map((port) => ({ id: portId(item.id, port.edge), side: port.side, v: port.v })) };
}

function portId(item: string, edge: string): string {
  return `port ${item} ${edge}`;
}

interface Terminal {
  readonly node: string;
  readonly port?: string;
}

function strandOf(
  piece: Piece,
  turned: boolean,
  side: Side,
  grouped: ReadonlySet<string>,
  direction: Direction,
  nodes: FlowNode[],
  edges: FlowEdge[],
): Strand {
  const { edge } = piece;
  const terminal = (item: string): Terminal => (grouped.has(item) ? { node: item, port: portId(item, edge.id) } : { node: item });
  const ends: { start?: string; end?: string } = {};
  let from: Terminal;
  let to: Terminal;
  if (piece.from.kind === 'item') from = terminal(piece.from.item);
  else {
    ends.start = startNode(edge.id);
    nodes.push({ id: ends.start, du: 2, dv: 2, border: side });
    from = { node: ends.start };
  }
  if (piece.to.kind === 'item') to = terminal(piece.to.item);
  else {
    ends.end = endNode(edge.id);
    nodes.push({ id: ends.end, du: 2, dv: 2, border: side });
    to = { node: ends.end };
  }
  if (!piece.labelled || !edge.pill) {
    const id = `edge ${edge.id}`;
    edges.push(turned ? joined(id, to, from) : joined(id, from, to));
    return { piece, turned, flow: [id], ...ends };
  }
  const label = labelNode(edge.id);
  nodes.push({ id: label, ...toExtent(edge.pill, direction), early: !turned });
  const first = `first ${edge.id}`;
  const second = `second ${edge.id}`;
  edges.push(
    turned ? { ...joined(first, { node: label }, from), straight: 5 } : { ...joined(first, from, { node: label }), straight: 5 },
    turned ? joined(second, to, { node: label }) : joined(second, { node: label }, to),
  );
  return { piece, turned, flow: [first, second], label, ...ends };
}

function joined(id: string, from: Terminal, to: Terminal): FlowEdge {
  return {
    id,
    from: from.node,
    ...(from.port === undefined ? {} : { fromPort: from.port }),
    to: to.node,
    ...(to.port === undefined ? {} : { toPort: to.port }),
  };
}

/** Items that edges connect, together with those edges: each cluster is laid out for itself. */
export function clustersOf<T extends { readonly id: string }>(
  items: readonly T[],
  pieces: readonly Piece[],
): {
  readonly clusters: readonly { readonly items: readonly T[]; readonly pieces: readonly Piece[] }[];
  readonly singles: readonly T[];
} {
  const parent = new Map(items.map((item) => [item.id, item.id]));
  const find = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    for (let at = id; at !== root; ) {
      const next = parent.get(at) ?? root;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  const touched = new Set<string>();
  for (const { from, to } of pieces) {
    for (const end of [from, to]) if (end.kind === 'item') touched.add(end.item);
    if (from.kind === 'item' && to.kind === 'item') parent.set(find(from.item), find(to.item));
  }
  const clusters = new Map<string, { items: T[]; pieces: Piece[] }>();
  const singles: T[] = [];
  for (const item of items) {
    if (!touched.has(item.id)) singles.push(item);
    else {
      const cluster = clusters.get(find(item.id));
      if (cluster) cluster.items.push(item);
      else clusters.set(find(item.id), { items: [item], pieces: [] });
    }
  }
  for (const piece of pieces) {
    const end = piece.from.kind === 'item' ? piece.from : piece.to;
    if (end.kind === 'item') clusters.get(find(end.item))?.pieces.push(piece);
  }
  return { clusters: [...clusters.values()], singles };
}
