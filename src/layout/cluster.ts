import { alone } from './alone';
import { type Layouter, type Placed, place } from './elk';
import type { Direction, Spot } from './flow';
import { alongOf, keptAs, keptFrom, type OldLevel } from './keep';
import { type BandAt, type Cut, inBands } from './lanes';
import { type Item, type LevelGraph, levelGraph, type Strand } from './levelGraph';
import type { Piece } from './levels';
import { placeKept } from './proper';

/** A part of a level with everything in its place, from 0 along and across the flow. */
export interface Cluster {
  readonly items: ReadonlyMap<string, Spot>;
  readonly labels: ReadonlyMap<string, Spot>;
  /** From the caller to the callee, whichever way it was laid out. */
  readonly routes: ReadonlyMap<string, readonly Spot[]>;
  /** Where the bands are divided; empty without bands. */
  readonly cuts: readonly Cut[];
}

export interface ClusterRequest {
  readonly items: readonly Item[];
  readonly pieces: readonly Piece[];
  readonly direction: Direction;
  readonly entries: ReadonlySet<string>;
  readonly old: OldLevel | undefined;
  /** The band of each item, from 0, where the level has bands. */
  readonly bands: { readonly of: ReadonlyMap<string, number>; readonly oldAt: BandAt | undefined } | undefined;
}

/**
 * Lays out one cluster. With an old picture its layers and order are kept. Without one the first result is laid out a
 * second time with its own layers and order, so that the first edit does not make anything jump. Undefined when bands
 * were asked for and cannot be kept apart.
 */
export async function layoutCluster(layouter: Layouter, request: ClusterRequest): Promise<Cluster | undefined> {
  const { items, pieces, direction, entries, old, bands } = request;
  const single = bands ? undefined : alone(items, pieces, direction);
  if (single) return single;
  const graph = levelGraph(items, pieces, direction, entries, alongOf(items, pieces, old));
  const before = old && keptFrom(graph, old);
  const kept = before ?? keptAs(graph, await place(layouter, graph, 'draft'));
  if (!bands) return clusterOf(graph, await placeKept(layouter, graph, kept), []);
  const banded = await inBands(layouter, graph, kept, bands.of, before && bands.oldAt);
  return banded && clusterOf(graph, banded.placed, banded.cuts);
}

function clusterOf(graph: LevelGraph, placed: Placed, cuts: readonly Cut[]): Cluster {
  const spotOf = (id: string): Spot => placed.nodes.get(id) ?? { u: 0, v: 0 };
  const labels = new Map<string, Spot>();
  const routes = new Map<string, readonly Spot[]>();
  for (const strand of graph.strands) {
    const { edge } = strand.piece;
    if (strand.label !== undefined) labels.set(edge.id, spotOf(strand.label));
    routes.set(edge.id, routeOf(strand, placed));
  }
  return { items: new Map(graph.items.map((item) => [item.id, spotOf(item.id)])), labels, routes, cuts };
}

function routeOf(strand: Strand, placed: Placed): readonly Spot[] {
  const halves = strand.flow.map((id) => placed.edges.get(id) ?? []);
  return halves.flatMap((half) => (strand.turned ? [...half].reverse() : half));
}
