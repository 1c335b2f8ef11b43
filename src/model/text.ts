/** A stretch of a text by character offsets (UTF-16 units, as the editor counts), end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of one file. Files are named by an absolute path with forward slashes. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

/** Line and character, both from 0, as the language server protocol counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Replaces one stretch of a file by a text; an empty span inserts. */
export interface TextChange {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}

/** Whether two spans have a character, or an end, in common. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Turns offsets into lines and characters and back. Lines end at LF, CR LF or a lone CR, as in the editor. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
      if (code === 10 || code === 13) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#length = text.length;
  }

  /** The number of lines; an empty text has one. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** Line and character of an offset; offsets outside the text are moved to its nearest end. */
  positionAt(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.#starts[low] ?? 0) };
  }

  /** The offset of a line and character; positions past the end of a line are moved to the next line's start. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#length;
    const next = this.#starts[position.line + 1] ?? this.#length;
    return Math.min(start + Math.max(position.character, 0), next);
  }
}
