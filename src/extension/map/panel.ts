import * as vscode from 'vscode';
import { onPaperSteps } from '../../analysis/availability/onPaper';
import { elementAt } from '../../language/locate';
import { inSlices } from '../../language/slices';
import type { FromMap, MapModel, Question, Story, ToMap } from '../../layout/protocol';
import type { OnPaper } from '../../model/onPaper';
import { type ElementId, namePlace } from '../../model/origin';
import type { Variant } from '../../model/scenario';
import { unpack } from '../../model/transfer';
import type { LinkedSystem } from '../../workspace/linked';
import * as convert from '../convert';
import type { Log } from '../log';
import { pageFolder } from '../page';
import type { Located } from '../roots';
import { askForName, MapEdits } from './edits';
import { mapHtml } from './html';
import { mapModel } from './model';
import { savePicture } from './pictures';

/** Which system a map shows: the one of this name that this file is part of. */
export interface MapTarget extends Located {
  readonly system: string;
}

/** What whoever keeps the maps hears of one. */
export interface MapEvents {
  closed(): void;
  /** Another element is selected, or none. */
  selected(): void;
}

/** One open map: a view of one system, kept in step with its text in both directions. */
export class MapPanel implements vscode.Disposable {
  readonly target: MapTarget;
  readonly #panel: vscode.WebviewPanel;
  readonly #log: Log;
  readonly #edits: MapEdits;
  readonly #events: MapEvents;
  readonly #disposables: vscode.Disposable[] = [];
  #ready = false;
  #version = 0;
  #sent = '';
  #model: Omit<MapModel, 'version'> | undefined;
  #selected: ElementId | null = null;
  /** A scenario that is to be played as soon as the page runs and knows of it. */
  #wanted: string | undefined;
  /** The page of a question, to be opened as soon as the map runs. */
  #asked: Question | undefined;

  constructor(panel: vscode.WebviewPanel, target: MapTarget, extension: vscode.ExtensionContext, log: Log, events: MapEvents) {
    this.#panel = panel;
    this.target = target;
    this.#log = log;
    this.#events = events;
    this.#edits = new MapEdits(target.root);
    panel.iconPath = vscode.Uri.joinPath(extension.extensionUri, 'media', 'faultline.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
    this.#disposables.push(
      panel.webview.onDidReceiveMessage((message: FromMap) => this.#log.guard('answering the map', () => this.receive(message), undefined)),
      panel.onDidDispose(() => {
        this.dispose();
        events.closed();
      }),
    );
    panel.webview.html = mapHtml(panel.webview, extension, panel.title);
  }

  get title(): string {
    return this.#panel.title;
  }

  /** Whether the page has said that it runs. */
  get isReady(): boolean {
    return this.#ready;
  }

  get selected(): ElementId | null {
    return this.#selected;
  }

  /** The titles of the fixes that were offered last; none while they are looked for. */
  get offered(): readonly string[] {
    return this.#edits.offered;
  }

  get model(): Omit<MapModel, 'version'> | undefined {
    return this.#model;
  }

  show(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    for (const disposable of this.#disposables.splice(0)) disposable.dispose();
  }

  close(): void {
    this.#panel.dispose();
  }

  /** Sends what changed. While the text is not sound the last sound model stays, with a note. */
  update(): void {
    const linked = this.linked();
    if (linked?.sound) {
      this.#model = mapModel(this.target.root.service.view(linked), undefined);
    } else {
      const note = linked
        ? vscode.l10n.t('The text cannot be read as it stands. This is the last version that could.')
        : vscode.l10n.t('There is no system {0} any more. This is how it was last.', this.target.system);
      // Nothing sound was seen yet: better what can be read than nothing.
      const model = this.#model ?? (linked && mapModel(this.target.root.service.view(linked), undefined));
      if (model) this.#model = { ...model, note };
    }
    this.#send();
    this.#playWanted();
  }

  /** Marks an element on the map. */
  select(element: ElementId | null): void {
    if (element === this.#selected) return;
    this.#selected = element;
    this.#events.selected();
    this.#post({ type: 'select', element });
  }

  /**
   * Selects the innermost element at an offset of one of the system's files.
   * @param clears whether nothing is selected where there is none
   */
  follow(path: string, offset: number, clears: boolean): void {
    const linked = this.linked();
    if (!linked?.files.includes(path)) return;
    const element = elementAt(linked, path, offset)?.element;
    if (element !== undefined || clears) this.select(element ?? null);
  }

  /** Plays a scenario from its beginning. */
  play(scenario: string): void {
    this.#wanted = scenario;
    this.#playWanted();
  }

  /** Opens the page of a question. */
  ask(question: Question): void {
    this.#asked = question;
    if (!this.#ready) return;
    this.#asked = undefined;
    this.#post({ type: 'question', question });
  }

  receive(message: FromMap): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (this.#asked) this.ask(this.#asked);
        this.#sent = '';
        this.#send();
        if (this.#selected !== null) this.#post({ type: 'select', element: this.#selected });
        this.#playWanted();
        return;
      case 'reveal':
        this.#selected = message.element;
        this.#events.selected();
        void this.#log.guardAsync(`revealing ${message.element}`, () => this.#reveal(message.element), undefined);
        return;
      case 'failed':
        this.#log.failed('drawing the map', message.message);
        return;
      case 'peek':
        this.#work('looking for fixes', () => this.#peek(message.elements));
        return;
      case 'fix':
        this.#work('fixing a finding from the map', () => this.#edits.apply(message.id, () => this.linked()));
        return;
      case 'on-paper':
        this.#work('analysing a game day', async () => {
          const onPaper = await this.onPaper(message.variant);
          if (onPaper) this.#post({ type: 'on-paper', asked: message.asked, onPaper });
        });
        return;
      case 'save-scenario':
        this.#work('saving a scenario', () => this.#saveScenario(message.story));
        return;
      case 'save-picture':
        this.#work('saving a picture', () => savePicture(message, this.target));
        return;
    }
  }

  /** The system it shows, for the text as it stands; undefined once there is none of that name. */
  linked(): LinkedSystem | undefined {
    const { root, path, system } = this.target;
    const same = root.systemsOf(path).find((linked) => linked.system.name === system);
    return same ?? root.systems().find((linked) => linked.system.name === system);
  }

  /** What becomes of each journey of a variant without each thing; undefined where the text is not sound, or changes meanwhile. */
  async onPaper(variant: Variant): Promise<OnPaper | undefined> {
    const linked = this.linked();
    if (!linked?.sound) return undefined;
    const done = await inSlices(onPaperSteps(linked.system, variant), () => this.linked() !== linked);
    return done?.value;
  }

  /** What may fail without taking the map down. */
  #work(doing: string, work: () => Promise<void>): void {
    void this.#log.guardAsync(doing, work, undefined);
  }

  async #peek(elements: readonly ElementId[]): Promise<void> {
    const linked = this.linked();
    const marks = linked ? await this.#edits.fixes(linked, elements) : [];
    if (marks) this.#post({ type: 'fixes', elements, marks });
  }

  async #saveScenario(story: Story): Promise<void> {
    const linked = this.linked();
    const name = linked && (await askForName(linked));
    // While the name was being typed, the text may have changed.
    const now = this.linked();
    if (name === undefined || !now) return;
    if (!(await this.#edits.addScenario(name, story, now))) return;
    // The run began again with the new text: with what was saved, and not from nothing.
    this.play(name);
    await this.#reveal(`scenario ${name}`);
  }

  #send(): void {
    if (!this.#ready || !this.#model) return;
    const text = JSON.stringify(this.#model);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#post({ type: 'model', model: { ...this.#model, version: ++this.#version } });
  }

  #playWanted(): void {
    const scenario = this.#wanted;
    if (scenario === undefined || !this.#ready || !this.#shows(scenario)) return;
    this.#wanted = undefined;
    this.#post({ type: 'play', scenario });
  }

  /** Whether what was sent last has a scenario of this name. */
  #shows(scenario: string): boolean {
    return this.#model !== undefined && unpack(this.#model.system).scenarios.has(scenario);
  }

  #post(message: ToMap): void {
    if (!this.#ready) return;
    void this.#panel.webview.postMessage(message);
  }

  /** Shows where an element stands, in an editor beside the map; the map keeps the focus. */
  async #reveal(element: ElementId): Promise<void> {
    const linked = this.linked();
    const place = linked && namePlace(linked.origins, element);
    const range = place && this.target.root.service.view(linked).range(place.file, place.span);
    if (!place || !range) return;
    const uri = this.target.root.addresses.uri(place.file);
    const selection = convert.range(range);
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
    const editor =
      shown ?? (await vscode.window.showTextDocument(uri, { viewColumn: this.#columnBeside(uri), preserveFocus: true, preview: true }));
    editor.selection = new vscode.Selection(selection.start, selection.end);
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Where the file is open already; else a column that is not the map's. */
  #columnBeside(uri: vscode.Uri): vscode.ViewColumn {
    const groups = vscode.window.tabGroups.all;
    const has = groups.find((group) =>
      group.tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
    );
    const other = groups.find((group) => group.viewColumn !== this.#panel.viewColumn);
    return has?.viewColumn ?? other?.viewColumn ?? vscode.ViewColumn.Beside;
  }
}
