/**
 * A piece of the drawing as data. The webview turns it into elements, an export into text: one drawing for both.
 * Texts are children, so that a name out of a file is a text in either and never markup.
 */
export interface Shape {
  readonly tag: 'svg' | 'g' | 'rect' | 'path' | 'circle' | 'text' | 'tspan' | 'title' | 'style' | 'desc';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

export function shape(tag: Shape['tag'], attributes: Shape['attributes'] = {}, children: readonly (Shape | string)[] = []): Shape {
  return { tag, attributes, children };
}

/** The names of the classes that hold, in one attribute. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
