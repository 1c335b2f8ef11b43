import { type Graph, shownBy } from '../layout/graph';
import type { ElementId } from '../model/origin';

/** One line of the outline. */
export interface OutlineItem {
  /** Undefined for a frame behind which no one element stands. */
  readonly element: ElementId | undefined;
  readonly key: string;
  /** 1 at the top. */
  readonly level: number;
  /** What it is, with its findings, in words. */
  readonly text: string;
}

/** The drawing in words: frames, what stands in them, and under each caller its calls. */
export function outlineOf({ groups, cards, edges }: Graph): readonly OutlineItem[] {
  const inside = (group: string | undefined, level: number): OutlineItem[] => [
    ...groups
      .filter(({ parent }) => parent === group)
      .flatMap((frame) =>
        frame.kind === 'zones'
          ? inside(frame.id, level)
          : [{ element: frame.element, key: frame.id, level, text: frame.spoken }, ...inside(frame.id, level + 1)],
      ),
    ...cards
      .filter((card) => card.group === group)
      .flatMap((card) => [
        { element: shownBy(card), key: card.id, level, text: card.spoken },
        ...edges
          .filter(({ from }) => from === card.id)
          .map((edge) => ({ element: shownBy(edge), key: edge.id, level: level + 1, text: edge.spoken })),
      ]),
  ];
  return inside(undefined, 1);
}
