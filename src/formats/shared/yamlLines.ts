import * as l10n from '@vscode/l10n';
import type { YamlError } from './yamlText';

/** One line of a text, by offsets. */
export interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** Behind the line break. */
  readonly next: number;
  /** Spaces before the content. */
  readonly indent: number;
  /** Nothing but space, or a comment. */
  readonly idle: boolean;
  /** A tab stands in the white space before the content. */
  readonly tab: boolean;
  /** Passed over: what stands there is read as empty. */
  skipped: boolean;
  /** Passed over although it says something. */
  lost: boolean;
}

/** Cuts a text into lines. A byte order mark and what is not part of the document (markers, conflicts) are passed over. */
export function linesOf(text: string): { readonly lines: readonly Line[]; readonly errors: readonly YamlError[] } {
  const lines: Line[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length : feed + 1;
    let end = feed < 0 ? text.length : feed;
    if (end > start && text.charCodeAt(end - 1) === 13) end--;
    lines.push(lineAt(text, start, end, next));
    start = next;
  }
  const errors = [...passOverDocumentMarks(text, lines), ...passOverConflicts(text, lines)];
  return { lines, errors };
}

function lineAt(text: string, start: number, end: number, next: number): Line {
  let at = start;
  while (at < end && text.charCodeAt(at) === 32) at++;
  const indent = at - start;
  let tab = false;
  while (at < end && /\s/.test(text.charAt(at))) {
    if (text.charCodeAt(at) === 9) tab = true;
    at++;
  }
  const idle = at === end || text.charCodeAt(at) === 0x23;
  return { start, end, next, indent, idle, tab: tab && !idle, skipped: false, lost: false };
}

/** `%YAML`, the first `---`, and everything from a second document on, which is not read. */
function passOverDocumentMarks(text: string, lines: readonly Line[]): readonly YamlError[] {
  let seen = false;
  let index = -1;
  for (const line of lines) {
    index++;
    if (line.idle || line.indent > 0) {
      seen ||= !line.idle;
      continue;
    }
    const mark = /^(?:---|\.\.\.)(?=\s|$)/.exec(text.slice(line.start, Math.min(line.end, line.start + 4)));
    const directive = !seen && text.charCodeAt(line.start) === 0x25;
    if (directive || (mark && !seen && /^---\s*(?:#.*)?$/.test(text.slice(line.start, line.end)))) {
      line.skipped = true;
      seen = !directive;
      continue;
    }
    if (mark && seen) {
      const rest = lines.slice(index);
      for (const other of rest) {
        other.skipped = true;
        other.lost = !other.idle;
      }
      if (!rest.some((other) => !other.idle && !/^(?:---|\.\.\.)\s*(?:#.*)?$/.test(text.slice(other.start, other.end)))) return [];
      return [
        {
          message: l10n.t('A second document starts here; only the first one of a file is read.'),
          span: { start: line.start, end: line.start + 3 },
        },
      ];
    }
    seen = true;
  }
  return [];
}

/** Merge-conflict markers: the first side is read, the others are passed over. */
function passOverConflicts(text: string, lines: readonly Line[]): readonly YamlError[] {
  const errors: YamlError[] = [];
  let side: 'none' | 'first' | 'other' = 'none';
  for (const line of lines) {
    const mark =
      line.indent === 0
        ? /^(<{7}|\|{7}|={7}|>{7})(?: |$)/.exec(text.slice(line.start, Math.min(line.end, line.start + 8)))?.[1]
        : undefined;
    if (mark?.startsWith('<')) {
      side = 'first';
      errors.push({
        message: l10n.t('A merge conflict is not resolved here; only its first side is read.'),
        span: { start: line.start, end: line.end },
      });
    } else if (side !== 'none' && mark) {
      side = mark.startsWith('>') ? 'none' : 'other';
    } else {
      if (side === 'other') {
        line.skipped = true;
        line.lost = true;
      }
      continue;
    }
    line.skipped = true;
  }
  return errors;
}
