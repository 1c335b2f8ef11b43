import { arranged, type Content } from './arrange';
import { bandsOf, framed, frameSide, frameTop, oldBandAt, oldCuts } from './bands';
import { underBadges } from './cards';
import { type Cluster, layoutCluster } from './cluster';
import type { Layouter } from './elk';
import { type Direction, type Extent, framePadding, type Padding, type Spot, toExtent } from './flow';
import type { Card, Edge, Group } from './graph';
import { asTheyStand, type OldLevel } from './keep';
import { clustersOf, type Item } from './levelGraph';
import type { Level, Piece } from './levels';
import { loopRoom } from './loops';
import { withNewcomers } from './newcomers';
import { type Orientation, orientationOf, type Side, sidesOf } from './orientation';
import { textWidth } from './text';

/** A level with everything in its place, from its own upper left corner. */
export interface LaidOut {
  readonly level: Level;
  readonly extent: Extent;
  /** Where its corner has to be in the last picture's coordinates, so that what it contains stays; undefined without one. */
  readonly at: Spot | undefined;
  /** Cards and inner groups. */
  readonly items: ReadonlyMap<string, Spot>;
  readonly labels: ReadonlyMap<string, Spot>;
  /** The piece of each edge that runs in this level, from caller to callee. */
  readonly routes: ReadonlyMap<string, readonly Spot[]>;
  /** Where edges cross its border. */
  readonly sides: ReadonlyMap<string, Side>;
  readonly children: readonly LaidOut[];
  /** Frames of zones that are bands of this level. */
  readonly frames: readonly { readonly group: Group; readonly spot: Spot; readonly extent: Extent }[];
}

export interface LevelContext {
  readonly layouter: Layouter;
  readonly direction: Direction;
  readonly entries: ReadonlySet<string>;
  /** The lines of components that call themselves. */
  readonly loops: ReadonlyMap<string, readonly Edge[]>;
  /** The last picture of a group's level; undefined without one. */
  readonly oldLevel: (group: string) => OldLevel | undefined;
}

/** What is known of the edges that cross a level's border: at which side they do, and in which order they come. */
export interface Outside {
  readonly sides: ReadonlyMap<string, Side>;
  readonly order: ReadonlyMap<string, number>;
}

/** Lays out a level from the inside out. */
export async function layoutLevel(
  level: Level,
  context: LevelContext,
  { sides, order }: Outside = { sides: new Map(), order: new Map() },
): Promise<LaidOut> {
  const { direction, layouter, entries } = context;
  const before = context.oldLevel(level.group?.id ?? '');
  const old = before && withNewcomers(level, before, direction);
  const orientation = orientationOf(level, sides, entries, old);
  const children: LaidOut[] = [];
  for (const child of callersFirst(level, orientation)) {
    const outside = { sides: sidesOf(child.group?.id ?? '', level.pieces, orientation), order: orderAt(children) };
    children.push(await layoutLevel(child, context, outside));
  }
  children.sort((a, b) => level.children.indexOf(a.level) - level.children.indexOf(b.level));
  const items: Item[] = [...level.cards.map((card) => cardItem(card, context)), ...children.map(groupItem)];
  const bands = bandsOf(level, direction, old);
  if (bands) {
    const request = {
      items,
      pieces: level.pieces,
      direction,
      orientation,
      old,
      bands: { ...bands, oldAt: old && oldBandAt(bands, old), cuts: old && oldCuts(bands, old) },
    };
    const cluster = await layoutCluster(layouter, request);
    const { cluster: shifted, frames, extent } = framed(cluster, items, labelsOf(level, direction), bands, direction);
    return finished(level, children, { ...shifted, frames, extent }, direction, sides);
  }
  const split = clustersOf(items, level.pieces);
  const { clusters, singles } = old ? asTheyStand(split, old) : split;
  const laid: Cluster[] = [];
  for (const { items: some, pieces } of clusters) {
    laid.push(await layoutCluster(layouter, { items: some, pieces, direction, orientation, old, bands: undefined }));
  }
  const leaves = level.pieces.some((piece) => piece.from.kind === 'border' || piece.to.kind === 'border');
  const sizes = { items: new Map(items.map((item) => [item.id, item.extent])), labels: labelsOf(level, direction) };
  return finished(level, children, arranged(laid, singles, sizes, leaves ? order : undefined, direction, old), direction, sides);
}

/** The inner levels, each after those that call into it. */
function callersFirst({ children, pieces }: Level, { turned }: Orientation): readonly Level[] {
  const ids = new Set(children.map(({ group }) => group?.id ?? ''));
  const calls = pieces.flatMap(({ edge, from, to }) => {
    if (from.kind !== 'item' || to.kind !== 'item' || from.item === to.item || turned.has(edge.id)) return [];
    return ids.has(from.item) && ids.has(to.item) ? [{ from: from.item, to: to.item }] : [];
  });
  const left = new Set(children);
  const next = (): Level | undefined => {
    const waiting = new Set([...left].map(({ group }) => group?.id ?? ''));
    return [...left].find(({ group }) => !calls.some(({ from, to }) => to === group?.id && waiting.has(from))) ?? [...left][0];
  };
  const order: Level[] = [];
  for (let child = next(); child; child = next()) {
    order.push(child);
    left.delete(child);
  }
  return order;
}

/** In which order edges cross the borders of what is laid out already. */
function orderAt(children: readonly LaidOut[]): ReadonlyMap<string, number> {
  const crossings = children.map(({ level, routes }) =>
    level.pieces.flatMap(({ edge, from, to }) => {
      const route = routes.get(edge.id);
      const spot = to.kind === 'border' ? route?.at(-1) : from.kind === 'border' ? route?.[0] : undefined;
      return spot ? [{ id: edge.id, v: spot.v }] : [];
    }),
  );
  const sorted = crossings.flatMap((some) => some.sort((a, b) => a.v - b.v));
  return new Map(sorted.map(({ id }, i) => [id, i]));
}

function cardItem(card: Card, { direction, loops }: LevelContext): Item {
  const extent = toExtent(card, direction);
  const own = loops.get(card.id);
  const clear = direction === 'down' ? underBadges(card.badges) : 0;
  const item = { id: card.id, extent, ...(clear === 0 ? {} : { clear }) };
  if (!own) return item;
  return { ...item, extent: { du: extent.du, dv: extent.dv + loopRoom(own, direction) }, face: extent.dv };
}

function groupItem(child: LaidOut): Item {
  const ports = child.level.pieces.flatMap((piece) => {
    const route = child.routes.get(piece.edge.id);
    const at = piece.from.kind === 'border' ? route?.[0] : piece.to.kind === 'border' ? route?.at(-1) : undefined;
    return at ? [{ edge: piece.edge.id, side: child.sides.get(piece.edge.id) ?? 'last', v: at.v }] : [];
  });
  return { id: child.level.group?.id ?? '', extent: child.extent, ports, ...(child.at ? { at: child.at } : {}) };
}

function labelsOf(level: Level, direction: Direction): ReadonlyMap<string, Extent> {
  return new Map(
    level.pieces.flatMap((piece) => (piece.labelled && piece.edge.pill ? [[piece.edge.id, toExtent(piece.edge.pill, direction)]] : [])),
  );
}

/** Adds the frame's padding, and leads the edges that leave the level up to its border. */
function finished(
  level: Level,
  children: readonly LaidOut[],
  content: Content,
  direction: Direction,
  sides: ReadonlyMap<string, Side>,
): LaidOut {
  const padding = paddingOf(level, direction);
  const pieces = new Map<string, Piece>(level.pieces.map((piece) => [piece.edge.id, piece]));
  const loose = new Map([...content.routes].map(([id, route]) => [id, withoutStubs(route, pieces.get(id))]));
  const { start, end } = reachOf(content, loose, children, level, direction);
  const shift = (spot: Spot): Spot => ({ u: spot.u - start + padding.before, v: spot.v + padding.low });
  const size: Extent = {
    du: end - start + padding.before + padding.after,
    dv: content.extent.dv + padding.low + padding.high,
  };
  const extent = wideEnough(size, level, direction);
  const routes = new Map<string, readonly Spot[]>();
  for (const [id, route] of loose) {
    const piece = pieces.get(id);
    const spots = route.map(shift);
    const whole = content.routes.get(id);
    const first = whole?.[0];
    const last = whole?.at(-1);
    const border = sides.get(id) === 'first' ? 0 : extent.du;
    if (piece?.from.kind === 'border' && first) spots.unshift({ u: border, v: shift(first).v });
    if (piece?.to.kind === 'border' && last) spots.push({ u: border, v: shift(last).v });
    routes.set(id, spots);
  }
  return {
    level,
    extent,
    at: content.origin && { u: content.origin.u + start - padding.before, v: content.origin.v - padding.low },
    items: new Map([...content.items].map(([id, spot]) => [id, shift(spot)])),
    labels: new Map([...content.labels].map(([id, spot]) => [id, shift(spot)])),
    routes,
    sides,
    children,
    frames: content.frames.map((frame) => ({ ...frame, spot: shift(frame.spot) })),
  };
}

/** A route without its ends at the level's border, which lie on straight stretches as long as one likes. */
function withoutStubs(route: readonly Spot[], piece: Piece | undefined): readonly Spot[] {
  return route.slice(piece?.from.kind === 'border' ? 1 : 0, piece?.to.kind === 'border' ? -1 : undefined);
}

/** Where the content begins and ends along the flow, without the straight stretches that lead to the border. */
function reachOf(
  content: Content,
  loose: ReadonlyMap<string, readonly Spot[]>,
  children: readonly LaidOut[],
  level: Level,
  direction: Direction,
): { readonly start: number; readonly end: number } {
  const extents = new Map<string, Extent>(level.cards.map((card) => [card.id, toExtent(card, direction)]));
  for (const child of children) extents.set(child.level.group?.id ?? '', child.extent);
  const labels = labelsOf(level, direction);
  let start = Infinity;
  let end = -Infinity;
  const reach = (u: number, du: number): void => {
    start = Math.min(start, u);
    end = Math.max(end, u + du);
  };
  for (const [id, spot] of content.items) reach(spot.u, extents.get(id)?.du ?? 0);
  for (const [id, spot] of content.labels) reach(spot.u, labels.get(id)?.du ?? 0);
  for (const route of loose.values()) for (const spot of route) reach(spot.u, 0);
  for (const frame of content.frames) reach(frame.spot.u, frame.extent.du);
  return start <= end ? { start, end } : { start: 0, end: 0 };
}

function paddingOf(level: Level, direction: Direction): Padding {
  if (!level.group || level.group.kind === 'zones') return { before: 0, after: 0, low: 0, high: 0 };
  return framePadding(frameTop, frameSide, direction);
}

/** A frame is never narrower than its title. */
function wideEnough(extent: Extent, level: Level, direction: Direction): Extent {
  if (!level.group || level.group.kind === 'zones') return extent;
  const least = Math.min(320, textWidth(level.group.words.join('  '), 12, 600) + 28);
  return direction === 'right' ? { ...extent, du: Math.max(extent.du, least) } : { ...extent, dv: Math.max(extent.dv, least) };
}
