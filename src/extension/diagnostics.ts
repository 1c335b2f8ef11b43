import * as vscode from 'vscode';
import type * as lsp from 'vscode-languageserver-types';
import { configurationDiagnostics } from '../language/configuration';
import * as convert from './convert';
import type { Log } from './log';
import type { Root } from './root';
import type { Roots } from './roots';
import { isShown, systemsInView } from './shown';

/** Keeps the problems list in step with the roots: every file of every system, open or not. */
export class Diagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('faultline');
  readonly #log: Log;
  /** What was published for each file of a root, so that only what changed is sent and what is gone is taken back. */
  readonly #published = new Map<Root, ReadonlyMap<string, string>>();
  readonly #disposables: readonly vscode.Disposable[];

  constructor(roots: Roots, log: Log) {
    this.#log = log;
    this.#disposables = [
      this.#collection,
      roots.onDidSettle((root) => this.#log.guard('publishing findings', () => this.#publish(root), undefined)),
      roots.onDidRemove((root) => this.#withdraw(root)),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #publish(root: Root): void {
    const started = performance.now();
    const files = new Map<string, lsp.Diagnostic[]>();
    for (const linked of systemsInView(root)) {
      const found = this.#log.guard(`looking for findings in ${linked.system.name}`, () => root.service.diagnostics(linked), undefined);
      for (const [path, list] of found ?? []) {
        if (!isShown(root, linked, path)) continue;
        files.set(path, [...(files.get(path) ?? []), ...list]);
      }
    }
    for (const configuration of root.configurations()) {
      const list = configurationDiagnostics(configuration, root.host);
      files.set(configuration.file, [...(files.get(configuration.file) ?? []), ...list]);
    }
    const before = this.#published.get(root) ?? new Map<string, string>();
    const now = new Map<string, string>();
    for (const [path, list] of files) {
      // A file that several systems include is reported once where they agree.
      const distinct = [...new Map(list.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
      const text = JSON.stringify(distinct);
      now.set(path, text);
      if (before.get(path) !== text) this.#collection.set(root.addresses.uri(path), distinct.map(convert.diagnostic));
    }
    for (const path of before.keys()) if (!now.has(path)) this.#collection.delete(root.addresses.uri(path));
    this.#published.set(root, now);
    const count = [...files.values()].reduce((sum, list) => sum + list.length, 0);
    this.#log.trace(`${count} findings in ${files.size} files, ${(performance.now() - started).toFixed(1)} ms`);
  }

  #withdraw(root: Root): void {
    for (const path of this.#published.get(root)?.keys() ?? []) this.#collection.delete(root.addresses.uri(path));
    this.#published.delete(root);
  }
}
