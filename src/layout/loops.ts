import { type Box, type Direction, type Spot, toBox, toExtent, toPoint, toSpot } from './flow';
import type { Edge } from './graph';
import type { Route } from './picture';

/** How far a loop reaches out of its card, and what stays free between the card and the loop's label. */
const reach = 14;
const gap = 6;

/** The room a component that calls itself needs beside its card, across the flow. */
export function loopRoom(loops: readonly Edge[], direction: Direction): number {
  return loops.reduce((sum, loop) => sum + depthOf(loop, direction).whole, 0);
}

/** The lines of a component that calls itself: out of one side of its card and back, each around the one before. */
export function loopRoutes(loops: readonly Edge[], card: Box, level: string, direction: Direction): readonly Route[] {
  const corner = toSpot(card, direction);
  const { du, dv } = toExtent(card, direction);
  const side = corner.v + dv;
  let from = side;
  return loops.map((loop, i): Route => {
    const { line, whole } = depthOf(loop, direction);
    const pill = loop.pill && toExtent(loop.pill, direction);
    const span = Math.min(du - 12, Math.max(28, (pill?.du ?? 0) + 20) + 8 * i);
    const [start, end] = [corner.u + (du + span) / 2, corner.u + (du - span) / 2];
    const out = from + line;
    const spots: readonly Spot[] = [
      { u: start, v: side },
      { u: start, v: out },
      { u: end, v: out },
      { u: end, v: side },
    ];
    from += whole;
    const label = pill && toBox({ u: corner.u + (du - pill.du) / 2, v: out - pill.dv / 2 }, pill, direction);
    return { id: loop.id, points: spots.map((spot) => toPoint(spot, direction)), ...(label ? { label: { ...label, level } } : {}) };
  });
}

function depthOf(loop: Edge, direction: Direction): { readonly line: number; readonly whole: number } {
  const across = loop.pill ? toExtent(loop.pill, direction).dv : 0;
  const line = Math.max(reach, gap + across / 2);
  return { line, whole: line + across / 2 };
}
