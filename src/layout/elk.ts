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
  /** A point that an edge passes in a layer between its ends. */
  readonly via?: boolean;
  /** Keeps it at the beginning of its layer instead of in the middle. */
  readonly early?: boolean;
  readonly ports?: readonly { readonly id: string; readonly side: 'in' | 'out'; readonly v: number }[];
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

/** At this preference a line has to be straight. */
export const mustBeStraight = 500;

/** So far apart that ELK's interactive layering takes each given layer as one, whatever the sizes. */
const layerStep = 10_000;

/**
 * Lays out a flat graph without cycles from left to right. A draft is for its layers and order only; its lines are not
 * as straight as they could be. Rejects when ELK does.
 */
export async function place(layouter: Layouter, graph: FlowGraph, purpose: 'draft' | 'final', kept?: Seats): Promise<Placed> {
  if (graph.nodes.length === 0) return { nodes: new Map(), edges: new Map() };
  const order = kept && ranked(graph, kept);
  const root: ElkNode = {
    id: 'level',
    children: graph.nodes.map((node, i) => elkNode(node, i, order)),
    edges: graph.edges.map(elkEdge),
  };
  return remembered(layouter, root, optionsFor(graph, purpose, kept !== undefined));
}

export function asksForStraight(graph: FlowGraph): boolean {
  return graph.edges.some((edge) => (edge.straight ?? 0) >= mustBeStraight);
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

function optionsFor(graph: FlowGraph, purpose: 'draft' | 'final', keep: boolean): LayoutOptions {
  const size = graph.nodes.length;
  // The network simplex makes the shortest and straightest lines, and is the slowest where edges pass many layers.
  const effort = keep ? (size > 300 ? 1 : 5) : size > 400 || graph.edges.length > 400 ? 2 : size > 150 || graph.edges.length > 200 ? 5 : 10;
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
    'elk.layered.nodePlacement.strategy': purpose === 'final' ? 'NETWORK_SIMPLEX' : 'BRANDES_KOEPF',
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
    ...(node.via ? {} : { individualSpacings: { 'elk.spacing.nodeNode': node.dv > 20 ? 20 : 12 } }),
    ...(at ? { x, y } : {}),
    ...(node.ports
      ? {
          ports: node.ports.map((port) => ({
            id: port.id,
            width: 0,
            height: 0,
            x: port.side === 'out' ? node.du : 0,
            y: port.v,
            layoutOptions: { 'elk.port.side': port.side === 'out' ? 'EAST' : 'WEST' },
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
