import * as l10n from '@vscode/l10n';
import { type Card, type Edge, type Graph, shownBy } from '../layout/graph';
import type { Picture } from '../layout/picture';
import { elementId } from '../model/origin';
import type { BreakerState, CallFrame, ComponentFrame, Frame } from '../simulation/frame';
import { make } from './elements';
import { Pool } from './pool';

/** Between a card's edge and what is drawn on it. */
const inset = 12;

interface CardView {
  readonly card: SVGElement;
  readonly meta: SVGTextElement | undefined;
  readonly atRest: string;
  readonly pool: Pool;
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
  /** By what they show: in the deployment several cards show one component, and several lines one call. */
  #cards = new Map<string, CardView[]>();
  #edges: EdgeView[] = [];
  #edgesOfCall = new Map<string, EdgeView[]>();
  #frame: Frame | undefined;

  /** Prepares the elements of a drawing that was just made. */
  attach(scene: SVGGElement, graph: Graph, picture: Picture): void {
    this.#cards.clear();
    this.#edges = [];
    this.#edgesOfCall.clear();
    for (const { item, element } of drawn(scene, 'card', picture.cards, graph.cards)) {
      if (item.collapsed === undefined) add(this.#cards, shownBy(item), cardView(element, item.width));
    }
    const routes = new Map(picture.edges.map((route) => [route.id, route]));
    for (const { item, element } of drawn(scene, 'edge', picture.edges, graph.edges)) {
      const [start, next] = routes.get(item.id)?.points ?? [];
      if (!start || !next) continue;
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
      this.#edges.push(view);
      for (const call of item.calls) add(this.#edgesOfCall, call, view);
    }
    if (this.#frame) this.show(this.#frame);
  }

  show(frame: Frame): void {
    this.#frame = frame;
    for (const component of frame.components) {
      for (const view of this.#cards.get(elementId('component', component.name)) ?? []) showComponent(view, component, frame.time > 0);
    }
    const breakers = new Map<EdgeView, BreakerState>();
    for (const call of frame.calls) {
      for (const view of this.#edgesOfCall.get(call.id) ?? []) breakers.set(view, worse(breakers.get(view) ?? 'none', call));
    }
    for (const [view, breaker] of breakers) showBreaker(view, breaker);
  }

  /** Shows the system at rest again. */
  clear(): void {
    this.#frame = undefined;
    for (const view of [...this.#cards.values()].flat()) rest(view);
    for (const view of this.#edges) showBreaker(view, 'none');
  }
}

/** What is drawn of a picture, each with its element: they stand in the order of the picture. */
function drawn<T extends Card | Edge>(
  scene: SVGGElement,
  kind: 'card' | 'edge',
  places: readonly { readonly id: string }[],
  items: readonly T[],
): readonly { readonly item: T; readonly element: SVGElement }[] {
  const elements = scene.querySelectorAll<SVGElement>(`.${kind}[data-id]`);
  const byId = new Map<string, T>(items.map((item) => [item.id, item]));
  return places
    .flatMap(({ id }) => byId.get(id) ?? [])
    .flatMap((item, i) => {
      const element = elements[i];
      return element ? [{ item, element }] : [];
    });
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function cardView(card: SVGElement, cardWidth: number): CardView {
  const meta = card.querySelector<SVGTextElement>('.meta') ?? undefined;
  const pool = new Pool(cardWidth);
  const state = make('text', { class: 'state', x: cardWidth - inset, y: -4, 'text-anchor': 'end' });
  const cross = make('path', { class: 'down-cross', d: `M${inset + 3} 14L${inset + 27} 38M${inset + 27} 14L${inset + 3} 38` });
  card.append(pool.group, cross, state);
  const atRest = meta?.textContent ?? '';
  return { card, meta, atRest, pool, state, told: '' };
}

function rest(view: CardView): void {
  view.told = '';
  view.pool.clear();
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
  view.state.textContent = healthText(frame);
  if (view.meta) view.meta.textContent = started ? poolText(frame) : view.atRest;
  view.pool.show(frame);
}

/** What is wrong with a component itself; nothing where all is well. */
function healthText({ live, replicas, slow }: ComponentFrame): string {
  if (live === 0) return l10n.t('down');
  if (live < replicas) return l10n.t('{0} of {1} down', replicas - live, replicas);
  return slow ? l10n.t('slow') : '';
}

/** What the pool does in words, for colours alone say nothing. */
function poolText({ slots, busy, hanging, queued }: ComponentFrame): string {
  const of = (count: number) => (slots === Infinity ? String(count) : `${count}/${slots}`);
  const pool =
    hanging > 0 && hanging === busy
      ? l10n.t('{0} hang', of(hanging))
      : hanging > 0
        ? l10n.t('{0} · {1} hang', of(busy), hanging)
        : l10n.t('{0} busy', of(busy));
  return queued > 0 ? l10n.t('{0} · {1} wait', pool, queued) : pool;
}

/** What components and breakers do at one instant, in words, by element; for those who do not see the drawing. */
export function statesOf({ components, calls }: Frame): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const component of components) {
    const health = healthText(component);
    states.set(elementId('component', component.name), health === '' ? poolText(component) : `${health}, ${poolText(component)}`);
  }
  for (const { id, breaker } of calls) {
    if (breaker === 'open') states.set(elementId('call', id), l10n.t('breaker open'));
    else if (breaker === 'half-open') states.set(elementId('call', id), l10n.t('breaker half-open'));
  }
  return states;
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
