import { item, type Step } from '../schema';
import { plainKey, readFlow } from './flow';

/** What is being typed at a caret, told from the text before it alone: half-typed YAML need not parse. */
export interface Context {
  /** The keys that lead there. For a value its own key comes last. */
  readonly path: readonly Step[];
  readonly role: 'key' | 'value';
  /** Keys that the same map has already. */
  readonly used: ReadonlySet<string>;
  /** Where what is being typed begins. */
  readonly start: number;
  /** Inside brackets. */
  readonly flow: boolean;
}

interface Frame {
  readonly indent: number;
  readonly list: boolean;
  readonly used: Set<string>;
  key: string | undefined;
  /** Its last key has a value on its own line, so that nothing can stand below it. */
  filled: boolean;
}

const keyPattern = /^(?:"[^"]*"|'[^']*'|[^\s#:{}[\],&*!|>%@`"'-][^:#]*?|-[^\s:#][^:#]*?)\s*:(?=\s|$)/;

/** The context of a caret; undefined in comments and where nothing can be said. */
export function contextAt(text: string, caret: number): Context | undefined {
  const begin = sectionStart(text, caret);
  const before = text.slice(begin, caret);
  const frames: Frame[] = [];
  let at = 0;
  while (at <= before.length) {
    const end = lineEnd(before, at);
    const last = end === before.length;
    const line = readLine(before, at, end, frames);
    if (line.flow !== undefined) {
      const flow = readFlow(before, line.flow);
      if (flow.open) return { ...flow, path: [...pathOf(frames), ...flow.path], start: begin + flow.start, flow: true };
      at = lineEnd(before, flow.next) + 1;
      if (at > before.length) return undefined;
      continue;
    }
    if (last) return line.comment ? undefined : contextOf(text, caret, begin, line, frames);
    at = line.scalar === undefined ? end + 1 : scalarEnd(before, end + 1, line.scalar);
  }
  return undefined;
}

interface Line {
  /** Where the flow collection on it begins. */
  readonly flow?: number;
  /** The indentation above which what follows is text. */
  readonly scalar?: number;
  readonly comment: boolean;
  /** Where its last part, behind dashes and key, begins. */
  readonly rest: number;
  readonly column: number;
  readonly keyed: boolean;
  /** It begins with a dash. */
  readonly dashed: boolean;
}

/** Reads one line into the frames, which then end in what it is part of. */
function readLine(text: string, from: number, end: number, frames: Frame[]): Line {
  let at = from;
  const skip = () => {
    while (at < end && text.charAt(at) === ' ') at++;
  };
  skip();
  let column = at - from;
  let dashed = false;
  if (at === end || text.charAt(at) === '#') return { comment: at < end, rest: at, column, keyed: false, dashed: false };
  while (text.charAt(at) === '-' && (at + 1 === end || text.charAt(at + 1) === ' ')) {
    leave(frames, column, true);
    if (frames.at(-1)?.indent !== column || !frames.at(-1)?.list) {
      frames.push({ indent: column, list: true, used: new Set(), key: undefined, filled: false });
    }
    dashed = true;
    at++;
    skip();
    column = at - from;
  }
  const key = keyPattern.exec(text.slice(at, end))?.[0];
  if (key !== undefined) {
    leave(frames, column, false);
    let top = frames.at(-1);
    if (top?.indent !== column || top.list) {
      top = { indent: column, list: false, used: new Set(), key: undefined, filled: false };
      frames.push(top);
    }
    top.key = plainKey(key.slice(0, -1));
    top.used.add(top.key);
    at += key.length;
    skip();
    // Behind an anchor or a tag the value may still come on lines of its own.
    const rest = text.slice(at, end).replace(/^(?:[&!]\S*\s+)+/, '');
    top.filled = rest !== '' && !/^[#&!|>]/.test(rest);
  }
  const char = text.charAt(at);
  const comment = /(?:^|\s)#/.test(text.slice(at, end)) && !/^["']/.test(char);
  const line = { comment, rest: at, column, keyed: key !== undefined, dashed };
  if (char === '{' || char === '[') return { ...line, comment: false, flow: at };
  return char === '|' || char === '>' ? { ...line, scalar: column } : line;
}

/** Leaves the collections that a line at this column is no longer part of, and says which was the outermost. */
function leave(frames: Frame[], column: number, dash: boolean): Frame | undefined {
  let left: Frame | undefined;
  for (let top = frames.at(-1); top && (top.indent > column || (top.indent === column && !dash && top.list)); top = frames.at(-1))
    left = frames.pop();
  return left;
}

function contextOf(text: string, caret: number, begin: number, line: Line, frames: Frame[]): Context | undefined {
  if (line.scalar !== undefined) return undefined;
  if (line.keyed) return { path: pathOf(frames), role: 'value', used: new Set(), start: begin + line.rest, flow: false };
  const below = leave(frames, line.column, false);
  const top = frames.at(-1);
  const same = top && !top.list && top.indent === line.column ? top : undefined;
  // Neither beside what stands above nor below it: no key lines up here.
  if (!same && below !== undefined && below.indent !== line.column) return undefined;
  if (!same && (top?.list ? !line.dashed : top?.filled)) return undefined;
  const path = pathOf(same ? frames.slice(0, -1) : frames);
  const used = new Set(same?.used);
  for (const key of path.length === 0 ? topKeys(text) : keysBelow(text, caret, line.column)) used.add(key);
  return { path, role: 'key', used, start: begin + line.rest, flow: false };
}

function pathOf(frames: readonly Frame[]): readonly Step[] {
  return frames.map((frame) => (frame.list ? item : (frame.key ?? '')));
}

function* topKeys(text: string): Generator<string> {
  for (const [, key = ''] of text.matchAll(/^(\w+)[ \t]*:/gm)) yield key;
}

/** The keys of the same map on the lines below the caret. */
function* keysBelow(text: string, caret: number, column: number): Generator<string> {
  for (let at = lineEnd(text, caret) + 1; at < text.length; at = lineEnd(text, at) + 1) {
    const line = text.slice(at, lineEnd(text, at));
    const indent = line.search(/\S/);
    if (indent < 0 || line.charAt(indent) === '#' || indent > column) continue;
    if (indent < column || line.charAt(indent) === '-') return;
    const key = keyPattern.exec(line.slice(indent))?.[0];
    if (key !== undefined) yield plainKey(key.slice(0, -1));
  }
}

/** The last line before the caret that begins a top-level entry. */
function sectionStart(text: string, caret: number): number {
  let at = lineStart(text, caret);
  while (at > 0 && /^[\s#\-}\]]?$/.test(text.charAt(at))) at = lineStart(text, at - 1);
  return at;
}

function lineStart(text: string, from: number): number {
  // Looked for from below zero, a text that begins with a line break would have one.
  return from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Where a block scalar ends: at the first line that is not indented more than its key. */
function scalarEnd(text: string, from: number, column: number): number {
  let at = from;
  while (at < text.length) {
    const line = text.slice(at, lineEnd(text, at));
    const indent = line.search(/\S/);
    // The caret's own line may be blank: then it is told by where the caret stands.
    if (indent >= 0 ? indent <= column : lineEnd(text, at) === text.length && line.length <= column) return at;
    at = lineEnd(text, at) + 1;
  }
  return at;
}
