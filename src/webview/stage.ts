import * as l10n from '@vscode/l10n';
import { drawing } from '../layout/drawing/drawing';
import { legend } from '../layout/drawing/legend';
import type { Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { ElementId } from '../model/origin';
import { elementOf, make } from './elements';
import { PanZoom, type Transform } from './panZoom';

/** Below this scale only titles can be read, so only they are drawn. */
const titlesBelow = 0.55;

export interface StageEvents {
  /** Chosen with a click, Enter or the space bar. */
  chosen(element: ElementId): void;
  /** A menu was asked for, at a point of the window. */
  menu(element: ElementId, at: { readonly x: number; readonly y: number }): void;
  moved(transform: Transform): void;
  /** The pointer or the focus rests on an element; undefined once on none. */
  rests(element: ElementId | undefined, by: 'pointer' | 'focus'): void;
  /** What is wrong with an element was asked for, by keyboard. */
  findings(element: ElementId): void;
}

/** The drawing on the screen: pan and zoom, what is lit, what has the focus. Knows nothing of simulations. */
export class Stage {
  readonly svg = make('svg', { class: 'faultline stage', role: 'group' });
  /** What the signs mean, to stand in a corner. */
  readonly legend = make('svg', { class: 'faultline legend', 'aria-hidden': 'true' });
  readonly #scene = make('g', { class: 'scene' });
  readonly #view: PanZoom;
  readonly #events: StageEvents;
  #picture: Picture | undefined;
  #selected: ElementId | null = null;
  #touched = false;
  #only: ReadonlySet<string> | undefined;

  constructor(events: StageEvents) {
    this.#events = events;
    this.svg.append(this.#scene);
    this.#view = new PanZoom(this.svg, (transform, byHand) => this.#moved(transform, byHand));
    this.svg.addEventListener('click', (event) => this.#choose(event));
    this.svg.addEventListener('contextmenu', (event) => this.#menuAt(event));
    this.svg.addEventListener('keydown', (event) => this.#key(event));
    this.svg.addEventListener('pointerover', (event) => this.#events.rests(this.#idOf(event), 'pointer'));
    this.svg.addEventListener('pointerleave', () => this.#events.rests(undefined, 'pointer'));
    this.svg.addEventListener('focusin', (event) => this.#events.rests(this.#idOf(event), 'focus'));
    this.svg.addEventListener('focusout', () => this.#events.rests(undefined, 'focus'));
  }

  get transform(): Transform {
    return this.#view.transform;
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  get scene(): SVGGElement {
    return this.#scene;
  }

  /** Draws a picture; the focus and what is lit stay where they were. */
  draw(graph: Graph, picture: Picture, name: string): void {
    const focused = document.activeElement?.closest<SVGElement>('[data-id]')?.dataset['id'];
    this.#picture = picture;
    this.svg.setAttribute('aria-label', l10n.t('Map of {0}', name));
    this.#scene.replaceChildren(...drawing(graph, picture).map(elementOf));
    this.#squeeze();
    const signs = legend(graph);
    this.legend.replaceChildren(...signs.shapes.map(elementOf));
    this.legend.setAttribute('width', String(signs.width));
    this.legend.setAttribute('height', String(signs.height));
    this.light(this.#selected);
    this.showOnly(this.#only);
    if (focused !== undefined) this.find(focused)?.focus({ preventScroll: true });
  }

  /** The element that is drawn for an id; a card rather than a line's label. */
  find(id: string): SVGElement | undefined {
    return [...this.#scene.querySelectorAll<SVGElement>('[data-id]')].find((element) => element.dataset['id'] === id);
  }

  /** Where something about an element is shown: a line's label, where it has one. */
  anchor(id: string): SVGElement | undefined {
    const label = [...this.#scene.querySelectorAll<SVGElement>('.pill')].find((element) => element.dataset['id'] === id);
    return label ?? this.find(id);
  }

  /** Takes the tooltips away from some elements, for which something better is shown. */
  withoutTooltips(ids: ReadonlySet<string>): void {
    for (const each of this.#scene.querySelectorAll<SVGElement>('[data-id]')) {
      if (ids.has(each.dataset['id'] ?? '')) each.querySelector(':scope > title')?.remove();
    }
  }

  /** Lights an element, and brings it into view when it is outside. */
  select(element: ElementId | null, reveal: boolean): void {
    this.#selected = element;
    this.light(element);
    if (reveal && element !== null) this.#bringIntoView(element);
  }

  light(element: ElementId | null): void {
    for (const old of this.#scene.querySelectorAll('.selected')) old.classList.remove('selected');
    if (element === null) return;
    for (const each of this.#scene.querySelectorAll<SVGElement>('[data-id]')) {
      if (each.dataset['id'] === element) each.classList.add('selected');
    }
  }

  /** Marks the cards whose name contains a text, and returns their ids. */
  match(text: string): readonly ElementId[] {
    const wanted = text.trim().toLowerCase();
    const found: ElementId[] = [];
    for (const card of this.#scene.querySelectorAll<SVGElement>('.card')) {
      const id = card.dataset['id'] ?? '';
      const fits = wanted !== '' && id.toLowerCase().includes(wanted);
      card.classList.toggle('match', fits);
      card.classList.toggle('miss', wanted !== '' && !fits);
      if (fits) found.push(id as ElementId);
    }
    return found;
  }

  fit(): void {
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (!this.#picture || width === 0 || height === 0) return;
    const scale = Math.min(width / this.#picture.width, height / this.#picture.height, 1.25);
    const x = (width - this.#picture.width * scale) / 2;
    const y = (height - this.#picture.height * scale) / 2;
    this.#view.set({ x, y, k: scale });
    this.#touched = false;
  }

  /** Fits again after the window changed, unless somebody has chosen a view of their own. */
  refit(): void {
    if (!this.#touched) this.fit();
  }

  /** Puts back a view that somebody had chosen before. */
  resume(transform: Transform): void {
    this.#touched = true;
    this.#view.set(transform);
  }

  zoomBy(factor: number): void {
    this.#view.scale(factor);
  }

  /** Dims everything but these elements; undefined shows all alike. Frames stay as they are. */
  showOnly(elements: ReadonlySet<string> | undefined): void {
    this.#only = elements;
    for (const each of this.#scene.querySelectorAll<SVGElement>('.card, .edge[data-id], .pill')) {
      const id = each.dataset['id'];
      each.classList.toggle('aside', elements !== undefined && id !== undefined && !elements.has(id));
    }
  }

  /** Widths come from a table; where the font at hand is wider, a label's text is squeezed into its box. */
  #squeeze(): void {
    for (const text of this.#scene.querySelectorAll<SVGTextElement>('.pill-text, .badge-text')) {
      const box = text.parentElement?.querySelector<SVGRectElement>('.pill-box, .badge-box');
      const room = (box?.width.baseVal.value ?? 0) - (text.x.baseVal.getItem(0)?.value ?? 0) - 6;
      if (room > 0 && text.getComputedTextLength() > room && !text.nextElementSibling) text.setAttribute('textLength', String(room));
    }
  }

  #moved(transform: Transform, byHand: boolean): void {
    if (byHand) this.#touched = true;
    this.#scene.setAttribute('transform', `translate(${transform.x} ${transform.y}) scale(${transform.k})`);
    this.svg.classList.toggle('far', transform.k < titlesBelow);
    this.#events.moved(transform);
  }

  #bringIntoView(element: ElementId): void {
    const box = this.#picture?.cards.find(({ id }) => id === element) ?? this.#picture?.frames.find(({ id }) => id === element);
    const route = this.#picture?.edges.find(({ id }) => id === element);
    const middle = box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : route?.points[Math.floor(route.points.length / 2)];
    if (!middle) return;
    const at = this.transform;
    const [x, y] = [middle.x * at.k + at.x, middle.y * at.k + at.y];
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (x > 20 && y > 20 && x < width - 20 && y < height - 20) return;
    this.#view.centre(middle);
  }

  #idOf(event: Event): ElementId | undefined {
    const target = event.target instanceof Element ? event.target.closest<SVGElement>('[data-id]') : null;
    return target?.dataset['id'] as ElementId | undefined;
  }

  #choose(event: Event): void {
    const id = this.#idOf(event);
    if (id === undefined) return;
    this.select(id, false);
    this.#events.chosen(id);
  }

  #menuAt(event: MouseEvent): void {
    const id = this.#idOf(event);
    event.preventDefault();
    if (id === undefined) return;
    this.#openMenu(id, event.clientX, event.clientY);
  }

  /** Opens the menu of an element, below it. */
  menuOf(id: ElementId): void {
    this.#openMenu(id, 0, 0);
  }

  #openMenu(id: ElementId, x: number, y: number): void {
    this.select(id, false);
    const box = this.find(id)?.getBoundingClientRect();
    // The menu key reports no useful point: the menu then hangs below the element.
    const at = x > 0 && y > 0 ? { x, y } : { x: box?.left ?? 0, y: box?.bottom ?? 0 };
    this.#events.menu(id, at);
  }

  #key(event: KeyboardEvent): void {
    const id = this.#idOf(event);
    const step = event.shiftKey ? 200 : 60;
    const move = (x: number, y: number) => this.#view.shift(x, y);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') this.#choose(event);
    else if (id !== undefined && (event.key === 'm' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      this.#openMenu(id, 0, 0);
    } else if (id !== undefined && event.key === 'f') this.#events.findings(id);
    else if (event.key === 'ArrowLeft') move(step, 0);
    else if (event.key === 'ArrowRight') move(-step, 0);
    else if (event.key === 'ArrowUp') move(0, step);
    else if (event.key === 'ArrowDown') move(0, -step);
    else if (event.key === '+' || event.key === '=') this.zoomBy(1.25);
    else if (event.key === '-') this.zoomBy(0.8);
    else if (event.key === '0') this.fit();
    else return;
    event.preventDefault();
  }
}
