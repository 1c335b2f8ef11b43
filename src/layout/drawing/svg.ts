import type { Graph } from '../graph';
import type { Picture } from '../picture';
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
      ...drawing(graph, picture),
      shape('g', { class: 'legend', transform: `translate(20 ${picture.height + 4})` }, key.shapes),
    ],
  );
  return svgText(root);
}
