/** A file's content before it is written: texts, lists of them and maps. */
export type Written = string | readonly Written[] | { readonly pairs: readonly (readonly [string, Written])[] };

/** Makes one choice after the other from a list of numbers, so that a property test can shrink what was chosen. */
export class Choices {
  #next = 0;

  constructor(private readonly tape: readonly number[]) {}

  /** A whole number from 0 to one below `count`. */
  below(count: number): number {
    const { length } = this.tape;
    const value = length === 0 ? 0 : (this.tape[this.#next++ % length] ?? 0);
    return value % count;
  }

  /** True once in `count` times. */
  once(count: number): boolean {
    return this.below(count) === count - 1;
  }

  one<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }
}

export const map = (...pairs: readonly (readonly [string, Written])[]): Written => ({ pairs });

const isSafe = (text: string): boolean =>
  /^[\p{L}_][\p{L}\p{N}_-]*( [\p{L}\p{N}_-]+)*$/u.test(text) && !/^(null|true|false|yes|no|on|off)$/i.test(text);
/** What may stand plainly in a block, where commas and brackets mean nothing. */
const isSafeInBlock = (text: string): boolean =>
  isSafe(text) || /^[\p{L}][\p{L}\p{N} _-]*(#\d+| -> .*)$/u.test(text) || /^[\d.]+(\/s|%|ms|s)?$/.test(text);

/** Writes content as YAML in any of the ways in which people do: flow and block, quotes, comments, anchors and aliases. */
export function writeYaml(content: Written, choices: Choices, comments: readonly [string, ...string[]], newline: string): string {
  const writer = new Writer(choices, comments);
  return writer.block(content, '').replaceAll('\n', newline);
}

class Writer {
  readonly #anchors = new Map<string, string>();
  #count = 0;

  constructor(
    private readonly choices: Choices,
    private readonly comments: readonly [string, ...string[]],
  ) {}

  /** With its line break at the end. */
  block(content: Written, indent: string): string {
    if (typeof content === 'string') return `${indent}${this.#scalar(content, false)}${this.#comment()}\n`;
    if ('pairs' in content) {
      return content.pairs
        .map(([key, value]) => `${this.#above(indent)}${indent}${this.#key(key)}:${this.#value(value, `${indent}  `)}`)
        .join('');
    }
    return content.map((item) => `${this.#above(indent)}${indent}-${this.#value(item, `${indent}  `)}`).join('');
  }

  #value(value: Written, indent: string): string {
    const isEmpty = typeof value !== 'string' && ('pairs' in value ? value.pairs : value).length === 0;
    if (typeof value === 'string' && this.choices.once(25)) return ` |-${this.#comment()}\n${indent}${value}\n`;
    if (typeof value === 'string' && this.choices.once(20)) return `\n${indent}${this.#scalar(value, false)}${this.#comment()}\n`;
    if (typeof value === 'string' || isEmpty || (depth(value) < 3 && this.choices.below(3) > 0))
      return ` ${this.#flow(value, typeof value !== 'string', indent)}${this.#comment()}\n`;
    return `${this.#comment()}\n${this.block(value, indent)}`;
  }

  #flow(content: Written, isInside: boolean, indent: string): string {
    if (typeof content === 'string') return this.#scalar(content, isInside);
    const parts =
      'pairs' in content
        ? content.pairs.map(([key, value]) => `${this.#key(key, true)}: ${this.#flow(value, true, indent)}`)
        : content.map((item) => this.#flow(item, true, indent));
    const [open, close] = 'pairs' in content ? ['{', '}'] : ['[', ']'];
    const gap = this.choices.one([' ', '', '  ']);
    const between = this.choices.once(6) ? `,${this.#comment()}\n${indent}  ` : `,${this.choices.one([' ', '  '])}`;
    const last = parts.length > 0 && this.choices.once(8) ? ',' : '';
    return `${open}${gap}${parts.join(between)}${last}${gap}${close}`;
  }

  #key(key: string, isInside = false): string {
    if (key === '<<') return key;
    const quoted = this.#quoted(key, isInside);
    return this.choices.once(12) ? `${quoted} ` : quoted;
  }

  #scalar(text: string, isInside: boolean): string {
    if (text.startsWith('*')) return `${text} `;
    const anchor = this.#anchors.get(text);
    if (anchor !== undefined && this.choices.below(3) === 0) return `*${anchor} `;
    const quoted = this.choices.once(30) ? `!!str ${this.#quoted(text, isInside)}` : this.#quoted(text, isInside);
    if (this.choices.below(8) > 0) return quoted;
    const name = `a${this.#count++}`;
    this.#anchors.set(text, name);
    return `&${name} ${quoted}`;
  }

  #quoted(text: string, isInside: boolean): string {
    const isPlain = isSafe(text) || (!isInside && isSafeInBlock(text) && !text.includes(': '));
    switch (this.choices.below(isPlain ? 5 : 3)) {
      case 0:
        return `'${text.replaceAll("'", "''")}'`;
      case 1:
        return JSON.stringify(text);
      case 2:
        return this.choices.once(2) ? escaped(text) : JSON.stringify(text);
      default:
        return text;
    }
  }

  #comment(): string {
    return this.choices.once(5) ? `${this.choices.one([' ', '   '])}# ${this.choices.one(this.comments)}` : '';
  }

  #above(indent: string): string {
    if (this.choices.once(8)) return `${indent}# ${this.choices.one(this.comments)}\n`;
    return this.choices.once(10) ? '\n' : '';
  }
}

/** The first character by its number. */
function escaped(text: string): string {
  const code = text.charCodeAt(0);
  return Number.isNaN(code) ? '""' : `"\\u${code.toString(16).padStart(4, '0')}${JSON.stringify(text.slice(1)).slice(1)}`;
}

function depth(content: Written): number {
  if (typeof content === 'string') return 0;
  const parts = 'pairs' in content ? content.pairs.map(([, value]) => value) : content;
  return 1 + Math.max(0, ...parts.map(depth));
}
