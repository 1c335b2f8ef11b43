import { type ElementId, type ElementKind, elementId, type Origin } from '../model/origin';
import type { Place, Span } from '../model/text';
import type { LinkedSystem } from '../workspace/linked';

/** A name as it stands in a text: where something is declared, or where something else uses it. */
export interface NameAt {
  readonly kind: ElementKind;
  readonly name: string;
  readonly place: Place;
}

/** An element with the one of its origins that was asked about. */
export interface ElementAt {
  readonly element: ElementId;
  readonly origin: Origin;
}

/** Whether an offset lies in a span; the end counts too, for that is where a caret stands behind a word. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Kind and name of an element's id. */
export function partsOf(element: ElementId): { readonly kind: ElementKind; readonly name: string } {
  const space = element.indexOf(' ');
  return { kind: element.slice(0, space) as ElementKind, name: element.slice(space + 1) };
}

/** The innermost element whose entry holds the offset. */
export function elementAt(linked: LinkedSystem, path: string, offset: number): ElementAt | undefined {
  let best: ElementAt | undefined;
  for (const [element, origins] of linked.origins) {
    for (const origin of origins) {
      if (origin.file !== path || !touches(origin.entry, offset)) continue;
      if (best === undefined || length(origin.entry) < length(best.origin.entry)) best = { element, origin };
    }
  }
  return best;
}

/** The calls whose entry holds the offset: several where `from` or `to` is a list. */
export function callsAt(linked: LinkedSystem, path: string, offset: number): readonly ElementAt[] {
  const found: ElementAt[] = [];
  for (const [element, origins] of linked.origins) {
    if (!element.startsWith('call ')) continue;
    const origin = origins.find((other) => other.file === path && touches(other.entry, offset));
    if (origin) found.push({ element, origin });
  }
  return found;
}

/** The name under the caret, used or declared. A call has no name of its own. */
export function nameAt(linked: LinkedSystem, path: string, offset: number): NameAt | undefined {
  for (const mention of linked.mentions) {
    if (mention.place.file === path && touches(mention.place.span, offset)) return mention;
  }
  for (const [element, origins] of linked.origins) {
    const { kind, name } = partsOf(element);
    if (kind === 'call' || kind === 'objectives' || kind === 'system') continue;
    for (const origin of origins) {
      if (origin.file === path && touches(origin.name, offset)) return { kind, name, place: { file: path, span: origin.name } };
    }
  }
  return undefined;
}

/** The key under the caret, by its dotted path in the element that holds it. */
export function keyAt(
  origin: Origin,
  offset: number,
): { readonly path: string; readonly part: 'key' | 'value'; readonly span: Span } | undefined {
  let best: { readonly path: string; readonly part: 'key' | 'value'; readonly span: Span } | undefined;
  for (const [path, place] of origin.keys) {
    for (const part of ['key', 'value'] as const) {
      const span = place[part];
      if (!touches(span, offset) || span.start === span.end) continue;
      if (best === undefined || length(span) < length(best.span)) best = { path, part, span };
    }
  }
  return best;
}

/** All places that declare a name. */
export function declarationsOf(linked: LinkedSystem, kind: ElementKind, name: string): readonly Place[] {
  return (linked.origins.get(elementId(kind, name)) ?? []).map((origin) => ({ file: origin.file, span: origin.name }));
}

function length(span: Span): number {
  return span.end - span.start;
}

const elementKinds: ReadonlySet<string> = new Set<ElementKind>([
  'system',
  'objectives',
  'region',
  'zone',
  'sharedFate',
  'component',
  'policy',
  'call',
  'journey',
  'scenario',
]);

/** Whether a text from outside names an element. */
export function isElementId(text: string): text is ElementId {
  return text.includes(' ') && elementKinds.has(text.slice(0, text.indexOf(' ')));
}
