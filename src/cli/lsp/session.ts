import { pathToFileURL } from 'node:url';
import { nativeFormat } from '../../formats/native/format';
import { formatOf } from '../../formats/registry';
import type { LanguageHost } from '../../language/host';
import { createLanguageService, type LanguageService } from '../../language/service';
import { rules } from '../../rules/registry';
import { type Severity, severities } from '../../rules/rule';
import { type Configuration, Configurations, isConfiguration } from '../../workspace/config';
import type { LinkedSystem } from '../../workspace/linked';
import { Workspace } from '../../workspace/workspace';
import { listFolder, readText, yamlFiles } from '../disk';

/** Rounds of reading what files ask for; a longer chain of includes is cut off. */
const mostRounds = 20;

/** One folder of a client, or what surrounds a loose file: texts go in, systems and what is said about them come out. */
export class Session {
  readonly folder: string;
  readonly service: LanguageService;
  readonly host: LanguageHost;
  /** Texts of the configurations that are open. */
  readonly #drafts = new Map<string, string>();
  readonly #configurations: Configurations<Severity>;
  readonly #workspace = new Workspace();
  readonly #open = new Set<string>();
  readonly #fetched = new Set<string>();
  #severities: ReadonlyMap<string, Severity> = new Map();

  constructor(folder: string, failed: (doing: string, error: unknown) => void) {
    this.folder = folder;
    const host: LanguageHost = {
      uri: addressOf,
      text: (path) => (isConfiguration(path) ? this.#configurationText(path) : this.#workspace.text(path)),
      rulePage: () => undefined,
      // What somebody set in the client says more than what the team wrote for everybody.
      severities: (folder) => new Map([...(this.#configurations.of(folder)?.severities ?? []), ...this.#severities]),
      today: () => new Date().toISOString().slice(0, 10),
      failed,
    };
    this.host = host;
    this.service = createLanguageService(host);
    this.#configurations = new Configurations(
      { rules, severities },
      (path) => this.#configurationText(path),
      (other) => other === folder,
    );
    this.#decide();
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
    if (isConfiguration(path)) {
      this.#drafts.set(path, text);
      this.#decide();
      return;
    }
    if (formatOf(path, text)) this.#workspace.setFile(path, text);
    else if (this.#workspace.text(path) !== undefined) this.#workspace.setFile(path, undefined);
  }

  /** A closed document counts as it is on the disk. */
  close(path: string): void {
    if (this.#open.delete(path)) this.#load(path);
    if (this.#drafts.delete(path)) this.#decide();
  }

  /** A file on the disk is new, different or gone. */
  changedOnDisk(path: string): void {
    this.#workspace.setFolder(path.slice(0, path.lastIndexOf('/')), undefined);
    if (!this.#open.has(path)) this.#load(path);
    this.#fetched.clear();
    if (isConfiguration(path)) this.#decide();
  }

  /** The configurations that anything goes by, or that are open. */
  configurations(): readonly Configuration<Severity>[] {
    const open = [...this.#drafts.keys()].flatMap((path) => this.#configurations.at(path) ?? []);
    return [...new Set([...this.#configurations.found(), ...open])];
  }

  #configurationText(path: string): string | undefined {
    return this.#drafts.get(path) ?? readText(path);
  }

  /** Goes by the configurations as they are now. */
  #decide(): void {
    this.#configurations.refresh();
    this.#workspace.setDecisions({
      starts: (path) => this.#configurations.reviews(path),
      settings: (folder) => this.#configurations.of(folder)?.settings,
    });
    this.service.forget();
  }

  /** Severities by rule, as a client's settings have them; what is none is left out. */
  configure(set: unknown): void {
    const known = new Map<string, Severity>();
    for (const [rule, value] of Object.entries(typeof set === 'object' && set !== null ? set : {})) {
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
