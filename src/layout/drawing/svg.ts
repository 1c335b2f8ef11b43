import { badgeFont, metaFont, titleFont } from '../cards';
import type { Graph } from '../graph';
import type { Picture } from '../picture';
import { pillFont } from '../pill';
import { textWidth } from '../text';
import { drawing } from './drawing';
import { legend } from './legend';
import { type Shape, shape } from './shape';
import { drawingStyle } from './style';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Characters that XML does not allow at all, even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escaped(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** A shape as SVG text. */
export function svgText(root: Shape): string {
  const attributes = Object.entries(root.attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const children = root.children.map((child) => (typeof child === 'string' ? escaped(child) : svgText(child)));
  return `<${root.tag}${attributes.join('')}>${children.join('')}</${root.tag}>`;
}

/** A piece of a picture with which nobody can do anything: no button, nothing to reach by keyboard. */
function still(root: Shape): Shape {
  const attributes = Object.entries(root.attributes).filter(([name]) => !forHands.has(name));
  return {
    ...root,
    attributes: Object.fromEntries(attributes),
    children: root.children.map((child) => (typeof child === 'string' ? child : still(child))),
  };
}

const forHands: ReadonlySet<string> = new Set(['role', 'tabindex', 'aria-label', 'aria-hidden']);

/** Nobody knows the fonts of who will see a file: what stands in a card or a label is made as wide as it was measured. */
function fitted(root: Shape): Shape {
  const [text] = root.children;
  const names = String(root.attributes['class'] ?? '').split(' ');
  const font = fonts.find(({ of }) => names.includes(of));
  if (root.tag !== 'text' || !font || typeof text !== 'string' || text === '') {
    return { ...root, children: root.children.map((child) => (typeof child === 'string' ? child : fitted(child))) };
  }
  const isBold = font.bold || names.includes('tone-error') || names.includes('tone-warning');
  const width = Math.round(textWidth(text, font.size, isBold ? 600 : 400) * 10) / 10;
  return { ...root, attributes: { ...root.attributes, textLength: width, lengthAdjust: 'spacingAndGlyphs' } };
}

const fonts = [
  { of: 'title', size: titleFont, bold: true },
  { of: 'meta', size: metaFont, bold: false },
  { of: 'pill-text', size: pillFont, bold: false },
  { of: 'badge-text', size: badgeFont, bold: true },
] as const;

/**
 * The picture as one SVG document. `colours` gives theme colours by their variable's name
 * (`--vscode-editor-background`); without any it is drawn in a dark theme's.
 */
export function svgDocument(graph: Graph, picture: Picture, title: string, colours: Readonly<Record<string, string>> = {}): string {
  const key = legend(graph);
  const width = Math.max(picture.width, key.width + 40);
  const height = picture.height + (key.height > 0 ? key.height + 16 : 0);
  const variables = Object.entries(colours).map(([name, value]) => `${name}: ${value};`);
  const style = `${drawingStyle}\n.faultline { ${variables.join(' ')} }`;
  const root = shape(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', class: 'faultline', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' },
    [
      shape('title', {}, [title]),
      shape('style', {}, [style]),
      shape('rect', { width, height, style: 'fill: var(--bg)' }),
      ...drawing(graph, picture).map((piece) => fitted(still(piece))),
      shape('g', { class: 'legend', transform: `translate(20 ${picture.height + 4})` }, key.shapes),
    ],
  );
  return svgText(root);
}
