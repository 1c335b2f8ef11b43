import * as l10n from '@vscode/l10n';
import type { Format, Fragment, Include } from '../formats/fragment';
import { hasNativeName } from '../formats/native/format';
import { formats as allFormats } from '../formats/registry';
import type { Problem } from '../model/problem';
import type { Steps } from '../model/steps';
import type { SystemSettings } from '../model/system';
import { type Included, resolveInclude } from './includes';
import { linkSteps } from './link';
import type { LinkedSystem } from './linked';
import { commonFolder, folderOf, nameOf } from './paths';
import { CachedReader, groupKey } from './reader';
import { FileStore, Trail } from './store';

/** What is decided outside of the architecture's files. */
export interface Decisions {
  /** Whether a file may start a system; one that may not is still read where another one includes it. */
  starts(path: string): boolean;
  /** What is settled for a system whose files stand in this folder. */
  settings(folder: string): SystemSettings | undefined;
}

/** A system before it is linked: the files that belong to it of themselves. */
interface Plan {
  readonly name: string;
  readonly key: string;
  readonly roots: readonly Fragment[];
}

interface Linked {
  readonly fragments: readonly Fragment[];
  readonly signature: string;
  readonly system: LinkedSystem;
}

/**
 * The files of one folder tree, and the systems that they describe. Does no input or output: texts and folder
 * listings are given to it, and it says what else it would need. Nothing is read or linked again that has not changed.
 */
export class Workspace {
  readonly #store = new FileStore();
  readonly #reader: CachedReader;
  /** Files that came because a reader asked for them: they start no system of their own. */
  readonly #asked = new Set<string>();
  readonly #linked = new Map<string, Linked>();
  #systems: readonly LinkedSystem[] = [];
  #wanted: ReadonlySet<string> = new Set();
  #byFile: ReadonlyMap<string, readonly LinkedSystem[]> = new Map();
  #isStale = false;
  /** How often something was provided. */
  #changes = 0;
  #decisions: Decisions = { starts: () => true, settings: () => undefined };

  constructor(formats: readonly Format[] = allFormats) {
    this.#reader = new CachedReader(this.#store, formats);
  }

  /**
   * Provides the text of a file. `undefined` for a file that has one takes it away (and it is asked for again where it
   * is needed); for a file without, it says that there is none.
   */
  setFile(path: string, text: string | undefined): void {
    if (this.#store.isKnown(path) && this.#store.text(path) === text && text !== undefined) return;
    const had = this.#store.text(path) !== undefined;
    if (text === undefined) this.#asked.delete(path);
    else if (!had && this.#wanted.has(path)) this.#asked.add(path);
    this.#store.setFile(path, text);
    this.#changed();
  }

  /** Provides the names in a folder, those of folders with a slash behind. */
  setFolder(path: string, names: readonly string[] | undefined): void {
    this.#store.setFolder(path.endsWith('/') ? path.slice(0, -1) : path, names);
    this.#changed();
  }

  /** Provides what is decided outside of the files. To be called again whenever some of it changes. */
  setDecisions(decisions: Decisions): void {
    this.#decisions = decisions;
    this.#changed();
  }

  #changed(): void {
    this.#isStale = true;
    this.#changes++;
  }

  /** Files, and folders with a slash behind, that are needed and that nobody has provided. */
  wanted(): readonly string[] {
    this.#update();
    return [...this.#wanted];
  }

  /** All systems, sorted by folder and name. */
  systems(): readonly LinkedSystem[] {
    this.#update();
    return this.#systems;
  }

  /** The systems that a file says something about. */
  systemsOf(path: string): readonly LinkedSystem[] {
    this.#update();
    return this.#byFile.get(path) ?? [];
  }

  text(path: string): string | undefined {
    return this.#store.text(path);
  }

  /**
   * Reads and links what has changed in small steps, for a caller that has other things to do as well. All else answers
   * without it too, only not at once. Begins anew where something changes meanwhile; what was read and
   * linked until then is kept.
   */
  *updateSteps(): Steps<void> {
    while (this.#isStale) {
      const changes = this.#changes;
      // Somebody may ask in between: then it is done at once.
      for (const step = this.#updating(); this.#isStale && this.#changes === changes && !step.next().done; ) yield;
    }
  }

  #update(): void {
    if (this.#isStale) for (const step = this.#updating(); !step.next().done; );
  }

  *#updating(): Steps<void> {
    const trail = new Trail(this.#store);
    const natives: Fragment[] = [];
    const others = new Map<string, { readonly format: Format; readonly group: readonly string[] }>();
    for (const path of this.#store.files()) {
      if (this.#asked.has(path) && !hasNativeName(path)) continue;
      const format = this.#reader.formatOf(path);
      if (!format || !this.#decisions.starts(path)) continue;
      const group = this.#reader.groupOf(path, format);
      if (format.id !== 'native') others.set(groupKey(group, format), { format, group });
      else natives.push(yield* this.#reader.read(group, format));
      yield;
    }
    const included = new Set<string>();
    const systems: LinkedSystem[] = [];
    for (const plan of plansOf(natives)) {
      systems.push(yield* this.#link(plan, trail, included));
      yield;
    }
    for (const [key, { format, group }] of others) {
      if (included.has(key)) continue;
      const fragment = yield* this.#reader.read(group, format);
      yield;
      const folder = folderOf(group[0] ?? '');
      const name = fragment.system ?? nameOf(folder);
      systems.push(yield* this.#link({ name: name === '' ? 'system' : name, key, roots: [fragment] }, trail, included));
      yield;
    }
    yield;
    this.#finish(systems, trail);
  }

  #finish(systems: LinkedSystem[], trail: Trail): void {
    this.#isStale = false;
    this.#reader.forgetUnused();
    this.#wanted = new Set([...trail.wanted(), ...this.#reader.wanted()].sort());
    this.#systems = systems.sort((a, b) => compare(a.folder, b.folder) || compare(a.system.name, b.system.name));
    const alive = new Set(systems);
    for (const [key, { system }] of this.#linked) if (!alive.has(system)) this.#linked.delete(key);
    const byFile = new Map<string, LinkedSystem[]>();
    for (const system of systems) {
      for (const file of system.files) {
        const list = byFile.get(file);
        if (list) list.push(system);
        else byFile.set(file, [system]);
      }
    }
    this.#byFile = byFile;
  }

  *#link(plan: Plan, trail: Trail, included: Set<string>): Steps<LinkedSystem> {
    const collected = new Collector(this.#store, this.#reader, trail, included);
    for (const fragment of plan.roots) yield* collected.add(fragment);
    const { fragments, problems, complete } = collected;
    const folder = commonFolder(plan.roots.map((fragment) => fragment.files[0] ?? ''));
    const settings = this.#decisions.settings(folder);
    const signature = JSON.stringify([plan.name, folder, complete, problems, settings]);
    const known = this.#linked.get(plan.key);
    if (known?.signature === signature && sameItems(known.fragments, fragments)) return known.system;
    const system = yield* linkSteps(fragments, {
      name: plan.name,
      folder,
      complete,
      problems,
      textOf: (file) => this.#store.text(file),
      ...(settings && { settings }),
      ...(known && { before: known.system.system }),
    });
    this.#linked.set(plan.key, { fragments, signature, system });
    return system;
  }
}

/** Follows the includes of a system's files. */
class Collector {
  readonly fragments: Fragment[] = [];
  readonly problems: Problem[] = [];
  complete = true;
  readonly #seen = new Set<string>();

  constructor(
    readonly store: FileStore,
    readonly reader: CachedReader,
    readonly trail: Trail,
    readonly included: Set<string>,
  ) {}

  *add(fragment: Fragment): Steps<void> {
    const key = fragment.files.join('\n');
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.fragments.push(fragment);
    for (const include of fragment.includes) yield* this.#include(include);
  }

  *#include(include: Include): Steps<void> {
    const found: Included = resolveInclude(include, this.trail, (folder) => this.store.isListed(folder));
    if (found.kind === 'missing') {
      this.#problem(include, 'unknown-reference', l10n.t('There is no file or folder `{0}` here.', include.path));
      return;
    }
    let understood = 0;
    let pending = found.paths.length === 0 && this.trail.wanted().length > 0;
    for (const path of found.paths) {
      this.trail.read(path);
      const format = this.reader.formatOf(path);
      if (!format) {
        pending ||= !this.store.isKnown(path);
        continue;
      }
      understood++;
      const group = this.reader.groupOf(path, format);
      pending ||= group.some((file) => !this.store.isKnown(file));
      this.included.add(groupKey(group, format));
      yield* this.add(yield* this.reader.read(group, format));
    }
    if (pending) this.complete = false;
    else if (understood === 0) {
      const message = found.exact
        ? l10n.t('`{0}` is of no format that can be read.', include.path)
        : l10n.t('`{0}` holds no file that can be read.', include.path);
      this.#problem(include, 'invalid-value', message);
    }
  }

  #problem(include: Include, rule: Problem['rule'], message: string): void {
    this.problems.push({ rule, message, place: include.place });
  }
}

/**
 * Files with the same system name are one system. A file that names none has that of its folder; it belongs to the
 * system of that name when one has a file in the same folder, else each such folder is a system of its own.
 */
function plansOf(fragments: readonly Fragment[]): readonly Plan[] {
  const plans = new Map<string, Plan & { readonly roots: Fragment[] }>();
  const named = new Map<string, Set<string>>();
  for (const { system, files } of fragments) {
    if (system === undefined) continue;
    const folders = named.get(system) ?? new Set();
    named.set(system, folders.add(folderOf(files[0] ?? '')));
  }
  for (const fragment of fragments) {
    const folder = folderOf(fragment.files[0] ?? '');
    const name = fragment.system ?? (nameOf(folder) || 'system');
    const joins = fragment.system !== undefined || named.get(name)?.has(folder);
    const key = joins ? `native\n${name}` : `native\n${name}\n${folder}`;
    const plan = plans.get(key);
    if (plan) plan.roots.push(fragment);
    else plans.set(key, { name, key, roots: [fragment] });
  }
  return [...plans.values()];
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
