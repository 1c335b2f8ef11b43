import * as l10n from '@vscode/l10n';
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

function markText({ severity, message }: Mark): string {
  switch (severity) {
    case 'error':
      return l10n.t('error: {0}', message);
    case 'warning':
      return l10n.t('warning: {0}', message);
    case 'info':
      return l10n.t('info: {0}', message);
    case 'hint':
      return l10n.t('hint: {0}', message);
  }
}

/** A tooltip: what it is, what is known of it, and one line for each finding. */
export function hintOf(first: string, caption: Caption | undefined, marks: readonly Mark[]): string {
  const most = 8;
  const lines = [first, ...(caption ? [caption.detail] : []), ...marks.slice(0, most).map(markText)];
  if (marks.length > most) lines.push(l10n.t('and {0} more', marks.length - most));
  return lines.filter((line) => line !== '').join('\n');
}
