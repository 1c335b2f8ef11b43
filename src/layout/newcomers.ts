import { layersOf } from './elk';
import { type Direction, type Extent, toExtent } from './flow';
import type { OldLevel, OldSpot } from './keep';
import { clustersOf } from './levelGraph';
import { bandOf, type Level, type Piece } from './levels';
import { acrossAt } from './proper';

/** What stays free around a card. */
const gap = { along: 56, across: 22 } as const;
/** What speaks against a place, in pixels of a line's length. */
const price = {
  /** All cards would move. */
  moving: 6000,
  /** A call would point against the flow. */
  backward: 500,
  /** A call would lead around to its own column. */
  around: 250,
  /** A line passes there. */
  passing: 15,
} as const;

/** Higher than any band. */
const farBelow = 20_000;

interface Span {
  readonly low: number;
  readonly high: number;
}

/** A column of the last picture, or one that would be opened. */
interface Column extends Span {
  /** The share of cards that move when a card is put here. */
  readonly moves: number;
}

/** The end of a call of a new card: its column where it is in the same level, and its middle. */
interface Neighbour {
  readonly item: OldSpot | undefined;
  readonly u: number;
  readonly v: number;
  readonly calls: boolean;
  readonly labelled: boolean;
}

/**
 * The last picture, with a place for every card of a level that was not in it: a free one in a column that is there, as
 * near to what it calls and what calls it as can be without moving anything, or a column of its own where that moves
 * few. From then on what is new is laid out as if it had been there.
 */
export function withNewcomers(level: Level, old: OldLevel, direction: Direction): OldLevel {
  const ids = [...level.cards.map(({ id }) => id as string), ...level.children.flatMap((child) => child.group?.id ?? [])];
  const added = level.cards.filter(({ id }) => !old.items.has(id));
  if (added.length === 0 || added.length === ids.length) return old;
  const items = new Map(old.items);
  const fresh = new Set<string>();
  const { clusters } = clustersOf(
    ids.map((id) => ({ id })),
    level.pieces,
  );
  const bottom = Math.max(...[...old.items.values()].map(({ v, dv }) => v + dv));
  /** A zone that was no band is drawn below all that was, as far as places are compared; its band puts it where it belongs. */
  const spanOf = (group: string | undefined): Span | undefined => {
    const place = level.bands.findIndex(({ id }) => id === group);
    if (place < 0) return undefined;
    const frame = old.stood.get(group ?? '');
    return frame ? { low: frame.v, high: frame.v + frame.dv } : { low: bottom + place * farBelow, high: bottom + (place + 1) * farBelow };
  };
  // First those of which most is known: others may depend on them.
  const waiting = added.map((card) => {
    const cluster = clusters.find((one) => one.items.some(({ id }) => id === card.id));
    const pieces = (cluster?.pieces ?? []).filter((piece) =>
      [piece.from, piece.to].some((end) => end.kind === 'item' && end.item === card.id),
    );
    return { card, cluster, pieces };
  });
  for (let round = 0; round < 4; round++) {
    for (const { card, cluster, pieces } of waiting) {
      if (items.has(card.id)) continue;
      const neighbours = pieces.flatMap((piece) => neighbourOf(piece, card.id, items) ?? []);
      const isLast = round === 3;
      if (pieces.length > 0 && neighbours.length < (isLast ? 0 : 1)) continue;
      if (pieces.length === 0 && level.bands.length === 0) continue;
      const near = level.bands.length > 0 ? ids : (cluster?.items ?? []).map(({ id }) => id);
      const labels = level.pieces.flatMap(({ edge, labelled }) => (labelled ? (old.labels.get(edge.id) ?? []) : []));
      const known = near.flatMap((id) => items.get(id) ?? []);
      if (known.length === 0) continue;
      const room = new Room(known, [...ids.flatMap((id) => items.get(id) ?? []), ...labels], labels, old);
      items.set(card.id, room.best(toExtent(card, direction), neighbours, spanOf(bandOf(card))));
      fresh.add(card.id);
    }
  }
  return fresh.size === 0 ? old : { ...old, items, fresh };
}

function neighbourOf({ edge, from, to, labelled }: Piece, id: string, items: ReadonlyMap<string, OldSpot>): Neighbour | undefined {
  const calls = from.kind === 'item' && from.item === id;
  const other = calls ? to : from;
  const item = other.kind === 'item' ? items.get(other.item) : undefined;
  const spot = items.get(calls ? edge.to : edge.from) ?? item;
  return spot && { item, u: spot.u + spot.du / 2, v: spot.v + spot.dv / 2, calls, labelled };
}

/** Where there is room in a part of the last picture. */
class Room {
  readonly #columns: readonly Column[];
  readonly #all: readonly OldSpot[];
  readonly #old: OldLevel;
  readonly #span: Span;

  constructor(known: readonly OldSpot[], all: readonly OldSpot[], labels: readonly OldSpot[], old: OldLevel) {
    this.#all = all;
    this.#old = old;
    this.#span = { low: Math.min(...known.map(({ v }) => v)), high: Math.max(...known.map(({ v, dv }) => v + dv)) };
    const start = Math.min(...known.map(({ u }) => u));
    const end = Math.max(...known.map(({ u, du }) => u + du));
    this.#columns = columnsOf([...known, ...labels.filter(({ u, du }) => u + du > start && u < end)]);
  }

  /** The cheapest place for a card with these neighbours, in a band where there are bands. */
  best(extent: Extent, neighbours: readonly Neighbour[], band: Span | undefined): OldSpot {
    let found: OldSpot = { u: 0, v: 0, ...extent };
    let least = Infinity;
    for (const column of this.#candidates(extent)) {
      const along = column.moves * price.moving + this.#along(column, extent, neighbours);
      if (along >= least) continue;
      const { v, cost } = this.#across(column, extent, neighbours, band ?? this.#span);
      if (along + cost >= least) continue;
      least = along + cost;
      // As wide as the column, so that it is in it and in no other.
      found = { u: column.low, du: Math.min(extent.du, column.high - column.low), v, dv: extent.dv };
    }
    return found;
  }

  /** The columns that are there, with what would move were they wider, and new ones between and around them. */
  #candidates({ du }: Extent): readonly Column[] {
    const columns = this.#columns;
    const first = columns[0];
    const last = columns.at(-1);
    if (!first || !last) return [];
    const behind = (u: number): number => this.#share((spot) => spot.u >= u - 1);
    return [
      { low: first.low - gap.along - du, high: first.low - gap.along, moves: this.#share((spot) => spot.u + spot.du <= first.low + 1) },
      ...columns.flatMap((column, i) => {
        const next = columns[i + 1];
        const grows = du > column.high - column.low + 20;
        const wide = { ...column, moves: grows ? behind(next?.low ?? last.high) : 0 };
        if (!next) return [wide];
        const middle = (column.high + next.low) / 2;
        return [wide, { low: middle - 1, high: middle + 1, moves: behind(next.low) }];
      }),
      { low: last.high + gap.along, high: last.high + gap.along + du, moves: behind(last.high) },
    ];
  }

  /** The share of all cards that move when these do or, seen from there, all others. */
  #share(isMoved: (spot: OldSpot) => boolean): number {
    const { cards } = this.#old;
    const count = cards.filter(isMoved).length;
    return cards.length === 0 ? 0 : Math.min(count, cards.length - count) / cards.length;
  }

  #along(column: Column, { du }: Extent, neighbours: readonly Neighbour[]): number {
    let cost = 0;
    for (const { item, u, calls, labelled } of neighbours) {
      cost += Math.abs(column.low + du / 2 - u);
      if (!item) continue;
      const behind = column.low >= item.u + item.du;
      const before = column.high <= item.u;
      if (!behind && !before) cost += price.around;
      else if (behind === calls) cost += price.backward;
      // The label needs a column between, or opens one.
      if (!labelled) continue;
      const [low, high] = behind ? [item.u + item.du, column.low] : before ? [column.high, item.u] : [item.u + item.du, Infinity];
      const has = this.#columns.some((other) => other.low >= low - 1 && other.high <= high + 1 && other.low !== column.low);
      if (!has) cost += price.moving * this.#share((spot) => spot.u >= (before ? high : low) - 1);
    }
    return cost;
  }

  #across(column: Column, { dv }: Extent, neighbours: readonly Neighbour[], span: Span): { readonly v: number; readonly cost: number } {
    const taken = this.#all
      .filter((spot) => spot.u < column.high && spot.u + spot.du > column.low && spot.v < span.high && spot.v + spot.dv > span.low)
      .sort((a, b) => a.v - b.v);
    const mean = neighbours.reduce((sum, { v }) => sum + v, 0) / neighbours.length;
    const wish = neighbours.length > 0 ? mean - dv / 2 : span.low;
    const middle = (column.low + column.high) / 2;
    const lines = [...this.#old.routes.values()].flatMap((route) => acrossAt(route, middle) ?? []);
    let best = { v: span.low, cost: Infinity };
    const weigh = (v: number, moves: number): void => {
      const passing = lines.filter((line) => line > v - gap.across / 2 && line < v + dv + gap.across / 2).length;
      const cost = Math.abs(v - wish) + moves * price.moving + passing * price.passing;
      if (cost < best.cost) best = { v, cost };
    };
    const top = taken[0]?.v ?? span.high;
    const bottom = taken.reduce((low, spot) => Math.max(low, spot.v + spot.dv), span.low);
    const below = this.#share((spot) => spot.v >= span.high - 1);
    const above = this.#share((spot) => spot.v + spot.dv <= span.low + 1);
    // At both ends of the column, inside what is there already where that can be.
    const inside = (v: number): number => Math.min(Math.max(v, span.low + padding), span.high - dv - padding / 2);
    if (taken.length === 0) weigh(inside(wish), dv > span.high - span.low ? below : 0);
    else {
      const last = Math.max(bottom + gap.across, Math.min(wish, span.high - dv - padding / 2));
      weigh(last, last + dv > span.high ? below : 0);
      const first = Math.min(top - gap.across - dv, Math.max(wish, span.low + padding));
      weigh(first, first < span.low ? above : 0);
    }
    let end = -Infinity;
    for (const [i, spot] of taken.entries()) {
      end = Math.max(end, spot.v + spot.dv);
      const next = taken[i + 1];
      const [low, high] = [end + gap.across, (next?.v ?? 0) - gap.across - dv];
      if (next && high >= low) weigh(Math.min(Math.max(wish, low), high), 0);
    }
    return best;
  }
}

/** Room for a title at the beginning of a frame; half of it at its end. */
const padding = 38;

function columnsOf(spots: readonly OldSpot[]): readonly Column[] {
  const boxes = new Map(spots.map((spot, i) => [String(i), spot]));
  const layers = layersOf(
    [...boxes].map(([id, { du, dv }]) => ({ id, du, dv })),
    { nodes: boxes, edges: new Map() },
  );
  const columns: { low: number; high: number; moves: number }[] = [];
  for (const [id, layer] of layers) {
    const spot = boxes.get(id);
    if (!spot) continue;
    const column = columns[layer];
    if (column) column.high = Math.max(column.high, spot.u + spot.du);
    else columns[layer] = { low: spot.u, high: spot.u + spot.du, moves: 0 };
  }
  return columns;
}
