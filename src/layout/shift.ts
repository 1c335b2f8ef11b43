import type { Point } from './flow';
import type { Picture } from './picture';

/**
 * How far most of what is in both pictures has moved. Whoever shows the second instead of the first moves the view by
 * the same amount, so that what did not move against its neighbours does not move on the screen.
 */
export function shiftBetween(before: Picture, after: Picture): Point {
  const places = new Map(before.cards.map((card) => [card.id, card]));
  const moves = after.cards.flatMap((card) => {
    const old = places.get(card.id);
    return old ? [{ x: card.x - old.x, y: card.y - old.y }] : [];
  });
  return { x: median(moves.map((move) => move.x)), y: median(moves.map((move) => move.y)) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
