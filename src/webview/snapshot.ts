import type { FromMap } from '../layout/protocol';
import { make } from './elements';

/** What an SVG's elements take from style sheets; a picture by itself has to carry it. */
const carried = [
  'display',
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'letter-spacing',
  'text-anchor',
] as const;

/** Attributes that say nothing outside the page. A style is forbidden in it, and all that it does is carried already. */
const ofThePage = /^(?:style|class|role|tabindex|data-.*|aria-.*)$/;

/** Pixels around the drawing, and pixels of a PNG for each of the drawing's. */
const margin = 12;
const sharpness = 2;

/** The drawing as it is seen now, pools and faults included, as an SVG that needs nothing else. */
export function snapshot(scene: SVGGElement, title: string): SVGSVGElement {
  const { x, y, width, height } = scene.getBBox();
  const at = [x - margin, y - margin, width + 2 * margin, height + 2 * margin].map(Math.round);
  const [left = 0, top = 0, wide = 0, high = 0] = at;
  const svg = make('svg', { xmlns: 'http://www.w3.org/2000/svg', width: wide, height: high, viewBox: at.join(' ') });
  const name = make('title');
  name.textContent = title;
  const ground = make('rect', { x: left, y: top, width: wide, height: high });
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  const copy = styled(scene);
  copy?.removeAttribute('transform');
  svg.append(name, ground, ...(copy ? [copy] : []));
  return svg;
}

/** A copy with every style in it, without what is not drawn and what is there for hands only. */
function styled(element: Element): Element | undefined {
  const style = getComputedStyle(element);
  if (style.display === 'none' || element.matches('.toggle, .over')) return undefined;
  const copy = document.createElementNS(element.namespaceURI, element.tagName);
  for (const { name, value } of element.attributes) if (!ofThePage.test(name)) copy.setAttribute(name, value);
  const isGroup = element.tagName === 'g';
  if (element.tagName !== 'title') {
    for (const property of carried) {
      // What a group hands down stands on those that draw.
      if (property === 'display' || (isGroup && property !== 'opacity')) continue;
      const value = style.getPropertyValue(property);
      if (value !== '') copy.setAttribute(property, value);
    }
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) {
      const made = styled(child);
      if (made) copy.append(made);
    } else copy.append(child.cloneNode());
  }
  return copy;
}

export function svgText(svg: SVGSVGElement): string {
  return new XMLSerializer().serializeToString(svg);
}

/** The same as a PNG in base 64. Rejects where the browser cannot draw it. */
export async function pngOf(svg: SVGSVGElement): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * sharpness;
  canvas.height = image.naturalHeight * sharpness;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}

/** What the shell is told to keep: the drawing as it is seen now, or why it could not be drawn. */
export async function pictureOf(scene: SVGGElement, title: string, format: 'svg' | 'png'): Promise<FromMap> {
  try {
    const svg = snapshot(scene, title);
    return { type: 'save-picture', format, content: format === 'svg' ? svgText(svg) : await pngOf(svg) };
  } catch (error) {
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
