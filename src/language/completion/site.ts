import type { Span } from '../../model/text';
import type { Context } from './context';

/** The text around a caret, as far as it decides what may be put in. */
export class Site {
  /** What is typed already of what is being typed, with its opening quote. */
  readonly typed: string;
  readonly quote: '' | '"' | "'";
  /** What an accepted proposal replaces. */
  readonly span: Span;
  readonly #rest: string;
  readonly #before: string;
  readonly #hasBelow: boolean;

  constructor(text: string, caret: number, { start, flow, role }: Context) {
    const written = text.slice(start, caret);
    const from = /[\r\n]/.test(written) ? caret : start;
    this.typed = text.slice(from, caret);
    this.#before = text.charAt(from - 1);
    const quote = this.typed.charAt(0);
    this.quote = quote === '"' || quote === "'" ? quote : '';
    const rest = /^[^\r\n]*/.exec(text.slice(caret, caret + 1000))?.[0] ?? '';
    const isOpen = this.quote !== '' && !(this.typed.length > 1 && this.typed.endsWith(this.quote));
    const closing = isOpen ? rest.indexOf(this.quote) : -1;
    // Right before a word that is the whole value, a proposal takes its place.
    const word = role === 'value' && this.typed === '' ? (/^[\w./-]+(?=\s*(?:$|[,}\]]|\s#))/.exec(rest)?.[0].length ?? 0) : 0;
    this.span = { start: from, end: caret + closing + 1 + word };
    this.#rest = rest.slice(closing + 1 + word);
    this.#hasBelow = !flow && hasBelow(text, caret);
  }

  /** Whether a key may begin here: not before a key that is there. */
  get mayBeKey(): boolean {
    return this.typed !== '' || /^\s*(?:$|[,}\]])/.test(this.#rest);
  }

  /** Whether a value may: not where there is one already behind the caret, or on the lines below. */
  get mayBeValue(): boolean {
    return !this.#hasBelow && (this.typed !== '' || this.isFree) && !/^\s*[[{"'&*!|>]/.test(this.#rest);
  }

  /** Whether nothing follows that is part of the same value. */
  get isFree(): boolean {
    return /^\s*(?:$|[,}\]]|\s#)/.test(this.#rest);
  }

  /** Whether a whole entry may begin here. */
  get isBare(): boolean {
    return this.isFree && this.quote === '';
  }

  /** A key with its colon, unless that is there. */
  key(text: string, colon = ': '): string {
    return /^[\w-]*\s*:/.test(this.#rest) ? text : text + colon;
  }

  /** Behind a colon or a dash a space belongs. */
  spaced(text: string): string {
    return this.#before === ':' || this.#before === '-' ? ` ${text}` : text;
  }
}

const furthestLooked = 2000;

/** Whether the lines below belong to what the caret's line says. */
function hasBelow(text: string, caret: number): boolean {
  const before = text.slice(0, caret);
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const [head = ''] = /^[ ]*(?:-[ ]+)*/.exec(before.slice(start)) ?? [];
  const behind = /[\r\n]/g;
  behind.lastIndex = caret;
  const next = behind.exec(text);
  if (!next) return false;
  const [, indent = '', char] =
    /^(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*([ ]*)(\S)/.exec(text.slice(next.index, next.index + furthestLooked)) ?? [];
  return char !== undefined && (indent.length > head.length || (char === '-' && indent.length === head.length && !head.includes('-')));
}
