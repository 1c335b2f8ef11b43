import type { Box, Point } from '../../src/layout/flow';
import type { Graph } from '../../src/layout/graph';
import type { Picture } from '../../src/layout/picture';

const eps = 0.51;

export function overlap(a: Box, b: Box): boolean {
  return a.x + eps < b.x + b.width && b.x + eps < a.x + a.width && a.y + eps < b.y + b.height && b.y + eps < a.y + a.height;
}

function inside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - eps &&
    inner.y >= outer.y - eps &&
    inner.x + inner.width <= outer.x + outer.width + eps &&
    inner.y + inner.height <= outer.y + outer.height + eps
  );
}

function onBorder(point: Point, box: Box): boolean {
  const along = (value: number, low: number, size: number): boolean => value >= low - eps && value <= low + size + eps;
  const at = (value: number, low: number, size: number): boolean => Math.abs(value - low) < eps || Math.abs(value - low - size) < eps;
  return (
    (at(point.x, box.x, box.width) && along(point.y, box.y, box.height)) ||
    (at(point.y, box.y, box.height) && along(point.x, box.x, box.width))
  );
}

/** Everything that must hold of a picture, as sentences about what does not. */
export function faultsOf(graph: Graph, picture: Picture): readonly string[] {
  const faults: string[] = [];
  const cards = new Map(picture.cards.map((box) => [box.id, box]));
  const frames = new Map(picture.frames.map((box) => [box.id, box]));
  const groups = new Map(graph.groups.map((group) => [group.id, group]));
  const labels = picture.edges.flatMap((edge) => (edge.label ? [{ ...edge.label, id: edge.id }] : []));
  if (cards.size !== graph.cards.length) faults.push(`${cards.size} of ${graph.cards.length} cards have a place`);
  for (const [i, a] of picture.cards.entries()) {
    for (const b of picture.cards.slice(i + 1)) if (overlap(a, b)) faults.push(`${a.id} overlaps ${b.id}`);
    for (const label of labels) if (overlap(a, label)) faults.push(`the label of ${label.id} overlaps ${a.id}`);
    if (!inside(a, { x: 0, y: 0, width: picture.width, height: picture.height })) faults.push(`${a.id} is outside the picture`);
  }
  for (const [i, a] of labels.entries()) {
    for (const b of labels.slice(i + 1)) if (overlap(a, b)) faults.push(`the labels of ${a.id} and ${b.id} overlap`);
  }
  for (const card of graph.cards) {
    const box = cards.get(card.id);
    const around = new Set<string>();
    for (let group = card.group; group !== undefined; group = groups.get(group)?.parent) around.add(group);
    for (const [id, frame] of frames) {
      if (!box || groups.get(id)?.kind === 'zones') continue;
      if (around.has(id) && !inside(box, frame)) faults.push(`${card.id} is not inside ${id}`);
      if (!around.has(id) && overlap(box, frame)) faults.push(`${card.id} is in the foreign frame ${id}`);
    }
    for (const id of around) if (!frames.has(id)) faults.push(`${id} has no frame`);
  }
  for (const edge of graph.edges) {
    const route = picture.edges.find((candidate) => candidate.id === edge.id);
    const [first] = route?.points ?? [];
    const last = route?.points.at(-1);
    const from = cards.get(edge.from);
    const to = cards.get(edge.to);
    if (!route || !first || !last || !from || !to) faults.push(`${edge.id} is not drawn`);
    else {
      if (!onBorder(first, from)) faults.push(`${edge.id} does not start at its card`);
      if (!onBorder(last, to)) faults.push(`${edge.id} does not end at its card`);
      if (edge.pill && !route.label) faults.push(`${edge.id} has no label`);
      if (route.label && !onLine(route.points, route.label)) faults.push(`the label of ${edge.id} is not on its line`);
      for (const [i, point] of route.points.entries()) {
        const next = route.points[i + 1];
        if (next && Math.abs(next.x - point.x) > eps && Math.abs(next.y - point.y) > eps) faults.push(`${edge.id} is not orthogonal`);
        for (const card of picture.cards) if (next && crosses(point, next, card)) faults.push(`${edge.id} runs through ${card.id}`);
      }
    }
  }
  return faults;
}

function stretch(a: Point, b: Point): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function crosses(a: Point, b: Point, box: Box): boolean {
  const line = stretch(a, b);
  const shrunk: Box = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
  return line.x < shrunk.x + shrunk.width &&
    shrunk.x < line.x + line.width &&
    line.y < shrunk.y + shrunk.height &&
    shrunk.y < line.y + line.height
    ? true
    : (line.width === 0 || line.height === 0) &&
        line.x + line.width > shrunk.x &&
        line.x < shrunk.x + shrunk.width &&
        line.y + line.height > shrunk.y &&
        line.y < shrunk.y + shrunk.height;
}

function onLine(points: readonly Point[], label: Box): boolean {
  const middle = { x: label.x + label.width / 2, y: label.y + label.height / 2 };
  return points.some((a, i) => {
    const b = points[i + 1];
    if (!b) return false;
    const line = stretch(a, b);
    return middle.x >= line.x - 1 && middle.x <= line.x + line.width + 1 && middle.y >= line.y - 1 && middle.y <= line.y + line.height + 1;
  });
}
