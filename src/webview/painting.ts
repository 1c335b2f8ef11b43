import type { Shape } from '../layout/drawing/shape';
import { make } from './elements';

/** A shape with the element that shows it. */
interface Painted {
  readonly shape: Shape;
  readonly element: SVGElement;
  readonly children: readonly (Painted | undefined)[];
}

/** What may be another without anything else that depends on it. */
const loose = new Set(['aria-label']);

/**
 * Shapes as elements of a scene. Where the next shapes are the same but for words, only those are written: a browser lays a
 * few texts out much sooner than thousands of new elements.
 */
export class Painting {
  readonly #scene: SVGElement;
  #painted: readonly Painted[] = [];

  constructor(scene: SVGElement) {
    this.#scene = scene;
  }

  /** Puts these shapes in place of all that is in the scene. */
  draw(shapes: readonly Shape[]): void {
    this.#painted = shapes.map(paintedOf);
    this.#scene.replaceChildren(...this.#painted.map(({ element }) => element));
  }

  /** Writes what differs between the last shapes and these; where that is more than words nothing happens, and this is false. */
  patch(shapes: readonly Shape[]): boolean {
    if (shapes.length === 0 || shapes.length !== this.#painted.length) return false;
    if (!this.#painted.every((painted, i) => fits(painted, shapes[i]))) return false;
    this.#painted = this.#painted.map((painted, i) => rewritten(painted, shapes[i]));
    return true;
  }
}

function paintedOf(shape: Shape): Painted {
  const element = make(shape.tag, shape.attributes);
  const children = shape.children.map((child) => {
    if (typeof child === 'string') {
      element.append(child);
      return undefined;
    }
    const painted = paintedOf(child);
    element.append(painted.element);
    return painted;
  });
  return { shape, element, children };
}

/** Whether an element can show another shape by a change of its words alone. */
function fits(painted: Painted, next: Shape | undefined): next is Shape {
  const { shape, element, children } = painted;
  if (!next || next.tag !== shape.tag || next.children.length !== children.length) return false;
  if (!alike(shape.attributes, next.attributes)) return false;
  const [text] = next.children;
  if (children.length === 1 && typeof text === 'string') {
    // What is drawn in its place meanwhile shows the same words in another way.
    return typeof shape.children[0] === 'string' && (text === shape.children[0] || element.isConnected);
  }
  return children.every((child, i) => {
    const other = next.children[i];
    return child ? typeof other === 'object' && fits(child, other) : other === shape.children[i];
  });
}

function alike(before: Shape['attributes'], after: Shape['attributes']): boolean {
  const names = Object.keys(after);
  if (names.length !== Object.keys(before).length) return false;
  return names.every((name) => name in before && (before[name] === after[name] || loose.has(name)));
}

function rewritten(painted: Painted, next: Shape | undefined): Painted {
  const { shape, element, children } = painted;
  if (!next) return painted;
  for (const name of loose) {
    const value = next.attributes[name];
    if (value !== undefined && value !== shape.attributes[name]) element.setAttribute(name, String(value));
  }
  const [text] = next.children;
  if (children.length === 1 && typeof text === 'string' && text !== shape.children[0]) element.textContent = text;
  return {
    shape: next,
    element,
    children: children.map((child, i) => {
      const other = next.children[i];
      return child && typeof other === 'object' ? rewritten(child, other) : child;
    }),
  };
}
