import { withWords } from '../layout/collapse';
import { frameTitle, linesInto } from '../layout/drawing/frameShape';
import type { Box } from '../layout/flow';
import type { Graph, Group } from '../layout/graph';
import type { Picture } from '../layout/picture';
import { elementOf, make } from './elements';
import { buttonIcons } from './icons';

/** The title of a group that is drawn, or at least can be collapsed. */
export interface FrameTitle {
  readonly element: SVGElement;
  readonly group: Group;
  readonly box: Box;
  /** Where lines run down through the upper border, beside which it stands if it can. */
  readonly lines: readonly number[];
  /** Says for eyes that it can be collapsed. */
  readonly sign: SVGElement;
}

/** Above the zones of no region: there is no frame around them, so their title stands over them. */
const overZones = 32;

/** Makes what opens and closes known, for eyes and for ears. Returns the titles of what can be collapsed. */
export function markGroups(scene: SVGGElement, graph: Graph, picture: Picture): readonly FrameTitle[] {
  const cards = new Map<string, string>(graph.cards.flatMap(({ id, collapsed }) => (collapsed === undefined ? [] : [[id, collapsed]])));
  for (const element of scene.querySelectorAll<SVGElement>('.card.collapsed')) {
    element.dataset['group'] = cards.get(element.dataset['id'] ?? '') ?? '';
    element.setAttribute('aria-expanded', 'false');
    element.querySelector('.icon')?.setAttribute('d', buttonIcons.expand);
  }
  const groups = new Map(graph.groups.map((group) => [group.id, group]));
  const layer = scene.querySelector('.frame-titles');
  return picture.frames.flatMap(({ id, ...box }) => {
    const group = groups.get(id);
    if (!group || !layer) return [];
    const title = group.kind === 'zones' ? titleOver(group, box, layer) : titleOf(id, layer);
    if (!title) return [];
    title.element.setAttribute('aria-expanded', 'true');
    const lines = group.kind === 'zones' ? [] : linesInto(box, picture);
    return [{ group, box, lines, ...title, sign: make('path', { class: 'toggle', d: buttonIcons.collapse }) }];
  });
}

function titleOf(id: string, layer: Element): { readonly element: SVGElement } | undefined {
  const element = [...layer.querySelectorAll<SVGElement>('.frame-title')].find(({ dataset }) => dataset['group'] === id);
  return element && { element };
}

/** Only for hands: it is no part of a picture of the system, and taken out of one like every sign. */
function titleOver(group: Group, box: Box, layer: Element): Omit<FrameTitle, 'sign' | 'lines'> {
  const named = withWords(group);
  const over = { ...box, y: box.y - overZones };
  const element = elementOf(frameTitle({ ...named, words: ['', named.words[1]], spoken: named.words[1], hint: named.words[1] }, over));
  element.classList.add('over');
  layer.append(element);
  return { element, group: { ...named, words: ['', named.words[1]], hint: named.words[1] }, box: over };
}
