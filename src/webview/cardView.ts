import type { Card } from '../layout/graph';
import type { ReplicasFrame } from '../simulation/frame';
import { make } from './elements';
import { type Components, groupState, isFull, isStuck, type Part, partsOf, replicasOf } from './parts';
import { Pool } from './pool';
import { groupText, healthText, poolText } from './states';

/** Between a card's edge and what is drawn on it. */
const inset = 12;

const states = ['down', 'partly', 'slow', 'full', 'stuck'] as const;
type State = (typeof states)[number];

/** What a run looks like on one card: its pool, what is wrong, which replicas are gone. Writes only what changed. */
export class CardView {
  readonly #card: SVGElement;
  readonly #parts: readonly Part[];
  readonly #isGroup: boolean;
  readonly #meta: SVGTextElement | null;
  readonly #atRest: string;
  readonly #pool: Pool;
  readonly #state: SVGTextElement;
  readonly #pips = new Map<string, SVGElement[]>();
  #told = '';

  constructor(item: Card, card: SVGElement) {
    this.#card = card;
    this.#parts = partsOf(item);
    this.#isGroup = item.inside !== undefined;
    this.#meta = card.querySelector<SVGTextElement>('.meta');
    this.#atRest = this.#meta?.textContent ?? '';
    this.#pool = new Pool(item.width);
    this.#state = make('text', { class: 'state', x: item.width - inset, y: -4, 'text-anchor': 'end' });
    for (const pip of card.querySelectorAll<SVGElement>('.pip')) {
      const zone = pip.dataset['zone'] ?? '';
      this.#pips.set(zone, [...(this.#pips.get(zone) ?? []), pip]);
    }
    const { width } = item;
    card.append(
      this.#pool.group,
      make('path', { class: 'down-cross', d: `M${inset + 3} 14L${inset + 27} 38M${inset + 27} 14L${inset + 3} 38` }),
      // Where only the name is shown, beside it.
      make('path', { class: 'down-cross-far', d: `M${width - 34} 15L${width - 10} 39M${width - 10} 15L${width - 34} 39` }),
      this.#state,
    );
  }

  show(components: Components, started: boolean): void {
    if (this.#isGroup) this.#showGroup(components);
    else this.#showPart(components, started);
  }

  /** As it is when nothing runs. */
  rest(): void {
    this.#told = '';
    this.#pool.clear();
    this.#set({}, '');
    for (const pip of [...this.#pips.values()].flat()) pip.classList.remove('dead');
    if (this.#meta) this.#meta.textContent = this.#atRest;
  }

  #showGroup(components: Components): void {
    const state = groupState(this.#parts, components);
    const { total, down, stuck, slow } = state;
    if (!this.#isNew(`${total} ${down} ${stuck} ${slow}`)) return;
    this.#set({ down: total > 0 && down === total, partly: down > 0 && down < total, stuck: stuck > 0, slow: slow > 0 }, groupText(state));
  }

  #showPart(components: Components, started: boolean): void {
    const [part] = this.#parts;
    const frame = part && replicasOf(part, components);
    if (!frame) return;
    const alive = this.#aliveByZone(part, frame, components);
    const { live, replicas, busy, hanging, queued, slots, slow } = frame;
    if (!this.#isNew(`${live}/${replicas} ${busy} ${hanging} ${queued} ${slots} ${slow} ${started} ${alive.join()}`)) return;
    const down = live === 0;
    this.#set({ down, partly: !down && live < replicas, slow, full: isFull(frame), stuck: isStuck(frame) }, healthText(frame));
    if (this.#meta) this.#meta.textContent = started ? poolText(frame) : this.#atRest;
    this.#pool.show(frame);
    for (const [i, pips] of [...this.#pips.values()].entries()) {
      for (const [at, pip] of pips.entries()) pip.classList.toggle('dead', at >= (alive[i] ?? pips.length));
    }
  }

  /** How many replicas live, for each zone that has pips. */
  #aliveByZone({ component }: Part, frame: ReplicasFrame, components: Components): readonly number[] {
    const zones = components.get(component)?.zones;
    return [...this.#pips.keys()].map((zone) => zones?.find((each) => each.zone === zone)?.live ?? frame.live);
  }

  #isNew(told: string): boolean {
    const isNew = told !== this.#told;
    this.#told = told;
    return isNew;
  }

  #set(now: Partial<Record<State, boolean>>, text: string): void {
    for (const state of states) this.#card.classList.toggle(state, now[state] ?? false);
    this.#state.textContent = text;
  }
}
