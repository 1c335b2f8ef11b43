import type { Box, Point } from './flow';
import type { Route } from './picture';

/** Jogs up to this high are taken out by moving the end of the line along its card's side. */
const jog = 6;
/** Ends on one side of a card stay this far from each other and from its corners. */
const apart = 8;

interface Line {
  readonly label: Box | undefined;
  readonly points: Point[];
}

type Axis = 'x' | 'y';

/**
 * Takes out small jogs next to cards: where a line bends by a few pixels just before it arrives (or after it leaves),
 * its end moves instead. Only ends move, only along the side they are on, never onto another line's end, and never
 * where the border of a frame is crossed.
 */
export function straightened(lines: readonly Route[], cards: readonly Box[], frames: readonly Box[] = []): readonly Line[] {
  const cardsAt = cardsNear(cards);
  const copies = lines.map((line): Line => ({ label: line.label, points: line.points.map((point) => ({ ...point })) }));
  const ends = new Map<string, { readonly line: Line; readonly last: boolean }[]>();
  const sideOf = (point: Point): { readonly key: string; readonly box: Box; readonly axis: Axis } | undefined => {
    for (const box of cardsAt(point)) {
      const horizontal = near(point.y, box.y) || near(point.y, box.y + box.height);
      const vertical = near(point.x, box.x) || near(point.x, box.x + box.width);
      const within = point.x >= box.x - 1 && point.x <= box.x + box.width + 1 && point.y >= box.y - 1 && point.y <= box.y + box.height + 1;
      if (!within || horizontal === vertical) continue;
      const axis: Axis = vertical ? 'y' : 'x';
      return { key: `${box.x} ${box.y} ${axis} ${vertical ? Math.round(point.x) : Math.round(point.y)}`, box, axis };
    }
    return undefined;
  };
  for (const line of copies) {
    for (const last of [false, true]) {
      const point = last ? line.points.at(-1) : line.points[0];
      const side = point && sideOf(point);
      if (!side) continue;
      const list = ends.get(side.key);
      if (list) list.push({ line, last });
      else ends.set(side.key, [{ line, last }]);
    }
  }
  for (const line of copies) {
    for (const last of [false, true]) {
      const order = last ? [...line.points].reverse() : line.points;
      const [end, bend, next, beyond] = order;
      const side = end && sideOf(end);
      if (!end || !bend || !next || !beyond || !side) continue;
      const { axis, box } = side;
      const along: Axis = axis === 'y' ? 'x' : 'y';
      const by = next[axis] - bend[axis];
      const isJog = near(end[axis], bend[axis]) && near(bend[along], next[along]) && Math.abs(by) <= jog && near(next[axis], beyond[axis]);
      const onward = Math.sign(bend[along] - end[along]) === Math.sign(beyond[along] - next[along]);
      if (!isJog || !onward || standsBetween(line.label, end, bend, along)) continue;
      if (frames.some((frame) => entersBetween(frame, end, bend, along))) continue;
      const to = next[axis];
      const low = axis === 'y' ? box.y : box.x;
      const high = low + (axis === 'y' ? box.height : box.width);
      if (to < low + apart || to > high - apart) continue;
      const others = (ends.get(side.key) ?? []).filter((other) => other.line !== line || other.last !== last);
      const taken = others.some((other) => {
        const at = other.last ? other.line.points.at(-1) : other.line.points[0];
        return at !== undefined && Math.abs(at[axis] - to) < apart;
      });
      if (taken) continue;
      const moved: Point = axis === 'y' ? { x: end.x, y: to } : { x: to, y: end.y };
      const rest = order.slice(3);
      line.points.splice(0, line.points.length, ...(last ? [moved, ...rest].reverse() : [moved, ...rest]));
    }
  }
  return copies;
}

/** Whether the label stands on the stretch that would move away from under it. */
function standsBetween(label: Box | undefined, a: Point, b: Point, axis: Axis): boolean {
  if (!label) return false;
  const low = axis === 'x' ? label.x : label.y;
  const high = low + (axis === 'x' ? label.width : label.height);
  return low < Math.max(a[axis], b[axis]) + 1 && high > Math.min(a[axis], b[axis]) - 1;
}

/** Whether a frame's border crosses the stretch: the order of lines at borders is kept from picture to picture. */
function entersBetween(frame: Box, a: Point, b: Point, axis: Axis): boolean {
  const low = Math.min(a[axis], b[axis]);
  const high = Math.max(a[axis], b[axis]);
  const start = axis === 'x' ? frame.x : frame.y;
  const end = start + (axis === 'x' ? frame.width : frame.height);
  return (start > low && start < high) || (end > low && end < high);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1;
}

/** Finds the cards around a point without looking at all of them. */
function cardsNear(cards: readonly Box[]): (point: Point) => readonly Box[] {
  const cell = 200;
  const cells = new Map<string, Box[]>();
  const key = (x: number, y: number): string => `${x} ${y}`;
  for (const box of cards) {
    for (let x = Math.floor((box.x - 2) / cell); x <= Math.floor((box.x + box.width + 2) / cell); x++) {
      for (let y = Math.floor((box.y - 2) / cell); y <= Math.floor((box.y + box.height + 2) / cell); y++) {
        const list = cells.get(key(x, y));
        if (list) list.push(box);
        else cells.set(key(x, y), [box]);
      }
    }
  }
  return (point) => cells.get(key(Math.floor(point.x / cell), Math.floor(point.y / cell))) ?? [];
}
