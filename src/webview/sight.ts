import { type Signal, signal } from '@preact/signals';
import type { Point } from '../layout/flow';
import type { Picture } from '../layout/picture';
import { countBeyond, firstOf, fitsReadably, type Sighted, type Size, wholeOf } from './framing';
import { PanZoom, type Transform } from './panZoom';

/** Milliseconds for which a view has stood before it is said what is outside of it. */
const rest = 150;

/** Cards of a large map that are not in the window. */
export interface Beyond {
  readonly count: number;
  readonly all: number;
  /** Some of them could be folded away. */
  readonly hasFrames: boolean;
}

/** What is drawn, and what the window leaves for it. */
export interface Seen {
  readonly picture: Picture;
  /** Asked for where something is chosen among them. */
  cards(): readonly Sighted[];
  /** Beside what stands over the drawing. */
  readonly room: Size;
}

/** Which part of a drawing is seen: its beginning, all of it, or what somebody chose. */
export class Sight {
  /** Where a map is too large to be read as a whole, what the window leaves out; undefined where that is nothing. */
  readonly beyond: Signal<Beyond | undefined> = signal(undefined);
  readonly #view: PanZoom;
  readonly #seen: () => Seen | undefined;
  #way: 'first' | 'all' | 'chosen' = 'first';
  /** The picture of which the beginning is seen, where there is more of it. */
  #begun: Picture | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;

  /** @param seen undefined while nothing is drawn or there is no window @param moved told of every change */
  constructor(svg: SVGSVGElement, seen: () => Seen | undefined, moved: (transform: Transform, byHand: boolean) => void) {
    this.#seen = seen;
    this.#view = new PanZoom(svg, (transform, byHand) => {
      if (byHand) this.#way = 'chosen';
      moved(transform, byHand);
      this.#count();
    });
  }

  get transform(): Transform {
    return this.#view.transform;
  }

  /** All of the drawing. */
  fit(): void {
    this.#way = 'all';
    const seen = this.#within();
    if (seen) this.#view.set(wholeOf(seen.picture, seen.room));
  }

  /** All of the drawing where that can be read, or else where somebody would begin to look. */
  begin(): void {
    this.#way = 'first';
    const seen = this.#within();
    if (!seen) return;
    this.#begun = fitsReadably(seen.picture, seen.room) ? undefined : seen.picture;
    this.#view.set(firstOf(seen.picture, seen.cards(), seen.room));
  }

  /** After the window or the drawing changed: the same once more, unless somebody has chosen a view of their own. */
  refit(): void {
    const seen = this.#within();
    this.#count();
    if (!seen || this.#way === 'chosen') return;
    if (this.#way === 'all') this.fit();
    // Whoever has begun to look at a part is not taken to another one because something came or went.
    else if (!this.#begun || this.#begun === seen.picture || fitsReadably(seen.picture, seen.room)) this.begin();
  }

  /** Puts back a view that somebody had chosen before. */
  resume(transform: Transform): void {
    this.#way = 'chosen';
    this.#within();
    this.#view.set(transform);
  }

  /** Takes the view of another drawing that is moved together with this one. */
  follow(transform: Transform, byHand: boolean): void {
    const { x, y, k } = this.transform;
    if (byHand) this.#way = 'chosen';
    if (x !== transform.x || y !== transform.y || k !== transform.k) this.#view.set(transform);
  }

  /** Brings a point of the drawing into the middle, and stays there. */
  centre(point: Point): void {
    this.#way = 'chosen';
    this.#view.centre(point);
  }

  scale(factor: number): void {
    this.#view.scale(factor);
  }

  /** Moves the drawing by pixels of the window. */
  shift(x: number, y: number): void {
    this.#view.shift(x, y);
  }

  /** What there is to see; all of it can be seen by hand too. */
  #within(): Seen | undefined {
    const seen = this.#seen();
    if (seen) this.#view.reach(wholeOf(seen.picture, seen.room).k);
    return seen;
  }

  #count(): void {
    clearTimeout(this.#late);
    this.#late = setTimeout(() => {
      const next = this.#outside();
      if (JSON.stringify(next) !== JSON.stringify(this.beyond.peek())) this.beyond.value = next;
    }, rest);
  }

  #outside(): Beyond | undefined {
    const seen = this.#seen();
    if (!seen || fitsReadably(seen.picture, seen.room)) return undefined;
    const { cards, frames } = seen.picture;
    const count = countBeyond(cards, seen.room, this.transform);
    return count > 0 ? { count, all: cards.length, hasFrames: frames.length > 0 } : undefined;
  }
}
