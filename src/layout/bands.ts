import { bandMargin } from './across';
import type { Cluster } from './cluster';
import { type Direction, type Extent, framePadding, type Spot } from './flow';
import type { Group } from './graph';
import { type Insertion, moved } from './insert';
import type { OldLevel } from './keep';
import type { Item } from './levelGraph';
import { type Band, bandOf, type Level } from './levels';
import type { BandAt } from './proper';

/** The bands of a level in order, each with its zone's frame or, for what stands beside the zones, without. */
export interface Bands {
  readonly order: readonly (Band | undefined)[];
  readonly of: ReadonlyMap<string, number>;
  /** What is to stay free behind the end of each band but the last: the gap between two frames, and a title. */
  readonly room: readonly number[];
}

export const frameTop = 38;
export const frameSide = 14;
const gap = 16;

/** Zones by name, and what stands beside them in the middle, as the calls usually run between; or all in their old order. */
export function bandsOf(level: Level, direction: Direction, old?: OldLevel): Bands | undefined {
  if (level.bands.length === 0) return undefined;
  const zones = old ? asBefore(level.bands, old) : level.bands;
  const ids = new Set(zones.map((zone) => zone.id));
  const shared = level.cards.some((card) => !ids.has(bandOf(card) ?? ''));
  const middle = (old && middleBefore(level, zones, old)) ?? Math.ceil(zones.length / 2);
  const order = shared ? [...zones.slice(0, middle), undefined, ...zones.slice(middle)] : zones;
  const place = new Map(order.map((zone, i) => [zone?.id, i]));
  const of = new Map(
    level.cards.map((card) => [card.id as string, place.get(ids.has(bandOf(card) ?? '') ? bandOf(card) : undefined) ?? 0]),
  );
  const title = Math.max(0, framePadding(frameTop, frameSide, direction).low - bandMargin);
  return { order, of, room: order.slice(1).map((zone) => gap + (zone?.group ? title : 0)) };
}

/** Those that were there in their old order; the others stay where their names put them. */
function asBefore(zones: readonly Band[], { stood }: OldLevel): readonly Band[] {
  const known = zones.filter(({ id }) => stood.has(id));
  const sorted = [...known].sort((a, b) => (stood.get(a.id)?.v ?? 0) - (stood.get(b.id)?.v ?? 0));
  return zones.map((zone) => (stood.has(zone.id) ? (sorted.shift() ?? zone) : zone));
}

/** Behind how many zones most of what stands beside them was; undefined where nothing tells. */
function middleBefore(level: Level, zones: readonly Band[], old: OldLevel): number | undefined {
  const ids = new Set<string | undefined>(zones.map(({ id }) => id));
  const known = zones.flatMap((zone, i) => {
    const spot = old.stood.get(zone.id);
    return spot ? [{ i, v: spot.v }] : [];
  });
  const beside = level.cards.flatMap((card) => (ids.has(bandOf(card)) ? [] : (old.items.get(card.id)?.v ?? []))).sort((a, b) => a - b);
  const median = beside[Math.floor(beside.length / 2)];
  if (median === undefined || known.length === 0) return undefined;
  return known.reduce((count, { i, v }) => (v < median ? i + 1 : count), 0);
}

/** In which band a position of the last picture was: told by the zones' frames. Undefined when there was none of them. */
export function oldBandAt(bands: Bands, old: OldLevel): BandAt | undefined {
  const spans = bands.order.map((band) => band && old.stood.get(band.id));
  if (spans.every((span) => span === undefined)) return undefined;
  return (v) => {
    let band = 0;
    for (const [i, span] of spans.entries()) if (span && v >= span.v) band = i;
    const span = spans[band];
    // Behind a zone's frame comes what stands beside the zones, where there is such a band.
    return span && v > span.v + span.dv && spans.length > band + 1 && bands.order[band + 1] === undefined ? band + 1 : band;
  };
}

/** Where the bands ended in the last picture, told by the frames on both sides; undefined where there was none. */
export function oldCuts(bands: Bands, old: OldLevel): readonly (number | undefined)[] {
  return bands.order.slice(1).map((next, i) => {
    const before = old.frames.get(bands.order[i]?.id ?? '');
    const behind = old.frames.get(next?.id ?? '');
    return before ? before.v + before.dv : behind && behind.v - gap;
  });
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
  const isZone = (band: number): boolean => bands.order[band]?.group !== undefined;
  const by = (isZone(0) ? padding.low : 0) - Math.min(0, low);
  const shift = (spot: Spot): Spot => ({ u: moved(spot.u, along), v: spot.v + by });
  const frameStart = start - 6;
  const frameEnd = shift({ u: end, v: 0 }).u + padding.after;
  const frames = bands.order.flatMap((band, i) => {
    const group = band?.group;
    if (!group) return [];
    const before = cluster.cuts[i - 1];
    const behind = cluster.cuts[i];
    const top = before !== undefined ? before + by + gap : low + by - padding.low;
    const bottom = behind !== undefined ? behind + by : high + by + padding.high;
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
      origin: cluster.origin && { u: cluster.origin.u + start - shift({ u: start, v: 0 }).u, v: cluster.origin.v - by },
    },
    frames,
    extent: {
      du: Math.max(frameEnd, ...everything.map((spot) => spot.u)),
      dv: Math.max(high + by, ...everything.map((spot) => spot.v), ...last),
    },
  };
}

function mapped(spots: ReadonlyMap<string, Spot>, shift: (spot: Spot) => Spot): ReadonlyMap<string, Spot> {
  return new Map([...spots].map(([id, spot]) => [id, shift(spot)]));
}
