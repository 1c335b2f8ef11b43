import * as vscode from 'vscode';
import { captionsOf, marksOf } from '../../language/pictureNotes';
import type { Block } from '../../language/report/blocks';
import { htmlPage } from '../../language/report/html';
import { asMarkdown, titleMarkdown } from '../../language/report/markdown';
import type { Outcomes } from '../../language/report/outcomes';
import { aboutText, figureOf, pictureNames, reportDocument, reportSteps, reportTitle } from '../../language/report/report';
import { inSlices } from '../../language/slices';
import { directionFor } from '../../layout/direction';
import { lightColours } from '../../layout/drawing/colours';
import { svgDocument } from '../../layout/drawing/svg';
import { entriesOf, flowing, graphOf } from '../../layout/graphOf';
import { layoutPicture } from '../../layout/picture';
import type { LinkedSystem } from '../../workspace/linked';
import type { Located, Roots } from '../roots';
import { chooseSystem, fileAtHand } from '../systemAtHand';
import { hostLayouter } from './layouter';

/** What a report is to be, where somebody says so instead of being asked. */
export interface ReportRequest {
  /** The address of a file of the system. */
  readonly uri?: string;
  readonly system?: string;
  readonly format?: ReportFormat;
  /** The address of the file to write; there is no dialog then. */
  readonly target?: string;
}

/** A page, a file, or a text that is not saved yet. */
type ReportFormat = 'html' | 'markdown' | 'untitled';

export function isReportRequest(argument: unknown): argument is ReportRequest {
  if (typeof argument !== 'object' || argument === null || argument instanceof vscode.Uri) return false;
  return ['uri', 'system', 'format', 'target'].every((key) => {
    const value: unknown = Object.entries(argument).find(([name]) => name === key)?.[1];
    return value === undefined || typeof value === 'string';
  });
}

/** What the picture is seen on, in pixels. */
const page = { width: 1120, height: 800 };

/** Writes what is known of a system for whoever has no editor at hand. */
export class Reports {
  readonly #extension: vscode.ExtensionContext;
  readonly #roots: Roots;

  constructor(extension: vscode.ExtensionContext, roots: Roots) {
    this.#extension = extension;
    this.#roots = roots;
  }

  /** Asks for what is not said, writes, and offers to open what was written. Rejects when it cannot be written. */
  async write({ uri, system, format, target }: ReportRequest): Promise<void> {
    const file = uri === undefined ? fileAtHand(this.#roots) : vscode.Uri.parse(uri, true);
    const located = file && (await this.#roots.pin(file));
    try {
      const linked = located && (await chooseSystem(located, system, vscode.l10n.t('The system to report on')));
      if (!located || !linked) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('There is no system to report on here. Open a Faultline file or a compose file first.'),
        );
        return;
      }
      const chosen = format ?? (await pickFormat());
      const place = target === undefined ? await pickPlace(chosen, linked, located) : vscode.Uri.parse(target, true);
      if (chosen === undefined || (chosen !== 'untitled' && place === undefined)) return;
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Writing the report'), cancellable: true },
        (_, token) => this.#make(located, linked, chosen, place, token),
      );
      if (target === undefined && place) void offerToOpen(place);
    } finally {
      if (located) this.#roots.unpin(located);
    }
  }

  async #make(
    { root }: Located,
    linked: LinkedSystem,
    format: ReportFormat,
    place: vscode.Uri | undefined,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const view = root.service.view(linked);
    const shown = (path: string) => vscode.workspace.asRelativePath(root.addresses.uri(path));
    const made = await inSlices(reportSteps(view, outcomesOf(root, linked), shown), () => token.isCancellationRequested);
    if (!made) return;
    const whole = graphOf(linked.system, marksOf(view), captionsOf(view), { startup: true, telemetry: true });
    const direction = directionFor(whole, page);
    const graph = flowing(whole, direction);
    const options = { direction, entries: entriesOf(linked.system) };
    const cancelled = new Promise<undefined>((done) => token.onCancellationRequested(() => done(undefined)));
    const picture = await Promise.race([layoutPicture(graph, await hostLayouter(), options), cancelled]);
    if (!picture || token.isCancellationRequested) return;
    // On a page the drawing takes the page's colours; in a file of its own it brings them.
    const svg = svgDocument(graph, picture, linked.system.name, format === 'html' ? {} : lightColours);
    const reports = [{ ...made.value, picture: figureOf(view, svg) }];
    const title = reportTitle(reports);
    const about = aboutText(String(this.#extension.extension.packageJSON.version), new Date());
    const blocks = reportDocument(reports);
    if (format === 'html' && place) await writeText(place, htmlPage(blocks, { title, about, language: vscode.env.language }));
    else await writeMarkdown(titleMarkdown(title, about), blocks, place);
  }
}

/** What is known of scenarios that ran, and still holds. */
function outcomesOf(root: Located['root'], linked: LinkedSystem): Outcomes {
  const known = [...linked.system.scenarios.keys()].flatMap((name) => {
    const outcome = root.host.scenarios?.outcome(linked, name);
    return outcome && !outcome.isStale ? [[name, outcome.verdict] as const] : [];
  });
  return new Map(known);
}

/** Pictures are files beside the one that is written; a text that is not saved yet has none. */
async function writeMarkdown(head: string, blocks: readonly Block[], place: vscode.Uri | undefined): Promise<void> {
  if (!place) {
    const content = `${head}\n\n${asMarkdown(blocks)}\n`;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
    return;
  }
  const base = place.path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  const names = pictureNames(blocks, base);
  for (const [{ svg }, name] of names) await writeText(vscode.Uri.joinPath(place, '..', name), svg);
  await writeText(place, `${head}\n\n${asMarkdown(blocks, (picture) => names.get(picture))}\n`);
}

async function writeText(place: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(place, new TextEncoder().encode(text));
}

async function pickFormat(): Promise<ReportFormat | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly format: ReportFormat })[] = [
    {
      format: 'html',
      label: vscode.l10n.t('Page'),
      description: '.html',
      detail: vscode.l10n.t('One file with everything in it, for a browser or for paper'),
    },
    {
      format: 'markdown',
      label: vscode.l10n.t('Markdown'),
      description: '.md',
      detail: vscode.l10n.t('A text with the picture beside it, for a repository or a wiki'),
    },
    {
      format: 'untitled',
      label: vscode.l10n.t('Markdown in an editor'),
      detail: vscode.l10n.t('A text without a picture, which is not saved yet'),
    },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('What the report is to be') }))?.format;
}

async function pickPlace(format: ReportFormat | undefined, linked: LinkedSystem, { root }: Located): Promise<vscode.Uri | undefined> {
  if (format === undefined || format === 'untitled') return undefined;
  const ending = format === 'html' ? 'html' : 'md';
  // A name out of a file may hold what no file's name does.
  const name = linked.system.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'system';
  const proposed = vscode.Uri.joinPath(root.addresses.uri(linked.folder), `${name}-reliability.${ending}`);
  const filters = format === 'html' ? { [vscode.l10n.t('Page')]: ['html', 'htm'] } : { [vscode.l10n.t('Markdown')]: ['md'] };
  return vscode.window.showSaveDialog({ defaultUri: proposed, filters, title: vscode.l10n.t('Where the report is to be written') });
}

async function offerToOpen(place: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const name = vscode.workspace.asRelativePath(place);
  if ((await vscode.window.showInformationMessage(vscode.l10n.t('The report is written: {0}', name), open)) !== open) return;
  // A browser shows a page that is on this machine; what is elsewhere is shown as the text that it is.
  const isHere = place.scheme === 'file' && vscode.env.remoteName === undefined && /\.html?$/i.test(place.path);
  if (isHere) await vscode.env.openExternal(place);
  else await vscode.commands.executeCommand('vscode.open', place);
}
