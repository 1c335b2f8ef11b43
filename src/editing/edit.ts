import type { TextChange } from '../model/text';

/** One change of one text. At the same offset, edits of lower rank come first: keys, then entries, then sections. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly rank?: 0 | 1 | 2;
}

/**
 * Sorted, with insertions at one offset joined to one change, so that their order does not depend on who applies
 * them. Undefined when two edits overlap: then they cannot both be meant.
 */
export function toTextChanges(file: string, edits: readonly Edit[]): readonly TextChange[] | undefined {
  const sorted = edits
    .map((edit, i) => ({ edit, i }))
    .sort((a, b) => a.edit.start - b.edit.start || (a.edit.rank ?? 0) - (b.edit.rank ?? 0) || a.i - b.i)
    .map(({ edit }) => edit);
  const joined: Edit[] = [];
  for (const edit of sorted) {
    const last = joined.at(-1);
    if (last && edit.start < last.end) return undefined;
    if (last && last.start === last.end && edit.start === edit.end && edit.start === last.start) {
      joined[joined.length - 1] = { ...last, text: last.text + edit.text };
    } else {
      joined.push(edit);
    }
  }
  return joined.map(({ start, end, text }) => ({ file, span: { start, end }, text }));
}

/** A text with changes made. The changes are of one file and do not overlap. */
export function applyTextChanges(text: string, changes: readonly TextChange[]): string {
  const sorted = [...changes].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  return sorted.reduce((result, { span, text: inserted }) => result.slice(0, span.start) + inserted + result.slice(span.end), text);
}
