import type { Place, TextChange } from '../model/text';
import { eolAt, lineEnd, lineStart } from './syntax';

/**
 * Writes `# faultline-ignore rule -- reason` on the line above a place, indented as that line is.
 *
 * @param place where the finding stands
 */
export function insertIgnore(text: string, place: Place, rule: string, reason: string): TextChange {
  const start = lineStart(text, place.span.start);
  const indent = /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
  const comment = `${indent}# faultline-ignore ${rule} -- ${reason.replace(/\s+/g, ' ').trim()}${eolAt(text, start)}`;
  return { file: place.file, span: { start, end: start }, text: comment };
}

/** Adds a rule to a comment that silences others already. */
export function addRuleToIgnore(text: string, place: Place, rule: string): TextChange | undefined {
  const list = ruleList(text, place);
  return list && { file: place.file, span: { start: list.end, end: list.end }, text: `, ${rule}` };
}

/** Takes an ignore comment away: its whole line where it stands alone, else the comment and the space before it. */
export function removeIgnore(text: string, { file, span }: Place): TextChange {
  const start = lineStart(text, span.start);
  const before = text.slice(start, span.start);
  const end = lineEnd(text, span.start);
  if (before.trim() !== '') return { file, span: { start: start + before.trimEnd().length, end }, text: '' };
  const isLast = end >= text.length;
  return { file, span: { start, end: isLast ? end : end + eolAt(text, end).length }, text: '' };
}

/** Takes some rules out of the list of an ignore comment. */
export function removeRuleFromIgnore(text: string, place: Place, rules: readonly string[]): TextChange | undefined {
  const list = ruleList(text, place);
  if (!list) return undefined;
  const left = text
    .slice(list.start, list.end)
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => !rules.includes(rule));
  return { file: place.file, span: { start: list.start, end: list.end }, text: left.join(', ') };
}

/** Where the rules of a comment are listed. */
function ruleList(text: string, { span }: Place): { readonly start: number; readonly end: number } | undefined {
  const match = /faultline-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)/.exec(text.slice(span.start, span.end));
  if (!match) return undefined;
  const [whole, list = ''] = match;
  const end = span.start + match.index + whole.length;
  return { start: end - list.length, end };
}
