import type { Extent, Spot } from './flow';

/** A box that is to be where it was, or anywhere free. */
export interface Wanted {
  readonly id: string;
  /** Its corner in the last picture; undefined for what is new. */
  readonly at: Spot | undefined;
  readonly extent: Extent;
  /** What stays free around it. */
  readonly gap: number;
  /** Lines lead from it to the border: nothing may stand before or behind it. */
  readonly blocks: boolean;
  /** How much would move with it. */
  readonly weight: number;
}

interface Put extends Wanted {
  readonly at: Spot;
}

/**
 * Puts boxes where they were. Where some have grown into each other the lighter ones make room, by as little as can be;
 * what is new takes the first free place inside the whole, else one at its end across the flow.
 */
export function settled(boxes: readonly Wanted[]): {
  readonly spots: ReadonlyMap<string, Spot>;
  readonly extent: Extent;
  /** Where 0 was in the last picture. */
  readonly origin: Spot;
} {
  const put: Put[] = [];
  const known = boxes.flatMap((box) => (box.at ? [{ ...box, at: box.at }] : []));
  known.sort((a, b) => b.weight - a.weight || a.at.v - b.at.v || a.at.u - b.at.u || (a.id < b.id ? -1 : 1));
  for (const box of known) put.push(aside(box, put));
  for (const box of boxes) if (!box.at) put.push(freePlace(box, put));
  const origin = { u: Math.min(...put.map(({ at }) => at.u)), v: Math.min(...put.map(({ at }) => at.v)) };
  return {
    spots: new Map(put.map(({ id, at }) => [id, { u: at.u - origin.u, v: at.v - origin.v }])),
    extent: {
      du: Math.max(...put.map(({ at, extent }) => at.u + extent.du)) - origin.u,
      dv: Math.max(...put.map(({ at, extent }) => at.v + extent.dv)) - origin.v,
    },
    origin,
  };
}

/** The box at its place or, where others stand, at the nearest free one right before or behind some of them. */
function aside(box: Put, others: readonly Put[]): Put {
  const isFree = (at: Spot): boolean => !others.some((other) => meet({ ...box, at }, other));
  if (isFree(box.at)) return box;
  const { extent } = box;
  const us = [box.at.u, ...others.flatMap((other) => sides(other.at.u, other.extent.du, extent.du, gapOf(box, other)))];
  const vs = [box.at.v, ...others.flatMap((other) => sides(other.at.v, other.extent.dv, extent.dv, gapOf(box, other)))];
  const far = ({ u, v }: Spot): number => Math.hypot(u - box.at.u, v - box.at.v);
  const spots = us.flatMap((u) => vs.map((v) => ({ u, v }))).sort((a, b) => far(a) - far(b));
  const at = spots.find(isFree);
  return { ...box, at: at ?? box.at };
}

/** Right before and right behind something along one axis. */
function sides(at: number, length: number, own: number, gap: number): readonly number[] {
  return [at - gap - own, at + length + gap];
}

/** The first corner, in reading order, at which the box stands free inside the whole; else below all. */
function freePlace(box: Wanted, others: readonly Put[]): Put {
  const start = Math.min(...others.map(({ at }) => at.u));
  const end = Math.max(...others.map(({ at, extent }) => at.u + extent.du));
  const bottom = Math.max(...others.map(({ at, extent }) => at.v + extent.dv));
  const us = [start, ...others.map((other) => other.at.u + other.extent.du + gapOf(box, other))];
  const vs = others.flatMap((other) => [other.at.v, other.at.v + other.extent.dv + gapOf(box, other)]);
  const spots = vs.flatMap((v) => us.map((u) => ({ u, v }))).sort((a, b) => a.v - b.v || a.u - b.u);
  const at = spots.find(
    ({ u, v }) => u + box.extent.du <= end && v + box.extent.dv <= bottom && !others.some((other) => meet({ ...box, at: { u, v } }, other)),
  );
  return { ...box, at: at ?? { u: start, v: bottom + Math.max(...others.map((other) => gapOf(box, other))) } };
}

function gapOf(a: Wanted, b: Wanted): number {
  return Math.max(a.gap, b.gap);
}

/** Whether two boxes are nearer to each other than they may be. */
function meet(a: Put, b: Put): boolean {
  const gap = gapOf(a, b) - 0.01;
  const across = a.at.v < b.at.v + b.extent.dv + gap && b.at.v < a.at.v + a.extent.dv + gap;
  const along = a.at.u < b.at.u + b.extent.du + gap && b.at.u < a.at.u + a.extent.du + gap;
  return across && (along || a.blocks || b.blocks);
}
