import { pathToFileURL } from 'node:url';
import { nativeFormat } from '../../formats/native/format';
import { formatOf } from '../../formats/registry';
import type { LanguageHost } from '../../language/host';
import { createLanguageService, type LanguageService } from '../../language/service';
import { type Severity, severities } from '../../rules/rule';
import type { LinkedSystem } from '../../workspace/linked';
import { Workspace } from '../../workspace/workspace';
import { listFolder, readText, yamlFiles } from '../disk';

/** Rounds of reading what files ask for; a longer chain of includes is cut off. */
const mostRounds = 20;

/** One folder of a client, or what surrounds a loose file: texts go in, systems and what is said about them come out. */
export class Session {
  readonly folder: string;
  readonly service: LanguageService;
  readonly #workspace = new Workspace();
  readonly #open = new Set<string>();
  readonly #fetched = new Set<string>();
  #severities: ReadonlyMap<string, Severity> = new Map();

  constructor(folder: string, failed: (doing: string, error: unknown) => void) {
    this.folder = folder;
    const host: LanguageHost = {
      uri: addressOf,
      text: (path) => this.#workspace.text(path),
      rulePage: () => undefined,
      severities: () => this.#severities,
      today: () => new Date().toISOString().slice(0, 10),
      failed,
    };
    this.service = createLanguageService(host);
    for (const path of yamlFiles(folder)) if (formatOf(path, '')) this.#load(path);
  }

  /** The systems, with everything that their files ask for. */
  systems(): readonly LinkedSystem[] {
    this.#complete();
    return this.#workspace.systems();
  }

  systemsOf(path: string): readonly LinkedSystem[] {
    this.#complete();
    return this.#workspace.systemsOf(path);
  }

  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  /** Whether a system is looked at: one in which somebody wrote a file of ours, or that somebody has open. */
  isInView({ files }: LinkedSystem): boolean {
    return files.some((path) => this.#open.has(path) || nativeFormat.recognises(path, this.#workspace.text(path) ?? ''));
  }

  /** The text of an open document. */
  open(path: string, text: string): void {
    this.#open.add(path);
    if (formatOf(path, text)) this.#workspace.setFile(path, text);
    else if (this.#workspace.text(path) !== undefined) this.#workspace.setFile(path, undefined);
  }

  /** A closed document counts as it is on the disk. */
  close(path: string): void {
    if (this.#open.delete(path)) this.#load(path);
  }

  /** A file on the disk is new, different or gone. */
  changedOnDisk(path: string): void {
    this.#workspace.setFolder(path.slice(0, path.lastIndexOf('/')), undefined);
    if (!this.#open.has(path)) this.#load(path);
    this.#fetched.clear();
  }

  /** Severities by rule, as a client's settings have them; what is none is left out. */
  configure(rules: unknown): void {
    const known = new Map<string, Severity>();
    for (const [rule, value] of Object.entries(typeof rules === 'object' && rules !== null ? rules : {})) {
      const severity = severities.find((other) => other === value);
      if (severity) known.set(rule, severity);
    }
    this.#severities = known;
    this.service.forget();
  }

  #load(path: string): void {
    const text = readText(path);
    this.#workspace.setFile(path, text !== undefined && formatOf(path, text) ? text : undefined);
  }

  #complete(): void {
    for (let round = 0; round < mostRounds; round++) {
      const missing = this.#workspace.wanted().filter((path) => !this.#fetched.has(path) && !this.#open.has(path));
      if (missing.length === 0) return;
      for (const path of missing) {
        this.#fetched.add(path);
        if (path.endsWith('/')) this.#workspace.setFolder(path.slice(0, -1), listFolder(path));
        else this.#workspace.setFile(path, readText(path));
      }
    }
  }
}

/** The address under which clients know a file. */
export function addressOf(path: string): string {
  return pathToFileURL(path).toString();
}
