import type { Point } from './flow';

const close = 0.01;

/** Leaves out points that are double or lie on the straight line between their neighbours. */
export function tidied(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && Math.abs(last.x - point.x) < close && Math.abs(last.y - point.y) < close) continue;
    const before = kept.at(-2);
    if (before && last && straight(before, last, point)) kept.pop();
    kept.push({ x: round(point.x), y: round(point.y) });
  }
  return kept;
}

function straight(a: Point, b: Point, c: Point): boolean {
  const horizontal = Math.abs(a.y - b.y) < close && Math.abs(b.y - c.y) < close && (b.x - a.x) * (c.x - b.x) >= 0;
  const vertical = Math.abs(a.x - b.x) < close && Math.abs(b.x - c.x) < close && (b.y - a.y) * (c.y - b.y) >= 0;
  return horizontal || vertical;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const cornerRadius = 7;

/** The path of a polyline with rounded corners, as SVG path data. */
export function pathOf(points: readonly Point[], radius = cornerRadius): string {
  const [first] = points;
  if (!first) return '';
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i < points.length; i++) {
    const before = points[i - 1] ?? first;
    const at = points[i] ?? first;
    const next = points[i + 1];
    if (!next) {
      path += `L${at.x} ${at.y}`;
      break;
    }
    const r = Math.min(radius, distance(before, at) / 2, distance(at, next) / 2);
    const from = towards(at, before, r);
    const to = towards(at, next, r);
    path += `L${from.x} ${from.y}Q${at.x} ${at.y} ${to.x} ${to.y}`;
  }
  return path;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  if (length === 0) return from;
  return { x: round(from.x + ((to.x - from.x) / length) * by), y: round(from.y + ((to.y - from.y) / length) * by) };
}
