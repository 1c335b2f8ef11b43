import { frameTitle } from '../layout/drawing/frameShape';
import type { Box } from '../layout/flow';
import type { Group } from '../layout/graph';
import type { Picture } from '../layout/picture';

/** A line of letters: from where to where, and on what they stand. */
export interface Line {
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
}

/** The title of a frame. */
export interface Titled {
  readonly box: Box;
  /** Where it stands by itself at a size of its letters. */
  at(size: number): Line;
}

/** Sizes are those of letters, in the drawing's pixels. */
export interface TitlePlace {
  readonly size: number;
  readonly baseline: number;
}

/** Between the words of a title and the sign behind them. */
export const beforeSign = 6;
/** Behind a larger title too: a frame keeps no more room for its sign. */
const largestSign = 44;

/** How large the sign is behind letters of some size. */
export function signSize(size: number): number {
  return Math.min(size, largestSign);
}

/** A title as the drawing makes it, which stands where it does whatever is below it. */
export function titled(group: Group, box: Box, lines: readonly number[]): Titled {
  return {
    box,
    at: (size) => {
      const parts = frameTitle(group, box, size, lines).children.filter((child) => typeof child !== 'string');
      const numberOf = (tag: string, name: string): number => Number(parts.find((part) => part.tag === tag)?.attributes[name]);
      const left = numberOf('rect', 'x');
      return { left, right: left + numberOf('rect', 'width') + beforeSign + signSize(size), baseline: numberOf('text', 'y') };
    },
  };
}

/** Of a line of letters, in shares of their size: above what they stand on, and below it. */
const rise = 1.05;
const fall = 0.29;
/** Between a title and what is above or below it. */
const gap = 2;
/** Letters are never smaller, whatever they lie over. */
const least = 12;
/** Large names stand over the sides of their cards. */
const overhang = 24;

/**
 * Where titles too large for the upper borders of their frames stand: over nothing that lies in the frame and nothing above
 * it, title over title where frames stand in each other. Where that leaves too little room they are smaller.
 *
 * @param titles outer frames before inner ones
 * @returns in the same order
 */
export function placeTitles(
  titles: readonly Titled[],
  { cards, frames }: Pick<Picture, 'cards' | 'frames'>,
  size: number,
): readonly TitlePlace[] {
  const places: TitlePlace[] = [];
  /** What titles take, beginning with those of the innermost frames. */
  const taken: Box[] = [];
  const boxes: readonly Box[] = [...frames, ...titles.map(({ box }) => box)];
  const ceilings = new Map<Titled, number>();
  for (const title of titles) {
    const isThere = spanOf(title.at(size));
    const over = [...cards.filter((card) => isThere(card, overhang)), ...frames.filter((frame) => isThere(frame))];
    const above = over.map(({ y, height }) => y + height).filter((bottom) => bottom <= title.box.y);
    ceilings.set(title, Math.max(0, ...above) + gap);
  }
  for (const title of [...titles].reverse()) {
    const { box } = title;
    const { left, right } = title.at(size);
    const isThere = spanOf({ left, right });
    const below = [
      ...cards.filter((card) => card.y > box.y && isThere(card, overhang)),
      ...boxes.filter((other) => other.y > box.y && isThere(other)),
      ...taken.filter((other) => isOf(other, box) && isThere(other)),
    ];
    const floor = Math.min(box.y + box.height, ...below.map(({ y }) => y)) - gap;
    const ceilingOf = (one: Titled): number => ceilings.get(one) ?? 0;
    const standsOn = (letters: number): number => Math.min(title.at(letters).baseline, floor - letters * fall);
    const bottom = standsOn(size) + size * fall;
    // The titles of the frames around it share the room above all of them.
    const around = titles.filter((other) => other !== title && isIn(box, other.box) && isThere(other.box));
    const shares = around.map((other, i) => bottom - (bottom - ceilingOf(other)) / (around.length - i + 1));
    const room = bottom - Math.max(ceilingOf(title), ...shares);
    const fitting = Math.max(least, Math.min(size, room / (rise + fall)));
    const baseline = standsOn(fitting);
    taken.push({ x: left, y: baseline - fitting * rise, width: right - left, height: fitting * (rise + fall) });
    places.push({ size: fitting, baseline });
  }
  return places.reverse();
}

/** Tells what lies above or below a line, and so much to the left of it. */
function spanOf({ left, right }: Pick<Line, 'left' | 'right'>): (other: Box, more?: number) => boolean {
  return (other, more = 0) => other.x < right && other.x + other.width + more > left;
}

function isIn(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Whether what belongs to a frame inside, which may stand a little above that, belongs to this one. */
function isOf(title: Box, frame: Box): boolean {
  return title.x >= frame.x && title.x < frame.x + frame.width && title.y + title.height > frame.y && title.y < frame.y + frame.height;
}
