import type { Span, TextChange } from '../model/text';

/** A part of a changed text: a stretch of the first text, or something put in. */
interface Piece {
  readonly text: string;
  /** Where a stretch of the first text begins in it. */
  readonly start?: number;
}

/** A text that is changed again and again, and in the end says how the first one becomes the last in one step. */
export class Pieces {
  #pieces: readonly Piece[];
  readonly #file: string;
  readonly #length: number;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#length = text.length;
    this.#pieces = [{ text, start: 0 }];
  }

  get text(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** Replaces a stretch of the text as it is now. */
  replace({ start, end }: Span, text: string): void {
    const made: Piece[] = [];
    let at = 0;
    let placed = false;
    const place = () => {
      if (!placed && text !== '') made.push({ text });
      placed = true;
    };
    for (const piece of this.#pieces) {
      const next = at + piece.text.length;
      if (at < start) made.push(part(piece, 0, Math.min(piece.text.length, start - at)));
      if (next >= start) place();
      if (next > end) made.push(part(piece, Math.max(0, end - at), piece.text.length));
      at = next;
    }
    place();
    this.#pieces = made.filter((piece) => piece.text !== '');
  }

  /** The changes of the first text, sorted; none overlaps or touches another. */
  changes(): readonly TextChange[] {
    const changes: TextChange[] = [];
    let at = 0;
    let put = '';
    const flush = (end: number) => {
      if (put !== '' || end > at) changes.push({ file: this.#file, span: { start: at, end }, text: put });
      put = '';
    };
    for (const { text, start } of this.#pieces) {
      if (start === undefined) put += text;
      else {
        flush(start);
        at = start + text.length;
      }
    }
    flush(this.#length);
    return changes;
  }
}

function part(piece: Piece, from: number, to: number): Piece {
  return { text: piece.text.slice(from, to), ...(piece.start === undefined ? {} : { start: piece.start + from }) };
}
