import type { Box } from '../flow';
import type { Group } from '../graph';
import { fitText } from '../text';
import { classes, type Shape, shape } from './shape';

const titleFont = 12;

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

export function frameTitle(group: Group, box: Box): Shape {
  const [kind, name] = group.words;
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
      shape('text', { x: box.x + 14, y: box.y + 21 }, [
        shape('tspan', { class: 'frame-kind' }, [kind]),
        shape('tspan', { class: 'frame-name', dx: 6 }, [fitText(name, box.width - 84, titleFont, 600)]),
      ]),
    ],
  );
}
