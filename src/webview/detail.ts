import { largeTitle } from '../layout/drawing/cardShape';
import { frameTitle } from '../layout/drawing/frameShape';
import type { Card, Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import { drawn } from './drawn';
import { elementOf } from './elements';
import { readableFrom } from './framing';
import { type FrameTitle, markGroups } from './groups';
import { beforeSign, placeTitles, signSize, titled } from './titles';

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
  { from: readableFrom, class: 'far distant', names: 40, titles: 44 },
  { from: 0.1, class: 'far distant remote', names: 40, titles: 70 },
  { from: 0, class: 'far distant remote', names: 40, titles: 160 },
] as const;

/** The level of detail: the further away, the fewer things, and the larger the names of those that are left. */
export class Detail {
  readonly #svg: SVGSVGElement;
  #cards: readonly { readonly item: Card; readonly element: SVGElement }[] = [];
  #titles: readonly FrameTitle[] = [];
  #picture: Picture | undefined;
  #level: (typeof levels)[number] | undefined;

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
  }

  /** Takes a drawing that was just made. */
  attach(scene: SVGGElement, graph: Graph, picture: Picture, scale: number): void {
    this.#cards = drawn(scene, 'card', picture.cards, graph.cards);
    this.#picture = picture;
    this.#titles = markGroups(scene, graph, picture);
    this.#level = undefined;
    this.show(scale);
  }

  show(scale: number): void {
    const level = levels.find(({ from }) => scale >= from) ?? levels[0];
    if (level === this.#level) return;
    this.#level = level;
    this.#svg.classList.toggle('far', level.class !== '');
    for (const name of ['far', 'distant', 'remote']) this.#svg.classList.toggle(name, level.class.split(' ').includes(name));
    this.#svg.style.setProperty('--name-size', `${level.names}px`);
    for (const { item, element } of this.#cards)
      element.querySelector('.title-large')?.replaceWith(elementOf(largeTitle(item, level.names)));
    if (this.#picture) retitle(this.#titles, this.#picture, level.titles);
  }
}

/** Around the words of a title and the sign behind them. */
const around = 4;

/** All are written before the first is measured: each measurement behind a change lays the page out once more. */
function retitle(titles: readonly FrameTitle[], picture: Picture, wanted: number): void {
  const places = placeTitles(
    titles.map(({ group, box, lines }) => titled(group, box, lines)),
    picture,
    wanted,
  );
  const written = titles.map((title, i) => {
    const { size, baseline } = places[i] ?? { size: wanted, baseline: title.box.y };
    fill(title, size, baseline);
    return { ...title, size };
  });
  const measured = written.flatMap((title) => {
    const text = title.element.querySelector('text')?.getBBox();
    return text ? [{ ...title, text }] : [];
  });
  for (const { element, sign, size, text } of measured) {
    const large = signSize(size);
    const scale = large / 16;
    const behind = text.x + text.width + beforeSign;
    sign.setAttribute('transform', `translate(${behind} ${text.y + text.height / 2 - 8 * scale}) scale(${scale})`);
    const back = element.querySelector('.frame-back');
    back?.setAttribute('x', String(text.x - around));
    back?.setAttribute('y', String(text.y - 1));
    back?.setAttribute('width', String(behind + large + around - text.x));
    back?.setAttribute('height', String(text.height + 2));
    element.append(sign);
  }
}

/** The tooltip stays as it is, or taken away. */
function fill({ element, group, box, lines }: FrameTitle, size: number, baseline: number): void {
  const tooltip = element.querySelector(':scope > title');
  const made = [...elementOf(frameTitle(group, box, size, lines)).children].filter(({ tagName }) => tagName !== 'title');
  element.replaceChildren(...(tooltip ? [tooltip] : []), ...made);
  element.style.setProperty('--title-size', `${size}px`);
  element.querySelector('text')?.setAttribute('y', String(baseline));
}
