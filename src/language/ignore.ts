import type { Ignore } from '../formats/fragment';
import type { TextChange } from '../model/text';
import type { Finding } from '../rules/rule';
import type { SystemView } from './view';

/** What stands where the reason belongs until somebody wrote one. */
export const reasonPlaceholder = 'why this is acceptable';

/** A comment that silences a finding where it stands, as a text to insert; the reason is to be typed over. */
export interface IgnoreEdit {
  readonly change: TextChange;
  /** Where in the inserted text the reason stands, when there is one to type. */
  readonly reason: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Writes `# faultline-ignore rule -- reason` on the line above, with its indentation; or adds the rule to a
 * comment that silences the line already.
 */
export function ignoreEdit(view: SystemView, finding: Finding): IgnoreEdit | undefined {
  const { file, span } = finding.place;
  const lines = view.lines(file);
  const text = view.host.text(file);
  if (!lines || text === undefined) return undefined;
  const { line } = lines.positionAt(span.start);
  const there = view.linked.ignores.find((ignore) => ignore.place.file === file && ignore.line === line);
  if (there) return { change: addRule(text, there, finding.rule), reason: undefined };
  const start = lines.offsetAt({ line, character: 0 });
  const indent = /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
  const head = `${indent}# faultline-ignore ${finding.rule} -- `;
  return {
    change: { file, span: { start, end: start }, text: `${head}${reasonPlaceholder}${lineBreakOf(text)}` },
    reason: { start: head.length, end: head.length + reasonPlaceholder.length },
  };
}

function addRule(text: string, ignore: Ignore, rule: string): TextChange {
  const { file, span } = ignore.place;
  const comment = text.slice(span.start, span.end);
  const list = /faultline-ignore\s+[\w-]+(?:\s*,\s*[\w-]+)*/.exec(comment);
  const at = span.start + (list ? list.index + list[0].length : comment.length);
  return { file, span: { start: at, end: at }, text: `, ${rule}` };
}

/** The line break the file uses, by its first. */
function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
