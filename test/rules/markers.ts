import { LineIndex } from '../../src/model/text';
import type { Finding } from '../../src/rules/rule';

/**
 * Expected findings stand in comments below the line they are on, under the exact columns:
 *
 *       - from: api
 *       # ^^^^^^^^^ warning missing-timeout: api waits for …
 *
 * and where there is no room for the carets, `# @1-10 error …` with columns from 1, the end exclusive.
 */
const marker = /^[ \t]*#(?:[ \t]*(\^+)| @(\d+)-(\d+)) (error|warning|info|hint) [a-z-]+: /;

function isMarker(line: string): boolean {
  return marker.test(line);
}

/** A text without its markers. */
export function unmarked(text: string): string {
  return text
    .split('\n')
    .filter((line) => !isMarker(line))
    .join('\n');
}

/** What the markers of a text expect, as `line:start-end severity rule: message`, sorted. */
export function expectedIn(text: string): readonly string[] {
  const expected: string[] = [];
  let line = 0;
  for (const [i, content] of text.split(/\r?\n/).entries()) {
    const found = marker.exec(content);
    if (!found) {
      line = i + 1;
      continue;
    }
    const [whole, carets, from, to] = found;
    const start = carets === undefined ? Number(from) : content.indexOf('^') + 1;
    const end = carets === undefined ? Number(to) : start + carets.length;
    const rest = content.slice(
      carets === undefined ? whole.indexOf(`-${to}`) + `-${to} `.length : content.indexOf('^') + carets.length + 1,
    );
    expected.push(`${line}:${start}-${end} ${rest}`);
  }
  return expected.sort();
}

/** The same notation of what was found. */
export function foundIn(text: string, findings: readonly Finding[]): readonly string[] {
  const lines = new LineIndex(text);
  return findings
    .map(({ place: { span }, severity, rule, message }) => {
      const start = lines.positionAt(span.start);
      const end = lines.positionAt(span.end);
      const to = end.line === start.line ? end.character : lineLength(text, lines, start.line);
      return `${start.line + 1}:${start.character + 1}-${to + 1} ${severity} ${rule}: ${message}`;
    })
    .sort();
}

function lineLength(text: string, lines: LineIndex, line: number): number {
  const start = lines.offsetAt({ line, character: 0 });
  return text.slice(start).search(/[\r\n]|$/);
}

/** A text with markers for what was found in it, to be read by a person before it is believed. */
export function marked(text: string, findings: readonly Finding[]): string {
  const bare = unmarked(text).split('\n');
  const found = foundIn(text, findings).map((entry) => /^(\d+):(\d+)-(\d+) (.*)$/.exec(entry));
  const numbers = text.split('\n').flatMap((line, i) => (isMarker(line) ? [] : [i + 1]));
  return bare
    .flatMap((line, i) => {
      const here = found.filter((entry) => Number(entry?.[1]) === numbers[i]).sort((a, b) => Number(a?.[2]) - Number(b?.[2]));
      return [line, ...here.map((entry) => markerFor(Number(entry?.[2]), Number(entry?.[3]), entry?.[4] ?? ''))];
    })
    .join('\n');
}

function markerFor(start: number, end: number, what: string): string {
  if (start < 3 || end <= start) return `# @${start}-${end} ${what}`;
  return `${' '.repeat(Math.max(0, start - 3))}# ${'^'.repeat(end - start)} ${what}`;
}
