import { bandMargin } from './across';
import type { Cluster } from './cluster';
import { type Direction, type Extent, framePadding, type Spot } from './flow';
import type { Group } from './graph';
import { type Insertion, movedSpot } from './insert';
import type { OldLevel } from './keep';
import type { Item } from './levelGraph';
import type { Level } from './levels';
import type { BandAt } from './proper';

/** The bands of a level in order, each with its zone's frame or, for what stands beside the zones, without. */
export interface Bands {
  readonly order: readonly (Group | undefined)[];
  readonly of: ReadonlyMap<string, number>;
}

export const frameTop = 38;
export const frameSide = 14;
const gap = 16;

/** Zones by name, and what stands beside them in the middle, as the calls usually run between. */
export function bandsOf(level: Level): Bands | undefined {
  if (level.bands.length === 0) return undefined;
  const zones: readonly Group[] = level.bands;
  const ids = new Set(zones.map((zone) => zone.id));
  const shared = level.cards.some((card) => card.group === undefined || !ids.has(card.group));
  const middle = Math.ceil(zones.length / 2);
  const order = shared ? [...zones.slice(0, middle), undefined, ...zones.slice(middle)] : zones;
  const place = new Map(order.map((zone, i) => [zone?.id, i]));
  const of = new Map(level.cards.map((card) => [card.id as string, place.get(ids.has(card.group ?? '') ? card.group : undefined) ?? 0]));
  return { order, of };
}

/** In which band a position of the last picture was: told by the zones' frames. Undefined when the bands were others. */
export function oldBandAt(bands: Bands, old: OldLevel): BandAt | undefined {
  const spans = bands.order.map((group) => group && old.items.get(group.id));
  if (bands.order.some((group, i) => group !== undefined && spans[i] === undefined)) return undefined;
  return (v) => {
    let band = 0;
    for (const [i, span] of spans.entries()) if (span && v >= span.v) band = i;
    const span = spans[band];
    // Behind a zone's frame comes what stands beside the zones, where there is such a band.
    return span && v > span.v + span.dv && spans.length > band + 1 && spans[band + 1] === undefined ? band + 1 : band;
  };
}

export interface Framed {
  readonly cluster: Cluster;
  readonly frames: readonly { readonly group: Group; readonly spot: Spot; readonly extent: Extent }[];
  /** The size of it all, frames included. */
  readonly extent: Extent;
}

/** Makes room at the cuts for the zones' borders and titles, and draws their frames over the whole length of the flow. */
export function framed(
  cluster: Cluster,
  items: readonly Item[],
  labels: ReadonlyMap<string, Extent>,
  bands: Bands,
  direction: Direction,
): Framed {
  const padding = framePadding(frameTop, frameSide, direction);
  const boxes = [
    ...items.map((item) => ({ spot: cluster.items.get(item.id), extent: item.extent })),
    ...[...labels].map(([edge, extent]) => ({ spot: cluster.labels.get(edge), extent })),
  ].flatMap(({ spot, extent }) => (spot ? [{ u: spot.u, v: spot.v, ...extent }] : []));
  const start = Math.min(...boxes.map((box) => box.u));
  const end = Math.max(...boxes.map((box) => box.u + box.du));
  const low = Math.min(...boxes.map((box) => box.v));
  const high = Math.max(...boxes.map((box) => box.v + box.dv));

  // Frames begin 6 px before the boxes, where no route runs across the flow, plus the room put in there.
  const along: Insertion[] = [
    { at: start - 6, by: Math.max(0, padding.before - 6) },
    { at: end + 6, by: Math.max(0, padding.after - 6) },
  ];
  const isZone = (band: number): boolean => bands.order[band] !== undefined;
  const across: Insertion[] = [{ at: -Infinity, by: (isZone(0) ? padding.low : 0) - Math.min(0, low) }];
  for (const [i, cut] of cluster.cuts.entries()) {
    const title = isZone(i + 1) ? Math.max(0, padding.low - bandMargin) : 0;
    across.push({ at: cut, by: gap + title });
  }
  const shift = (spot: Spot): Spot => movedSpot(spot, along, across);
  const frameStart = start - 6;
  const frameEnd = shift({ u: end, v: 0 }).u + padding.after;
  const frames = bands.order.flatMap((group, i) => {
    if (!group) return [];
    const before = cluster.cuts[i - 1];
    const behind = cluster.cuts[i];
    const top = before !== undefined ? between(before, across) + gap : shift({ u: 0, v: low }).v - padding.low;
    const bottom = behind !== undefined ? between(behind, across) : shift({ u: 0, v: high }).v + padding.high;
    return [{ group, spot: { u: frameStart, v: top }, extent: { du: frameEnd - frameStart, dv: bottom - top } }];
  });
  const everything = [...cluster.routes.values()].flat().map(shift);
  const last = frames.map((frame) => frame.spot.v + frame.extent.dv);
  return {
    cluster: {
      items: mapped(cluster.items, shift),
      labels: mapped(cluster.labels, shift),
      routes: new Map([...cluster.routes].map(([id, route]) => [id, route.map(shift)])),
      cuts: [],
    },
    frames,
    extent: {
      du: Math.max(frameEnd, ...everything.map((spot) => spot.u)),
      dv: Math.max(shift({ u: 0, v: high }).v, ...everything.map((spot) => spot.v), ...last),
    },
  };
}

/** Where a cut comes to lie before the room that is put in at it. */
function between(cut: number, across: readonly Insertion[]): number {
  return across.reduce((sum, insertion) => (insertion.at < cut ? sum + insertion.by : sum), cut);
}

function mapped(spots: ReadonlyMap<string, Spot>, shift: (spot: Spot) => Spot): ReadonlyMap<string, Spot> {
  return new Map([...spots].map(([id, spot]) => [id, shift(spot)]));
}
