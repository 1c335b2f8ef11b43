import type { ReplicasFrame } from '../simulation/frame';
import { make } from './elements';

/** Pools up to this size are drawn slot by slot. */
const mostSquares = 24;
/** Where it stands on a card. */
const inset = 12;
const top = 44.5;
const barHeight = 3.5;
/** An unlimited pool never fills: its bar shows the order of magnitude against so many. */
const unlimited = 200;

const parts = ['free', 'busy', 'hanging', 'crosses'] as const;

/**
 * The slots of a pool at the bottom of a card: squares, or one bar for a large pool. However many slots there are, it is
 * four paths: a browser paints few large shapes sooner than many small ones.
 */
export class Pool {
  readonly group = make('g', { class: 'pool', 'aria-hidden': 'true' });
  readonly #paths = parts.map((part) => make('path', { class: part }));
  readonly #width: number;
  /** What is drawn: an attribute is written only where it changes. */
  #shapes: readonly string[] = [];
  #hanging: number | undefined;

  constructor(cardWidth: number) {
    this.#width = cardWidth - 2 * inset;
    this.group.append(...this.#paths);
  }

  show({ slots, busy, hanging }: ReplicasFrame): void {
    const inSquares = slots <= mostSquares;
    const shapes = inSquares ? this.#squares(slots, busy, hanging) : this.#bar(slots === Infinity ? unlimited : slots, busy, hanging);
    this.group.classList.toggle('bar', !inSquares);
    if (hanging !== this.#hanging) this.group.dataset['hanging'] = String(hanging);
    this.#hanging = hanging;
    for (const [i, path] of this.#paths.entries()) {
      const shape = shapes[i] ?? '';
      if (this.#shapes[i] !== shape) path.setAttribute('d', shape);
    }
    this.#shapes = shapes;
  }

  clear(): void {
    for (const path of this.#paths) path.removeAttribute('d');
    this.#shapes = [];
  }

  #squares(slots: number, busy: number, hanging: number): readonly string[] {
    const step = Math.min(8, this.#width / slots);
    const size = step - 1.6;
    const from = (i: number) => inset + i * step;
    const row = (first: number, end: number) => {
      let shape = '';
      for (let i = first; i < end; i++) shape += `M${from(i)} ${top}h${size}v${size}h${-size}z`;
      return shape;
    };
    const far = size - 2;
    let crosses = '';
    for (let i = 0; i < hanging; i++) crosses += `M${from(i) + 1} ${top + 1}l${far} ${far}m0 ${-far}l${-far} ${far}`;
    return [row(busy, slots), row(hanging, busy), row(0, hanging), crosses];
  }

  #bar(whole: number, busy: number, hanging: number): readonly string[] {
    const widthOf = (count: number) => Math.round(Math.min(1, count / whole) * this.#width * 10) / 10;
    const strip = (from: number, to: number) =>
      to > from ? `M${inset + from} ${top + 1}H${inset + to}v${barHeight}H${inset + from}z` : '';
    const [hangs, works] = [widthOf(hanging), widthOf(busy)];
    return [strip(works, this.#width), strip(hangs, works), strip(0, hangs), ''];
  }
}
