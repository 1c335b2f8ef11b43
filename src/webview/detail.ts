import { largeTitle } from '../layout/drawing/cardShape';
import { frameTitle } from '../layout/drawing/frameShape';
import type { Box } from '../layout/flow';
import type { Card, Graph, Group } from '../layout/graph';
import type { Picture } from '../layout/picture';
import { drawn } from './drawn';
import { elementOf } from './elements';
import { type FrameTitle, markGroups } from './groups';

/**
 * How much is drawn at which scale, from the nearest on: `names` and `titles` are the sizes of letters, in the drawing's
 * pixels, that are still read at the smallest scale of each.
 */
const levels = [
  { from: 0.55, class: '', names: 20, titles: 12 },
  { from: 0.42, class: 'far', names: 20, titles: 18 },
  { from: 0.33, class: 'far', names: 25, titles: 22 },
  { from: 0.25, class: 'far distant', names: 30, titles: 28 },
  { from: 0.2, class: 'far distant', names: 36, titles: 36 },
  { from: 0, class: 'far distant', names: 40, titles: 44 },
] as const;

/** The level of detail: the further away, the fewer things, and the larger the names of those that are left. */
export class Detail {
  readonly #svg: SVGSVGElement;
  #cards: readonly { readonly item: Card; readonly element: SVGElement }[] = [];
  #titles: readonly FrameTitle[] = [];
  #level: (typeof levels)[number] | undefined;

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
  }

  /** Takes a drawing that was just made. */
  attach(scene: SVGGElement, graph: Graph, picture: Picture, scale: number): void {
    this.#cards = drawn(scene, 'card', picture.cards, graph.cards);
    this.#titles = markGroups(scene, graph, picture);
    this.#level = undefined;
    this.show(scale);
  }

  show(scale: number): void {
    const level = levels.find(({ from }) => scale >= from) ?? levels[0];
    if (level === this.#level) return;
    this.#level = level;
    this.#svg.classList.toggle('far', level.class !== '');
    this.#svg.classList.toggle('distant', level.class === 'far distant');
    this.#svg.style.setProperty('--name-size', `${level.names}px`);
    this.#svg.style.setProperty('--title-size', `${level.titles}px`);
    for (const { item, element } of this.#cards)
      element.querySelector('.title-large')?.replaceWith(elementOf(largeTitle(item, level.names)));
    retitle(this.#titles, level.titles);
  }
}

/** Between the words of a title and the sign behind them, and around both. */
const gap = { sign: 6, around: 4 } as const;

/** All are written before the first is measured: each measurement behind a change lays the page out once more. */
function retitle(titles: readonly FrameTitle[], size: number): void {
  for (const { element, group, box } of titles) fill(element, group, box, size);
  const measured = titles.flatMap(({ element, sign }) => {
    const text = element.querySelector('text')?.getBBox();
    return text ? [{ element, sign, text }] : [];
  });
  const scale = size / 16;
  for (const { element, sign, text } of measured) {
    const behind = text.x + text.width + gap.sign;
    sign.setAttribute('transform', `translate(${behind} ${text.y + text.height / 2 - 8 * scale}) scale(${scale})`);
    const back = element.querySelector('.frame-back');
    back?.setAttribute('x', String(text.x - gap.around));
    back?.setAttribute('y', String(text.y - 1));
    back?.setAttribute('width', String(behind + size + gap.around - text.x));
    back?.setAttribute('height', String(text.height + 2));
    element.append(sign);
  }
}

/** The tooltip stays as it is, or taken away. */
function fill(element: SVGElement, group: Group, box: Box, size: number): void {
  const tooltip = element.querySelector(':scope > title');
  const made = [...elementOf(frameTitle(group, box, size)).children].filter(({ tagName }) => tagName !== 'title');
  element.replaceChildren(...(tooltip ? [tooltip] : []), ...made);
}
