import type { Box } from '../flow';
import type { Group } from '../graph';
import type { Picture } from '../picture';
import { fitText, textWidth } from '../text';
import { classes, type Shape, shape } from './shape';

const titleFont = 12;
/** The word for the kind is a little smaller than the name behind it. */
const kindShare = 0.92;
/** Where a title starts, how far its two words are apart, and what it leaves free: the other border and a sign behind it, and lines. */
const title = { from: 14, apart: 6, free: 36, around: 4, beside: 9 } as const;

/** From the upper border of a frame to its title, and to its end. */
const titleRoom = { from: 8, to: 28 } as const;

/** The frame itself; its title is drawn after everything else, so that no line runs through it. */
export function frameShape(group: Group, box: Box): Shape {
  return shape(
    'g',
    {
      class: classes('frame', group.kind, `tone-${group.tone}`),
      'data-group': group.id,
      ...(group.element ? { 'data-id': group.element } : {}),
    },
    [shape('rect', { class: 'frame-box', x: box.x, y: box.y, width: box.width, height: box.height, rx: group.kind === 'zone' ? 8 : 11 })],
  );
}

/**
 * A title on a ground of its own, under which lines run through. `size` is that of its letters; `lines` is where lines run
 * down through the upper border, which it gives way to if it can.
 */
export function frameTitle(group: Group, box: Box, size: number = titleFont, lines: readonly number[] = []): Shape {
  const [word, name] = group.words;
  const room = box.width - title.from - title.free;
  const wordWidth = textWidth(word, size * kindShare) + title.apart;
  // Rather the whole name alone than the word for its kind and a part of it.
  const kind = wordWidth + textWidth(name, size, 600) <= room ? word : '';
  const kindWidth = kind === '' ? 0 : wordWidth;
  const fitting = fitText(name, room - kindWidth, size, 600);
  const width = Math.ceil(kindWidth + textWidth(fitting, size, 600));
  const [x, y] = [freeStart(box, width, lines), box.y + 21 + (size - titleFont) * 0.75];
  return shape(
    'g',
    {
      class: classes('frame-title', group.kind, `tone-${group.tone}`),
      'data-group': group.id,
      ...(group.element ? { 'data-id': group.element } : {}),
      role: 'button',
      tabindex: 0,
      'aria-label': group.spoken,
    },
    [
      shape('title', {}, [group.hint]),
      shape('rect', {
        class: 'frame-back',
        x: x - title.around,
        y: y - size,
        width: width + 2 * title.around,
        height: Math.round(size * 1.35),
        rx: 4,
      }),
      shape('text', { x, y }, [
        ...(kind === '' ? [] : [shape('tspan', { class: 'frame-kind' }, [kind])]),
        shape('tspan', { class: 'frame-name', ...(kind === '' ? {} : { dx: title.apart }) }, [fitting]),
      ]),
    ],
  );
}

/** Where a title of this width begins: as far to the left as no line runs through it, or else where it always does. */
function freeStart(box: Box, width: number, lines: readonly number[]): number {
  const usual = box.x + title.from;
  const isFree = (x: number): boolean => lines.every((line) => line < x - title.beside || line > x + width + title.beside);
  const starts = [usual, ...lines.map((line) => line + title.beside + 1).sort((a, b) => a - b)];
  return starts.find((x) => x >= usual && x + width + title.free <= box.x + box.width && isFree(x)) ?? usual;
}

/** Where lines run down through the upper part of a frame, in which its title stands. */
export function linesInto(box: Box, { edges }: Pick<Picture, 'edges'>): readonly number[] {
  const [top, bottom] = [box.y + titleRoom.from, box.y + titleRoom.to];
  return edges.flatMap(({ points }) =>
    points.flatMap((a, i) => {
      const b = points[i + 1];
      const passes = b?.x === a.x && Math.min(a.y, b.y) < bottom && Math.max(a.y, b.y) > top;
      return passes && a.x > box.x && a.x < box.x + box.width ? [a.x] : [];
    }),
  );
}
