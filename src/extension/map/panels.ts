import * as vscode from 'vscode';
import type { OpenMapArguments } from '../../language/host';
import { elementAt, isElementId } from '../../language/locate';
import type { ElementId } from '../../model/origin';
import type { LinkedSystem } from '../../workspace/linked';
import type { Log } from '../log';
import { mapViewType } from '../names';
import type { Located, Roots } from '../roots';
import { chooseSystem, fileAtHand } from '../systemAtHand';
import { MapPanel } from './panel';

/** The caret is followed when it rests, so that walking through a text does not make the map flicker. In milliseconds. */
const rest = 80;

/** What is remembered of an open map, so that it can be opened again after a restart. */
interface Remembered {
  readonly title: string;
  readonly uri: string;
  readonly system: string;
  readonly selected?: string;
}

const memory = 'faultline.maps';

/** All open maps; one a system. */
export class MapPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extension: vscode.ExtensionContext;
  readonly #roots: Roots;
  readonly #log: Log;
  readonly #open = new Set<MapPanel>();
  readonly #disposables: readonly vscode.Disposable[];
  #following: ReturnType<typeof setTimeout> | undefined;

  constructor(extension: vscode.ExtensionContext, roots: Roots, log: Log) {
    this.#extension = extension;
    this.#roots = roots;
    this.#log = log;
    this.#disposables = [
      vscode.window.registerWebviewPanelSerializer(mapViewType, this),
      roots.onDidSettle((root) => {
        for (const map of this.#open) {
          if (map.target.root === root) log.guard('bringing a map up to date', () => map.update(), undefined);
        }
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => this.#followSoon(textEditor, kind !== undefined)),
    ];
  }

  all(): readonly MapPanel[] {
    return [...this.#open];
  }

  /** Opens the map of the system at hand, or shows it where it is open already. */
  async show(asked: vscode.Uri | undefined, choice: Partial<OpenMapArguments> = {}): Promise<MapPanel | undefined> {
    const uri = asked ?? fileAtHand(this.#roots);
    const located = uri && (await this.#roots.pin(uri));
    const linked = located && (await chooseSystem(located, choice.system, vscode.l10n.t('The system to draw')));
    if (!located || !linked) {
      if (located) this.#roots.unpin(located);
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no system to draw here. Open a Faultline file or a compose file first.'),
      );
      return undefined;
    }
    const known = this.all().find((map) => map.target.root === located.root && map.linked() === linked);
    const map = known ?? this.#create(located, linked);
    map.update();
    const element = choice.element !== undefined && isElementId(choice.element) ? choice.element : undefined;
    const selected = element ?? (known ? undefined : caretElement(linked, located));
    if (selected) map.select(selected);
    if (known) {
      known.show();
      if (known.target.path !== located.path) this.#roots.unpin(located);
    }
    return map;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    await this.#log.guardAsync(
      'opening a map again',
      async () => {
        const remembered = this.#remembered().find((other) => other.title === panel.title);
        const located = remembered && (await this.#roots.pin(vscode.Uri.parse(remembered.uri, true)));
        if (!remembered || !located) {
          panel.dispose();
          return;
        }
        const map = this.#adopt(panel, located, remembered.system);
        map.update();
        if (remembered.selected !== undefined && isElementId(remembered.selected)) map.select(remembered.selected);
      },
      undefined,
    );
  }

  dispose(): void {
    clearTimeout(this.#following);
    for (const disposable of this.#disposables) disposable.dispose();
    for (const map of this.#open) map.dispose();
  }

  #create(located: Located, linked: LinkedSystem): MapPanel {
    const panel = vscode.window.createWebviewPanel(
      mapViewType,
      this.#title(linked),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      // Behind another tab a simulation goes on, and what was done by hand in it is still there afterwards.
      { enableScripts: true, retainContextWhenHidden: true },
    );
    return this.#adopt(panel, located, linked.system.name);
  }

  #adopt(panel: vscode.WebviewPanel, located: Located, system: string): MapPanel {
    const map: MapPanel = new MapPanel(panel, { ...located, system }, this.#extension, this.#log, {
      closed: () => {
        this.#open.delete(map);
        this.#roots.unpin(located);
        void this.#remember();
      },
      selected: () => void this.#remember(),
    });
    this.#open.add(map);
    void this.#remember();
    return map;
  }

  /** Unique among the open maps: it is what a map is recognised by after a restart. */
  #title(linked: LinkedSystem): string {
    const title = vscode.l10n.t('Map: {0}', linked.system.name);
    if (!this.all().some((map) => map.title === title)) return title;
    return `${title} (${vscode.workspace.asRelativePath(linked.folder)})`;
  }

  #remembered(): readonly Remembered[] {
    return this.#extension.workspaceState.get<readonly Remembered[]>(memory, []);
  }

  /** Maps that were open before and are not restored yet stay remembered under their titles. */
  async #remember(): Promise<void> {
    const now = this.all().map(({ title, target, selected }) => ({
      title,
      uri: target.root.addresses.uri(target.path).toString(),
      system: target.system,
      ...(selected === null ? {} : { selected }),
    }));
    const others = this.#remembered().filter((other) => !now.some(({ title }) => title === other.title));
    await this.#extension.workspaceState.update(memory, [...now, ...others].slice(0, 20));
  }

  /** @param byHand whether somebody put the caret there; an editor that is opened again puts it somewhere too */
  #followSoon(editor: vscode.TextEditor, byHand: boolean): void {
    if (this.#open.size === 0) return;
    clearTimeout(this.#following);
    this.#following = setTimeout(() => this.#log.guard('following the caret', () => this.#follow(editor, byHand), undefined), rest);
  }

  #follow(editor: vscode.TextEditor, byHand: boolean): void {
    const located = this.#roots.locate(editor.document.uri);
    if (!located) return;
    const offset = editor.document.offsetAt(editor.selection.active);
    for (const map of this.#open) if (map.target.root === located.root) map.follow(located.path, offset, byHand);
  }
}

/** The element at the caret of the editor that shows the file. */
function caretElement(linked: LinkedSystem, { root, path }: Located): ElementId | undefined {
  const uri = root.addresses.uri(path).toString();
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  return editor && elementAt(linked, path, editor.document.offsetAt(editor.selection.active))?.element;
}
