import type { Layouter } from '../../src/layout/elk';
import type { Direction } from '../../src/layout/flow';
import type { Graph, GraphOptions } from '../../src/layout/graph';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import type { System } from '../../src/model/system';

/** The zones that can be collapsed, by id. */
export function zonesOf(graph: Graph): readonly string[] {
  return graph.groups.filter(({ kind }) => kind === 'zone').map(({ id }) => id);
}

/** What was seen before a zone changed its form, and after. */
export interface Fold {
  readonly before: Picture;
  readonly after: Picture;
  readonly graph: Graph;
  /** A card that does not belong to the zone. */
  readonly isOutside: (id: string) => boolean;
}

/** A zone collapses on a fresh map, expands on a fresh map, and expands again where it was collapsed. */
export async function folded(
  system: System,
  options: GraphOptions,
  zone: string,
  elk: Layouter,
  direction: Direction,
): Promise<Record<'collapse' | 'expand' | 'again', Fold>> {
  const whole = graphOf(system, [], [], options);
  const small = graphOf(system, [], [], { ...options, collapsed: new Set([zone]) });
  const own = new Set<string>([
    ...whole.cards.filter(({ group }) => group === zone).map(({ id }) => id),
    ...small.cards.filter(({ collapsed }) => collapsed === zone).map(({ id }) => id),
  ]);
  const isOutside = (id: string): boolean => !own.has(id);
  const shown = await layoutPicture(whole, elk, { direction });
  const hidden = await layoutPicture(small, elk, { direction });
  const collapsed = await layoutPicture(small, elk, { direction, previous: shown });
  return {
    collapse: { before: shown, after: collapsed, graph: small, isOutside },
    expand: { before: hidden, after: await layoutPicture(whole, elk, { direction, previous: hidden }), graph: whole, isOutside },
    again: { before: collapsed, after: await layoutPicture(whole, elk, { direction, previous: collapsed }), graph: whole, isOutside },
  };
}
