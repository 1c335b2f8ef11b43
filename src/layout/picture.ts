import { idOf } from './collapse';
import type { Layouter } from './elk';
import { type Box, type Direction, type Point, type Spot, toBox, toExtent, toPoint, toSpot } from './flow';
import { type Folded, foldedIn, unfolded } from './folded';
import type { Card, Edge, Graph, Group } from './graph';
import type { OldLevel, OldSpot } from './keep';
import { type LaidOut, layoutLevel } from './level';
import { levelsOf } from './levels';
import { loopRoutes } from './loops';
import { tidied } from './routes';
import { straightened } from './straighten';

/** Where everything stands. Plain JSON, so that it can be kept over hide and reload. */
export interface Picture {
  /** The {@link Graph.key} it was made for. */
  readonly key: string;
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  /** `level` is the group whose content the card was laid out with. */
  readonly cards: readonly (Box & { readonly id: string; readonly level: string })[];
  /** Outer frames before inner ones. */
  readonly frames: readonly (Box & { readonly id: string; readonly level: string })[];
  readonly edges: readonly Route[];
  /** What collapsed groups hold, so that it comes back to where it was. */
  readonly folded?: readonly Folded[];
}

export interface Route {
  readonly id: string;
  /** From the caller's border to the callee's, only horizontal and vertical stretches. */
  readonly points: readonly Point[];
  /** `level` is the group that it stands in. */
  readonly label?: Box & { readonly level: string };
}

export interface PictureOptions {
  readonly direction: Direction;
  /** The last picture of this system, so that what is there stays where it is. */
  readonly previous?: Picture;
  /** Components at which journeys begin: where the drawing starts when there are cycles. */
  readonly entries?: ReadonlySet<string>;
}

const margin = 20;
/** What is drawn over what where lines cross: a call reads as a whole line. */
const above = { startup: 0, telemetry: 0, async: 1, sync: 2 } as const;
/** Bands are used up to so many cards; above they are too full of lines that cross. */
const bandedUpTo = 60;
/** How far the last picture may be from that number without the zones changing between bands and boxes. */
const reluctance = 12;

/**
 * Places a graph. When nothing has changed that could move anything the last picture is returned as it is, without
 * asking the layouter. Rejects when the layouter does.
 */
export async function layoutPicture(graph: Graph, layouter: Layouter, options: PictureOptions): Promise<Picture> {
  const { direction, previous } = options;
  const same = previous?.direction === direction ? previous : undefined;
  if (same && same.key === graph.key) return same;
  const banded = new Set(bandable(graph, same));
  const old = same && oldLevels(same, graph, banded);
  const loops = loopsOf(graph);
  const root = await layoutLevel(levelsOf(graph, banded), {
    layouter,
    direction,
    entries: options.entries ?? new Set(),
    loops,
    oldLevel: (group) => old?.(group),
  });
  const picture = pictureOf(graph, root, loops, direction);
  const folded = same ? foldedIn(graph, same, picture) : [];
  return folded.length === 0 ? picture : { ...picture, folded };
}

/** The edges of components that call themselves. */
function loopsOf(graph: Graph): ReadonlyMap<string, readonly Edge[]> {
  const loops = new Map<string, Edge[]>();
  for (const edge of graph.edges) {
    if (edge.from !== edge.to) continue;
    const list = loops.get(edge.from);
    if (list) list.push(edge);
    else loops.set(edge.from, [edge]);
  }
  return loops;
}

/** Groups with two to five zones to draw as bands, and not too much in them. */
function bandable(graph: Graph, previous: Picture | undefined): readonly string[] {
  return graph.groups.flatMap((group) => {
    if (group.kind !== 'region' && group.kind !== 'zones') return [];
    const zones = new Set(graph.groups.filter((zone) => zone.parent === group.id).map((zone) => zone.id));
    const cards = graph.cards.filter((card) => card.group === group.id || (card.group !== undefined && zones.has(card.group)));
    // A zone that is collapsed counts as it would expanded, so that the others are drawn alike.
    const collapsed = cards.filter((card) => card.collapsed !== undefined && card.group === group.id).length;
    const count = cards.reduce((sum, { inside }) => sum + (inside?.cards.length ?? 1), 0);
    const most = bandedUpTo + lean(previous, zones);
    return zones.size + collapsed >= 2 && zones.size + collapsed <= 5 && count <= most ? [group.id] : [];
  });
}

/** In a banded group cards of its zones belong to the group's own level. */
function lean(previous: Picture | undefined, zones: ReadonlySet<string>): number {
  const frames = previous?.frames.filter((frame) => zones.has(frame.id)) ?? [];
  if (!previous || frames.length === 0) return 0;
  return previous.cards.some((card) => zones.has(card.level)) ? -reluctance : reluctance;
}

/** The last picture as its levels ask for it. Things are found wherever they stood, a group where its card was and the other way. */
function oldLevels(picture: Picture, graph: Graph, banded: ReadonlySet<string>): (group: string) => OldLevel {
  const { direction } = picture;
  const spotOf = (box: Box): OldSpot => ({ ...toSpot(box, direction), ...toExtent(box, direction) });
  const frames = new Map(picture.frames.map((frame) => [frame.id, spotOf(frame)]));
  const items = new Map([...picture.cards, ...picture.frames].map((box) => [box.id, spotOf(box)]));
  const stood = new Map(frames);
  for (const group of graph.groups) {
    const card = picture.cards.find(({ id }) => id === idOf(group));
    if (!card || frames.has(group.id)) continue;
    items.set(group.id, spotOf(card));
    stood.set(group.id, spotOf(card));
  }
  for (const box of unfolded(graph, picture)) if (!frames.has(box.id)) items.set(box.id, spotOf(box));
  for (const card of graph.cards) {
    const frame = card.collapsed === undefined ? undefined : frames.get(card.collapsed);
    const before = picture.cards.find(({ id }) => id === card.id);
    if (card.collapsed !== undefined && before) stood.set(card.collapsed, spotOf(before));
    if (!frame) continue;
    // It takes the corner of its frame, or in a band, which stays as it is, the best place as if it were new.
    if (banded.has(card.group ?? '')) items.delete(card.id);
    else items.set(card.id, { ...frame, ...toExtent(card, direction) });
  }
  const labels = new Map(picture.edges.flatMap(({ id, label }) => (label ? [[id, spotOf(label)]] : [])));
  const routes = new Map(picture.edges.map((edge) => [edge.id, edge.points.map((point) => toSpot(point, direction))]));
  const all = picture.cards.map(spotOf);
  return (group) => ({ items, labels, routes, frames, stood, frame: frames.get(group), cards: all });
}

function pictureOf(graph: Graph, root: LaidOut, loops: ReadonlyMap<string, readonly Edge[]>, direction: Direction): Picture {
  const cards = new Map<string, Card>(graph.cards.map((card) => [card.id, card]));
  const edges = new Map<string, Edge>(graph.edges.map((edge) => [edge.id, edge]));
  const boxes: (Box & { id: string; level: string })[] = [];
  const frames: (Box & { id: string; level: string; group: Group })[] = [];
  const pieces = new Map<string, { depth: number; outward: boolean; spots: readonly Spot[] }[]>();
  const labels = new Map<string, Box & { level: string }>();

  const visit = (laid: LaidOut, at: Spot, depth: number): void => {
    const level = laid.level.group?.id ?? '';
    const shift = (spot: Spot): Spot => ({ u: spot.u + at.u, v: spot.v + at.v });
    for (const { group, spot, extent } of laid.frames)
      frames.push({ ...toBox(shift(spot), extent, direction), id: group.id, level, group });
    for (const [id, spot] of laid.items) {
      const card = cards.get(id);
      const child = laid.children.find((inner) => inner.level.group?.id === id);
      if (card) boxes.push({ ...toBox(shift(spot), toExtent(card, direction), direction), id, level });
      else if (child?.level.group) {
        frames.push({ ...toBox(shift(spot), child.extent, direction), id, level, group: child.level.group });
        visit(child, shift(spot), depth + 1);
      }
    }
    for (const [id, spot] of laid.labels) {
      const pill = edges.get(id)?.pill;
      if (pill) labels.set(id, { ...toBox(shift(spot), toExtent(pill, direction), direction), level });
    }
    for (const piece of laid.level.pieces) {
      const spots = laid.routes.get(piece.edge.id)?.map(shift) ?? [];
      const list = pieces.get(piece.edge.id) ?? [];
      list.push({ depth, outward: piece.to.kind === 'border', spots });
      pieces.set(piece.edge.id, list);
    }
  };
  visit(root, { u: margin, v: margin }, 0);

  const routes = [...graph.edges]
    .sort((a, b) => above[a.style] - above[b.style])
    .flatMap((edge): Route[] => {
      const list = pieces.get(edge.id);
      if (!list) return [];
      // Out of the caller's groups, innermost first, then in to the callee's, outermost first.
      const out = list.filter((piece) => piece.outward).sort((a, b) => b.depth - a.depth);
      const rest = list.filter((piece) => !piece.outward).sort((a, b) => a.depth - b.depth);
      const points = [...out, ...rest].flatMap((piece) => piece.spots.map((spot) => toPoint(spot, direction)));
      const label = labels.get(edge.id);
      return [{ id: edge.id, points: tidied(points), ...(label ? { label } : {}) }];
    });
  for (const { level, ...box } of boxes) routes.push(...loopRoutes(loops.get(box.id) ?? [], box, level, direction));
  const size = toBox({ u: 0, v: 0 }, { du: root.extent.du + 2 * margin, dv: root.extent.dv + 2 * margin }, direction);
  return {
    key: graph.key,
    direction,
    width: Math.ceil(size.width),
    height: Math.ceil(size.height),
    cards: boxes.sort((a, b) => (a.id < b.id ? -1 : 1)),
    frames: frames.map(({ group, ...frame }) => frame),
    edges: withPoints(routes, straightened(routes, boxes, frames)),
  };
}

function withPoints(routes: readonly Route[], lines: readonly { readonly points: readonly Point[] }[]): readonly Route[] {
  return routes.map((route, i) => ({ ...route, points: tidied(lines[i]?.points ?? route.points) }));
}
