import { lightColours } from '../layout/drawing/colours';
import { svgDocument } from '../layout/drawing/svg';
import type { Graph } from '../layout/graph';
import { type Options, UsageError } from './options';
import { type Drawn, drawn, viewOf } from './picture';
import { loadSystems } from './systems';

/** `faultline graph`: a system as the map shows it, as one SVG document or as places in JSON. */
export async function runGraph(options: Options): Promise<{ readonly text: string; readonly status: number }> {
  const loaded = loadSystems(options);
  if (options.format === 'svg' && loaded.systems.length > 1) {
    const names = loaded.systems.map(({ system }) => system.name);
    throw new UsageError(`one picture shows one system; choose it with --system: ${names.join(', ')}`);
  }
  const systems: Drawn[] = [];
  for (const linked of loaded.systems) systems.push(await drawn(viewOf(linked, loaded), { view: options.view }));
  const [first] = systems;
  if (options.format === 'json' || !first)
    return { text: JSON.stringify({ version: 1, systems: systems.map(pictureJson) }, null, 2), status: 0 };
  const colours = options.theme === 'light' ? lightColours : {};
  return { text: svgDocument(first.graph, first.picture, first.name, colours), status: 0 };
}

function pictureJson({ name, graph, picture }: Drawn) {
  const cards = new Map<string, Graph['cards'][number]>(graph.cards.map((card) => [card.id, card]));
  const groups = new Map(graph.groups.map((group) => [group.id, group]));
  const edges = new Map<string, Graph['edges'][number]>(graph.edges.map((edge) => [edge.id, edge]));
  return {
    name,
    width: picture.width,
    height: picture.height,
    cards: picture.cards.flatMap(({ id, x, y, width, height }) => {
      const card = cards.get(id);
      return card ? [{ id, name: card.name, group: card.group ?? null, x, y, width, height }] : [];
    }),
    groups: picture.frames.flatMap(({ id, x, y, width, height }) => {
      const group = groups.get(id);
      return group && group.kind !== 'zones'
        ? [{ id, kind: group.kind, name: group.name, parent: group.parent ?? null, x, y, width, height }]
        : [];
    }),
    lines: picture.edges.flatMap(({ id, points, label }) => {
      const edge = edges.get(id);
      if (!edge) return [];
      const box = label && { x: label.x, y: label.y, width: label.width, height: label.height };
      return [{ id, from: edge.from, to: edge.to, style: edge.style, calls: edge.calls, points, ...(box ? { label: box } : {}) }];
    }),
  };
}
