import * as vscode from 'vscode';
import type { LanguageHost } from '../language/host';
import { createLanguageService, type LanguageService } from '../language/service';
import { inSlices } from '../language/slices';
import { rules } from '../rules/registry';
import { type Severity, severities } from '../rules/rule';
import { type Configuration, Configurations, configurationNames, isConfiguration } from '../workspace/config';
import type { LinkedSystem } from '../workspace/linked';
import { Workspace } from '../workspace/workspace';
import { mostCharacters, readFolder, readText } from './files';
import type { Log } from './log';
import { commands, isOwnFile, ownFiles } from './names';
import { rulePage } from './rulePages';
import { severitiesFor } from './settings';
import { type Outcomes, showResults } from './tests/outcomes';

/** Rounds of fetching what the files fetched before ask for. A chain of includes longer than this is cut off. */
const mostRounds = 20;
/** Files of one root, so that an include of the whole disk ends. */
const mostFiles = 5000;
const mostIndexed = 1000;
const fetchedAtOnce = 8;

/** How a root's paths and the editor's addresses belong together. */
export interface Addresses {
  readonly key: string;
  /** The folder to index, or undefined where there is only the open document. */
  readonly folder: vscode.Uri | undefined;
  /** Whether folders below are indexed too. */
  readonly deep: boolean;
  path(uri: vscode.Uri): string;
  uri(path: string): vscode.Uri;
}

/**
 * All that is known below one workspace folder (or about one loose file and its neighbours): texts go in, linked
 * systems and what the language features say about them come out.
 */
export class Root {
  readonly addresses: Addresses;
  readonly service: LanguageService;
  readonly host: LanguageHost;
  readonly #workspace = new Workspace();
  readonly #log: Log;
  readonly #open = new Map<string, vscode.TextDocument>();
  readonly #moved = new Set<string>();
  readonly #configurations: Configurations<Severity>;
  /** Files that are ours by name: loaded while they are closed. */
  readonly #kept = new Set<string>();
  readonly #pinned = new Set<string>();
  /** Everything fetched, and everything asked for and not found: a change on disk concerns these. */
  readonly #fetched = new Set<string>();
  readonly #listed = new Set<string>();
  #indexed: Promise<void> | undefined;
  #complete = false;
  /** Files that somebody was told are too large. */
  readonly #refused = new Set<string>();

  constructor(addresses: Addresses, log: Log, outcomes: Outcomes) {
    this.addresses = addresses;
    this.#log = log;
    const host: LanguageHost = {
      uri: (path) => addresses.uri(path).toString(),
      text: (path) => this.#workspace.text(path),
      rulePage,
      // What somebody set in the editor says more than what the team wrote for everybody.
      severities: (folder) => new Map([...(this.#configurations.of(folder)?.severities ?? []), ...severitiesFor(addresses.uri(folder))]),
      today: () => new Date().toISOString().slice(0, 10),
      failed: (doing, error) => log.failed(doing, error),
      openMapCommand: commands.openMap,
      scenarios: {
        runCommand: commands.runScenario,
        resultsCommand: showResults,
        outcome: (linked, scenario) => outcomes.known(addresses.key, linked, scenario),
      },
    };
    this.host = host;
    this.service = createLanguageService(host);
    const top = addresses.folder && addresses.path(addresses.folder).replace(/\/+$/, '');
    this.#configurations = new Configurations(
      { rules, severities },
      (path) => this.#workspace.text(path),
      (folder) => folder === top,
    );
    this.#decide();
  }

  /** Systems for the texts as they stand at this moment. */
  systems(): readonly LinkedSystem[] {
    this.#takeOver();
    return this.#workspace.systems();
  }

  systemsOf(path: string): readonly LinkedSystem[] {
    this.#takeOver();
    return this.#workspace.systemsOf(path);
  }

  text(path: string): string | undefined {
    this.#takeOver();
    return this.#workspace.text(path);
  }

  /** The configurations that are there, whether anything goes by them or not. */
  configurations(): readonly Configuration<Severity>[] {
    this.#takeOver();
    const files = [...this.#kept, ...this.#open.keys()].filter(isConfiguration);
    return [...new Set(files)].flatMap((file) => this.#configurations.at(file) ?? []);
  }

  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  /** Whether anybody looks at it: an editor or a map. */
  get isUsed(): boolean {
    return this.addresses.deep || this.#open.size > 0 || this.#pinned.size > 0;
  }

  /** Whether its files were fetched once, so that what it says is complete. */
  get isComplete(): boolean {
    return this.#complete;
  }

  open(document: vscode.TextDocument): void {
    const path = this.addresses.path(document.uri);
    this.#open.set(path, document);
    this.#moved.add(path);
  }

  changed(document: vscode.TextDocument): void {
    const path = this.addresses.path(document.uri);
    if (this.#open.has(path)) this.#moved.add(path);
  }

  /** What a closed document said counts no longer; its file does, where it is one of the indexed ones or asked for. */
  close(document: vscode.TextDocument): void {
    const path = this.addresses.path(document.uri);
    if (!this.#open.delete(path)) return;
    this.#moved.delete(path);
    this.#fetched.delete(path);
    if (!this.#kept.has(path) && !this.#pinned.has(path)) this.#setFile(path, undefined);
  }

  /** Keeps a file loaded while a map shows it. */
  pin(path: string): void {
    this.#pinned.add(path);
  }

  isPinned(path: string): boolean {
    return this.#pinned.has(path);
  }

  unpin(path: string): void {
    if (!this.#pinned.delete(path) || this.#kept.has(path) || this.#open.has(path)) return;
    this.#fetched.delete(path);
    this.#setFile(path, undefined);
  }

  /** Something on the disk is new, gone or different. Returns whether that concerns anything here. */
  changedOnDisk(uri: vscode.Uri, what: 'created' | 'changed' | 'deleted'): boolean {
    const path = this.addresses.path(uri);
    const parent = path.slice(0, path.lastIndexOf('/'));
    let concerned = false;
    if (what !== 'changed' && this.#listed.delete(parent)) {
      this.#workspace.setFolder(parent, undefined);
      concerned = true;
    }
    if (what === 'created' && isRead(path) && !path.includes('/node_modules/')) this.#kept.add(path);
    for (const known of what === 'deleted' ? [...this.#fetched, ...this.#kept] : [path]) {
      if (known !== path && !known.startsWith(`${path}/`)) continue;
      if (what === 'deleted') this.#kept.delete(known);
      if (this.#open.has(known)) continue;
      const had = this.#fetched.delete(known);
      if (what === 'deleted') this.#setFile(known, undefined);
      concerned ||= had || this.#kept.has(known) || this.#pinned.has(known);
    }
    return concerned;
  }

  /** Finds the files that are ours by name, once, and fetches whatever they ask for. */
  async settle(cancelled: () => boolean): Promise<void> {
    this.#indexed ??= this.#index();
    await this.#indexed;
    for (let round = 0; round < mostRounds && !cancelled(); round++) {
      this.#takeOver();
      if (!(await inSlices(this.#workspace.updateSteps(), cancelled))) return;
      const missing = this.#missing();
      if (missing.length === 0) break;
      await this.#fetch(missing);
    }
    this.#complete ||= !cancelled();
  }

  async #index(): Promise<void> {
    const { folder, deep } = this.addresses;
    if (!folder) return;
    if (!deep) {
      for (const name of (await readFolder(folder)) ?? []) if (isRead(`/${name}`)) this.#kept.add(`${this.addresses.path(folder)}/${name}`);
      return;
    }
    const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, ownFiles), '**/node_modules/**', mostIndexed);
    if (found.length === mostIndexed)
      this.#log.warn(`More than ${mostIndexed} files in ${folder.toString()}: the rest is read when it is opened.`);
    const configurations = await vscode.workspace.findFiles(
      new vscode.RelativePattern(folder, `**/{${configurationNames.join(',')}}`),
      '**/node_modules/**',
      mostIndexed,
    );
    for (const uri of [...found, ...configurations]) {
      // A workspace folder within another one has a root of its own.
      if (vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.toString()) this.#kept.add(this.addresses.path(uri));
    }
  }

  #takeOver(): void {
    for (const path of this.#moved) {
      const document = this.#open.get(path);
      if (document) this.#setFile(path, this.#textOf(path, document));
    }
    this.#moved.clear();
  }

  #textOf(path: string, document: vscode.TextDocument): string | undefined {
    const text = document.getText();
    if (text.length <= mostCharacters) return text;
    if (!this.#refused.has(path)) {
      this.#refused.add(path);
      const name = path.slice(path.lastIndexOf('/') + 1);
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} is too large to be reviewed while it is being written.', name));
    }
    return undefined;
  }

  #setFile(path: string, text: string | undefined): void {
    this.#workspace.setFile(path, text);
    if (isConfiguration(path)) this.#decide();
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

  /** What is asked for and was not looked for yet. */
  #missing(): readonly string[] {
    if (this.#fetched.size > mostFiles) return [];
    const asked = new Set([...this.#kept, ...this.#pinned, ...this.#workspace.wanted()]);
    return [...asked].filter(
      (path) => !(path.endsWith('/') ? this.#listed.has(path.slice(0, -1)) : this.#fetched.has(path) || this.#open.has(path)),
    );
  }

  async #fetch(paths: readonly string[]): Promise<void> {
    const queue = [...paths];
    const work = async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) await this.#fetchOne(path);
    };
    await Promise.all(Array.from({ length: Math.min(fetchedAtOnce, queue.length) }, work));
  }

  async #fetchOne(path: string): Promise<void> {
    if (path.endsWith('/')) {
      const folder = path.slice(0, -1);
      this.#listed.add(folder);
      this.#workspace.setFolder(folder, (await readFolder(this.addresses.uri(folder))) ?? []);
      return;
    }
    this.#fetched.add(path);
    const text = await readText(this.addresses.uri(path), this.#log);
    // It may have been opened, or changed again, in the meantime: then somebody else brings the text.
    if (!this.#fetched.has(path) || this.#open.has(path)) return;
    // Taking a text away only forgets it; that there is none is said of a file without one.
    if (text === undefined && this.#workspace.text(path) !== undefined) this.#setFile(path, undefined);
    this.#setFile(path, text);
  }
}

/** Whether a file is looked at because of its name. */
function isRead(path: string): boolean {
  return isOwnFile(path) || isConfiguration(path);
}
