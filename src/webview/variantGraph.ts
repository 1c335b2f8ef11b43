import type { Edge, Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { System } from '../model/system';
import { type Packed, unpack } from '../model/transfer';

/**
 * The written system's graph with the labels of a variant of it: same places, other policies. A line that the variant
 * would draw differently altogether stays as written.
 */
export function withPoliciesOf(graph: Graph, variant: Graph): Graph {
  const others = new Map<string, Edge>(variant.edges.map((edge) => [edge.id, edge]));
  return {
    ...graph,
    edges: graph.edges.map((edge) => {
      const other = others.get(edge.id);
      return other && other.calls.join('\n') === edge.calls.join('\n') ? other : edge;
    }),
  };
}

/** The graph with the policies that a run has; as it is written where the run has the same ones. */
export function asPlayed(graph: Graph, played: Packed | undefined, graphOf: (system: System) => Graph): Graph {
  return played ? withPoliciesOf(graph, graphOf(unpack(played))) : graph;
}

/** The picture with each label's box as wide as its text, around the middle of the old one: nothing else moves. */
export function withLabelsOf(picture: Picture, graph: Graph): Picture {
  const pills = new Map<string, Edge['pill']>(graph.edges.map((edge) => [edge.id, edge.pill]));
  return {
    ...picture,
    edges: picture.edges.map((route) => {
      const { label } = route;
      const pill = pills.get(route.id);
      if (!label || !pill || pill.width === label.width) return route;
      return { ...route, label: { ...label, x: label.x + (label.width - pill.width) / 2, width: pill.width } };
    }),
  };
}
