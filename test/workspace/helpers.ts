import type { Files, Format, Fragment } from '../../src/formats/fragment';
import { nativeFormat } from '../../src/formats/native/format';
import { finish, type Steps } from '../../src/model/steps';
import type { Place } from '../../src/model/text';
import { type LinkOptions, link } from '../../src/workspace/link';
import type { LinkedSystem } from '../../src/workspace/linked';

export type Texts = Readonly<Record<string, string>>;

export function fragmentOf(path: string, text: string): Fragment {
  return nativeFormat.read([path], { read: () => text, list: () => [] });
}

/** The fragment as if another format had said it: edges without operation, nothing about journeys or policies. */
export function foreign(fragment: Fragment): Fragment {
  return {
    ...fragment,
    format: 'compose',
    elements: fragment.elements.map((element) => {
      if (element.kind === 'component') return { ...element, value: { ...element.value, source: 'compose' } };
      return element.kind === 'call' ? { ...element, value: { ...element.value, source: 'compose' } } : element;
    }),
  };
}

export function linkTexts(texts: Texts, options: Partial<LinkOptions> = {}): LinkedSystem {
  const fragments = Object.entries(texts).map(([path, text]) => fragmentOf(path, text));
  return link(fragments, { name: 'shop', folder: '/shop', textOf: (path) => texts[path], ...options });
}

export function marked(texts: Texts, place: Place): string {
  return (texts[place.file] ?? '').slice(place.span.start, place.span.end);
}

/** `rule in file at what is marked: message`. */
export function problemsOf(linked: LinkedSystem, texts: Texts): readonly string[] {
  return linked.problems.map(({ rule, place, message }) => `${rule} in ${place.file} at ${marked(texts, place)}: ${message}`);
}

/** A format for files called `*.other.yaml`, which are written like native ones; counts how often it reads. */
export function countingFormats(): { readonly formats: readonly Format[]; readonly reads: Map<string, number> } {
  const reads = new Map<string, number>();
  const count = (path: string | undefined) => reads.set(path ?? '', (reads.get(path ?? '') ?? 0) + 1);
  const native: Format = {
    ...nativeFormat,
    read: (group, files, previous) => finish(readSteps(group, files, previous)),
    readSteps,
  };
  /** Counts what is read to its end. */
  function* readSteps(group: readonly string[], files: Files, previous?: Fragment): Steps<Fragment> {
    const steps = nativeFormat.readSteps?.(group, files, previous);
    const fragment = steps ? yield* steps : nativeFormat.read(group, files, previous);
    count(group[0]);
    return fragment;
  }
  const other: Format = {
    id: 'compose',
    recognises: (path) => path.endsWith('.other.yaml'),
    group: (path) => [path],
    read(group, files: Files) {
      count(group[0]);
      // As a compose file does with its `.env`.
      files.read(`${group[0]}.env`);
      return foreign(nativeFormat.read(group, files));
    },
  };
  return { formats: [native, other], reads };
}
