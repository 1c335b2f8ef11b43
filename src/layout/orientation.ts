import { alongOf, type OldLevel } from './keep';
import { clustersOf } from './levelGraph';
import type { Level, Piece } from './levels';
import { backwardArrows } from './orient';

/** The beginning or the end of a level along the flow. */
export type Side = 'first' | 'last';

/** Which way the edges of a level run. */
export interface Orientation {
  /** Edges that are laid out from the callee to the caller, so that there are no cycles. */
  readonly turned: ReadonlySet<string>;
  /** Edges between items that stand in one column: they lead around to the end of the callee. */
  readonly returning: ReadonlySet<string>;
  /** Where edges cross the level's border. */
  readonly sides: ReadonlyMap<string, Side>;
}

/**
 * The orientation of a level whose border is crossed at these sides. Cycles are opened here, not by the layouter, so
 * that it is the same edge that points backwards after every edit. What comes from the end of the flow, or goes back to
 * its beginning, is turned as well.
 */
export function orientationOf(
  level: Level,
  sides: ReadonlyMap<string, Side>,
  entries: ReadonlySet<string>,
  old: OldLevel | undefined,
): Orientation {
  const items = [...level.cards.map(({ id }) => ({ id })), ...level.children.map((child) => ({ id: child.group?.id ?? '' }))];
  const turned = new Set<string>();
  for (const { items: some, pieces } of clustersOf(items, level.pieces).clusters) {
    const arrows = pieces.flatMap(({ edge, from, to }) =>
      from.kind === 'item' && to.kind === 'item' ? [{ id: edge.id, from: from.item, to: to.item }] : [],
    );
    const ids = some.map(({ id }) => id as string);
    const ordered = [...ids.filter((id) => entries.has(id)), ...ids.filter((id) => !entries.has(id))];
    for (const id of backwardArrows(ordered, arrows, alongOf(some, pieces, old))) turned.add(id);
  }
  const returning = new Set<string>();
  for (const { edge, from, to } of level.pieces) {
    if (from.kind !== 'item' || to.kind !== 'item' || from.item === to.item) continue;
    const [start, end] = [old?.items.get(from.item), old?.items.get(to.item)];
    if (!start || !end || start.u >= end.u + end.du || end.u >= start.u + start.du) continue;
    returning.add(edge.id);
    turned.delete(edge.id);
  }
  for (const { edge, from, to } of level.pieces) {
    const side = sides.get(edge.id);
    if ((from.kind === 'border' && side === 'last') || (to.kind === 'border' && side === 'first')) turned.add(edge.id);
  }
  return { turned, returning, sides };
}

/** At which sides edges cross the border of a group that stands in a level of this orientation. */
export function sidesOf(group: string, pieces: readonly Piece[], { turned, returning }: Orientation): ReadonlyMap<string, Side> {
  const sides = new Map<string, Side>();
  for (const { edge, from, to } of pieces) {
    const forward = !turned.has(edge.id);
    if (from.kind === 'item' && from.item === group) sides.set(edge.id, forward ? 'last' : 'first');
    if (to.kind === 'item' && to.item === group) sides.set(edge.id, forward && !returning.has(edge.id) ? 'first' : 'last');
  }
  return sides;
}
