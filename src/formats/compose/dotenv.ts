import type { Span } from '../../model/text';
import { interpolate, type Lookup } from './interpolate';

/** A variable of an `.env` file, with the stretch of its value (without quotes). */
export interface EnvironmentLine {
  readonly text: string;
  readonly span: Span;
}

/**
 * Reads an `.env` file: `A=b`, `export A=b`, `A: b`, quotes (single ones are literal, double ones may run over
 * lines), comments, and references to earlier values or to `outside`. Lines that are none of these are passed over.
 */
export function readDotenv(text: string, outside: Lookup): ReadonlyMap<string, EnvironmentLine> {
  const found = new Map<string, EnvironmentLine>();
  const lookup: Lookup = (name) => outside(name) ?? found.get(name)?.text;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const head = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*/.exec(text.slice(at, lineEnd));
    const name = head?.[1];
    if (head === null || name === undefined) {
      at = lineEnd + 1;
      continue;
    }
    const start = at + head[0].length;
    const value = readValue(text, start, lineEnd);
    const written = text.slice(value.span.start, value.span.end);
    found.set(name, { text: value.literal ? written : interpolate(unescaped(written, value.quoted), lookup), span: value.span });
    at = Math.max(value.end, lineEnd) + 1;
  }
  return found;
}

function readValue(text: string, start: number, lineEnd: number): { span: Span; end: number; literal: boolean; quoted: boolean } {
  const quote = text.charAt(start);
  if (quote === '"' || quote === "'") {
    let close = start + 1;
    while (close < text.length && text.charAt(close) !== quote) close += quote === '"' && text.charAt(close) === '\\' ? 2 : 1;
    if (close < text.length) {
      return { span: { start: start + 1, end: close }, end: endOfLine(text, close), literal: quote === "'", quoted: true };
    }
  }
  const line = text.slice(start, lineEnd);
  const comment = line.startsWith('#') ? 0 : line.search(/[ \t]#/);
  const written = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
  return { span: { start, end: start + written.length }, end: lineEnd, literal: false, quoted: false };
}

function unescaped(written: string, quoted: boolean): string {
  if (!quoted || !written.includes('\\')) return written;
  return written.replace(/\\(["\\nrt])/g, (_all, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
