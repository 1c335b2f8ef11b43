import type { Point } from './flow';
import type { Picture } from './picture';

/** How hard the lines of a picture are to follow. */
export interface Tangle {
  /** Places at which two lines cross. */
  readonly crossings: number;
  /** Of all lines together, in pixels. */
  readonly length: number;
}

/** A picture that was kept over edits is this many times as tangled as a fresh one at most. */
const most = 1.3;
/** So many crossings more are not worth moving everything, however few there could be. */
const bearable = 2;

interface Stretch {
  readonly edge: number;
  /** Where it is, across its way. */
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Counts where lines cross, and measures them. Lines that run on the same way for a while do not cross there. */
export function tangleOf(picture: Picture): Tangle {
  const flat: Stretch[] = [];
  const steep: Stretch[] = [];
  let length = 0;
  for (const [edge, { points }] of picture.edges.entries()) {
    for (const [i, a] of points.entries()) {
      const b: Point | undefined = points[i + 1];
      if (!b) continue;
      length += Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
      if (a.y === b.y) flat.push({ edge, at: a.y, low: Math.min(a.x, b.x), high: Math.max(a.x, b.x) });
      else steep.push({ edge, at: a.x, low: Math.min(a.y, b.y), high: Math.max(a.y, b.y) });
    }
  }
  steep.sort((a, b) => a.at - b.at);
  let crossings = 0;
  for (const one of flat) {
    for (let i = firstBehind(steep, one.low); i < steep.length; i++) {
      const other = steep[i];
      if (!other || other.at >= one.high) break;
      if (other.edge !== one.edge && other.low < one.at && one.at < other.high) crossings++;
    }
  }
  return { crossings, length };
}

/** The first of the stretches, which are in order, that is behind a place. */
function firstBehind(stretches: readonly Stretch[], place: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.at ?? Infinity) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a picture that was kept over edits is so much more tangled than a fresh one of the same graph that somebody may want that. */
export function hasDrifted(shown: Picture, fresh: Picture): boolean {
  const [now, could] = [tangleOf(shown), tangleOf(fresh)];
  return now.length > most * could.length || (now.crossings > most * could.crossings && now.crossings > could.crossings + bearable);
}

/** Whether something came or went between two pictures, rather than changed its size. */
export function isOtherStructure(before: Picture, after: Picture): boolean {
  const ids = ({ cards, frames, edges }: Picture): string => JSON.stringify([cards, frames, edges].map((list) => list.map(({ id }) => id)));
  return ids(before) !== ids(after);
}
