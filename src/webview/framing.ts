import type { Box } from '../layout/flow';
import type { Tone } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { Transform } from './panZoom';

/** Of the window or of a part of it, in its pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A card of a picture, and why somebody would look at it first. */
export interface Sighted extends Box {
  /** A journey begins at it. */
  readonly isEntry: boolean;
  readonly tone: Tone;
}

/** From here on the names on cards can be made out: 40 pixels of the drawing are at least 6 of the window. */
export const readableFrom = 0.16;
/** The scale of a first view that does not show everything: 40 pixels of the drawing are almost 8 of the window. */
const firstScale = 0.19;
/** A small drawing is not blown up further than this. */
const largest = 1.25;

/** One entry counts more than any findings that fit into a window beside it, and an error more than some cards. */
const worth = { entry: 1000, error: 20, warning: 5, card: 1 } as const;

/** All of a picture, in the middle of a window. */
export function wholeOf({ width, height }: Size, room: Size): Transform {
  const k = Math.min(room.width / width, room.height / height, largest);
  return { x: (room.width - width * k) / 2, y: (room.height - height * k) / 2, k };
}

/** Whether names can be made out when all of a picture is in the window. */
export function fitsReadably(picture: Size, room: Size): boolean {
  return wholeOf(picture, room).k >= readableFrom;
}

/**
 * The first view of a picture: all of it, or where that could not be read, the part in which journeys begin; without
 * journeys the part with the worst findings, and without findings the fullest.
 */
export function firstOf(picture: Size, cards: readonly Sighted[], room: Size): Transform {
  if (fitsReadably(picture, room)) return wholeOf(picture, room);
  const k = firstScale;
  const most = Math.max(...cards.map(worthOf));
  const candidates = cards.filter((card) => worthOf(card) === most).map((card) => around(card, picture, room, k));
  let best = wholeOf(picture, room);
  let bestWorth = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const seen = cards.filter((card) => isSeen(card, room, candidate));
    const value = seen.reduce((sum, card) => sum + worthOf(card), 0);
    if (value <= bestWorth) continue;
    [best, bestWorth] = [candidate, value];
  }
  return best;
}

/** How many cards have their middles outside of a window. */
export function countBeyond(cards: Picture['cards'], room: Size, at: Transform): number {
  return cards.filter((card) => !isSeen(card, room, at)).length;
}

function worthOf({ isEntry, tone }: Sighted): number {
  return (isEntry ? worth.entry : 0) + (tone === 'error' || tone === 'warning' ? worth[tone] : worth.card);
}

function isSeen(box: Box, room: Size, { x, y, k }: Transform): boolean {
  const [across, down] = [(box.x + box.width / 2) * k + x, (box.y + box.height / 2) * k + y];
  return across >= 0 && down >= 0 && across <= room.width && down <= room.height;
}

/** A box in the middle, but nothing of the window beyond the picture where that can be helped. */
function around(box: Box, picture: Size, room: Size, k: number): Transform {
  const shift = (window: number, whole: number, middle: number): number =>
    whole * k <= window ? (window - whole * k) / 2 : Math.min(0, Math.max(window - whole * k, window / 2 - middle * k));
  return {
    x: shift(room.width, picture.width, box.x + box.width / 2),
    y: shift(room.height, picture.height, box.y + box.height / 2),
    k,
  };
}
