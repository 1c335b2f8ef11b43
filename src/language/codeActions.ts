import * as l10n from '@vscode/l10n';
import type { CodeAction, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { editsFor } from '../editing/edits';
import type { Steps } from '../model/steps';
import { overlaps, type TextChange } from '../model/text';
import { insertRetry, insertRetryByPolicy } from '../remedies/call';
import type { Change, Remedy } from '../remedies/change';
import { rules } from '../rules/registry';
import type { Finding } from '../rules/rule';
import { toDiagnostic } from './diagnostics';
import { ignoreEdit } from './ignore';
import { callsAt, partsOf } from './locate';
import { quickFix, rewrite } from './lsp';
import { objectiveActions } from './objective';
import { savingOf, savingText } from './savings';
import type { SystemView } from './view';

/**
 * Something to offer. Its edit may be left for when it is chosen: to write one safely the file is read again, which
 * on a large file takes longer than a lightbulb may.
 */
export interface OfferedAction {
  readonly action: CodeAction;
  /** The edit; undefined where it turns out that it cannot be written without changing more than it says. */
  edit(): WorkspaceEdit | undefined;
}

/** What may be spent on the figures in the titles of one finding's remedies, in milliseconds. */
const figuresBudget = 100;

/** Up to this many characters edits are written at once, so that none is offered that cannot be written. */
const quicklyWritten = 12_000;

const known = new WeakMap<Finding, readonly OfferedAction[]>();

/** What can be done about the findings in a range: corrections and remedies first, then silencing with a reason. */
export function* codeActions(view: SystemView, path: string, range: Range): Steps<readonly OfferedAction[]> {
  const lines = view.lines(path);
  if (!lines) return [];
  yield* view.prepare();
  const asked = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  const findings = view.findings.filter(({ place }) => place.file === path && overlaps(place.span, asked));
  const fixes: OfferedAction[] = [];
  for (const finding of findings) fixes.push(...(yield* fixesFor(view, finding)));
  const quickly = isQuicklyWritten(view, path);
  return [
    ...distinct(fixes),
    ...(yield* refactorings(view, path, asked.start)),
    ...(yield* objectiveActions(view, path, asked.start, (changes) => written(view, changes), quickly)),
    ...findings.flatMap((finding) => ignoreAction(view, finding)),
  ];
}

/** What can be done to the call at the caret without anything being wrong with it. */
function* refactorings(view: SystemView, path: string, offset: number): Steps<readonly OfferedAction[]> {
  const [call, ...others] = callsAt(view.linked, path, offset);
  // An entry for several calls has one policy for all of them, and they may differ in what is safe.
  if (!call || others.length > 0) return [];
  const { name } = partsOf(call.element);
  const offered: OfferedAction[] = [];
  for (const make of [insertRetry, insertRetryByPolicy]) {
    yield;
    const remedy = make(view.linked.system, name);
    if (!remedy) continue;
    const write = once(() => written(view, remedy.changes));
    if (!isQuicklyWritten(view, path) || write()) offered.push({ action: { title: remedy.title, kind: rewrite }, edit: write });
  }
  return offered;
}

function isQuicklyWritten(view: SystemView, path: string): boolean {
  return (view.host.text(path)?.length ?? 0) <= quicklyWritten;
}

function written(view: SystemView, changes: readonly Change[]): WorkspaceEdit | undefined {
  return workspaceEdit(view, editsFor(changes, view.linked, (file) => view.host.text(file)) ?? []);
}

/** What can be done about one finding, besides silencing it. Asked for at every step of the caret, so computed once a finding. */
export function* fixesFor(view: SystemView, finding: Finding): Steps<readonly OfferedAction[]> {
  let offered = known.get(finding);
  if (!offered) {
    try {
      offered = [...corrections(view, finding), ...(yield* remedies(view, finding))];
    } catch (error) {
      // A bug in one rule must not take away what the others offer at the same place.
      view.host.failed(`looking for fixes of ${finding.rule}`, error);
      offered = [];
    }
    known.set(finding, offered);
  }
  return offered;
}

function corrections(view: SystemView, finding: Finding): readonly OfferedAction[] {
  const suggestions = finding.suggestions ?? [];
  return suggestions.flatMap(({ title, changes, safe }) => {
    const edit = workspaceEdit(view, changes);
    return edit ? [offer(view, finding, title, safe && suggestions.length === 1, () => edit)] : [];
  });
}

function* remedies(view: SystemView, finding: Finding): Steps<readonly OfferedAction[]> {
  const started = performance.now();
  const offered = rules.find((rule) => rule.id === finding.rule)?.fixes?.(finding, view) ?? [];
  const atOnce = isQuicklyWritten(view, finding.place.file);
  const actions: OfferedAction[] = [];
  for (const [i, remedy] of offered.entries()) {
    yield;
    const write = once(() => written(view, remedy.changes));
    if (atOnce && !write()) continue;
    const title = yield* titleOf(view, remedy, started + figuresBudget);
    actions.push(offer(view, finding, title, i === 0, write));
  }
  return actions;
}

function* titleOf(view: SystemView, remedy: Remedy, deadline: number): Steps<string> {
  const saving = performance.now() < deadline ? yield* savingOf(view, remedy) : undefined;
  return saving ? savingText(remedy.title, saving) : remedy.title;
}

function offer(
  view: SystemView,
  finding: Finding,
  title: string,
  isPreferred: boolean,
  edit: () => WorkspaceEdit | undefined,
): OfferedAction {
  const diagnostic = toDiagnostic(view, finding);
  const action: CodeAction = {
    title,
    kind: quickFix,
    ...(diagnostic ? { diagnostics: [diagnostic] } : {}),
    ...(isPreferred ? { isPreferred } : {}),
  };
  return { action, edit };
}

/** Text changes as the client takes them; undefined where there is nothing to change or a text is not there. */
export function workspaceEdit(view: SystemView, changes: readonly TextChange[]): WorkspaceEdit | undefined {
  const edits = new Map<string, TextEdit[]>();
  for (const { file, span, text } of changes) {
    const range = view.range(file, span);
    if (!range) return undefined;
    const uri = view.host.uri(file);
    const list = edits.get(uri) ?? [];
    list.push({ range, newText: text });
    edits.set(uri, list);
  }
  return edits.size === 0 ? undefined : { changes: Object.fromEntries(edits) };
}

/** Silencing a finding where nothing can be typed over in the text: the reason is asked for. */
export interface Ignoring {
  readonly title: string;
  /** Whether there is a reason to give: where the line is silenced already, its own holds. */
  readonly isAsking: boolean;
  edit(reason: string): WorkspaceEdit | undefined;
}

/** How a finding can be silenced; undefined where it cannot be. */
export function ignoring(view: SystemView, finding: Finding): Ignoring | undefined {
  const written = isIgnorable(finding) ? ignoreEdit(view, finding) : undefined;
  if (!written) return undefined;
  const edit = (reason: string) => {
    const given = ignoreEdit(view, finding, reason);
    return given && workspaceEdit(view, [given.change]);
  };
  return { title: ignoreTitle(finding), isAsking: written.reason !== undefined, edit };
}

function isIgnorable({ rule }: Finding): boolean {
  return rule !== 'syntax' && rule !== 'stale-suppression';
}

function ignoreTitle({ rule }: Finding): string {
  return l10n.t('Ignore {0} here, with a reason', rule);
}

function ignoreAction(view: SystemView, finding: Finding): readonly OfferedAction[] {
  const written = isIgnorable(finding) ? ignoreEdit(view, finding) : undefined;
  const range = written && view.range(written.change.file, written.change.span);
  if (!range) return [];
  const { change, reason } = written;
  const edit = reason
    ? { range, snippet: { kind: 'snippet' as const, value: snippetOf(change.text, reason.start, reason.end) } }
    : { range, newText: change.text };
  const whole: WorkspaceEdit = { documentChanges: [{ textDocument: { uri: view.host.uri(change.file), version: null }, edits: [edit] }] };
  return [offer(view, finding, ignoreTitle(finding), false, () => whole)];
}

/** The text as a snippet in which one stretch is selected, ready to be typed over. */
function snippetOf(text: string, start: number, end: number): string {
  const plain = (part: string) => part.replace(/[\\$}]/g, '\\$&');
  return `${plain(text.slice(0, start))}\${1:${plain(text.slice(start, end))}}${plain(text.slice(end))}`;
}

/** Two findings at one place may offer the same way out: it is listed once, for both. */
function distinct(offered: readonly OfferedAction[]): readonly OfferedAction[] {
  const seen = new Map<string, OfferedAction>();
  for (const one of offered) {
    const first = seen.get(one.action.title);
    if (!first) seen.set(one.action.title, one);
    else
      seen.set(one.action.title, {
        ...first,
        action: { ...first.action, diagnostics: [...(first.action.diagnostics ?? []), ...(one.action.diagnostics ?? [])] },
      });
  }
  return [...seen.values()];
}

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
