import type { Card, Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import { type BreakerState, type Frame, worse } from '../simulation/frame';
import { CardView } from './cardView';
import { drawn } from './drawn';
import { make } from './elements';
import { componentsOf, madeBy, type Part, partsOf } from './parts';

interface EdgeView {
  readonly edge: SVGElement;
  readonly lamp: SVGGElement;
  /** Who calls along it. */
  readonly callers: readonly Part[];
  breaker: BreakerState;
}

/** What a run looks like on the drawing: slots that fill, dead and slow components, breakers. Writes only what changed. */
export class Live {
  #cards: readonly CardView[] = [];
  #edges: EdgeView[] = [];
  #edgesOfCall = new Map<string, EdgeView[]>();
  #frame: Frame | undefined;

  /** Prepares the elements of a drawing that was just made. */
  attach(scene: SVGGElement, graph: Graph, picture: Picture): void {
    this.#cards = drawn(scene, 'card', picture.cards, graph.cards).map(({ item, element }) => new CardView(item, element));
    this.#edges = [];
    this.#edgesOfCall.clear();
    const cards = new Map<string, Card>(graph.cards.map((card) => [card.id, card]));
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
      const caller = cards.get(item.from);
      const view: EdgeView = { edge: element, lamp, callers: caller ? partsOf(caller) : [], breaker: 'none' };
      this.#edges.push(view);
      for (const call of item.calls) add(this.#edgesOfCall, call, view);
    }
    if (this.#frame) this.show(this.#frame);
  }

  /** Takes other words for what is drawn already. */
  renew(graph: Graph): void {
    const items = new Map<string, Card>(graph.cards.map((card) => [card.id, card]));
    for (const card of this.#cards) card.renew(items);
    if (this.#frame) this.show(this.#frame);
  }

  show(frame: Frame): void {
    this.#frame = frame;
    const components = componentsOf(frame);
    for (const card of this.#cards) card.show(components, frame.time > 0);
    const breakers = new Map<EdgeView, BreakerState>();
    for (const call of frame.calls) {
      for (const view of this.#edgesOfCall.get(call.id) ?? []) {
        breakers.set(view, worse(breakers.get(view) ?? 'none', madeBy(call, view.callers).breaker));
      }
    }
    for (const [view, breaker] of breakers) showBreaker(view, breaker);
  }

  /** Shows the system at rest again. */
  clear(): void {
    this.#frame = undefined;
    for (const card of this.#cards) card.rest();
    for (const view of this.#edges) showBreaker(view, 'none');
  }
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function showBreaker(view: EdgeView, breaker: BreakerState): void {
  if (view.breaker === breaker) return;
  view.breaker = breaker;
  view.lamp.setAttribute('class', `lamp ${breaker}`);
  view.edge.classList.toggle('broken', breaker === 'open');
}
