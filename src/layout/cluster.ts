import { alone } from './alone';
import { draft, type Layouter, type Placed } from './elk';
import type { Direction, Spot } from './flow';
import { keptAs, keptFrom, type OldLevel } from './keep';
import { inBands } from './lanes';
import { type Item, type LevelGraph, levelGraph, type Strand } from './levelGraph';
import type { Piece } from './levels';
import type { Orientation } from './orientation';
import { type PlacedInBands, placeKept } from './placeKept';
import type { BandAt } from './proper';

/** A part of a level with everything in its place, from 0 along and across the flow. */
export interface Cluster {
  readonly items: ReadonlyMap<string, Spot>;
  readonly labels: ReadonlyMap<string, Spot>;
  /** From the caller to the callee, whichever way it was laid out. */
  readonly routes: ReadonlyMap<string, readonly Spot[]>;
  /** Where the bands are divided; empty without bands. */
  readonly cuts: readonly number[];
  /** Where 0 was in the last picture; undefined when nothing of it was there. */
  readonly origin: Spot | undefined;
}

export interface ClusterRequest {
  readonly items: readonly Item[];
  readonly pieces: readonly Piece[];
  readonly direction: Direction;
  readonly orientation: Orientation;
  readonly old: OldLevel | undefined;
  /** The band of each item, from 0, where the level has bands. */
  readonly bands:
    | {
        readonly of: ReadonlyMap<string, number>;
        readonly oldAt: BandAt | undefined;
        readonly room: readonly number[];
        readonly cuts: readonly (number | undefined)[] | undefined;
      }
    | undefined;
}

/**
 * Lays out one cluster. With an old picture its layers and order are kept. Without one a draft's are taken, so that the
 * first edit does not make anything jump.
 */
export async function layoutCluster(layouter: Layouter, request: ClusterRequest): Promise<Cluster> {
  const { items, pieces, direction, orientation, old, bands } = request;
  const single = bands ? undefined : alone(items, pieces, direction, orientation, old);
  if (single) return single;
  const graph = levelGraph(items, pieces, direction, orientation);
  const before = old && keptFrom(graph, old);
  const kept = before ?? keptAs(graph, await draft(layouter, graph));
  if (!bands) return clusterOf(graph, placeKept(graph, kept));
  return clusterOf(graph, inBands(graph, kept, { ...bands, oldAt: before && bands.oldAt }));
}

function clusterOf(graph: LevelGraph, placed: PlacedInBands): Cluster {
  const spotOf = (id: string): Spot => placed.nodes.get(id) ?? { u: 0, v: 0 };
  const labels = new Map<string, Spot>();
  const routes = new Map<string, readonly Spot[]>();
  for (const strand of graph.strands) {
    const { edge } = strand.piece;
    if (strand.label !== undefined) labels.set(edge.id, spotOf(strand.label));
    routes.set(edge.id, routeOf(strand, placed));
  }
  return {
    items: new Map(graph.items.map((item) => [item.id, spotOf(item.id)])),
    labels,
    routes,
    cuts: placed.cuts,
    origin: placed.origin,
  };
}

function routeOf(strand: Strand, placed: Placed): readonly Spot[] {
  const halves = strand.flow.map((id) => placed.edges.get(id) ?? []);
  return halves.flatMap((half) => (strand.turned ? [...half].reverse() : half));
}
