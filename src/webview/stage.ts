import type { ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { drawing } from '../layout/drawing/drawing';
import { legend } from '../layout/drawing/legend';
import type { Card, Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { ElementId } from '../model/origin';
import { Detail } from './detail';
import { type Drawn, drawn, isAlike } from './drawn';
import { elementOf, make } from './elements';
import { showsMatch } from './finder';
import { Painting } from './painting';
import type { Transform } from './panZoom';
import { type Beyond, type Seen, Sight } from './sight';
import { standInsOf } from './standIns';
import { CallWalk } from './walk';
import { middlesOf, sightedOf } from './whereabouts';

/** Pixels between what stands over the drawing in a corner and the drawing. */
const besideLegend = 6;

export interface StageEvents {
  /** Chosen with a click, Enter or the space bar. */
  chosen(element: ElementId): void;
  /** A menu was asked for, at a point of the window. */
  menu(element: ElementId, at: { readonly x: number; readonly y: number }): void;
  /** A frame is to become one card, or a card the frame it stands for. */
  toggled(group: string): void;
  moved(transform: Transform, byHand: boolean): void;
  /** The pointer or the focus rests on an element; undefined once on none. */
  rests(element: ElementId | undefined, by: 'pointer' | 'focus'): void;
  /** What is wrong with an element was asked for, by keyboard. */
  findings(element: ElementId): void;
}

/** What has the focus, in words that a new drawing understands. */
interface Focus {
  readonly id: string | undefined;
  readonly group: string | undefined;
  /** Which of those that show the same element. */
  readonly nth: number;
}

/** The drawing on the screen: pan and zoom, what is lit, what has the focus. Knows nothing of simulations. */
export class Stage {
  readonly svg = make('svg', { class: 'faultline stage', role: 'group' });
  /** What the signs mean, to stand in a corner. */
  readonly legend = make('svg', { class: 'faultline legend', 'aria-hidden': 'true' });
  readonly #scene = make('g', { class: 'scene' });
  readonly #painting = new Painting(this.#scene);
  readonly #sight: Sight;
  readonly #detail = new Detail(this.svg);
  readonly #walk = new CallWalk();
  readonly #events: StageEvents;
  #picture: Picture | undefined;
  #graph: Graph | undefined;
  #selected: ElementId | null = null;
  /** The elements at which journeys begin: somebody would look there first. */
  entries: ReadonlySet<string> = new Set();
  #only: ReadonlySet<string> | undefined;
  #cards: readonly Drawn<Card>[] = [];
  #standIns: ReturnType<typeof standInsOf> = new Map();
  #wanted = '';
  #name = '';
  /** What the pointer was last moved over. */
  #pointed: ElementId | undefined;
  /** Those that were taken away, with where they were. */
  #tooltips: (readonly [parent: Element, title: Element])[] = [];

  constructor(events: StageEvents) {
    this.#events = events;
    this.svg.setAttribute('aria-description', l10n.t('E goes along the calls of a card, M opens its menu, F shows its findings.'));
    this.svg.append(this.#scene);
    this.#sight = new Sight(
      this.svg,
      () => this.#seen(),
      (transform, byHand) => this.#moved(transform, byHand),
    );
    this.svg.addEventListener('click', (event) => this.#choose(event));
    this.svg.addEventListener('contextmenu', (event) => this.#menuAt(event));
    this.svg.addEventListener('keydown', (event) => this.#key(event));
    this.svg.addEventListener('pointermove', (event) => this.#point(event));
    this.svg.addEventListener('pointerleave', () => this.#pointAt(undefined));
    this.svg.addEventListener('focusin', (event) => {
      this.#walk.mark(event.target instanceof Element ? event.target : null);
      this.#events.rests(this.#idOf(event), 'focus');
    });
    this.svg.addEventListener('focusout', () => {
      this.#walk.mark(null);
      this.#events.rests(undefined, 'focus');
    });
  }

  get transform(): Transform {
    return this.#sight.transform;
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  /** How much of a large map the window leaves out. */
  get beyond(): ReadonlySignal<Beyond | undefined> {
    return this.#sight.beyond;
  }

  /** What it is a map of. */
  get name(): string {
    return this.#name;
  }

  get scene(): SVGGElement {
    return this.#scene;
  }

  /**
   * Draws a picture; the focus and what is lit stay where they were. Returns whether there are new elements: where only words
   * have changed those that are there say the new ones.
   */
  draw(graph: Graph, picture: Picture, name: string): boolean {
    const before = this.#graph;
    this.#picture = picture;
    this.#graph = graph;
    this.#name = name;
    const label = l10n.t('Map of {0}', name);
    if (this.svg.getAttribute('aria-label') !== label) this.svg.setAttribute('aria-label', label);
    const shapes = drawing(graph, picture);
    if (before && isAlike(before, graph)) {
      for (const [parent, title] of this.#tooltips.splice(0)) parent.prepend(title);
      if (this.#painting.patch(shapes)) {
        this.#load(graph, picture);
        return false;
      }
    }
    const focused = this.#focused();
    this.#tooltips = [];
    this.#painting.draw(shapes);
    this.#load(graph, picture);
    this.#detail.attach(this.#scene, graph, picture, this.transform.k);
    this.#squeeze();
    this.#drawLegend();
    this.light(this.#selected);
    this.showOnly(this.#only);
    this.match(this.#wanted);
    this.#focus(focused);
    return true;
  }

  #load(graph: Graph, picture: Picture): void {
    this.#cards = drawn(this.#scene, 'card', picture.cards, graph.cards);
    this.#standIns = standInsOf(graph);
    this.#walk.attach(this.#scene, graph, picture);
  }

  #focused(): Focus | undefined {
    const element = document.activeElement?.closest<SVGElement>('[data-id], [data-group]');
    if (!element || !this.#scene.contains(element)) return undefined;
    const { id, group } = element.dataset;
    return { id, group, nth: id === undefined ? 0 : this.#all(id).indexOf(element) };
  }

  /** A frame and the card it is collapsed into are one for whoever works by keyboard. */
  #focus(focused: Focus | undefined): void {
    if (!focused) return;
    const { group, id, nth } = focused;
    const alike = id === undefined ? [] : this.#all(id);
    const toggles = this.#scene.querySelectorAll<SVGElement>('.frame-title, .card.collapsed');
    const toggle = [...toggles].find((element) => element.dataset['group'] === group);
    (toggle ?? alike[nth] ?? alike[0])?.focus({ preventScroll: true });
  }

  /** Shows what the signs mean, or leaves its place to the drawing. */
  showLegend(isShown: boolean): void {
    this.legend.classList.toggle('folded', !isShown);
    this.refit();
  }

  /** In as many lines as the window's width asks for. */
  #drawLegend(): void {
    const { shapes, width, height } = this.#graph ? legend(this.#graph, this.svg.clientWidth - 40) : legend({ cards: [], edges: [] });
    this.legend.replaceChildren(...shapes.map(elementOf));
    this.legend.setAttribute('width', String(width));
    this.legend.setAttribute('height', String(height));
    this.legend.classList.toggle('empty', shapes.length === 0);
  }

  /** The first that is drawn for an id and can have the focus: a card, a line, the title of a frame. */
  find(id: string): SVGElement | undefined {
    return this.#all(id)[0];
  }

  /** What can have the focus and shows an element. */
  #all(id: string): readonly SVGElement[] {
    return [...this.#scene.querySelectorAll<SVGElement>('[data-id][tabindex]')].filter((element) => element.dataset['id'] === id);
  }

  /** Where something about an element is shown: a line's label, where it has one. */
  anchor(id: string): SVGElement | undefined {
    const label = [...this.#scene.querySelectorAll<SVGElement>('.pill')].find((element) => element.dataset['id'] === id);
    return label ?? this.find(id);
  }

  /** Takes the tooltips away from some elements, for which something better is shown. */
  withoutTooltips(ids: ReadonlySet<string>): void {
    for (const each of this.#scene.querySelectorAll<SVGElement>('[data-id]')) {
      const title = ids.has(each.dataset['id'] ?? '') ? each.querySelector(':scope > title') : null;
      if (!title) continue;
      title.remove();
      this.#tooltips.push([each, title]);
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
    const shown = this.#shownFor(element);
    for (const each of this.#scene.querySelectorAll<SVGElement>('[data-id]')) {
      if (shown.has(each.dataset['id'] ?? '')) each.classList.add('selected');
    }
  }

  /** An element, and what shows it besides or instead. */
  #shownFor(element: ElementId): ReadonlySet<string> {
    return new Set([element, ...(this.#standIns.get(element) ?? [])]);
  }

  /** Marks the cards whose name contains a text, and those that stand for a group in which one has such a name. */
  match(text: string): void {
    this.#wanted = text;
    for (const { item, element } of this.#cards) {
      const fits = showsMatch(item, text);
      element.classList.toggle('match', fits);
      element.classList.toggle('miss', text.trim() !== '' && !fits);
    }
  }

  /** All of the drawing, beside what stands over it. */
  fit(): void {
    this.#sight.fit();
  }

  /** All of the drawing where that can be read, or else where journeys or the worst findings are. */
  begin(): void {
    this.#sight.begin();
  }

  /** Shows as much again after the window changed, unless somebody has chosen a view of their own. */
  refit(): void {
    this.#drawLegend();
    this.#sight.refit();
  }

  /** Puts back a view that somebody had chosen before. */
  resume(transform: Transform): void {
    this.#sight.resume(transform);
  }

  /** Takes the view of another stage that is moved together with this one. */
  follow(transform: Transform, byHand: boolean): void {
    this.#sight.follow(transform, byHand);
  }

  /** What there is to be seen, beside what stands over it. */
  #seen(): Seen | undefined {
    const { clientWidth: width, clientHeight } = this.svg;
    const { top, height: covered } = this.legend.getBoundingClientRect();
    const height = covered > 0 ? Math.max(clientHeight / 2, top - this.svg.getBoundingClientRect().top - besideLegend) : clientHeight;
    const [graph, picture] = [this.#graph, this.#picture];
    if (!graph || !picture || width === 0 || height === 0) return undefined;
    return { picture, cards: () => sightedOf(this.entries, graph, picture), room: { width, height } };
  }

  zoomBy(factor: number): void {
    this.#sight.scale(factor);
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
    this.#scene.setAttribute('transform', `translate(${transform.x} ${transform.y}) scale(${transform.k})`);
    this.#detail.show(transform.k);
    this.#events.moved(transform, byHand);
  }

  #bringIntoView(element: ElementId): void {
    if (!this.#graph || !this.#picture) return;
    const middles = middlesOf(this.#shownFor(element), this.#graph, this.#picture);
    const [first] = middles;
    const at = this.transform;
    const { clientWidth: width, clientHeight: height } = this.svg;
    const isSeen = middles.some((middle) => {
      const [x, y] = [middle.x * at.k + at.x, middle.y * at.k + at.y];
      return x > 20 && y > 20 && x < width - 20 && y < height - 20;
    });
    if (first && !isSeen) this.#sight.centre(first);
  }

  /** Only a hand moves a pointer: what comes to lie under one that rests was not pointed at, nor is what is dragged along. */
  #point(event: PointerEvent): void {
    this.#pointAt(event.buttons === 0 ? this.#idOf(event) : undefined);
  }

  #pointAt(element: ElementId | undefined): void {
    if (element === this.#pointed) return;
    this.#pointed = element;
    this.#events.rests(element, 'pointer');
  }

  #idOf(event: Event): ElementId | undefined {
    const target = event.target instanceof Element ? event.target.closest<SVGElement>('[data-id]') : null;
    return target?.dataset['id'] as ElementId | undefined;
  }

  #choose(event: Event): void {
    const toggle = event.target instanceof Element ? event.target.closest<SVGElement>('.frame-title, .card.collapsed') : null;
    const group = toggle?.dataset['group'];
    if (group !== undefined) {
      this.#events.toggled(group);
      return;
    }
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

  #go(element: SVGElement): void {
    element.focus({ preventScroll: true });
    const id = element.dataset['id'] as ElementId | undefined;
    if (id !== undefined) this.#bringIntoView(id);
  }

  #key(event: KeyboardEvent): void {
    const id = this.#idOf(event);
    const step = event.shiftKey ? 200 : 60;
    const move = (x: number, y: number) => this.#sight.shift(x, y);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const walked = this.#walk.key(event, event.target instanceof Element ? event.target : null);
    if (walked) this.#go(walked);
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(event);
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
