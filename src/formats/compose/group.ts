import type { Files } from '../fragment';
import { isDisjoint, misses, needs, type Outline, outlineOf, sharesMost } from './outline';
import { parseFile } from './parse';
import { folderOf, nameOf } from './paths';
import { isComposeFile } from './recognise';

/** The names under which compose looks for a project, the first one first. */
const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const production = /^(?:prod|production)$/i;
/** A folder with more compose files than this is a collection. */
const mostCompanions = 40;
/** Words for environments that nobody reviews for reliability. */
const workshop = /^(?:dev|devel|development|local|test|tests|testing|ci|debug|e2e|sandbox|example|sample)$/i;

/** The file that `docker compose up` would start in a folder. */
export function defaultBase(folder: string, files: Files): string | undefined {
  const here = new Set(files.list(folder));
  const name = baseNames.find((candidate) => here.has(candidate));
  return name === undefined ? undefined : `${folder}/${name}`;
}

/**
 * The files of the project that a compose file belongs to, in the order in which they are merged. One folder is one
 * system, reported once:
 *
 * - A base file with its automatic override is what `docker compose up` starts. Without an override, a production
 *   overlay (`docker-compose.prod.yml`) that needs the base is laid over it, since that is what runs.
 * - A file that needs the base and only adds services to it (`docker-compose.apps.yml`) is laid over it too.
 * - A file that changes services of the base, and cannot stand alone, is another way to start the same system; so is
 *   a development variant with mostly the same services. They belong to the base's project and add nothing to it.
 * - Without a base, files that need each other's services, or have the same `name` and no service in common, are one.
 * - Any other file that stands alone is a project of its own.
 */
export function groupOf(path: string, files: Files): readonly string[] {
  const folder = new Folder(folderOf(path), files);
  const base = folder.rootOf(path);
  return folder.project(folder.belongsTo(path, base) ? base : path);
}

/** The compose files of one folder. */
class Folder {
  readonly #path: string;
  readonly #files: Files;
  readonly #names: ReadonlySet<string>;
  /** Sorted by path. */
  readonly #outlines: ReadonlyMap<string, Outline>;

  constructor(path: string, files: Files) {
    this.#path = path;
    this.#files = files;
    const names = files.list(path).filter((name) => /\.ya?ml$/i.test(name));
    this.#names = new Set(names);
    const outlines = new Map<string, Outline>();
    for (const name of [...names].sort()) {
      const file = `${path}/${name}`;
      const text = files.read(file);
      const outline = text !== undefined && isComposeFile(file, text) ? outlineOf(parseFile(file, text).root) : undefined;
      if (outline) outlines.set(file, outline);
    }
    this.#outlines = outlines;
  }

  /** The file that a path is a variant of, through all steps: `a` for `a.b.c`, else the folder's base; itself where there is none. */
  rootOf(path: string): string {
    const stem = stemOf(path);
    for (let cut = stem.indexOf('.', 1); cut > 0; cut = stem.indexOf('.', cut + 1)) {
      const found = ['.yaml', '.yml'].map((end) => `${stem.slice(0, cut)}${end}`).find((name) => this.#names.has(name));
      if (found !== undefined) return `${this.#path}/${found}`;
    }
    return defaultBase(this.#path, this.#files) ?? path;
  }

  /** Whether a file is no project of its own beside its root. */
  belongsTo(path: string, root: string): boolean {
    if (path === root) return false;
    if (stemOf(path) === `${stemOf(root)}.override`) return true;
    const [own, other] = [this.#outlines.get(path), this.#outlines.get(root)];
    return own !== undefined && other !== undefined && (needs(own, other) || (isWorkshop(path) && sharesMost(own, other)));
  }

  /** A file with what is laid over it, or with the files that it is one project with. */
  project(base: string): readonly string[] {
    const stem = stemOf(base);
    const own = this.#outlines.get(base);
    const variants = own ? [...this.#outlines].filter(([path]) => path !== base && this.rootOf(path) === base) : [];
    const override = variants.find(([path]) => stemOf(path) === `${stem}.override`);
    const overlay =
      override ?? variants.find(([path, other]) => own && production.test(stemOf(path).slice(stem.length + 1)) && needs(other, own));
    const additions = variants.filter(
      ([path, other]) => own && path !== overlay?.[0] && !isWorkshop(path) && isDisjoint(other, own) && misses(other, own),
    );
    const group = [base, ...(overlay ? [overlay[0]] : []), ...additions.map(([path]) => path)];
    return group.length > 1 ? group : this.#companions(base);
  }

  /** Files that are one project although none is the base of the other. Every file is in one group only. */
  #companions(path: string): readonly string[] {
    const free = [...this.#outlines].filter(([file]) => !this.belongsTo(file, this.rootOf(file)));
    if (free.length > mostCompanions || !this.#outlines.has(path)) return [path];
    const grouped = new Set<string>();
    for (const seed of free) {
      if (grouped.has(seed[0])) continue;
      const group = [seed];
      for (const [, member] of group) {
        for (const other of free) {
          const isApart = group.every(([file, known]) => file !== other[0] && isDisjoint(known, other[1]));
          if (isApart && !grouped.has(other[0]) && isPartner(member, other[1])) group.push(other);
        }
      }
      for (const [file] of group) grouped.add(file);
      if (group.some(([file]) => file === path)) return group.map(([file]) => file).sort();
    }
    return [path];
  }
}

function isPartner(a: Outline, b: Outline): boolean {
  return (a.name !== undefined && a.name === b.name) || misses(a, b) || misses(b, a);
}

function isWorkshop(path: string): boolean {
  return stemOf(path)
    .split(/[.-]/)
    .some((word) => workshop.test(word));
}

function stemOf(path: string): string {
  return nameOf(path).replace(/\.ya?ml$/i, '');
}
