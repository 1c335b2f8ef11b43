import { type Drafted, type FlowNode, layersOf } from './elk';
import type { Spot } from './flow';
import type { Item, LevelGraph } from './levelGraph';
import type { Piece } from './levels';
import { acrossAt, type Kept, type Seat } from './proper';

/** Where something stood in the last picture: its upper left corner and its length along the flow. */
export interface OldSpot extends Spot {
  readonly du: number;
  readonly dv: number;
}

/** The last picture of one level: its items by id, its labels and whole routes by edge, all in one coordinate system. */
export interface OldLevel {
  readonly items: ReadonlyMap<string, OldSpot>;
  readonly labels: ReadonlyMap<string, OldSpot>;
  readonly routes: ReadonlyMap<string, readonly Spot[]>;
  /** All frames by their groups. */
  readonly frames: ReadonlyMap<string, OldSpot>;
  /** The frames, and for groups that were collapsed their cards, by their groups. */
  readonly stood: ReadonlyMap<string, OldSpot>;
  /** The frame around it, where there is one. */
  readonly frame: OldSpot | undefined;
  /** All cards of the whole picture. */
  readonly cards: readonly OldSpot[];
  /** Items that were not there, and for which a place was found: they may still move. */
  readonly fresh?: ReadonlySet<string>;
}

interface Clusters {
  readonly clusters: readonly { readonly items: readonly Item[]; readonly pieces: readonly Piece[] }[];
  readonly singles: readonly Item[];
}

/** Takes for one what stood among each other in the last picture, though edges may no longer connect it. */
export function asTheyStand({ clusters, singles }: Clusters, old: OldLevel): Clusters {
  const areas = clusters.map(({ items, pieces }) => ({ items: [...items], pieces: [...pieces], box: areaOf(items, old) }));
  const lone = singles.map((item) => ({ items: [item], pieces: [] as Piece[], box: areaOf([item], old) }));
  let open = [...areas, ...lone];
  const done: typeof open = [];
  for (let area = open.pop(); area; area = open.pop()) {
    const { box } = area;
    const met = box && open.find((other) => other.box && meets(box, other.box));
    if (!met) {
      done.push(area);
      continue;
    }
    open = open.filter((other) => other !== met);
    const items = [...met.items, ...area.items];
    open.push({ items, pieces: [...met.pieces, ...area.pieces], box: areaOf(items, old) });
  }
  const order = (a: { items: Item[] }, b: { items: Item[] }): number => ((a.items[0]?.id ?? '') < (b.items[0]?.id ?? '') ? -1 : 1);
  for (const { items, pieces } of done) {
    items.sort((a, b) => (a.id < b.id ? -1 : 1));
    pieces.sort((a, b) => (a.edge.id < b.edge.id ? -1 : 1));
  }
  done.sort(order);
  const isSingle = ({ items, pieces }: (typeof done)[number]): boolean => items.length === 1 && pieces.length === 0;
  return { clusters: done.filter((area) => !isSingle(area)), singles: done.filter(isSingle).flatMap(({ items }) => items) };
}

function areaOf(items: readonly Item[], old: OldLevel): OldSpot | undefined {
  const spots = items.flatMap(({ id }) => old.items.get(id) ?? []);
  if (spots.length === 0) return undefined;
  const [u, v] = [Math.min(...spots.map((spot) => spot.u)), Math.min(...spots.map((spot) => spot.v))];
  const [end, bottom] = [Math.max(...spots.map((spot) => spot.u + spot.du)), Math.max(...spots.map((spot) => spot.v + spot.dv))];
  return { u, v, du: end - u, dv: bottom - v };
}

function meets(a: OldSpot, b: OldSpot): boolean {
  return a.u < b.u + b.du && b.u < a.u + a.du && a.v < b.v + b.dv && b.v < a.v + a.dv;
}

/**
 * Layers and order to keep from the last picture. New nodes go behind their callers, into a layer of their own only
 * where there is none between a caller and what it calls. Undefined when nothing of the level was there before.
 */
export function keptFrom(graph: LevelGraph, old: OldLevel): Kept | undefined {
  const known = new Map<string, OldSpot>();
  for (const item of graph.items) {
    const spot = old.items.get(item.id);
    if (spot) known.set(item.id, spot);
  }
  if (known.size === 0) return undefined;
  for (const { piece, label } of graph.strands) {
    const spot = label === undefined ? undefined : old.labels.get(piece.edge.id);
    if (label !== undefined && spot && isOnTheWay(spot, piece, old)) known.set(label, spot);
  }
  const spans: FlowNode[] = [...known].map(([id, spot]) => ({ id, du: spot.du, dv: spot.dv }));
  const ranks = layersOf(spans, { nodes: known, edges: new Map() });
  const layers = new Map([...ranks].map(([id, rank]) => [id, 2 * rank]));
  const middles = new Map<number, number>();
  for (const [id, spot] of known) middles.set(layers.get(id) ?? 0, spot.u + spot.du / 2);
  const across = new Map([...known].map(([id, spot]) => [id, spot.v + spot.dv / 2]));
  const within = insideOf(old.frame);
  const inner = graph.items.flatMap((item) => (item.ports ? (known.get(item.id) ?? []) : []));
  const borders = new Map(graph.nodes.map(({ id, border }) => [id, border]));
  for (const { piece, start, end } of graph.strands) {
    const route = old.routes.get(piece.edge.id);
    if (!route || !old.frame) continue;
    // A line may bend right at the border: what counts is its stretch outside.
    const { u, du } = old.frame;
    for (const [id, points] of [
      [start, route],
      [end, [...route].reverse()],
    ] as const) {
      if (id === undefined) continue;
      const v = acrossAt(points, borders.get(id) === 'first' ? u : u + du, within);
      if (v !== undefined) across.set(id, v);
    }
  }
  completeLayers(graph, layers);
  completeAcross(graph, across);
  const edgeOf = new Map(graph.strands.flatMap(({ piece, flow }) => flow.map((id) => [id, piece.edge.id] as const)));
  const wishes = new Map<string, Spot>(known);
  for (const { id, at } of graph.items) {
    if (old.fresh?.has(id)) wishes.delete(id);
    else if (at && known.has(id)) wishes.set(id, at);
  }
  const kept = merged(graph, layers, across, (id, layer) => {
    const route = old.routes.get(edgeOf.get(id) ?? '');
    const u = middles.get(layer);
    if (!route || u === undefined) return undefined;
    // The same edge may run at this place outside the level or in one of its inner groups too.
    return acrossAt(route, u, (v) => within(v) && !inner.some((group) => u > group.u && u < group.u + group.du && insideOf(group)(v)));
  });
  return { ...kept, wishes };
}

/** Whether a label stood between the columns of the ends that its line has now: of a collapsed group's lines it need not. */
function isOnTheWay(label: OldSpot, { from, to }: Piece, { items }: OldLevel): boolean {
  const [a, b] = [from, to].map((end) => (end.kind === 'item' ? items.get(end.item) : undefined));
  if (!a || !b) return true;
  const [first, last] = a.u < b.u ? [a, b] : [b, a];
  const isAround = last.u < first.u + first.du;
  return isAround || (label.u + label.du > first.u + first.du && label.u < last.u);
}

function insideOf(frame: OldSpot | undefined): (v: number) => boolean {
  return (v) => frame === undefined || (v >= frame.v && v <= frame.v + frame.dv);
}

/** The layers of a draft, and its order to begin with. */
export function keptAs(graph: LevelGraph, drafted: ReadonlyMap<string, Drafted>): Kept {
  const inner = graph.nodes.filter((node) => node.border === undefined);
  const layers = new Map(inner.map(({ id }) => [id, drafted.get(id)?.layer ?? 0]));
  const across = new Map([...drafted].map(([id, { v }]) => [id, v]));
  return merged(graph, layers, across, () => undefined);
}

/** Numbers the layers from 1 without gaps; border ends stand in front of and behind all of them. */
function merged(graph: LevelGraph, layers: ReadonlyMap<string, number>, across: ReadonlyMap<string, number>, via: Kept['via']): Kept {
  const numbers = [...new Set(layers.values())].sort((a, b) => a - b);
  const ranks = new Map(numbers.map((layer, i) => [layer, i + 1]));
  const seats = new Map<string, Seat>();
  for (const node of graph.nodes) {
    const rank = ranks.get(layers.get(node.id) ?? 0) ?? 1;
    const layer = node.border === 'first' ? 0 : node.border === 'last' ? ranks.size + 1 : rank;
    seats.set(node.id, { layer, v: across.get(node.id) ?? 0 });
  }
  return {
    seats,
    via: (edge, rank) => {
      const layer = numbers[rank - 1];
      return layer === undefined ? undefined : via(edge, layer);
    },
  };
}

interface Neighbours {
  readonly before: Map<string, string[]>;
  readonly behind: Map<string, string[]>;
}

function neighboursOf(graph: LevelGraph): Neighbours {
  const before = new Map<string, string[]>(graph.nodes.map((node) => [node.id, []]));
  const behind = new Map<string, string[]>(graph.nodes.map((node) => [node.id, []]));
  for (const edge of graph.edges) {
    if (edge.returns) continue;
    before.get(edge.to)?.push(edge.from);
    behind.get(edge.from)?.push(edge.to);
  }
  return { before, behind };
}

/** Nodes in an order in which every edge points forward. The graph has no cycles. */
function topological(graph: LevelGraph, { before, behind }: Neighbours): readonly string[] {
  const missing = new Map([...before].map(([id, list]) => [id, list.length]));
  const ready = graph.nodes.filter((node) => missing.get(node.id) === 0).map((node) => node.id);
  for (const id of ready) {
    for (const next of behind.get(id) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return ready;
}

function completeLayers(graph: LevelGraph, layers: Map<string, number>): void {
  const neighbours = neighboursOf(graph);
  const borders = new Set(graph.nodes.filter((node) => node.border !== undefined).map((node) => node.id));
  const order = topological(graph, neighbours).filter((id) => !borders.has(id));
  const at = (ids: readonly string[] | undefined): number[] => (ids ?? []).flatMap((id) => layers.get(id) ?? []);
  for (const id of order) {
    const lowest = Math.max(-Infinity, ...at(neighbours.before.get(id))) + 1;
    const given = layers.get(id);
    if (given !== undefined) {
      layers.set(id, Math.max(given, lowest));
      continue;
    }
    const highest = Math.min(Infinity, ...at(neighbours.behind.get(id))) - 1;
    if (lowest === -Infinity) continue;
    // Even numbers are layers that exist; an odd one is new, between two of them.
    const even = lowest + (((lowest % 2) + 2) % 2);
    layers.set(id, even <= highest ? even : lowest);
  }
  // What nothing known precedes is placed from behind, just before what it calls.
  for (const id of [...order].reverse()) {
    if (layers.has(id)) continue;
    const next = Math.min(Infinity, ...at(neighbours.behind.get(id)));
    layers.set(id, next === Infinity ? 0 : next - 2);
  }
  for (const id of order) {
    const lowest = Math.max(-Infinity, ...at(neighbours.before.get(id))) + 1;
    layers.set(id, Math.max(layers.get(id) ?? 0, lowest));
  }
}

/** New nodes stand at the mean of their neighbours across the flow, a little below, in canonical order. */
function completeAcross(graph: LevelGraph, across: Map<string, number>): void {
  const { before, behind } = neighboursOf(graph);
  const pending = graph.nodes.map((node) => node.id).filter((id) => !across.has(id));
  const mean = (id: string, lists: readonly Map<string, string[]>[]): number | undefined => {
    const values = lists.flatMap((list) => (list.get(id) ?? []).flatMap((other) => across.get(other) ?? []));
    return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
  };
  for (let round = 0; round < 3; round++) {
    for (const [i, id] of pending.entries()) {
      if (across.has(id)) continue;
      const value = mean(id, [before]) ?? mean(id, [behind]);
      if (value !== undefined) across.set(id, value + 1 + i / pending.length);
    }
  }
  for (const [i, id] of pending.entries()) if (!across.has(id)) across.set(id, i);
}

/** Where the items stand along the flow, to tell which edges point backwards; undefined when none was there before. */
export function alongOf(
  items: readonly { readonly id: string }[],
  pieces: readonly Piece[],
  old: OldLevel | undefined,
): ReadonlyMap<string, number> | undefined {
  const along = new Map<string, number>();
  for (const { id } of items) {
    const spot = old?.items.get(id);
    if (spot) along.set(id, spot.u + spot.du / 2);
  }
  if (along.size === 0) return undefined;
  // A new item stands behind those that call it, or else in front of those it calls.
  for (let round = 0; round < 3; round++) {
    for (const { id } of items) {
      if (old?.items.has(id)) continue;
      const callers = pieces.flatMap(({ from, to }) =>
        to.kind === 'item' && to.item === id && from.kind === 'item' ? (along.get(from.item) ?? []) : [],
      );
      const called = pieces.flatMap(({ from, to }) =>
        from.kind === 'item' && from.item === id && to.kind === 'item' ? (along.get(to.item) ?? []) : [],
      );
      if (callers.length > 0) along.set(id, Math.max(...callers) + 1);
      else if (called.length > 0) along.set(id, Math.min(...called) - 1);
    }
  }
  return along;
}
