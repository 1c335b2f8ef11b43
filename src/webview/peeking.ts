import { type Signal, signal } from '@preact/signals';
import { elementsIn } from '../layout/collapse';
import { type Graph, shownBy } from '../layout/graph';
import type { FixableMark, Mark } from '../layout/protocol';
import type { ElementId } from '../model/origin';
import type { Bridge } from './bridge';

/** Milliseconds of rest before findings are shown, and before they go away again: long enough to reach them. */
const patience = { open: 400, close: 350 } as const;

/** The findings on one element, next to it. */
export interface Peeked {
  readonly element: ElementId;
  /** Of a line all its calls, of a collapsed group all that lies in it. */
  readonly elements: readonly ElementId[];
  readonly marks: readonly Mark[];
  /** What is known of it besides, line by line. */
  readonly lines: readonly string[];
  /** What can be done about them, once the shell has said. */
  readonly fixes?: readonly FixableMark[];
  /** Asked for by keyboard: the focus goes there. */
  readonly hasFocus: boolean;
}

/** When findings are looked at on the map: after a rest of the pointer or the focus on what has some. */
export class Peeking {
  readonly shown: Signal<Peeked | undefined> = signal(undefined);
  readonly #bridge: Pick<Bridge, 'post'>;
  #marks: readonly Mark[] = [];
  #graph: Pick<Graph, 'cards' | 'groups' | 'edges'> = { cards: [], groups: [], edges: [] };
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Neither pointer nor focus is there any more: it is about to go away. */
  #isLeft = false;
  /** Pointer or focus rest elsewhere by now: its findings are about to be shown instead. */
  #next: ElementId | undefined;

  constructor(bridge: Pick<Bridge, 'post'>) {
    this.#bridge = bridge;
  }

  /** Takes what is drawn now. What was looked at before may be mended. */
  load(marks: readonly Mark[], graph: Graph): void {
    this.#marks = marks;
    this.#graph = graph;
    const { value } = this.shown;
    if (!value) return;
    const [wasLeft, next] = [this.#isLeft, this.#next];
    this.close();
    if (next !== undefined) this.rests(next);
    if (next !== undefined || !this.has(value.element)) return;
    this.open(value.element, value.hasFocus);
    if (wasLeft) this.rests(undefined);
  }

  /** The pointer or the focus rests on an element, or on none. */
  rests(element: ElementId | undefined): void {
    this.#cancel();
    this.#isLeft = element === undefined;
    if (element === undefined) {
      this.#timer = setTimeout(() => this.close(), patience.close);
    } else if (element !== this.shown.value?.element) {
      this.#next = element;
      this.#timer = setTimeout(() => {
        this.close();
        this.open(element, false);
      }, patience.open);
    }
  }

  /** It is being read: it stays. */
  keep(): void {
    this.#cancel();
    this.#isLeft = false;
  }

  /** The elements on the drawing that have findings. */
  get marked(): ReadonlySet<ElementId> {
    const { cards, groups, edges } = this.#graph;
    const all = [...cards, ...edges].map(shownBy).concat(groups.flatMap(({ element }) => element ?? []));
    return new Set(all.filter((element) => this.has(element)));
  }

  has(element: ElementId): boolean {
    return this.#on(element).marks.length > 0;
  }

  open(element: ElementId, hasFocus: boolean): void {
    this.#cancel();
    const { elements, marks } = this.#on(element);
    if (marks.length === 0) return;
    const { cards, groups, edges } = this.#graph;
    const drawn = [...cards, ...edges].find((each) => shownBy(each) === element) ?? groups.find((group) => group.element === element);
    // The tooltip of what has findings lists them too; here they stand by themselves.
    const lines = (drawn?.hint ?? '').split('\n').filter((line) => line !== '' && !marks.some(({ message }) => line.endsWith(message)));
    this.#isLeft = false;
    this.shown.value = { element, elements, marks, lines, hasFocus };
    this.#bridge.post({ type: 'peek', elements });
  }

  /** Takes what the shell says can be done. */
  answer(elements: readonly ElementId[], fixes: readonly FixableMark[]): void {
    const { value } = this.shown;
    if (value && elements.join('\n') === value.elements.join('\n')) this.shown.value = { ...value, fixes };
  }

  apply(id: number): void {
    this.#bridge.post({ type: 'fix', id });
  }

  close(): void {
    this.#cancel();
    this.shown.value = undefined;
  }

  /** Nothing that was about to happen does. */
  #cancel(): void {
    clearTimeout(this.#timer);
    this.#next = undefined;
  }

  #on(element: ElementId): { readonly elements: readonly ElementId[]; readonly marks: readonly Mark[] } {
    const edge = this.#graph.edges.find((each) => shownBy(each) === element);
    const inside = this.#graph.cards.find((card) => shownBy(card) === element)?.inside;
    const elements = edge ? edge.calls.map((call): ElementId => `call ${call}`) : [element, ...(inside ? elementsIn(inside) : [])];
    return { elements, marks: this.#marks.filter((mark) => elements.includes(mark.element)) };
  }
}
