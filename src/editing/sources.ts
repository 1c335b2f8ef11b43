import { nativeFormat } from '../formats/native/format';
import type { YamlEntry, YamlMap, YamlNode } from '../formats/shared/yamlNodes';
import type { Origin } from '../model/origin';
import { type Style, styleOf } from './print';
import { ownEntry, parseSource, rootOf, type Source } from './syntax';

/** Where an element is written: its value, and for a named one the section and the entry that hold it. */
export interface Slot {
  readonly source: Source;
  readonly node: YamlNode;
  readonly holder?: { readonly section: YamlMap; readonly entry: YamlEntry };
}

const known = new WeakMap<object, Sources>();

/** The files of one system, each parsed once and only when it is needed. */
export class Sources {
  #read: (file: string) => string | undefined;
  readonly #sources = new Map<string, Source>();
  readonly #styles = new Map<Source, Style>();

  constructor(read: (file: string) => string | undefined) {
    this.#read = read;
  }

  /** Those of a linked system, kept for as long as it lives: a lightbulb asks for several edits of the same files. */
  static of(system: object, read: (file: string) => string | undefined): Sources {
    const sources = known.get(system) ?? new Sources(read);
    sources.#read = read;
    known.set(system, sources);
    return sources;
  }

  /** A file of our own language; undefined for any other, and where its text is not there. */
  native(file: string): Source | undefined {
    const text = this.#read(file);
    if (text === undefined || !nativeFormat.recognises(file, text)) return undefined;
    const there = this.#sources.get(file);
    if (there?.text === text) return there;
    const source = parseSource(file, text);
    this.#sources.set(file, source);
    return source;
  }

  style(source: Source): Style {
    const known = this.#styles.get(source);
    if (known) return known;
    const style = styleOf(source);
    this.#styles.set(source, style);
    return style;
  }

  /** The entry of a name in a section; undefined where this file has none, or merges the section in from elsewhere. */
  named(file: string, section: 'components' | 'policies', name: string): Slot | undefined {
    const source = this.native(file);
    const root = source && rootOf(source);
    const map = root && ownEntry(root, section)?.value;
    if (!source || map?.kind !== 'map') return undefined;
    const entry = ownEntry(map, name);
    return entry && { source, node: entry.value, holder: { section: map, entry } };
  }

  /** The item of `calls` that an origin stands in; undefined for what only `dependsOn` says. */
  call(origin: Origin): Slot | undefined {
    const source = this.native(origin.file);
    const root = source && rootOf(source);
    const list = root && ownEntry(root, 'calls')?.value;
    if (!source || list?.kind !== 'list') return undefined;
    const { start, end } = origin.entry;
    const node = list.items.find(({ span }) => span.start >= start && span.start < Math.max(end, start + 1));
    return node && { source, node };
  }

  /** The first of some files that has a section. */
  withSection(files: readonly string[], section: string): Source | undefined {
    for (const file of files) {
      const source = this.native(file);
      const root = source && rootOf(source);
      if (source && root && ownEntry(root, section)) return source;
    }
    return undefined;
  }
}
