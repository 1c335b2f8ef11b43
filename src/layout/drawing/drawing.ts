import type { Graph } from '../graph';
import type { Picture } from '../picture';
import { cardShape } from './cardShape';
import { edgeShape, pillShape } from './edgeShape';
import { frameShape, frameTitle, linesInto } from './frameShape';
import { type Shape, shape } from './shape';

/**
 * The whole drawing, bottom layer first: frames, lines, labels, cards, titles of frames. Things that the picture has
 * no place for (it may be an older one) are left out.
 */
export function drawing(graph: Graph, picture: Picture): readonly Shape[] {
  const cards = new Map(graph.cards.map((card) => [card.id as string, card]));
  const groups = new Map(graph.groups.map((group) => [group.id, group]));
  const edges = new Map(graph.edges.map((edge) => [edge.id as string, edge]));
  const frames = picture.frames.flatMap((box) => {
    const group = groups.get(box.id);
    return group && group.kind !== 'zones' ? [{ group, box }] : [];
  });
  const routes = picture.edges.flatMap((route) => {
    const edge = edges.get(route.id);
    return edge ? [{ edge, route }] : [];
  });
  return [
    shape(
      'g',
      { class: 'frames' },
      frames.map(({ group, box }) => frameShape(group, box)),
    ),
    shape(
      'g',
      { class: 'edges' },
      routes.map(({ edge, route }) => edgeShape(edge, route)),
    ),
    shape(
      'g',
      { class: 'pills' },
      routes.flatMap(({ edge, route }) => (edge.pill && route.label ? [pillShape(edge, edge.pill, route.label)] : [])),
    ),
    shape(
      'g',
      { class: 'frame-titles' },
      frames.map(({ group, box }) => frameTitle(group, box, undefined, linesInto(box, picture))),
    ),
    shape(
      'g',
      { class: 'cards' },
      picture.cards.flatMap((box) => {
        const card = cards.get(box.id);
        return card ? [cardShape(card, box, picture.direction)] : [];
      }),
    ),
  ];
}
