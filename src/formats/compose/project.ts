import * as l10n from '@vscode/l10n';
import type { Problem } from '../../model/problem';
import type { Place, Span } from '../../model/text';
import type { Files, Ignore } from '../fragment';
import { mostSimilar } from '../shared/similar';
import { readDotenv } from './dotenv';
import { interpolateTree, type Lookup } from './interpolate';
import { mergeServices } from './merge';
import { normaliseService } from './normalise';
import { type ParsedFile, parseFile } from './parse';
import { folderOf, nameOf, resolvePath } from './paths';
import { child, type Entry, type Mapping, mapChild, type Node, type Scalar, scalarChild, scalars } from './tree';

/** A service as all files of the project together declare it, in the long form of everything. */
export interface DeclaredService {
  readonly name: string;
  /** Where each file declares it, in the order in which the files are merged. */
  readonly declarations: readonly { readonly name: Place; readonly entry: Span }[];
  readonly node: Mapping;
}

/** A compose project: its files merged, with variables filled in. */
export interface Project {
  /** The folder that relative paths of the project start from. */
  readonly folder: string;
  readonly name?: Scalar;
  readonly services: ReadonlyMap<string, DeclaredService>;
  /** The top-level `configs`. */
  readonly configs: ReadonlyMap<string, Mapping>;
  /** Every compose file that was read, the main one first. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  /** Stretches that could not be read, by file; only files that have some. */
  readonly unsound: ReadonlyMap<string, readonly Span[]>;
  readonly ignores: readonly Ignore[];
  /** The variables of the project's `.env`. */
  readonly variable: Lookup;
  /** The folder that relative paths written in a file start from. */
  folderFor(file: string): string;
}

/** What stands beside a project under these names is what a newcomer copies to `.env`. */
const environmentFiles = [
  '.env',
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  'env.example',
  'example.env',
  '.env.default',
];

const mostFiles = 100;
const deepestExtends = 10;

/** Loads and merges the files of a project. Never throws: what is wrong is among the problems. */
export function loadProject(paths: readonly string[], files: Files): Project {
  return new Loader(files).load(paths);
}

interface Loaded {
  readonly services: Map<string, DeclaredService>;
  readonly configs: Map<string, Mapping>;
  readonly variable: Lookup;
  name?: Scalar;
}

class Loader {
  readonly #files: Files;
  readonly #parsed = new Map<string, ParsedFile | undefined>();
  readonly #folders = new Map<string, string>();
  readonly #loaded = new Set<string>();
  readonly #problems: Problem[] = [];
  readonly #unsound = new Map<string, readonly Span[]>();
  readonly #ignores: Ignore[] = [];

  constructor(files: Files) {
    this.#files = files;
  }

  load(paths: readonly string[]): Project {
    const folder = folderOf(paths[0] ?? '');
    const { services, configs, variable, name } = this.#project(paths, folder, () => undefined);
    return {
      folder,
      ...(name && { name }),
      services,
      configs,
      files: [...this.#parsed].filter(([, parsed]) => parsed !== undefined).map(([path]) => path),
      problems: this.#problems,
      unsound: this.#unsound,
      ignores: this.#ignores,
      variable,
      folderFor: (file) => this.#folders.get(file) ?? folderOf(file),
    };
  }

  #project(paths: readonly string[], folder: string, outside: Lookup, environment: readonly string[] = []): Loaded {
    const loaded: Loaded = { services: new Map(), configs: new Map(), variable: this.#variables(folder, outside, environment) };
    for (const path of paths) this.#file(path, folder, loaded);
    return loaded;
  }

  /** The variables of the `.env` beside a project; those from outside count first. */
  #variables(folder: string, outside: Lookup, named: readonly string[]): Lookup {
    const beside = named.length > 0 ? [] : this.#files.list(folder);
    const standard = environmentFiles.find((name) => beside.includes(name));
    const found = standard === undefined ? named : [`${folder}/${standard}`];
    const values = new Map<string, string>();
    for (const path of found) {
      const text = this.#files.read(path);
      if (text === undefined) continue;
      const known: Lookup = (name) => outside(name) ?? values.get(name);
      for (const [name, line] of readDotenv(text, known)) values.set(name, line.text);
    }
    return (name) => outside(name) ?? values.get(name) ?? (name === 'PWD' ? '.' : undefined);
  }

  #parse(path: string): ParsedFile | undefined {
    if (this.#parsed.has(path)) return this.#parsed.get(path);
    const text = this.#parsed.size < mostFiles ? this.#files.read(path) : undefined;
    const parsed = text === undefined ? undefined : parseFile(path, text);
    this.#parsed.set(path, parsed);
    if (parsed) {
      for (const problem of parsed.problems) this.#problems.push(problem);
      for (const ignore of parsed.ignores) this.#ignores.push(ignore);
      if (parsed.unsound.length > 0) this.#unsound.set(path, parsed.unsound);
    }
    return parsed;
  }

  #file(path: string, folder: string, loaded: Loaded): void {
    if (this.#loaded.has(path)) return;
    this.#loaded.add(path);
    this.#folders.set(path, folder);
    const root = this.#parse(path)?.root;
    if (root?.kind !== 'map') return;
    const filled = this.#filled(root, loaded.variable);
    const name = scalarChild(filled, 'name');
    if (name) loaded.name = name;
    this.#includes(filled, folder, loaded);
    for (const [key, config] of mapChild(filled, 'configs')?.entries ?? []) {
      if (config.value.kind === 'map') loaded.configs.set(key, config.value);
    }
    const section = child(filled, 'services');
    if (section === undefined || (section.kind === 'scalar' && section.empty)) return;
    if (section.kind !== 'map') {
      this.#report('invalid-value', l10n.t('Services are a map from a name to a definition.'), section.place);
      return;
    }
    for (const entry of section.entries.values()) this.#service(entry, section, loaded);
  }

  /** Only what is looked at is filled in. */
  #filled(root: Mapping, variable: Lookup): Mapping {
    const done = new Map<Node, Node>();
    const entries = new Map<string, Entry>();
    for (const key of ['name', 'include', 'services', 'configs']) {
      const entry = root.entries.get(key);
      if (entry) entries.set(key, { ...entry, value: interpolateTree(entry.value, variable, done) });
    }
    return { ...root, entries };
  }

  #service(entry: Entry, section: Mapping, loaded: Loaded): void {
    const { key, keyPlace, value } = entry;
    if (value.kind === 'scalar' && value.broken) return;
    if (value.kind !== 'map' && !(value.kind === 'scalar' && value.tag === 'reset')) {
      const message =
        value.kind === 'list'
          ? l10n.t('A service is a map with an image or a build; `{0}` is a list.', key)
          : value.empty
            ? l10n.t('A service is a map with an image or a build; `{0}` is nothing.', key)
            : l10n.t('A service is a map with an image or a build; `{0}` is a single value.', key);
      this.#report('invalid-value', message, value.kind === 'scalar' && value.empty ? keyPlace : value.place);
      return;
    }
    if (value.tag === 'reset') {
      loaded.services.delete(key);
      return;
    }
    if (value.kind !== 'map') return;
    const node = this.#extended(normaliseService(value), section, loaded, 0);
    const before = value.tag === 'override' ? undefined : loaded.services.get(key);
    const declaration = { name: keyPlace, entry: { start: keyPlace.span.start, end: Math.max(value.place.span.end, keyPlace.span.end) } };
    loaded.services.set(key, {
      name: key,
      declarations: [...(before?.declarations ?? []), declaration],
      node: before ? mergeServices(before.node, node) : node,
    });
  }

  /** A service laid over the one that it extends, of this file or another. */
  #extended(service: Mapping, section: Mapping, loaded: Loaded, depth: number): Mapping {
    const extend = child(service, 'extends');
    if (extend === undefined || depth > deepestExtends) return service;
    const name = extend.kind === 'scalar' ? extend : scalarChild(extend, 'service');
    if (!name || name.text === '') return service;
    const base = this.#base(extend, name, section, loaded, depth);
    return base ? mergeServices(base, service) : service;
  }

  #base(extend: Node, name: Scalar, section: Mapping, loaded: Loaded, depth: number): Mapping | undefined {
    const path = scalarChild(extend, 'file');
    let from = section;
    if (path) {
      const file = resolvePath(this.#folders.get(path.place.file) ?? folderOf(path.place.file), path.text);
      const parsed = this.#parse(file);
      if (!parsed) {
        if (this.#isMissing(file))
          this.#report('unknown-reference', l10n.t('There is no file `{0}` to extend from.', path.text), path.place);
        return undefined;
      }
      if (!this.#folders.has(file)) this.#folders.set(file, folderOf(file));
      const services = parsed.root?.kind === 'map' ? mapChild(this.#filled(parsed.root, loaded.variable), 'services') : undefined;
      if (!services) return undefined;
      from = services;
    }
    const found = child(from, name.text);
    if (found?.kind === 'map') return this.#extended(normaliseService(found), from, loaded, depth + 1);
    const earlier = path ? undefined : loaded.services.get(name.text)?.node;
    if (earlier || found) return earlier;
    this.#unknown(name, [...from.entries.keys()], path?.text);
    return undefined;
  }

  #includes(root: Mapping, folder: string, loaded: Loaded): void {
    const include = child(root, 'include');
    if (include?.kind !== 'list') return;
    for (const item of include.items) {
      const paths = scalars(item.kind === 'map' ? child(item, 'path') : item).filter((path) => !/^[a-z+]+:|^git@/i.test(path.text));
      const first = paths[0];
      if (!first) continue;
      const absolute = paths.map((path) => resolvePath(folder, path.text));
      const missing = absolute.findIndex((path) => this.#parse(path) === undefined);
      const culprit = paths[missing];
      if (culprit && this.#isMissing(absolute[missing] ?? '')) {
        this.#report('unknown-reference', l10n.t('There is no file `{0}` to include.', culprit.text), culprit.place);
      }
      const own = scalarChild(item, 'project_directory');
      const home = own ? resolvePath(folder, own.text) : folderOf(absolute[0] ?? '');
      const environment = scalars(child(item, 'env_file')).map((path) => resolvePath(folder, path.text));
      const found = this.#project(absolute, home, loaded.variable, environment);
      for (const [name, service] of found.services) if (!loaded.services.has(name)) loaded.services.set(name, service);
      for (const [name, config] of found.configs) if (!loaded.configs.has(name)) loaded.configs.set(name, config);
    }
  }

  /** Whether a file is known not to be there: its folder has been listed, and it is not in it. */
  #isMissing(path: string): boolean {
    const beside = this.#files.list(folderOf(path));
    return beside.length > 0 && !beside.includes(nameOf(path));
  }

  #unknown(name: Scalar, known: readonly string[], file: string | undefined): void {
    const similar = mostSimilar(name.text, known);
    const message =
      file === undefined
        ? l10n.t('There is no service `{0}` here to extend.', name.text)
        : l10n.t('There is no service `{0}` in `{1}` to extend.', name.text, file);
    const fix = { title: l10n.t('Change to `{0}`', similar ?? ''), changes: [{ ...name.place, text: similar ?? '' }], safe: false };
    this.#problems.push({ rule: 'unknown-reference', message, place: name.place, ...(similar !== undefined && { suggestions: [fix] }) });
  }

  #report(rule: Problem['rule'], message: string, place: Place): void {
    this.#problems.push({ rule, message, place });
  }
}
