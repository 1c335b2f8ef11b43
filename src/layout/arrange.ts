import type { Cluster } from './cluster';
import type { Direction, Extent, Spot } from './flow';
import type { Group } from './graph';
import type { OldLevel } from './keep';
import type { Item } from './levelGraph';
import { packed } from './pack';
import { settled } from './settle';

/** What stands in a level, before its frame is drawn around it. */
export interface Content {
  readonly items: ReadonlyMap<string, Spot>;
  readonly labels: ReadonlyMap<string, Spot>;
  readonly routes: ReadonlyMap<string, readonly Spot[]>;
  readonly frames: readonly { readonly group: Group; readonly spot: Spot; readonly extent: Extent }[];
  readonly extent: Extent;
  /** Where 0 was in the last picture; undefined when nothing of it was there. */
  readonly origin: Spot | undefined;
}

export interface Sizes {
  readonly items: ReadonlyMap<string, Extent>;
  readonly labels: ReadonlyMap<string, Extent>;
}

const clusterGap = 36;
const singleGap = 22;

interface Sized {
  readonly id: string;
  readonly cluster: Cluster;
  readonly extent: Extent;
}

/**
 * Puts clusters, and below them the items without edges, beside each other. Where edges lead to the level's border the
 * clusters stand across the flow, so that nothing is in the way, in the order in which those edges come as far as it is
 * known; else (without `leaving`) in rows, so that many small ones make no tower.
 * What was in the last picture stays where it was.
 */
export function arranged(
  clusters: readonly Cluster[],
  singles: readonly Item[],
  sizes: Sizes,
  leaving: ReadonlyMap<string, number> | undefined,
  direction: Direction,
  old: OldLevel | undefined,
): Content {
  const leaves = leaving !== undefined;
  const rows = direction === 'right' || leaves ? 'along' : 'across';
  const boxes = clusters.map((cluster, i): Sized => ({ id: String(i), cluster, extent: extentOf(cluster, sizes) }));
  const known = old && singles.some(({ id }) => old.items.has(id));
  if (known || clusters.some(({ origin }) => origin)) return asBefore(boxes, singles, leaves, old);
  const order = [...boxes].sort((a, b) => b.cluster.items.size - a.cluster.items.size);
  const places = leaving ? stacked(asTheyCome(order, leaving)) : packed(order, none, rows, clusterGap);
  return withSingles(contentOf(order, places), singles, rows);
}

/** In the order of the edges that lead into them; what none of those leads into is behind. */
function asTheyCome(boxes: readonly Sized[], leaving: ReadonlyMap<string, number>): readonly Sized[] {
  const rank = ({ cluster }: Sized): number => {
    const known = [...cluster.routes.keys()].flatMap((edge) => leaving.get(edge) ?? []);
    return known.length === 0 ? leaving.size : known.reduce((sum, one) => sum + one, 0) / known.length;
  };
  return [...boxes].sort((a, b) => rank(a) - rank(b));
}

interface Places {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly extent: Extent;
}

function contentOf(boxes: readonly Sized[], places: Places, origin?: Spot): Content {
  const items = new Map<string, Spot>();
  const labels = new Map<string, Spot>();
  const routes = new Map<string, readonly Spot[]>();
  for (const { id, cluster } of boxes) {
    const at = places.spots.get(id) ?? { u: 0, v: 0 };
    const shift = (spot: Spot): Spot => ({ u: spot.u + at.u, v: spot.v + at.v });
    for (const [item, spot] of cluster.items) items.set(item, shift(spot));
    for (const [edge, spot] of cluster.labels) labels.set(edge, shift(spot));
    for (const [edge, route] of cluster.routes) routes.set(edge, route.map(shift));
  }
  return { items, labels, routes, frames: [], extent: places.extent, origin };
}

/** Everything where it was, with what is new in free places. */
function asBefore(boxes: readonly Sized[], singles: readonly Item[], leaves: boolean, old: OldLevel | undefined): Content {
  const alone = singles.map((item): Sized => {
    const origin = old?.items.get(item.id) && (item.at ?? old.items.get(item.id));
    const cluster = { items: new Map([[item.id, { u: 0, v: 0 }]]), labels: new Map(), routes: new Map(), cuts: [], origin };
    return { id: `single ${item.id}`, cluster, extent: item.extent };
  });
  const all = [...boxes, ...alone];
  const wanted = all.map(({ id, cluster, extent }) => {
    const gap = cluster.items.size > 1 ? clusterGap : singleGap;
    const blocks = leaves && !id.startsWith('single');
    return { id, at: cluster.origin, extent, gap, blocks, weight: cluster.items.size };
  });
  const { spots, extent, origin } = settled(wanted);
  return contentOf(all, { spots, extent }, origin);
}

const none: Extent = { du: 0, dv: 0 };

function extentOf(cluster: Cluster, sizes: Sizes): Extent {
  let du = 0;
  let dv = 0;
  const reach = (spot: Spot, extent: Extent): void => {
    du = Math.max(du, spot.u + extent.du);
    dv = Math.max(dv, spot.v + extent.dv);
  };
  for (const [id, spot] of cluster.items) reach(spot, sizes.items.get(id) ?? none);
  for (const [id, spot] of cluster.labels) reach(spot, sizes.labels.get(id) ?? none);
  for (const route of cluster.routes.values()) for (const spot of route) reach(spot, none);
  return { du, dv };
}

function stacked(boxes: readonly Sized[]): { readonly spots: ReadonlyMap<string, Spot>; readonly extent: Extent } {
  const spots = new Map<string, Spot>();
  let at = 0;
  let du = 0;
  for (const { id, extent } of boxes) {
    spots.set(id, { u: 0, v: at });
    at += extent.dv + clusterGap;
    du = Math.max(du, extent.du);
  }
  return { spots, extent: { du, dv: Math.max(0, at - clusterGap) } };
}

function withSingles(content: Content, singles: readonly Item[], rows: 'along' | 'across'): Content {
  if (singles.length === 0) return content;
  // All as wide as the widest, so that they stand in columns.
  const du = Math.max(...singles.map((single) => single.extent.du));
  const dv = Math.max(...singles.map((single) => single.extent.dv));
  const cells = singles.map(({ id }) => ({ id, extent: { du, dv } }));
  const { spots, extent } = packed(cells, content.extent, rows, singleGap);
  const gap = content.items.size > 0 ? clusterGap : 0;
  const offset: Spot = rows === 'along' ? { u: 0, v: content.extent.dv + gap } : { u: content.extent.du + gap, v: 0 };
  const items = new Map(content.items);
  for (const [id, spot] of spots) items.set(id, { u: spot.u + offset.u, v: spot.v + offset.v });
  const whole = { du: Math.max(content.extent.du, offset.u + extent.du), dv: Math.max(content.extent.dv, offset.v + extent.dv) };
  return { ...content, items, extent: whole };
}
