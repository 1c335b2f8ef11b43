import type { Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import { elementId } from '../model/origin';
import type { BreakerState, CallFrame, ComponentFrame, Frame } from '../simulation/frame';
import { make } from './elements';

/** Pools up to this size are drawn slot by slot. */
const mostSquares = 24;
/** Room for the pool at the bottom of a card, and where it stands. */
const inset = 12;
const poolTop = 44.5;

interface CardView {
  readonly card: SVGElement;
  readonly meta: SVGTextElement | undefined;
  readonly atRest: string;
  readonly pool: SVGGElement;
  readonly width: number;
  readonly squares: SVGGElement[];
  readonly bars: Map<string, SVGRectElement>;
  readonly state: SVGTextElement;
  told: string;
}

interface EdgeView {
  readonly edge: SVGElement;
  readonly lamp: SVGGElement;
  breaker: BreakerState;
}

/** What a run looks like on the drawing: slots that fill, dead and slow components, breakers. Writes only what changed. */
export class Live {
  #cards = new Map<string, CardView>();
  #edges = new Map<string, EdgeView>();
  #edgeOfCall = new Map<string, EdgeView>();
  #frame: Frame | undefined;

  /** Prepares the elements of a drawing that was just made. */
  attach(scene: SVGGElement, graph: Graph, picture: Picture): void {
    this.#cards.clear();
    this.#edges.clear();
    this.#edgeOfCall.clear();
    const find = (kind: string, id: string) =>
      [...scene.querySelectorAll<SVGElement>(`.${kind}[data-id]`)].find((element) => element.dataset['id'] === id);
    for (const card of graph.cards) {
      const element = card.collapsed === undefined ? find('card', card.id) : undefined;
      if (element) this.#cards.set(card.id, cardView(element, card.width));
    }
    for (const edge of graph.edges) {
      const element = find('edge', edge.id);
      const route = picture.edges.find(({ id }) => id === edge.id);
      const [start, next] = route?.points ?? [];
      if (!element || !start || !next) continue;
      const away = 10 / (Math.hypot(next.x - start.x, next.y - start.y) || 1);
      const lamp = make('g', {
        class: 'lamp',
        transform: `translate(${start.x + (next.x - start.x) * Math.min(away, 1)} ${start.y + (next.y - start.y) * Math.min(away, 1)})`,
      });
      lamp.append(
        make('circle', { r: 5 }),
        make('path', { class: 'cut', d: 'M-2.2-2.2L2.2 2.2M2.2-2.2L-2.2 2.2' }),
        make('path', { class: 'half', d: 'M0-5A5 5 0 0 1 0 5Z' }),
      );
      scene.append(lamp);
      const view: EdgeView = { edge: element, lamp, breaker: 'none' };
      this.#edges.set(edge.id, view);
      for (const call of edge.calls) this.#edgeOfCall.set(call, view);
    }
    if (this.#frame) this.show(this.#frame);
  }

  show(frame: Frame): void {
    this.#frame = frame;
    for (const component of frame.components) {
      const view = this.#cards.get(elementId('component', component.name));
      if (view) showComponent(view, component, frame.time > 0);
    }
    const breakers = new Map<EdgeView, BreakerState>();
    for (const call of frame.calls) {
      const view = this.#edgeOfCall.get(call.id);
      if (view) breakers.set(view, worse(breakers.get(view) ?? 'none', call));
    }
    for (const [view, breaker] of breakers) showBreaker(view, breaker);
  }

  /** Shows the system at rest again. */
  clear(): void {
    this.#frame = undefined;
    for (const view of this.#cards.values()) rest(view);
    for (const view of this.#edges.values()) showBreaker(view, 'none');
  }
}

function cardView(card: SVGElement, cardWidth: number): CardView {
  const meta = card.querySelector<SVGTextElement>('.meta') ?? undefined;
  const pool = make('g', { class: 'pool', 'aria-hidden': 'true' });
  const state = make('text', { class: 'state', x: cardWidth - inset, y: -4, 'text-anchor': 'end' });
  const cross = make('path', { class: 'down-cross', d: `M${inset + 3} 14L${inset + 27} 38M${inset + 27} 14L${inset + 3} 38` });
  card.append(pool, cross, state);
  const atRest = meta?.textContent ?? '';
  return { card, meta, atRest, pool, width: cardWidth - 2 * inset, squares: [], bars: new Map(), state, told: '' };
}

function rest(view: CardView): void {
  view.told = '';
  view.pool.replaceChildren();
  view.squares.length = 0;
  view.bars.clear();
  view.state.textContent = '';
  view.card.classList.remove('down', 'partly', 'slow', 'full', 'stuck');
  if (view.meta) view.meta.textContent = view.atRest;
}

function showComponent(view: CardView, frame: ComponentFrame, started: boolean): void {
  const now = `${frame.live}/${frame.replicas} ${frame.busy} ${frame.hanging} ${frame.queued} ${frame.slots} ${frame.slow} ${started}`;
  if (now === view.told) return;
  view.told = now;
  const { classList } = view.card;
  const down = frame.live === 0;
  const full = frame.busy >= frame.slots;
  classList.toggle('down', down);
  classList.toggle('partly', !down && frame.live < frame.replicas);
  classList.toggle('slow', frame.slow);
  classList.toggle('full', full);
  classList.toggle('stuck', full && frame.hanging >= frame.busy);
  view.state.textContent = down
    ? 'down'
    : frame.live < frame.replicas
      ? `${frame.replicas - frame.live} of ${frame.replicas} down`
      : frame.slow
        ? 'slow'
        : '';
  if (view.meta) view.meta.textContent = started ? poolText(frame) : view.atRest;
  if (frame.slots <= mostSquares) showSquares(view, frame);
  else showBar(view, frame);
}

/** What the pool does in words, for colours alone say nothing. */
function poolText({ slots, busy, hanging, queued }: ComponentFrame): string {
  const of = slots === Infinity ? '' : `/${slots}`;
  const pool =
    hanging > 0 && hanging === busy ? `${hanging}${of} hang` : hanging > 0 ? `${busy}${of} · ${hanging} hang` : `${busy}${of} busy`;
  return queued > 0 ? `${pool} · ${queued} wait` : pool;
}

function showSquares(view: CardView, { slots, busy, hanging }: ComponentFrame): void {
  const step = Math.min(8, view.width / slots);
  const size = step - 1.6;
  if (view.squares.length !== slots) {
    view.bars.clear();
    view.squares.length = 0;
    for (let i = 0; i < slots; i++) {
      const square = make('g', { class: 'slot', transform: `translate(${inset + i * step} ${poolTop})` });
      square.append(
        make('rect', { width: size, height: size, rx: 1 }),
        make('path', { d: `M1 1L${size - 1} ${size - 1}M${size - 1} 1L1 ${size - 1}` }),
      );
      view.squares.push(square);
    }
    view.pool.replaceChildren(...view.squares);
  }
  for (const [i, square] of view.squares.entries())
    square.setAttribute('class', i < hanging ? 'slot hanging' : i < busy ? 'slot busy' : 'slot');
}

function showBar(view: CardView, { slots, busy, hanging }: ComponentFrame): void {
  if (view.bars.size === 0) {
    view.squares.length = 0;
    for (const kind of ['room', 'busy', 'hanging']) {
      view.bars.set(
        kind,
        make('rect', { class: `bar ${kind}`, x: inset, y: poolTop + 1, width: kind === 'room' ? view.width : 0, height: 3.5, rx: 1.75 }),
      );
    }
    view.pool.replaceChildren(...view.bars.values());
  }
  // An unlimited pool never fills: its bar shows the order of magnitude against two hundred.
  const whole = slots === Infinity ? 200 : Math.max(slots, 1);
  const widthOf = (count: number): string => String(Math.min(1, count / whole) * view.width);
  view.bars.get('busy')?.setAttribute('width', widthOf(busy));
  view.bars.get('hanging')?.setAttribute('width', widthOf(hanging));
}

const rank: readonly BreakerState[] = ['none', 'closed', 'half-open', 'open'];

function worse(a: BreakerState, { breaker }: CallFrame): BreakerState {
  return rank.indexOf(breaker) > rank.indexOf(a) ? breaker : a;
}

function showBreaker(view: EdgeView, breaker: BreakerState): void {
  if (view.breaker === breaker) return;
  view.breaker = breaker;
  view.lamp.setAttribute('class', `lamp ${breaker}`);
  view.edge.classList.toggle('broken', breaker === 'open');
}
