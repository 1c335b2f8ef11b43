import * as vscode from 'vscode';
import { hasComposeName } from '../formats/compose/recognise';
import type { Examples } from './learning/examples';
import type { Log } from './log';
import type { Roots } from './roots';
import { besideCompose, renamed, smallSystem, webShop } from './samples';

/** What a new system begins with. */
type Sample = 'small' | 'web-shop' | 'lab' | 'compose';

/** What is known of a new system before anybody is asked; the rest is asked for. */
export interface NewSystemRequest {
  readonly sample?: Sample;
  readonly name?: string;
  readonly folder?: vscode.Uri;
}

const ending = '.faultline.yaml';
/** Letters and digits of any language; a file's name has to be one everywhere. */
const fileName = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u;
const mostComposeFiles = 50;

/** Writes the first file of a new system. Nothing that is there already is overwritten. */
export class NewSystem {
  readonly #roots: Roots;
  readonly #examples: Examples;
  readonly #log: Log;

  constructor(roots: Roots, examples: Examples, log: Log) {
    this.#roots = roots;
    this.#examples = examples;
    this.#log = log;
  }

  /** Returns the new file; undefined when somebody thought better of it, or it could not be written. */
  async create(asked: NewSystemRequest = {}): Promise<vscode.Uri | undefined> {
    const sample = asked.sample ?? (await this.#pickSample());
    if (!sample) return undefined;
    return sample === 'compose' ? this.#fromCompose(asked) : this.#fromSample(sample, asked);
  }

  async #fromSample(sample: Exclude<Sample, 'compose'>, asked: NewSystemRequest): Promise<vscode.Uri | undefined> {
    const folder = asked.folder ?? (await pickFolder());
    const name = folder && (asked.name ?? (await askName(folder, sample === 'lab' ? 'lab' : 'shop')));
    if (!folder || name === undefined) return undefined;
    return this.#write(folder, name, await this.#text(sample, name));
  }

  async #fromCompose(asked: NewSystemRequest): Promise<vscode.Uri | undefined> {
    const file = await pickCompose(await composeFiles(asked.folder));
    if (!file) return undefined;
    const folder = vscode.Uri.joinPath(file, '..');
    const entry = await this.#pickEntry(file);
    const name = entry === undefined ? undefined : (asked.name ?? (await askName(folder, lastPart(folder))));
    if (entry === undefined || name === undefined) return undefined;
    return this.#write(folder, name, besideCompose(name, lastPart(file), entry));
  }

  async #text(sample: Exclude<Sample, 'compose'>, name: string): Promise<string> {
    if (sample === 'small') return smallSystem(name);
    if (sample === 'web-shop') return webShop(name);
    return renamed((await this.#examples.text('lab')) ?? smallSystem(name), name);
  }

  async #write(folder: vscode.Uri, name: string, text: string): Promise<vscode.Uri | undefined> {
    const trouble = await nameTrouble(folder, name);
    const uri = fileOf(folder, name);
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
    if (trouble !== undefined || !(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('{0} was not written. {1}', lastPart(uri), trouble ?? vscode.l10n.t('The folder does not take it.')),
      );
      return undefined;
    }
    this.#log.info(`Wrote ${uri.toString()}`);
    await vscode.window.showTextDocument(uri, { preview: false });
    return uri;
  }

  async #pickSample(): Promise<Sample | undefined> {
    interface Item extends vscode.QuickPickItem {
      readonly sample: Sample;
    }
    const items: Item[] = [
      { sample: 'small', label: vscode.l10n.t('Small'), detail: vscode.l10n.t('Two components and a call: as little as there can be') },
      {
        sample: 'web-shop',
        label: vscode.l10n.t('Web shop'),
        detail: vscode.l10n.t('Two zones, services, a database, a queue and a card provider, to be changed into your own'),
      },
      {
        sample: 'lab',
        label: vscode.l10n.t('The laboratory'),
        detail: vscode.l10n.t('Eight threads and a payment service that hangs, to play with'),
      },
    ];
    if ((await composeFiles(undefined)).length > 0)
      items.unshift({
        sample: 'compose',
        label: vscode.l10n.t('From a compose file'),
        detail: vscode.l10n.t('Takes what runs from a compose file of this workspace, and adds who uses it'),
      });
    const placeHolder = vscode.l10n.t('What the new system begins with');
    return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.sample;
  }

  /** The service that users call: those that nobody else calls come first. */
  async #pickEntry(file: vscode.Uri): Promise<string | undefined> {
    const located = await this.#roots.pin(file);
    const system = located?.root.systemsOf(located.path)[0]?.system;
    if (located) this.#roots.unpin(located);
    const names = [...(system?.components.keys() ?? [])];
    if (names.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} has no services.', lastPart(file)));
      return undefined;
    }
    const called = new Set(system?.calls.map(({ to }) => to));
    const callers = new Set(system?.calls.map(({ from }) => from));
    const rank = (name: string) => (called.has(name) ? 2 : 0) + (callers.has(name) ? 0 : 1);
    const sorted = names.sort((a, b) => rank(a) - rank(b));
    if (sorted.length === 1) return sorted[0];
    return vscode.window.showQuickPick(sorted, { placeHolder: vscode.l10n.t('The service that users call') });
  }
}

/** Compose files below a folder, or in the whole workspace. */
async function composeFiles(folder: vscode.Uri | undefined): Promise<readonly vscode.Uri[]> {
  const pattern = '**/*compose*.{yml,yaml}';
  const within = folder ? new vscode.RelativePattern(folder, pattern) : pattern;
  const found = await vscode.workspace.findFiles(within, '**/node_modules/**', mostComposeFiles);
  return found.filter(({ path }) => hasComposeName(path)).sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
}

async function pickCompose(files: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  if (files.length <= 1) {
    if (files.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('There is no compose file here.'));
    return files[0];
  }
  const items = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('The compose file to begin with') }))?.uri;
}

/** A folder of the workspace, or any other. */
async function pickFolder(): Promise<vscode.Uri | undefined> {
  const other = vscode.l10n.t('Another folder…');
  const folders = new Map((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => [uri.toString(), uri]));
  const active = vscode.window.activeTextEditor?.document.uri;
  const beside = active && vscode.workspace.getWorkspaceFolder(active) && vscode.Uri.joinPath(active, '..');
  if (beside) folders.set(beside.toString(), beside);
  const items: (vscode.QuickPickItem & { readonly uri?: vscode.Uri })[] = [...folders.values()].map((uri) => ({
    label: lastPart(uri),
    description: uri.scheme === 'file' ? uri.fsPath : uri.path,
    uri,
  }));
  if (items.length === 0) return openFolder();
  const picked = await vscode.window.showQuickPick([...items, { label: other }], {
    placeHolder: vscode.l10n.t('The folder to write it to'),
    matchOnDescription: true,
  });
  return picked && (picked.uri ?? openFolder());
}

async function openFolder(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    title: vscode.l10n.t('The folder to write it to'),
    openLabel: vscode.l10n.t('Write It Here'),
  });
  return picked?.[0];
}

async function askName(folder: vscode.Uri, proposal: string): Promise<string | undefined> {
  let value = proposal;
  for (let i = 2; i < 100 && (await nameTrouble(folder, value)) !== undefined; i++) value = `${proposal}-${i}`;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New system'),
    prompt: vscode.l10n.t('The name of the system. Its file is called after it.'),
    value,
    validateInput: (text) => nameTrouble(folder, text.trim()),
  });
  return name?.trim();
}

/** Why a system in a folder cannot be called that. */
async function nameTrouble(folder: vscode.Uri, name: string): Promise<string | undefined> {
  if (!fileName.test(name) || /[. ]$/.test(name))
    return vscode.l10n.t('A name begins with a letter or a digit, and has letters, digits, spaces, dots, - and _ in it.');
  const uri = fileOf(folder, name);
  return (await exists(uri)) ? vscode.l10n.t('There is a file {0} already.', lastPart(uri)) : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

function fileOf(folder: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, `${name}${ending}`);
}

function lastPart(uri: vscode.Uri): string {
  return uri.path.replace(/\/+$/, '').replace(/^.*\//, '');
}

/** What a command was given, where it says something of the system to make. */
export function isNewSystemRequest(argument: unknown): argument is NewSystemRequest {
  if (typeof argument !== 'object' || argument === null || argument instanceof vscode.Uri) return false;
  const { sample, name, folder } = argument as Readonly<Record<string, unknown>>;
  const samples: readonly unknown[] = ['small', 'web-shop', 'lab', 'compose', undefined];
  const fits = samples.includes(sample) && (name === undefined || typeof name === 'string');
  return fits && (folder === undefined || folder instanceof vscode.Uri);
}
