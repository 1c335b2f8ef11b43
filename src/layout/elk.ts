import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api';
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
  /** Prefers neighbouring layers. */
  readonly short?: number;
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

/** Layer numbers and positions across the flow to keep. */
type Seats = ReadonlyMap<string, { readonly layer: number; readonly v: number }>;

/** So far apart that ELK's interactive layering takes each given layer as one, whatever the sizes. */
const layerStep = 10_000;

/**
 * A draft of a flat graph without cycles, from left to right: good layers and a good order, whatever the lines look like.
 * With seats the layers are kept, and the order of the nodes. Rejects when ELK does.
 */
export async function place(layouter: Layouter, graph: FlowGraph, kept?: Seats): Promise<Placed> {
  if (graph.nodes.length === 0) return { nodes: new Map(), edges: new Map() };
  const order = kept && ranked(graph, kept);
  const root: ElkNode = {
    id: 'level',
    children: graph.nodes.map((node, i) => elkNode(node, i, order)),
    edges: graph.edges.map(elkEdge),
  };
  return remembered(layouter, root, optionsFor(graph, kept !== undefined));
}

/**
 * Lays out two small graphs that nobody asked for, unless something else is `wanted` by then: a runtime compiles what
 * it has run, and the next layout is several times faster. Rejects when the layouter does.
 */
export async function warmUp(layouter: Layouter, wanted: () => boolean): Promise<void> {
  const count = 24;
  const nodes = Array.from({ length: count }, (_, i): FlowNode => ({ id: `${i}`, du: 172, dv: 54 }));
  const edges = nodes.flatMap((_, i) =>
    [i + 1, i + 2, i + 7].filter((to) => to < count).map((to): FlowEdge => ({ id: `${i} ${to}`, from: `${i}`, to: `${to}` })),
  );
  const seats = new Map(nodes.map(({ id }, i) => [id, { layer: i, v: i % 3 }]));
  for (const kept of [undefined, seats]) if (!wanted()) await place(layouter, { nodes, edges }, kept);
}

/** Only the order across the flow counts, so that a level which merely moved is the same as before. */
function ranked(graph: FlowGraph, kept: Seats): Seats {
  const at = (node: FlowNode) => kept.get(node.id) ?? { layer: 0, v: 0 };
  const sorted = [...graph.nodes].sort((a, b) => at(a).layer - at(b).layer || at(a).v - at(b).v || (a.id < b.id ? -1 : 1));
  let layer = Number.NaN;
  let rank = 0;
  return new Map(
    sorted.map((node) => {
      const seat = at(node);
      rank = seat.layer === layer ? rank + 1 : 0;
      layer = seat.layer;
      return [node.id, { layer, v: 100 * rank }];
    }),
  );
}

/** The last answers of each layouter: after an edit most levels are as they were. */
const answers = new WeakMap<Layouter, Map<string, Placed>>();
const mostAnswers = 32;

async function remembered(layouter: Layouter, root: ElkNode, layoutOptions: LayoutOptions): Promise<Placed> {
  const known = answers.get(layouter) ?? new Map<string, Placed>();
  answers.set(layouter, known);
  const key = JSON.stringify([root, layoutOptions]);
  const before = known.get(key);
  if (before) {
    known.delete(key);
    known.set(key, before);
    return before;
  }
  const result = await layouter.layout(root, { layoutOptions });
  const placed: Placed = {
    nodes: new Map((result.children ?? []).map((node) => [node.id, { u: node.x ?? 0, v: node.y ?? 0 }])),
    edges: new Map((result.edges ?? []).map((edge) => [edge.id, corners(edge)])),
  };
  known.set(key, placed);
  const [oldest] = known.keys();
  if (known.size > mostAnswers && oldest !== undefined) known.delete(oldest);
  return placed;
}

function optionsFor(graph: FlowGraph, keep: boolean): LayoutOptions {
  const size = graph.nodes.length;
  const large = size > 150 || graph.edges.length > 200;
  const effort = keep ? (size > 300 ? 1 : 3) : size > 400 || graph.edges.length > 400 ? 2 : large ? 5 : 7;
  return {
    'elk.algorithm': 'layered',
    'elk.direction': 'RIGHT',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    'elk.randomSeed': '1',
    'elk.separateConnectedComponents': 'false',
    'elk.spacing.nodeNode': '9',
    'elk.spacing.edgeNode': '12',
    'elk.spacing.edgeEdge': '9',
    'elk.layered.spacing.nodeNodeBetweenLayers': '28',
    'elk.layered.spacing.edgeNodeBetweenLayers': '12',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
    'elk.layered.thoroughness': String(effort),
    'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
    ...(keep
      ? {
          'elk.layered.layering.strategy': 'INTERACTIVE',
          'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
          'elk.layered.crossingMinimization.semiInteractive': 'true',
        }
      : {}),
  };
}

/** A node with distances of its own, which elkjs reads but does not declare. */
interface SpacedNode extends ElkNode {
  readonly individualSpacings?: Readonly<Record<string, number>>;
}

function elkNode(node: FlowNode, index: number, kept: Seats | undefined): SpacedNode {
  const at = kept?.get(node.id);
  const options: LayoutOptions = {};
  if (node.border === 'first') options['elk.layered.layering.layerConstraint'] = 'FIRST_SEPARATE';
  if (node.border === 'last') options['elk.layered.layering.layerConstraint'] = 'LAST_SEPARATE';
  if (node.early) options['elk.alignment'] = 'LEFT';
  if (node.ports) options['elk.portConstraints'] = 'FIXED_POS';
  const x = at ? at.layer * layerStep : 0;
  const y = at ? at.v : index;
  if (at) options['elk.position'] = `(${x},${y})`;
  return {
    id: node.id,
    width: node.du,
    height: node.dv,
    individualSpacings: { 'elk.spacing.nodeNode': node.dv > 20 ? 20 : 12 },
    ...(at ? { x, y } : {}),
    ...(node.ports
      ? {
          ports: node.ports.map((port) => ({
            id: port.id,
            width: 0,
            height: 0,
            x: port.side === 'last' ? node.du : 0,
            y: port.v,
            layoutOptions: { 'elk.port.side': port.side === 'last' ? 'EAST' : 'WEST' },
          })),
        }
      : {}),
    layoutOptions: options,
  };
}

function elkEdge(edge: FlowEdge): ElkExtendedEdge {
  const options: LayoutOptions = {};
  if (edge.straight !== undefined) options['elk.layered.priority.straightness'] = String(edge.straight);
  if (edge.short !== undefined) options['elk.layered.priority.shortness'] = String(edge.short);
  return { id: edge.id, sources: [edge.fromPort ?? edge.from], targets: [edge.toPort ?? edge.to], layoutOptions: options };
}

function corners(edge: ElkExtendedEdge): readonly Spot[] {
  const spots: Spot[] = [];
  for (const section of edge.sections ?? []) {
    for (const point of [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]) spots.push({ u: point.x, v: point.y });
  }
  return spots;
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
