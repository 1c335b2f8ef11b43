import type { ElementId } from '../model/origin';
import type { Tone } from './graph';
import type { Caption, Mark } from './protocol';

/** Marks and captions by element. */
export interface Notes {
  marksOf(element: ElementId): readonly Mark[];
  captionOf(element: ElementId): Caption | undefined;
}

export function notesOf(marks: readonly Mark[], captions: readonly Caption[]): Notes {
  const byElement = new Map<ElementId, Mark[]>();
  for (const mark of marks) {
    const list = byElement.get(mark.element);
    if (list) list.push(mark);
    else byElement.set(mark.element, [mark]);
  }
  const captionByElement = new Map(captions.map((caption) => [caption.element, caption]));
  return { marksOf: (element) => byElement.get(element) ?? [], captionOf: (element) => captionByElement.get(element) };
}

const ranks: readonly Tone[] = ['none', 'info', 'warning', 'error'];

/** The worst of several tones. */
export function worst(tones: Iterable<Tone>): Tone {
  let rank = 0;
  for (const tone of tones) rank = Math.max(rank, ranks.indexOf(tone));
  return ranks[rank] ?? 'none';
}

export function toneOf(mark: Mark): Tone {
  return mark.severity === 'hint' ? 'none' : mark.severity;
}

/** A tooltip: what it is, what is known of it, and one line for each finding. */
export function hintOf(first: string, caption: Caption | undefined, marks: readonly Mark[]): string {
  const most = 8;
  const lines = [first, ...(caption ? [caption.detail] : []), ...marks.slice(0, most).map((mark) => `${mark.severity}: ${mark.message}`)];
  if (marks.length > most) lines.push(`and ${marks.length - most} more`);
  return lines.filter((line) => line !== '').join('\n');
}
