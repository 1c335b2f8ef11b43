import * as l10n from '@vscode/l10n';
import type { Card, Edge, Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import { type Drawn, drawn } from './drawn';

/** Goes along the calls of a card by keyboard: one after the other, out of it and into it, and on to who is at the other end. */
export class CallWalk {
  #cards: readonly Drawn<Card>[] = [];
  #edges: readonly Drawn<Edge>[] = [];
  #pills: readonly Drawn<Edge>[] = [];
  /** The id of the card from which its calls are looked at. */
  #home: string | undefined;

  /** Takes a drawing that was just made. */
  attach(scene: SVGGElement, graph: Graph, picture: Picture): void {
    this.#cards = drawn(scene, 'card', picture.cards, graph.cards);
    this.#edges = drawn(scene, 'edge', picture.edges, graph.edges);
    const labelled = new Set<string>(graph.edges.filter(({ pill }) => pill).map(({ id }) => id));
    this.#pills = drawn(
      scene,
      'pill',
      picture.edges.filter(({ id, label }) => label !== undefined && labelled.has(id)),
      graph.edges,
    );
    for (const { element } of this.#cards) setOnce(element, 'aria-keyshortcuts', 'E M F');
    for (const { element } of this.#edges) setOnce(element, 'aria-keyshortcuts', 'E O Escape F');
  }

  /** What has the focus is marked with its label and both of its ends. Called whenever the focus moves. */
  mark(focused: Element | null): void {
    const edge = this.#edges.find(({ element }) => element === focused)?.item;
    for (const { item, element } of [...this.#pills, ...this.#edges]) element.classList.toggle('walked', item === edge);
    for (const { item, element } of this.#cards) {
      element.classList.toggle('end', edge !== undefined && (item.id === edge.from || item.id === edge.to));
    }
  }

  /**
   * Takes a key where it is one of these: `e` and `E` to the next and the last call, `o` to the other end, Escape back.
   * Returns what has the focus then; undefined where the key is somebody else's.
   */
  key({ key }: KeyboardEvent, target: Element | null): SVGElement | undefined {
    const card = this.#cards.find(({ element }) => element === target);
    const edge = this.#edges.find(({ element }) => element === target);
    if (card && (key === 'e' || key === 'E')) return this.#step(card.item, undefined, key === 'e' ? 1 : -1);
    if (!edge) return undefined;
    const home = this.#homeOf(edge.item);
    if (key === 'e' || key === 'E') return home && this.#step(home.item, edge.item, key === 'e' ? 1 : -1);
    if (key === 'o') return this.#cardOf(edge.item.from === home?.item.id ? edge.item.to : edge.item.from)?.element;
    return key === 'Escape' ? home?.element : undefined;
  }

  /** The card from which a line is looked at: where somebody came from, or the caller. */
  #homeOf({ from, to }: Edge): Drawn<Card> | undefined {
    const home = this.#home === to ? to : from;
    return this.#cardOf(home);
  }

  #cardOf(id: string): Drawn<Card> | undefined {
    return this.#cards.find(({ item }) => item.id === id);
  }

  #step(home: Card, from: Edge | undefined, by: 1 | -1): SVGElement | undefined {
    this.#home = home.id;
    const calls = [
      ...this.#edges.filter(({ item }) => item.from === home.id),
      ...this.#edges.filter(({ item }) => item.to === home.id && item.from !== home.id),
    ];
    const before = from === undefined ? (by > 0 ? -1 : 0) : calls.findIndex(({ item }) => item === from);
    const at = (before + by + calls.length) % calls.length;
    const next = calls[at];
    if (!next) return undefined;
    next.element.setAttribute('aria-description', placeText(next.item.from === home.id, at + 1, calls.length, home.name));
    return next.element;
  }
}

/** A drawing that is taken a second time has it already. */
function setOnce(element: SVGElement, name: string, value: string): void {
  if (!element.hasAttribute(name)) element.setAttribute(name, value);
}

/** Where a call stands among those of a card, for who hears it only. */
function placeText(isOut: boolean, at: number, count: number, name: string): string {
  return isOut ? l10n.t('call {0} of {1} of {2}, out of it', at, count, name) : l10n.t('call {0} of {1} of {2}, into it', at, count, name);
}
