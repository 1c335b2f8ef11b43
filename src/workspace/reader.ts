import type { Format, Fragment } from '../formats/fragment';
import { formatOf } from '../formats/registry';
import type { Steps } from '../model/steps';
import { type FileStore, Trail } from './store';

interface Reading {
  readonly fragment: Fragment;
  readonly trail: Trail;
}

interface Grouping {
  readonly group: readonly string[];
  readonly trail: Trail;
}

/** Reads files through their formats, and again only when something they were read from has changed. */
export class CachedReader {
  readonly #store: FileStore;
  readonly #formats: readonly Format[];
  readonly #recognised = new Map<string, { readonly text: string; readonly format: Format | undefined }>();
  readonly #groupings = new Map<string, Grouping>();
  readonly #readings = new Map<string, Reading>();
  readonly #used = new Set<string>();

  constructor(store: FileStore, formats: readonly Format[]) {
    this.#store = store;
    this.#formats = formats;
  }

  /** The format of a file with a text; undefined when it is not loaded or of no known format. */
  formatOf(path: string): Format | undefined {
    const text = this.#store.text(path);
    if (text === undefined) {
      this.#recognised.delete(path);
      return undefined;
    }
    const known = this.#recognised.get(path);
    if (known?.text === text) return known.format;
    const format = formatOf(path, text, this.#formats);
    this.#recognised.set(path, { text, format });
    return format;
  }

  /** The group of files that this one is read with, as the name of the reading. */
  groupOf(path: string, format: Format): readonly string[] {
    const key = `${format.id} ${path}`;
    this.#used.add(key);
    const known = this.#groupings.get(key);
    if (known?.trail.isFresh()) return known.group;
    const trail = new Trail(this.#store);
    const group = format.group(path, trail);
    this.#groupings.set(key, { group, trail });
    return group;
  }

  *read(group: readonly string[], format: Format): Steps<Fragment> {
    const key = groupKey(group, format);
    this.#used.add(key);
    const known = this.#readings.get(key);
    if (known?.trail.isFresh()) return known.fragment;
    const trail = new Trail(this.#store);
    const { readSteps } = format;
    const fragment = readSteps ? yield* readSteps(group, trail, known?.fragment) : format.read(group, trail, known?.fragment);
    this.#readings.set(key, { fragment, trail });
    return fragment;
  }

  /** What the readings looked for and nobody has provided. */
  wanted(): readonly string[] {
    return [...this.#groupings.values(), ...this.#readings.values()].flatMap(({ trail }) => trail.wanted());
  }

  /** Forgets what was not asked for since the last time. */
  forgetUnused(): void {
    for (const map of [this.#groupings, this.#readings]) {
      for (const key of map.keys()) if (!this.#used.has(key)) map.delete(key);
    }
    this.#used.clear();
  }
}

export function groupKey(group: readonly string[], format: Format): string {
  return [format.id, ...group].join('\n');
}
