import type { Box, Point } from '../flow';
import { type Edge, type Pill, type Segment, shownBy } from '../graph';
import type { Route } from '../picture';
import { pathOf } from '../routes';
import { iconPaths } from './icons';
import { classes, type Shape, shape } from './shape';

/** A line with the halo under it that makes crossings read as bridges, a dot where it starts, an arrow where it ends. */
export function edgeShape(edge: Edge, route: Route): Shape {
  const path = pathOf(route.points);
  const [start] = route.points;
  const end = route.points.at(-1);
  const before = route.points.at(-2);
  return shape(
    'g',
    {
      class: classes('edge', edge.style, `tone-${edge.tone}`),
      'data-id': shownBy(edge),
      role: 'button',
      tabindex: -1,
      'aria-label': edge.spoken,
    },
    [
      shape('title', {}, [edge.hint]),
      shape('path', { class: 'halo', d: path }),
      shape('path', { class: 'line', d: path }),
      ...(start ? [shape('circle', { class: 'port', cx: start.x, cy: start.y, r: 2.6 })] : []),
      ...(end && before ? [shape('path', { class: 'arrow', d: arrow(before, end) })] : []),
      shape('path', { class: 'hit', d: path }),
    ],
  );
}

function arrow(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const x = (to.x - from.x) / length;
  const y = (to.y - from.y) / length;
  const at = (back: number, side: number): string => `${two(to.x - x * back - y * side)} ${two(to.y - y * back + x * side)}`;
  return `M${two(to.x)} ${two(to.y)}L${at(7.5, 3.6)}L${at(5.8, 0)}L${at(7.5, -3.6)}Z`;
}

function two(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The label on a line. It belongs to its edge: a click on it is a click on the line. */
export function pillShape(edge: Edge, pill: Pill, box: Box): Shape {
  return shape(
    'g',
    {
      class: classes('pill', `tone-${edge.tone}`),
      transform: `translate(${box.x} ${box.y})`,
      'data-id': shownBy(edge),
      'aria-hidden': 'true',
    },
    [
      shape('title', {}, [edge.hint]),
      shape('rect', { class: 'pill-box', width: pill.width, height: pill.height, rx: pill.height / 2 }),
      ...pill.segments.map((segment) => segmentShape(segment, pill.height)),
    ],
  );
}

function segmentShape(segment: Segment, height: number): Shape {
  const middle = height / 2;
  switch (segment.kind) {
    case 'text':
      return shape('text', { class: classes('pill-text', `tone-${segment.tone}`), x: segment.x, y: middle + 3.7 }, [segment.text]);
    case 'dot':
      return shape('circle', { class: 'pill-dot', cx: segment.x, cy: middle, r: 1.2 });
    case 'icon':
      return shape('g', { class: classes('pill-icon', segment.icon), transform: `translate(${segment.x} ${middle - 5.5}) scale(0.6875)` }, [
        shape('path', { class: 'bolt', d: iconPaths.breaker }),
        ...(segment.icon === 'no-breaker' ? [shape('path', { class: 'slash', d: 'M2.5 13.5L13.5 2.5' })] : []),
      ]);
  }
}
