import type { Shape } from '../layout/drawing/shape';

const svg = 'http://www.w3.org/2000/svg';

/** A shape as an element. Texts become text nodes, so that a name out of a file is never markup. */
export function elementOf(shape: Shape): SVGElement {
  const element = make(shape.tag, shape.attributes);
  for (const child of shape.children) element.append(typeof child === 'string' ? child : elementOf(child));
  return element;
}

/** An SVG element with these attributes. */
export function make<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes?: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K];
export function make(tag: string, attributes?: Readonly<Record<string, string | number>>): SVGElement;
export function make(tag: string, attributes: Readonly<Record<string, string | number>> = {}): SVGElement {
  const element = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
