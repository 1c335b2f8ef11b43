import type { Card, Edge } from '../layout/graph';

/** A thing of the graph with the element that shows it. */
export interface Drawn<T> {
  readonly item: T;
  readonly element: SVGElement;
}

/** What is drawn of a picture, each with its element: they stand in the order of the picture. */
export function drawn<T extends Card | Edge>(
  scene: SVGGElement,
  kind: 'card' | 'edge' | 'pill',
  places: readonly { readonly id: string }[],
  items: readonly T[],
): readonly Drawn<T>[] {
  const elements = scene.querySelectorAll<SVGElement>(`.${kind}[data-id]`);
  const byId = new Map<string, T>(items.map((item) => [item.id, item]));
  return places
    .flatMap(({ id }) => byId.get(id) ?? [])
    .flatMap((item, i) => {
      const element = elements[i];
      return element ? [{ item, element }] : [];
    });
}
