import type { ElkNode, LayoutOptions } from 'elkjs/lib/elk-api';
import type { Spot } from './flow';

/** What this folder needs of elkjs, so that it runs on a worker, on the bundle for Node, and on a double in tests. */
export interface Layouter {
  layout(graph: ElkNode, options: { readonly layoutOptions: LayoutOptions }): Promise<ElkNode>;
}

/** A box to place. Where `ports` are given its edges must use them; else they attach anywhere on the right side. */
export interface FlowNode {
  readonly id: string;
  readonly du: number;
  readonly dv: number;
  /** At the very beginning or end of the flow, in a layer of its own kind. */
  readonly border?: 'first' | 'last';
  /** A label: at the beginning of its layer, or at the end. */
  readonly early?: boolean;
  /** How long the side is that edges attach to, from its upper corner; else the whole of it. */
  readonly face?: number;
  /** How much of the side where the flow arrives stays free of lines, from its upper corner. */
  readonly clear?: number;
  readonly ports?: readonly { readonly id: string; readonly side: 'first' | 'last'; readonly v: number }[];
}

export interface FlowEdge {
  readonly id: string;
  readonly from: string;
  readonly fromPort?: string;
  readonly to: string;
  readonly toPort?: string;
  /** Prefers a straight line. */
  readonly straight?: number;
  /** Leads around to the end of what it leads to, in the same layer; only where layers are kept. */
  readonly returns?: boolean;
}

export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
}

/** Where things came to stand: the upper left corner of each node and the corners of each edge. */
export interface Placed {
  readonly nodes: ReadonlyMap<string, Spot>;
  readonly edges: ReadonlyMap<string, readonly Spot[]>;
}

/** Where a draft has a node: in which layer along the flow, and at which position across it. */
export interface Drafted {
  readonly layer: number;
  readonly v: number;
}

/**
 * A draft of a flat graph without cycles, from left to right: in which layer each node stands, and an order to begin with.
 * It is made of as little as can be, so that it is there soon: without sizes and lines, labels stand between the layers of the
 * others, and all that lies on a border is one node. Rejects when ELK does.
 */
export async function draft(layouter: Layouter, graph: FlowGraph): Promise<ReadonlyMap<string, Drafted>> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const isLabel = (id: string): boolean => nodes.get(id)?.early !== undefined;
  const standIn = (id: string): string => (nodes.get(id)?.border ? `border ${nodes.get(id)?.border ?? ''}` : id);
  const behind = new Map(graph.edges.flatMap((edge) => (isLabel(edge.from) ? [[edge.from, edge.to]] : [])));
  const ways = graph.edges.flatMap(({ from, to }): Way[] => (isLabel(from) ? [] : [[standIn(from), standIn(behind.get(to) ?? to)]]));
  const drawn = graph.nodes.flatMap(({ id }) => (isLabel(id) ? [] : [standIn(id)]));
  if (drawn.length === 0) return new Map();
  const drafted = await remembered(layouter, elkGraph([...new Set(drawn)], ways));
  const all = new Map<string, Drafted>();
  for (const { id, border } of graph.nodes) {
    const seat = border ? undefined : drafted.get(id);
    if (seat) all.set(id, { layer: 2 * seat.layer, v: seat.v });
  }
  for (const { from, to } of graph.edges) {
    const [start, end] = [all.get(from), all.get(behind.get(to) ?? '')];
    // Beside its caller, which is at the end where the line was turned round.
    if (isLabel(to) && nodes.get(to)?.early && start) all.set(to, { layer: start.layer + 1, v: start.v });
    else if (isLabel(to) && end) all.set(to, { layer: end.layer - 1, v: end.v });
  }
  for (const { from, to } of graph.edges) {
    const [start, end] = [all.get(from), all.get(to)];
    // In which layer a border is, is known without a draft.
    if (nodes.get(from)?.border && end) all.set(from, { layer: 0, v: end.v });
    if (nodes.get(to)?.border && start) all.set(to, { layer: 0, v: start.v });
  }
  return all;
}

/** From a node to another. */
type Way = readonly [from: string, to: string];

/** Lays out a small graph that nobody asked for: a runtime compiles what it has run. Rejects when the layouter does. */
export async function warmUp(layouter: Layouter): Promise<void> {
  const count = 24;
  const nodes = Array.from({ length: count }, (_, i): FlowNode => ({ id: `${i}`, du: 172, dv: 54 }));
  const edges = nodes.flatMap((_, i) =>
    [i + 1, i + 2, i + 7].filter((to) => to < count).map((to): FlowEdge => ({ id: `${i} ${to}`, from: `${i}`, to: `${to}` })),
  );
  await draft(layouter, { nodes, edges });
}

/** The last answers of each layouter: after an edit most levels are as they were. */
const answers = new WeakMap<Layouter, Map<string, ReadonlyMap<string, Drafted>>>();
const mostAnswers = 32;

async function remembered(layouter: Layouter, root: ElkNode): Promise<ReadonlyMap<string, Drafted>> {
  const known = answers.get(layouter) ?? new Map<string, ReadonlyMap<string, Drafted>>();
  answers.set(layouter, known);
  const key = JSON.stringify(root);
  const before = known.get(key);
  if (before) {
    known.delete(key);
    known.set(key, before);
    return before;
  }
  const { children = [] } = await layouter.layout(root, { layoutOptions });
  // All are of one size, so that those of one layer stand at one place along the flow.
  const starts = [...new Set(children.map(({ x = 0 }) => x))].sort((a, b) => a - b);
  const layers = new Map(starts.map((x, layer) => [x, layer]));
  const drafted = new Map(children.map(({ id, x = 0, y = 0 }) => [id, { layer: layers.get(x) ?? 0, v: y }]));
  known.set(key, drafted);
  const [oldest] = known.keys();
  if (known.size > mostAnswers && oldest !== undefined) known.delete(oldest);
  return drafted;
}

/** Whatever is done anew afterwards is done the quickest way: the order is a first one, and places and lines are dropped. */
const layoutOptions: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.randomSeed': '1',
  'elk.separateConnectedComponents': 'false',
  'elk.edgeRouting': 'POLYLINE',
  'elk.layered.thoroughness': '1',
  'elk.layered.nodePlacement.strategy': 'SIMPLE',
};

/** Edges that lead the same way are one. */
function elkGraph(ids: readonly string[], ways: readonly Way[]): ElkNode {
  const constraints = new Map(
    (['first', 'last'] as const).map((side) => [
      `border ${side}`,
      { 'elk.layered.layering.layerConstraint': `${side.toUpperCase()}_SEPARATE` },
    ]),
  );
  const unique = new Map(ways.map((way) => [JSON.stringify(way), way]));
  return {
    id: 'level',
    children: ids.map((id) => ({ id, width: 20, height: 20, layoutOptions: constraints.get(id) ?? {} })),
    edges: [...unique].map(([id, [from, to]]) => ({ id, sources: [from], targets: [to] })),
  };
}

/** Numbers the layers of a placed graph: boxes that overlap along the flow are in the same one. */
export function layersOf(nodes: readonly FlowNode[], placed: Placed): ReadonlyMap<string, number> {
  const spans = nodes
    .map((node) => ({ id: node.id, from: placed.nodes.get(node.id)?.u ?? 0, du: node.du }))
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const layers = new Map<string, number>();
  let layer = -1;
  let end = -Infinity;
  for (const span of spans) {
    if (span.from >= end) layer++;
    end = Math.max(end, span.from + span.du);
    layers.set(span.id, layer);
  }
  return layers;
}
