import { addRuleToIgnore, insertIgnore } from '../editing/ignore';
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
 *
 * @param given the reason, where somebody gave one already
 */
export function ignoreEdit(view: SystemView, finding: Finding, given = reasonPlaceholder): IgnoreEdit | undefined {
  const { file, span } = finding.place;
  const lines = view.lines(file);
  const text = view.host.text(file);
  if (!lines || text === undefined) return undefined;
  const { line } = lines.positionAt(span.start);
  const there = view.linked.ignores.find((ignore) => ignore.place.file === file && ignore.line === line);
  if (there) {
    const change = addRuleToIgnore(text, there.place, finding.rule);
    return change && { change, reason: undefined };
  }
  const change = insertIgnore(text, finding.place, finding.rule, given);
  if (given !== reasonPlaceholder) return { change, reason: undefined };
  const start = change.text.lastIndexOf(reasonPlaceholder);
  return { change, reason: { start, end: start + reasonPlaceholder.length } };
}
