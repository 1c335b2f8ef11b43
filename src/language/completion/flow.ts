import { item, type Step } from '../schema';

/** Where a caret stands inside `{ … }` or `[ … ]`, or where the text goes on behind the closing bracket. */
export type FlowEnd =
  | { readonly open: false; readonly next: number }
  | {
      readonly open: true;
      readonly path: readonly Step[];
      readonly role: 'key' | 'value';
      readonly used: ReadonlySet<string>;
      /** Where what is being typed begins. */
      readonly start: number;
    };

interface Frame {
  readonly map: boolean;
  readonly used: Set<string>;
  key: string | undefined;
}

/** Reads a flow collection from its opening bracket at `from` to its end, or to the end of the text. */
export function readFlow(text: string, from: number): FlowEnd {
  const frames: Frame[] = [];
  let start = from;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    const top = frames.at(-1);
    if (char === '"' || char === "'") {
      const end = quoteEnd(text, at, char);
      if (end < 0) break;
      at = end;
    } else if (char === '#' && /\s/.test(text.charAt(at - 1))) {
      const end = text.indexOf('\n', at);
      if (end < 0) break;
      at = end;
    } else if (char === '{' || char === '[') {
      frames.push({ map: char === '{', used: new Set(), key: undefined });
      start = at + 1;
    } else if (char === '}' || char === ']') {
      frames.pop();
      if (frames.length === 0) return { open: false, next: at + 1 };
    } else if (char === ',') {
      if (top) top.key = undefined;
      start = at + 1;
    } else if (char === ':' && top?.map && /^(?:\s|$|[,}\]])/.test(text.slice(at + 1, at + 2))) {
      top.key = plainKey(text.slice(start, at));
      top.used.add(top.key);
      start = at + 1;
    }
  }
  const path = frames.slice(0, -1).map((frame) => (frame.map ? (frame.key ?? '') : item));
  const top = frames.at(-1);
  while (/\s/.test(text.charAt(start))) start++;
  if (!top?.map) return { open: true, path: [...path, item], role: 'value', used: new Set(), start };
  return top.key === undefined
    ? { open: true, path, role: 'key', used: top.used, start }
    : { open: true, path: [...path, top.key], role: 'value', used: new Set(), start };
}

/** A key without its quotes. */
export function plainKey(written: string): string {
  return written.trim().replace(/^(["'])(.*)\1$/s, '$2');
}

function quoteEnd(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (quote === '"' && text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === quote) return at;
  }
  return -1;
}
