import type { Element, Fragment } from '../../../src/formats/fragment';
import { nativeFormat } from '../../../src/formats/native/format';
import type { Problem } from '../../../src/model/problem';
import type { Span } from '../../../src/model/text';

export const file = '/shop/shop.faultline.yaml';

export function read(text: string, previous?: Fragment): Fragment {
  return nativeFormat.read([file], { read: (path) => (path === file ? text : undefined), list: () => [] }, previous);
}

export function slice(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** `rule at what is marked: message`. */
export function problemsOf(text: string, previous?: Fragment): readonly string[] {
  return read(text, previous).problems.map((problem) => problemText(text, problem));
}

export function problemText(text: string, { rule, place, message }: Problem): string {
  return `${rule} at ${slice(text, place.span)}: ${message}`;
}

type ElementOf<K extends Element['kind']> = Extract<Element, { kind: K }>;

export function elementsOf<K extends Element['kind']>(fragment: Fragment, kind: K): readonly ElementOf<K>[] {
  return fragment.elements.filter((element): element is ElementOf<K> => element.kind === kind);
}

export function element<K extends Element['kind']>(fragment: Fragment, kind: K, name: string): ElementOf<K> {
  const found = elementsOf(fragment, kind).find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${kind} ${name}.`);
  return found;
}

/** The text with the changes of a problem's suggestion made. */
export function applied(text: string, problem: Problem | undefined, index = 0): string {
  const changes = [...(problem?.suggestions?.[index]?.changes ?? [])].sort((a, b) => b.span.start - a.span.start);
  if (changes.length === 0) throw new Error('There is no such suggestion.');
  return changes.reduce((result, change) => result.slice(0, change.span.start) + change.text + result.slice(change.span.end), text);
}

/** A component `api` with the given keys. */
export function component(keys: string): string {
  return `components:\n  api:\n${keys.replaceAll(/^/gm, '    ')}\n`;
}

/** A call from api to db with the given keys. */
export function call(keys: string): string {
  return `calls:\n  - from: api\n    to: db\n${keys.replaceAll(/^/gm, '    ')}\n`;
}
