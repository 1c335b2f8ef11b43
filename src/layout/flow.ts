/**
 * Coordinates along the direction of flow: `u` runs from callers to callees, `v` across. A picture that flows to the
 * right has x = u; one that flows down has y = u. Everything is laid out in these, so that there is one layout for both.
 */
export interface Spot {
  readonly u: number;
  readonly v: number;
}

/** A size along and across the flow. */
export interface Extent {
  readonly du: number;
  readonly dv: number;
}

export type Direction = 'right' | 'down';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function toPoint({ u, v }: Spot, direction: Direction): Point {
  return direction === 'right' ? { x: u, y: v } : { x: v, y: u };
}

export function toSpot({ x, y }: Point, direction: Direction): Spot {
  return direction === 'right' ? { u: x, v: y } : { u: y, v: x };
}

export function toBox({ u, v }: Spot, { du, dv }: Extent, direction: Direction): Box {
  return direction === 'right' ? { x: u, y: v, width: du, height: dv } : { x: v, y: u, width: dv, height: du };
}

export function toExtent(size: { readonly width: number; readonly height: number }, direction: Direction): Extent {
  return direction === 'right' ? { du: size.width, dv: size.height } : { du: size.height, dv: size.width };
}

/** Space on the four sides: before and after along the flow, and across it. */
export interface Padding {
  readonly before: number;
  readonly after: number;
  readonly low: number;
  readonly high: number;
}

/** Padding of a frame that has its title at the top, whichever way the flow runs. */
export function framePadding(top: number, side: number, direction: Direction): Padding {
  return direction === 'right' ? { before: side, after: side, low: top, high: side } : { before: top, after: side, low: side, high: side };
}
