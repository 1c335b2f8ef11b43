import type { Span } from '../../model/text';
import type { Element, Fragment } from '../fragment';
import { keepSound } from '../native/keep';
import type { Project } from './project';

/** The texts that a fragment was read from, for the next reading of nearly the same ones. */
const sources = new WeakMap<Fragment, ReadonlyMap<string, string>>();

/**
 * Lays what the files declared before under what they declare now, in those whose text has stopped being sound: a
 * half-typed line must not make a service disappear. Remembers the texts for the next time.
 */
export function keepProject(
  fresh: Fragment,
  project: Project,
  texts: ReadonlyMap<string, string>,
  previous: Fragment | undefined,
): Fragment {
  const before = previous && sources.get(previous);
  let fragment = fresh;
  for (const [file, unsound] of project.unsound) {
    const text = texts.get(file);
    const oldText = before?.get(file);
    if (!previous || text === undefined || oldText === undefined) continue;
    const { elements, mentions } = keepSound({ ...only(fragment, file), unsound }, text, only(previous, file), oldText);
    const rest = fragment.elements.filter(({ origin }) => origin.file !== file);
    // What another file still declares is not lost.
    const known = new Set(rest.map(identity));
    const own = new Set(only(fresh, file).elements.map(identity));
    const kept = elements.filter((element) => own.has(identity(element)) || !known.has(identity(element)));
    fragment = {
      ...fragment,
      elements: file === fragment.files[0] ? [...kept, ...rest] : [...rest, ...kept],
      mentions: [...fragment.mentions.filter(({ place }) => place.file !== file), ...mentions],
    };
  }
  if (previous && before) fragment = withCallsOfKept(fragment, fresh, previous, (file) => movedBy(before.get(file), texts.get(file)));
  sources.set(fragment, texts);
  return fragment;
}

/** What a fragment says in one file. */
function only(fragment: Fragment, file: string): Fragment {
  const elements = fragment.elements.filter(({ origin }) => origin.file === file);
  return { ...fragment, elements, mentions: fragment.mentions.filter(({ place }) => place.file === file), includes: [] };
}

function identity(element: Element): string {
  return element.kind === 'call' ? `call ${element.value.from} ${element.value.to}` : `${element.kind} ${element.name}`;
}

type Move = (span: Span) => Span | undefined;

/** Calls to and from components that are only kept: what shows them is still there, and the other end was not. */
function withCallsOfKept(fragment: Fragment, fresh: Fragment, previous: Fragment, moveIn: (file: string) => Move): Fragment {
  const declared = new Set(fresh.elements.flatMap(({ kind, name }) => (kind === 'component' ? [name] : [])));
  const all = new Set(fragment.elements.flatMap(({ kind, name }) => (kind === 'component' ? [name] : [])));
  const known = new Set(fragment.elements.map(identity));
  const lost = previous.elements.flatMap((element): Element[] => {
    if (element.kind !== 'call' || known.has(identity(element))) return [];
    const { from, to } = element.value;
    if (!all.has(from) || !all.has(to) || (declared.has(from) && declared.has(to))) return [];
    const span = moveIn(element.origin.file)(element.origin.name);
    return span
      ? [{ ...element, origin: { ...element.origin, name: span, entry: span, keys: new Map([['to', { key: span, value: span }]]) } }]
      : [];
  });
  return lost.length === 0 ? fragment : { ...fragment, elements: [...fragment.elements, ...lost] };
}

/** Where a stretch of an old text stands in the new one; undefined where it was changed. A file that is not ours has not changed. */
function movedBy(before: string | undefined, after: string | undefined): Move {
  if (before === undefined || after === undefined || before === after) return (span) => span;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const shift = after.length - before.length;
  return (span) => {
    if (span.end <= start) return span;
    return span.start >= before.length - tail ? { start: span.start + shift, end: span.end + shift } : undefined;
  };
}
