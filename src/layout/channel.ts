/** A line between two neighbouring layers: where it leaves the one and arrives at the other, across the flow. */
export interface Crossing {
  readonly from: number;
  readonly to: number;
  /** It turns back: both of its ends are at the earlier layer. */
  readonly turns?: boolean;
}

/** Lines closer than this to each other read as one. */
const apart = 5;
/** What it costs when two lines lie on each other, in crossings. */
const overlap = 12;

/**
 * The track of each line's stretch across the flow, from 0 next to the earlier layer; undefined for straight lines.
 * Tracks are chosen so that few lines cross, and none lies on another where that can be.
 */
export function tracksOf(lines: readonly Crossing[]): readonly (number | undefined)[] {
  const bent = lines.flatMap((line, i) => (isStraight(line) ? [] : [i]));
  const at = (i: number): Crossing => lines[i] ?? { from: 0, to: 0 };
  const near = new Map<number, readonly number[]>(bent.map((a) => [a, bent.filter((b) => b !== a && meet(at(a), at(b)))]));
  // By how many crossings more there are when the second comes first.
  const prefer = (a: number, b: number): number => cost(at(b), at(a)) - cost(at(a), at(b));
  const order = sorted(bent, near, prefer);
  const tracks = new Map<number, number>();
  for (const i of order) {
    const taken = (near.get(i) ?? []).flatMap((other) => tracks.get(other) ?? []);
    tracks.set(i, Math.max(-1, ...taken) + 1);
  }
  return lines.map((_, i) => tracks.get(i));
}

export function isStraight({ from, to, turns }: Crossing): boolean {
  return turns !== true && Math.abs(from - to) < 0.5;
}

/** Whether the stretches across the flow come so close that they cannot share a track. */
function meet(a: Crossing, b: Crossing): boolean {
  return Math.min(a.from, a.to) < Math.max(b.from, b.to) + apart && Math.min(b.from, b.to) < Math.max(a.from, a.to) + apart;
}

/** What it costs to have `a` on an earlier track than `b`. */
function cost(a: Crossing, b: Crossing): number {
  const within = (v: number, line: Crossing): boolean => v > Math.min(line.from, line.to) && v < Math.max(line.from, line.to);
  const onward = a.turns ? [] : [a.to];
  const before = b.turns ? [b.from, b.to] : [b.from];
  const crossed = onward.filter((v) => within(v, b)).length + before.filter((v) => within(v, a)).length;
  return crossed + overlap * onward.filter((v) => before.some((other) => Math.abs(v - other) < apart)).length;
}

/**
 * An order that follows most preferences: whatever has the most for coming first, of those left, comes next (after
 * Eades, Lin and Smyth, "A fast and effective heuristic for the feedback arc set problem", 1993).
 */
function sorted(
  items: readonly number[],
  near: ReadonlyMap<number, readonly number[]>,
  prefer: (a: number, b: number) => number,
): readonly number[] {
  const score = new Map(items.map((a) => [a, (near.get(a) ?? []).reduce((sum, b) => sum + prefer(a, b), 0)]));
  const blocked = new Map(items.map((a) => [a, (near.get(a) ?? []).filter((b) => prefer(b, a) > 0).length]));
  const left = new Set(items);
  const order: number[] = [];
  while (left.size > 0) {
    let best: number | undefined;
    for (const item of left) {
      if (best === undefined || better(item, best)) best = item;
    }
    if (best === undefined) break;
    left.delete(best);
    order.push(best);
    for (const other of near.get(best) ?? []) {
      if (!left.has(other)) continue;
      const by = prefer(best, other);
      score.set(other, (score.get(other) ?? 0) + by);
      if (by > 0) blocked.set(other, (blocked.get(other) ?? 0) - 1);
    }
  }
  return order;

  function better(a: number, b: number): boolean {
    const [free, other] = [blocked.get(a) === 0, blocked.get(b) === 0];
    if (free !== other) return free;
    return !free && (score.get(a) ?? 0) > (score.get(b) ?? 0);
  }
}
