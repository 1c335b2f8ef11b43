import * as vscode from 'vscode';
import { figureDowntime, figureText, keeps } from '../language/figureText';
import { systemText } from '../language/hover/system';
import { worstJourney } from '../language/tree';
import type { SystemView } from '../language/view';
import type { Log } from './log';
import { commands } from './names';
import type { Roots } from './roots';
import { isShown } from './shown';

/** The worst journey of the system that the active editor shows; one click opens its map. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('faultline.worst', vscode.StatusBarAlignment.Left, 1);
  readonly #roots: Roots;
  readonly #disposables: readonly vscode.Disposable[];

  constructor(roots: Roots, log: Log) {
    this.#roots = roots;
    this.#item.name = 'Faultline';
    const update = () => log.guard('writing the status bar', () => this.#update(), undefined);
    this.#disposables = [
      this.#item,
      roots.onDidSettle(update),
      roots.onDidRemove(update),
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.window.tabGroups.onDidChangeTabs(update),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(): void {
    const document = vscode.window.activeTextEditor?.document;
    // On a map or a settings page the last system stays, until nothing is open at all.
    if (!document && vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) return;
    const view = document && this.#viewOf(document);
    const worst = view && worstJourney(view);
    if (!document || !view || !worst) {
      this.#item.hide();
      return;
    }
    const { journey, up, objective } = worst;
    const missed = objective !== undefined && !keeps(up, objective);
    this.#item.text = `$(${missed ? 'warning' : 'pass'}) ${journey} ${figureText(up)}`;
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t('Faultline: {0} is available {1}, down {2}', journey, figureText(up), figureDowntime(up)),
    };
    this.#item.tooltip = new vscode.MarkdownString(systemText(view));
    this.#item.command = {
      command: commands.openMap,
      title: vscode.l10n.t('Open map'),
      arguments: [{ uri: document.uri.toString(), system: view.linked.system.name, element: `journey ${journey}` }],
    };
    this.#item.show();
  }

  /** Of the system at hand, where it is complete and somebody wants to hear about it. */
  #viewOf(document: vscode.TextDocument): SystemView | undefined {
    const located = this.#roots.locate(document.uri);
    if (!located?.root.isComplete) return undefined;
    const { root, path } = located;
    const linked = root.systemsOf(path).find((one) => isShown(root, one, path));
    const view = linked && root.service.view(linked);
    // What is still being computed is shown once it has settled.
    return view?.isReady ? view : undefined;
  }
}
