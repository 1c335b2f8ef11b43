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
  readonly #id: Card['id'];
  #atRest: string;
  readonly #pool: Pool;
  readonly #state: SVGTextElement;
  readonly #pips = new Map<string, SVGElement[]>();
  #told = '';
  #isAtRest = true;
  #stateText = '';

  constructor(item: Card, card: SVGElement) {
    this.#card = card;
    this.#id = item.id;
    this.#parts = partsOf(item);
    this.#isGroup = item.inside !== undefined;
    this.#meta = card.querySelector<SVGTextElement>('.meta');
    this.#atRest = item.meta;
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
      // Where only the name is shown, on the corner: it takes the whole width.
      make('path', { class: 'down-cross-far', d: `M${width - 6} -14L${width + 14} 6M${width + 14} -14L${width - 6} 6` }),
      this.#state,
    );
  }

  show(components: Components, started: boolean): void {
    if (this.#isGroup) this.#showGroup(components);
    else this.#showPart(components, started);
  }

  /** Takes what it says at rest now; what it says of a run is shown again by the next frame. */
  renew(items: ReadonlyMap<string, Card>): void {
    this.#atRest = items.get(this.#id)?.meta ?? this.#atRest;
    this.#told = '';
  }

  /** As it is when nothing runs. */
  rest(): void {
    if (this.#isAtRest) return;
    this.#isAtRest = true;
    this.#told = '';
    this.#pool.clear();
    this.#set({}, '');
    for (const pip of [...this.#pips.values()].flat()) pip.classList.remove('dead');
    this.#say(this.#atRest);
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
    this.#say(started ? poolText(frame) : this.#atRest);
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
    this.#isAtRest &&= !isNew;
    return isNew;
  }

  #set(now: Partial<Record<State, boolean>>, text: string): void {
    for (const state of states) this.#card.classList.toggle(state, now[state] ?? false);
    if (text === this.#stateText) return;
    this.#stateText = text;
    this.#state.textContent = text;
  }

  /** The same text once more would be laid out once more. */
  #say(text: string): void {
    if (this.#meta && this.#meta.textContent !== text) this.#meta.textContent = text;
  }
}
