import * as vscode from 'vscode';
import { readText } from '../files';
import type { Log } from '../log';
import type { MapPanels } from '../map/panels';

/** What to do with an example once it is open. */
export interface ExampleRequest {
  /** The name of a file of `examples/`, without its ending. */
  readonly example: string;
  /** A text in it to select. */
  readonly at?: string;
  /** Open its map as well. */
  readonly map?: boolean;
  /** A scenario to play on that map. */
  readonly play?: string;
  /** The step of the walkthrough that is done by this. */
  readonly step?: string;
}

const ending = '.faultline.yaml';

/**
 * The examples that come with the extension. What is opened is a copy: it can be changed and saved like any file, and the
 * extension stays as it is.
 */
export class Examples {
  readonly #extension: vscode.ExtensionContext;
  readonly #maps: MapPanels;
  readonly #log: Log;

  constructor(extension: vscode.ExtensionContext, maps: MapPanels, log: Log) {
    this.#extension = extension;
    this.#maps = maps;
    this.#log = log;
  }

  /** The names of all examples of a single file. */
  async names(): Promise<readonly string[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.#shipped());
    return entries.flatMap(([name]) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : [])).sort();
  }

  /** The text of an example as it comes with the extension; undefined where there is none of that name. */
  async text(example: string): Promise<string | undefined> {
    return (await this.names()).includes(example) ? readText(this.#shipped(example), this.#log) : undefined;
  }

  /** Asks which example to open. */
  async pickAndShow(): Promise<void> {
    const items = await Promise.all(
      (await this.names()).map(async (label) => ({ label, detail: firstLine((await this.text(label)) ?? '') })),
    );
    const placeHolder = vscode.l10n.t('The example to open');
    const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true });
    if (picked) await this.show({ example: picked.label });
  }

  /**
   * Opens an example, and does with it what is asked.
   * @param column where; otherwise where the editor is, or beside a page that is no text
   */
  async show(asked: ExampleRequest, column?: vscode.ViewColumn): Promise<void> {
    const original = await this.text(asked.example);
    if (original === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no example {0}.', asked.example));
      return;
    }
    const uri = await this.#copy(asked.example, original);
    // A map needs the place beside the text, so the text takes the place of the page.
    const isPage = vscode.window.tabGroups.activeTabGroup.activeTab !== undefined && vscode.window.activeTextEditor === undefined;
    const otherwise = isPage && asked.map !== true ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const shown = await openForNow(uri, { viewColumn: column ?? otherwise, preview: false });
    const { document } = shown;
    const selection = rangeOf(document, asked.at);
    if (selection) {
      shown.selection = new vscode.Selection(selection.start, selection.end);
      shown.revealRange(selection, vscode.TextEditorRevealType.InCenter);
    }
    if (asked.step !== undefined) await vscode.commands.executeCommand('setContext', `faultline.step.${asked.step}`, true);
    if (document.getText() !== original) void this.#offerOriginal(document, asked.example, original);
    if (asked.map !== true) return;
    const map = await this.#maps.show(uri);
    if (asked.play !== undefined) map?.play(asked.play);
  }

  /**
   * A copy that somebody has changed stays as they left it. Another version of the extension has copies of its own. Each
   * has a folder to itself, for what stands in one folder is looked at together.
   */
  async #copy(example: string, text: string): Promise<vscode.Uri> {
    const version = (this.#extension.extension.packageJSON as { readonly version?: unknown }).version;
    const folder = vscode.Uri.joinPath(this.#extension.globalStorageUri, 'examples', String(version), example);
    const uri = vscode.Uri.joinPath(folder, `${example}${ending}`);
    if ((await readText(uri, this.#log)) === undefined) {
      await vscode.workspace.fs.createDirectory(folder);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    }
    return uri;
  }

  async #offerOriginal(document: vscode.TextDocument, example: string, original: string): Promise<void> {
    const again = vscode.l10n.t('Start Over');
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The example {0} is as you changed it.', example), again);
    if (answer !== again) return;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.validateRange(new vscode.Range(0, 0, document.lineCount, 0)), original);
    await vscode.workspace.applyEdit(edit);
  }

  #shipped(example?: string): vscode.Uri {
    const folder = vscode.Uri.joinPath(this.#extension.extensionUri, 'examples');
    return example === undefined ? folder : vscode.Uri.joinPath(folder, `${example}${ending}`);
  }
}

/**
 * Opens a file as a click on it does. A document that an extension asks for is kept for minutes after its editor is closed,
 * and so would be its findings.
 */
async function openForNow(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.open', uri, options);
  const front = vscode.window.activeTextEditor;
  return front?.document.uri.toString() === uri.toString() ? front : vscode.window.showTextDocument(uri, options);
}

/** Where a text stands outside of the comments at the head; undefined where it does not. */
function rangeOf(document: vscode.TextDocument, text: string | undefined): vscode.Range | undefined {
  if (text === undefined) return undefined;
  const whole = document.getText();
  const start = whole.indexOf(text, Math.max(0, whole.search(/^faultline:/m)));
  return start < 0 ? undefined : new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** What an example says that it is about. */
function firstLine(text: string): string {
  return /^# ?(.*)/.exec(text)?.[1] ?? '';
}

/** What a command was given, where it asks for an example. */
export function isExampleRequest(argument: unknown): argument is ExampleRequest {
  if (typeof argument !== 'object' || argument === null || !('example' in argument) || typeof argument.example !== 'string') return false;
  const optional = (key: string, type: string) => !(key in argument) || typeof Reflect.get(argument, key) === type;
  return optional('at', 'string') && optional('map', 'boolean') && optional('play', 'string') && optional('step', 'string');
}
