import type { Files } from '../formats/fragment';
import { folderOf, nameOf } from './paths';

/** The texts and folder listings that somebody provided. Knows the difference between *absent* and *not known yet*. */
export class FileStore {
  /** `undefined`: somebody looked, and there is no such file. */
  readonly #texts = new Map<string, string | undefined>();
  readonly #listed = new Map<string, readonly string[]>();
  /** Names of the files with a text, by folder. */
  readonly #children = new Map<string, Set<string>>();
  readonly #listings = new Map<string, readonly string[]>();

  /**
   * Provides a text. Without one: a file that had a text is forgotten, and asked for again where a reader needs it;
   * one that had none does not exist.
   */
  setFile(path: string, text: string | undefined): void {
    const had = this.#texts.get(path) !== undefined;
    if (text === undefined && had) this.#texts.delete(path);
    else this.#texts.set(path, text);
    if (had === (text !== undefined)) return;
    const folder = folderOf(path);
    const names = this.#children.get(folder) ?? new Set();
    if (text === undefined) names.delete(nameOf(path));
    else names.add(nameOf(path));
    this.#children.set(folder, names);
    this.#listings.delete(folder);
  }

  setFolder(path: string, names: readonly string[] | undefined): void {
    if (names) this.#listed.set(path, names);
    else this.#listed.delete(path);
    this.#listings.delete(path);
  }

  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** Whether somebody said what the file holds, or that it does not exist. */
  isKnown(path: string): boolean {
    return this.#texts.has(path);
  }

  isListed(folder: string): boolean {
    return this.#listed.has(folder);
  }

  /** The names in a folder, sorted: those that were listed and those of the files with a text. The same array until something changes. */
  list(folder: string): readonly string[] {
    const cached = this.#listings.get(folder);
    if (cached) return cached;
    const names = [...new Set([...(this.#listed.get(folder) ?? []), ...(this.#children.get(folder) ?? [])])].sort();
    this.#listings.set(folder, names);
    return names;
  }

  /** All files with a text, sorted by path. */
  files(): readonly string[] {
    const paths: string[] = [];
    for (const [path, text] of this.#texts) if (text !== undefined) paths.push(path);
    return paths.sort();
  }
}

/** What a reader looked at, so that its result can be kept until one of these changes. */
export class Trail implements Files {
  readonly #store: FileStore;
  readonly #texts = new Map<string, string | undefined>();
  readonly #lists = new Map<string, readonly string[]>();

  constructor(store: FileStore) {
    this.#store = store;
  }

  read(path: string): string | undefined {
    const text = this.#store.text(path);
    this.#texts.set(path, text);
    return text;
  }

  list(folder: string): readonly string[] {
    const names = this.#store.list(folder);
    this.#lists.set(folder, names);
    return names;
  }

  /** Whether everything that was looked at is still the same. */
  isFresh(): boolean {
    for (const [path, text] of this.#texts) if (this.#store.text(path) !== text) return false;
    for (const [folder, names] of this.#lists) {
      const now = this.#store.list(folder);
      if (now !== names && (now.length !== names.length || now.some((name, index) => name !== names[index]))) return false;
    }
    return true;
  }

  /** Files, and folders with a slash behind, that were looked for and that nobody has provided. */
  wanted(): readonly string[] {
    const files = [...this.#texts.keys()].filter((path) => !this.#store.isKnown(path));
    const folders = [...this.#lists.keys()].filter((folder) => !this.#store.isListed(folder)).map((folder) => `${folder}/`);
    return [...files, ...folders];
  }
}
