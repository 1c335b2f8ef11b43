import * as vscode from 'vscode';
import { inSlices } from '../language/slices';
import type { LinkedSystem } from '../workspace/linked';
import { addressesOf, folderAddresses } from './addresses';
import type { Log } from './log';
import { languageId, yamlLanguages } from './names';
import { type Addresses, Root } from './root';
import { concernsUs } from './settings';
import { systemsInView } from './shown';
import type { Outcomes } from './tests/outcomes';

/** How long after the last keystroke findings are computed again, in milliseconds. */
const pause = 150;
/** How often a root is settled for somebody who waits, while it keeps changing. */
const mostSettles = 5;

/** A document with the root it belongs to and its path there. */
export interface Located {
  readonly root: Root;
  readonly path: string;
}

/** All roots of the window: follows documents, folders and the disk, and says when a root has settled. */
export class Roots implements vscode.Disposable {
  readonly #log: Log;
  readonly #outcomes: Outcomes;
  readonly #roots = new Map<string, Root>();
  readonly #timers = new Map<Root, ReturnType<typeof setTimeout>>();
  /** Counts the changes of a root, so that work begun before the last one is dropped. */
  readonly #versions = new Map<Root, number>();
  readonly #running = new Map<Root, Promise<void>>();
  readonly #settled = new vscode.EventEmitter<Root>();
  readonly #removed = new vscode.EventEmitter<Root>();
  readonly #disposables: vscode.Disposable[] = [this.#settled, this.#removed];

  /** A root's systems are complete and up to date. */
  readonly onDidSettle = this.#settled.event;
  readonly onDidRemove = this.#removed.event;

  constructor(log: Log, outcomes: Outcomes) {
    this.#log = log;
    this.#outcomes = outcomes;
    const on = (disposable: vscode.Disposable) => this.#disposables.push(disposable);
    on(
      vscode.workspace.onDidOpenTextDocument((document) => this.#log.guard('opening a document', () => this.#opened(document), undefined)),
    );
    on(
      vscode.workspace.onDidCloseTextDocument((document) => this.#log.guard('closing a document', () => this.#closed(document), undefined)),
    );
    on(vscode.workspace.onDidChangeTextDocument((event) => this.#log.guard('following an edit', () => this.#edited(event), undefined)));
    on(
      vscode.workspace.onDidChangeWorkspaceFolders((event) =>
        this.#log.guard('following the folders', () => this.#moved(event), undefined),
      ),
    );
    on(vscode.workspace.onDidChangeConfiguration((event) => concernsUs(event) && this.#reconfigured()));
    this.#watch();
  }

  /** Takes over what is there already: the folders and the open documents. */
  start(): void {
    for (const folder of vscode.workspace.workspaceFolders ?? []) this.#touch(this.#rootFor(folderAddresses(folder)), 0);
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
  }

  all(): readonly Root[] {
    return [...this.#roots.values()];
  }

  /** The root and path of a document, when it is one that is looked at. */
  locate(uri: vscode.Uri): Located | undefined {
    const addresses = addressesOf(uri);
    const root = addresses && this.#roots.get(addresses.key);
    return root && { root, path: root.addresses.path(uri) };
  }

  /** The same, for a file that may not be open: it is loaded, and stays so until it is unpinned. */
  async pin(uri: vscode.Uri): Promise<Located | undefined> {
    const addresses = addressesOf(uri);
    if (!addresses) return undefined;
    const root = this.#rootFor(addresses);
    const path = root.addresses.path(uri);
    root.pin(path);
    await this.ready(root);
    return { root, path };
  }

  /** The systems that a document is part of, once everything they rest on is there. */
  async systemsOf(document: vscode.TextDocument): Promise<(Located & { readonly systems: readonly LinkedSystem[] }) | undefined> {
    const located = this.locate(document.uri);
    if (!located) return undefined;
    if (!located.root.isComplete) await this.ready(located.root);
    return { ...located, systems: located.root.systemsOf(located.path) };
  }

  /**
   * Settles a root now. What becomes known meanwhile ends that early, such as word from the disk of a file that was just
   * written: then it is settled once more, but not for ever where somebody types on and on.
   */
  async ready(root: Root): Promise<void> {
    this.#versions.set(root, (this.#versions.get(root) ?? 0) + 1);
    for (let i = 0; i < mostSettles; i++) {
      const version = this.#versions.get(root);
      await this.#settle(root);
      if (this.#versions.get(root) === version) return;
    }
  }

  /** Resolves when nothing is waiting and nothing is running. */
  async whenIdle(): Promise<void> {
    while (this.#timers.size > 0 || this.#running.size > 0) {
      if (this.#running.size > 0) await Promise.all(this.#running.values());
      else await new Promise((resolve) => setTimeout(resolve, pause / 10));
    }
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #rootFor(addresses: Addresses): Root {
    const known = this.#roots.get(addresses.key);
    if (known) return known;
    const root = new Root(addresses, this.#log, this.#outcomes);
    this.#roots.set(addresses.key, root);
    return root;
  }

  #opened(document: vscode.TextDocument): void {
    if (!yamlLanguages.has(document.languageId)) return;
    const addresses = addressesOf(document.uri);
    if (!addresses) return;
    // Outside of the folders only our own language starts something; a YAML file that is merely looked at does not.
    const known = this.#roots.get(addresses.key);
    if (!known && document.languageId !== languageId && !vscode.workspace.getWorkspaceFolder(document.uri)) return;
    const root = known ?? this.#rootFor(addresses);
    root.open(document);
    this.#touch(root, 0);
  }

  #closed(document: vscode.TextDocument): void {
    const located = this.locate(document.uri);
    if (!located) return;
    located.root.close(document);
    if (located.root.isUsed) this.#touch(located.root, 0);
    else this.#remove(located.root);
  }

  /** Undoes {@link pin}. */
  unpin({ root, path }: Located): void {
    root.unpin(path);
    if (!root.isUsed) this.#remove(root);
    else this.#touch(root, 0);
  }

  #edited(event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length === 0) return;
    const located = this.locate(event.document.uri);
    if (!located?.root.isOpen(located.path)) return;
    located.root.changed(event.document);
    this.#touch(located.root, pause);
  }

  #moved(event: vscode.WorkspaceFoldersChangeEvent): void {
    // A document may belong to another root now, so all of them are dealt out anew.
    for (const root of this.all())
      if (event.added.length > 0 || event.removed.some((folder) => folderAddresses(folder).key === root.addresses.key)) this.#remove(root);
    this.start();
  }

  #reconfigured(): void {
    for (const root of this.all()) {
      root.service.forget();
      this.#touch(root, 0);
    }
  }

  #remove(root: Root): void {
    clearTimeout(this.#timers.get(root));
    this.#timers.delete(root);
    this.#versions.set(root, (this.#versions.get(root) ?? 0) + 1);
    this.#roots.delete(root.addresses.key);
    this.#removed.fire(root);
  }

  /** One watcher for the window; which of its events matter is known by the roots, and looked up by path. */
  #watch(): void {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const follow = (what: 'created' | 'changed' | 'deleted') => (uri: vscode.Uri) =>
      this.#log.guard(
        'following the disk',
        () => {
          const located = this.locate(uri);
          if (located?.root.changedOnDisk(uri, what)) this.#touch(located.root, pause);
        },
        undefined,
      );
    this.#disposables.push(
      watcher,
      watcher.onDidCreate(follow('created')),
      watcher.onDidChange(follow('changed')),
      watcher.onDidDelete(follow('deleted')),
    );
  }

  #touch(root: Root, delay: number): void {
    this.#versions.set(root, (this.#versions.get(root) ?? 0) + 1);
    clearTimeout(this.#timers.get(root));
    this.#timers.set(
      root,
      setTimeout(() => {
        this.#timers.delete(root);
        void this.#settle(root);
      }, delay),
    );
  }

  #settle(root: Root): Promise<void> {
    const version = this.#versions.get(root);
    const stale = () => this.#versions.get(root) !== version;
    const before = this.#running.get(root) ?? Promise.resolve();
    const run = before.then(() =>
      this.#log.guardAsync(
        'bringing a system up to date',
        async () => {
          await root.settle(stale);
          // Whoever listens finds everything computed already.
          for (const linked of stale() ? [] : systemsInView(root)) await inSlices(root.service.prepare(linked), stale);
          if (!stale()) this.#settled.fire(root);
        },
        undefined,
      ),
    );
    const done = run.finally(() => {
      if (this.#running.get(root) === done) this.#running.delete(root);
    });
    this.#running.set(root, done);
    return done;
  }
}
