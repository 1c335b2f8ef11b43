import type { WorkspaceEdit } from 'vscode-languageserver-types';
import type { Steps } from '../analysis/steps';
import { applyTextChanges } from '../editing/edit';
import { editsFor } from '../editing/edits';
import type { TextChange } from '../model/text';
import { rules } from '../rules/registry';
import type { Finding } from '../rules/rule';
import type { LinkedSystem } from '../workspace/linked';
import { Workspace } from '../workspace/workspace';
import { workspaceEdit } from './codeActions';
import { overlaps } from './locate';
import { Pieces } from './pieces';
import { SystemView } from './view';

/** Rounds of reading again. What is left after so many is found when it is asked for the next time. */
const mostRounds = 100;

/**
 * Makes every change of a file that is safe to make without asking: those that have nothing to do with one another, then
 * the file is read again, then what is left. So no change rests on what another one has changed, the result does not
 * depend on who asks, and what would bring a new error is left out. Changes of other files are left to their own
 * saving. Undefined where there is nothing to do.
 */
export function* fixAll(view: SystemView, path: string): Steps<WorkspaceEdit | undefined> {
  const text = view.host.text(path);
  if (text === undefined) return undefined;
  yield* view.prepare();
  const copy = new Copy(view);
  const pieces = new Pieces(path, text);
  const refused = new Set<string>();
  let current = view;
  for (let round = 0; round < mostRounds; round++) {
    const fixes = yield* independentFixes(current, path, refused);
    const [first] = fixes;
    if (!first) break;
    const before = pieces.text;
    let made = fixes;
    let next = yield* tried(copy, current, path, before, made);
    if (!next && fixes.length > 1) {
      made = [first];
      next = yield* tried(copy, current, path, before, made);
    }
    if (next) {
      const changes = made.flatMap((fix) => fix.changes).sort((a, b) => b.span.start - a.span.start);
      for (const { span, text: inserted } of changes) pieces.replace(span, inserted);
      current = next;
    } else {
      refused.add(keyOf(first.finding));
      // The copy goes back to where it was.
      current = copy.read(path, before) ?? current;
    }
  }
  return workspaceEdit(view, pieces.changes());
}

interface Fix {
  readonly finding: Finding;
  readonly changes: readonly TextChange[];
}

/** The system after some fixes; undefined where they bring an error, or do nothing about what they are for. */
function* tried(copy: Copy, current: SystemView, path: string, before: string, fixes: readonly Fix[]): Steps<SystemView | undefined> {
  const changes = fixes.flatMap((fix) => fix.changes);
  const next = copy.read(path, applyTextChanges(before, changes));
  if (!next) return undefined;
  yield* next.prepare();
  const helps = ({ finding }: Fix) => countOf(next, finding) < countOf(current, finding);
  return errorsOf(next) <= errorsOf(current) && fixes.every(helps) ? next : undefined;
}

/** The safe ways out of the findings of a file, from its top, that neither touch nor are about the same thing. */
function* independentFixes(view: SystemView, path: string, refused: ReadonlySet<string>): Steps<readonly Fix[]> {
  const findings = view.findings
    .filter((finding) => finding.place.file === path && !refused.has(keyOf(finding)))
    .sort((a, b) => a.place.span.start - b.place.span.start || compare(a.rule, b.rule));
  const isStale = ({ rule }: Finding) => rule === staleRule;
  // Errors first: what is found of the rest may rest on them.
  const errors = findings.filter((finding) => finding.severity === 'error' && !isStale(finding));
  const others = findings.filter((finding) => finding.severity !== 'error' && !isStale(finding));
  // A comment silences nothing while what it silences cannot be read: it must not go for that.
  const isSound = view.findings.every((finding) => finding.severity !== 'error' || isStale(finding));
  for (const stage of [errors, others, isSound ? findings.filter(isStale) : []]) {
    const fixes = yield* fixesOf(view, path, stage);
    if (fixes.length > 0) return fixes;
  }
  return [];
}

const staleRule = 'stale-suppression';

function* fixesOf(view: SystemView, path: string, findings: readonly Finding[]): Steps<readonly Fix[]> {
  const fixes: Fix[] = [];
  const subjects = new Set<string>();
  for (const finding of findings) {
    yield;
    // What is wrong with a text has no subject, or the name that is wrong.
    const subject = finding.suggestions ? `${finding.place.span.start}` : finding.subject;
    if (subjects.has(subject)) continue;
    for (const changes of safeChanges(view, finding)) {
      if (!changes || changes.length === 0 || !changes.every(({ file }) => file === path)) continue;
      const touches = fixes.some((fix) => fix.changes.some((one) => changes.some((other) => overlaps(one.span, other.span))));
      if (touches) continue;
      fixes.push({ finding, changes });
      subjects.add(subject);
      break;
    }
  }
  return fixes;
}

/** The first safe correction of a finding, or else its first remedy where that is safe, as changes of the text. */
function* safeChanges(view: SystemView, finding: Finding): Generator<readonly TextChange[] | undefined> {
  const correction = finding.suggestions?.find(({ safe }) => safe);
  if (correction) yield correction.changes;
  try {
    const [remedy] = rules.find((rule) => rule.id === finding.rule)?.fixes?.(finding, view) ?? [];
    if (remedy?.safe) yield editsFor(remedy.changes, view.linked, (file) => view.host.text(file));
  } catch (error) {
    // A bug in one rule must not take away what the others offer.
    view.host.failed(`looking for fixes of ${finding.rule}`, error);
  }
}

/** How many findings of its rule there are about its subject. */
function countOf({ findings }: SystemView, finding: Finding): number {
  return findings.filter(({ rule, subject }) => rule === finding.rule && subject === finding.subject).length;
}

function errorsOf({ findings }: SystemView): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

/** A finding by what it says, not by where it stands: places move. */
function keyOf({ rule, subject, message }: Finding): string {
  return JSON.stringify([rule, subject, message]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A system's files, to be read again with changes. Whatever is not there for the view is not there for it. */
class Copy {
  readonly #view: SystemView;
  readonly #workspace = new Workspace();

  constructor(view: SystemView) {
    this.#view = view;
    for (const file of view.linked.files) this.#workspace.setFile(file, view.host.text(file));
  }

  read(path: string, text: string): SystemView | undefined {
    this.#workspace.setFile(path, text);
    for (let asked = this.#workspace.wanted(); asked.length > 0; asked = this.#workspace.wanted()) {
      for (const one of asked) {
        if (one.endsWith('/')) this.#workspace.setFolder(one, this.#namesIn(one));
        else this.#workspace.setFile(one, this.#view.host.text(one));
      }
    }
    const { host, linked } = this.#view;
    const { openMapCommand } = host;
    const next: LinkedSystem | undefined = this.#workspace.systemsOf(path).find(({ system }) => system.name === linked.system.name);
    return (
      next &&
      new SystemView(next, {
        uri: (file) => host.uri(file),
        text: (file) => this.#workspace.text(file),
        rulePage: (rule) => host.rulePage(rule),
        severities: (folder) => host.severities(folder),
        today: () => host.today(),
        failed: (doing, error) => host.failed(doing, error),
        ...(openMapCommand === undefined ? {} : { openMapCommand }),
      })
    );
  }

  /** What a folder holds, as far as the system is in it. */
  #namesIn(folder: string): readonly string[] {
    const names = new Set<string>();
    for (const file of this.#view.linked.files) {
      if (!file.startsWith(folder)) continue;
      const [name = '', ...more] = file.slice(folder.length).split('/');
      names.add(more.length > 0 ? `${name}/` : name);
    }
    return [...names].sort();
  }
}
