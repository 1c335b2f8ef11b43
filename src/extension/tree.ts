import * as vscode from 'vscode';
import { inSlices } from '../language/slices';
import { systemTree, type TreeIcon, type TreeNode } from '../language/tree';
import { LineIndex } from '../model/text';
import * as convert from './convert';
import type { Log } from './log';
import { systemsView } from './names';
import type { Root } from './root';
import type { Roots } from './roots';
import { systemsInView } from './shown';

/** A line with the root that its place belongs to. */
interface Line {
  readonly root: Root;
  readonly node: TreeNode;
  readonly path: string;
}

const icons: Readonly<Record<TreeIcon, vscode.ThemeIcon | undefined>> = {
  system: new vscode.ThemeIcon('type-hierarchy-sub'),
  group: undefined,
  kept: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  missed: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  journey: new vscode.ThemeIcon('arrow-right'),
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  info: new vscode.ThemeIcon('info'),
  hint: new vscode.ThemeIcon('lightbulb'),
  component: new vscode.ThemeIcon('symbol-class'),
};

/** The tree of all systems that somebody looks at. */
export class SystemsTree implements vscode.TreeDataProvider<Line>, vscode.Disposable {
  readonly #roots: Roots;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: readonly vscode.Disposable[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(roots: Roots, log: Log) {
    this.#roots = roots;
    this.#log = log;
    this.#disposables = [
      this.#changed,
      vscode.window.createTreeView(systemsView, { treeDataProvider: this, showCollapseAll: true }),
      roots.onDidSettle(() => this.#changed.fire()),
      roots.onDidRemove(() => this.#changed.fire()),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async getChildren(line?: Line): Promise<Line[]> {
    if (line) return line.node.children.map((node) => ({ root: line.root, node, path: `${line.path}/${node.id}` }));
    return this.#log.guardAsync('listing the systems', () => this.#systems(), []);
  }

  async #systems(): Promise<Line[]> {
    const lines: Line[] = [];
    for (const root of this.#roots.all()) {
      for (const linked of systemsInView(root)) {
        await inSlices(root.service.prepare(linked), () => false);
        const node = systemTree(root.service.view(linked));
        lines.push({ root, node, path: `${root.addresses.key} ${node.id}` });
      }
    }
    return lines;
  }

  getTreeItem({ root, node, path }: Line): vscode.TreeItem {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const state = node.children.length === 0 ? None : node.icon === 'system' || node.id === 'journeys' ? Expanded : Collapsed;
    const item = new vscode.TreeItem(node.label, state);
    item.id = path;
    item.description = node.description ?? false;
    item.tooltip = node.tooltip;
    const icon = icons[node.icon];
    if (icon) item.iconPath = icon;
    const place = node.place;
    const text = place && root.text(place.file);
    const lines = text === undefined ? undefined : new LineIndex(text);
    if (place && lines) {
      const selection = convert.range({ start: lines.positionAt(place.span.start), end: lines.positionAt(place.span.end) });
      item.command = { command: 'vscode.open', title: node.label, arguments: [root.addresses.uri(place.file), { selection }] };
    }
    return item;
  }
}
