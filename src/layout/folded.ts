import type { Box, Point } from './flow';
import type { Graph } from './graph';
import type { Picture } from './picture';
import { shiftBetween } from './shift';

/** Where everything stood in a group before it was collapsed, itself included, as the picture is now. */
export interface Folded {
  readonly group: string;
  readonly boxes: readonly (Box & { readonly id: string })[];
}

/**
 * What collapsed groups hold in a new picture, and those that lie in them: what was there when they were collapsed, moved as
 * most of the picture has.
 */
export function foldedIn(graph: Graph, before: Picture, after: Picture): readonly Folded[] {
  const shift = shiftBetween(before, after);
  const known = new Map((before.folded ?? []).map((one) => [one.group, one]));
  return graph.cards.flatMap(({ collapsed: group, inside }) => {
    if (group === undefined || !inside) return [];
    const groups = [group, ...inside.groups.map(({ id }) => id)];
    const ids = new Set<string>([...groups, ...inside.cards.map(({ id }) => id)]);
    const wasOpen = before.frames.some(({ id }) => id === group);
    const boxes = [...before.cards, ...before.frames].filter(({ id }) => ids.has(id));
    return groups.flatMap((id) => {
      const one = id === group && wasOpen ? { group, boxes } : known.get(id);
      return one ? [movedBy(shift, one)] : [];
    });
  });
}

function movedBy({ x, y }: Point, { group, boxes }: Folded): Folded {
  return { group, boxes: boxes.map((box) => ({ id: box.id, x: box.x + x, y: box.y + y, width: box.width, height: box.height })) };
}

/** Where things that come out of a group stood in it. Nothing of what is still in one. */
export function unfolded(graph: Graph, before: Picture): readonly (Box & { readonly id: string })[] {
  const open = new Set(graph.groups.map(({ id }) => id));
  return (before.folded ?? []).flatMap(({ group, boxes }) => (open.has(group) ? boxes : []));
}
