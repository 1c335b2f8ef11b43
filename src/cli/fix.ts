import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { applyTextChanges } from '../editing/edit';
import { mostSimilar } from '../formats/shared/similar';
import { LineIndex, type TextChange } from '../model/text';
import { countText } from '../model/words';
import { rules } from '../rules/registry';
import type { Finding } from '../rules/rule';
import type { LinkedSystem } from '../workspace/linked';
import { unifiedDiff } from './diff';
import { shown } from './disk';
import { offersFor } from './offers';
import { type Options, UsageError } from './options';
import { type Paint, painter } from './print';
import { type Reviewed, review } from './review';
import { type LoadedWorkspace, loadWorkspace } from './systems';

/** Edits of one run: a bound for fixes that would call for each other for ever. */
const mostEdits = 2000;

/** Something that was done about a finding. */
interface Applied {
  readonly rule: string;
  readonly system: string;
  readonly subject: string;
  readonly file: string;
  /** Where the finding stood when it was its turn, from 1. */
  readonly line: number;
  readonly title: string;
  readonly safe: boolean;
}

/**
 * `faultline fix`: applies one fix, reads again, applies the next, until none is left. Only files under the given paths
 * are written, and of them nothing but what the fixes say.
 */
export function runFix(options: Options): { readonly text: string; readonly status: number } {
  const loaded = loadWorkspace(options);
  const only = knownRules(options.rules);
  const before = new Map(loaded.workspaceFiles().map((file) => [file, loaded.read(file) ?? '']));
  const applied = new Fixer(loaded, only, options).run();
  const changed = [...before].filter(([file, text]) => loaded.read(file) !== text).sort(([a], [b]) => (a < b ? -1 : 1));
  if (!options.dryRun) for (const [file, text] of changed) write(file, text, loaded.read(file) ?? '');
  const files = changed.map(([file]) => shown(file));
  const diff = changed.map(([file, text]) => unifiedDiff(shown(file), text, loaded.read(file) ?? '')).join('');
  if (options.format === 'json') {
    const dry = options.dryRun ? { diff } : {};
    return { text: JSON.stringify({ version: 1, dryRun: options.dryRun, applied, files, ...dry }, null, 2), status: 0 };
  }
  if (options.dryRun) {
    process.stderr.write(`${summaryOf(applied, files, 'would be made')}\n`);
    return { text: diff, status: 0 };
  }
  return { text: human(applied, files, painter(options)), status: 0 };
}

function knownRules(asked: readonly string[]): ReadonlySet<string> | undefined {
  const ids = rules.map(({ id }) => id);
  for (const id of asked) {
    if (ids.includes(id)) continue;
    const similar = mostSimilar(id, ids);
    throw new UsageError(`--rule ${id}: there is no such rule${similar === undefined ? '' : `; did you mean ${similar}?`}`);
  }
  return asked.length === 0 ? undefined : new Set(asked);
}

class Fixer {
  readonly #loaded: LoadedWorkspace;
  readonly #rules: ReadonlySet<string> | undefined;
  readonly #options: Options;
  readonly #reviewed = new WeakMap<LinkedSystem, Reviewed>();
  /** What was done already, so that a fix that does not help is not done again. */
  readonly #done = new Set<string>();
  /** Findings, and how often something was done about them: a growing number of replicas must end. */
  readonly #tries = new Map<string, number>();
  /** States of a file that were seen: two fixes that undo each other must end. */
  readonly #states = new Map<string, Set<string>>();
  readonly #writable = new Map<string, boolean>();

  constructor(loaded: LoadedWorkspace, only: ReadonlySet<string> | undefined, options: Options) {
    this.#loaded = loaded;
    this.#rules = only;
    this.#options = options;
  }

  /** Safe ones first: they correct what others would be computed from. */
  run(): readonly Applied[] {
    const applied: Applied[] = [];
    while (applied.length < mostEdits) {
      const made = this.#pass(true);
      if (made.length === 0 && this.#options.unsafe) made.push(...this.#pass(false));
      if (made.length === 0) break;
      applied.push(...made);
      progress(`${countText(applied.length, 'fix', 'fixes')} so far`);
    }
    progress('');
    return applied;
  }

  /**
   * One look at the systems as the texts stand. Safe fixes that share neither a line nor a subject are made together;
   * of the others only one, for it may change what the next one has to be.
   */
  #pass(onlySafe: boolean): Applied[] {
    for (const linked of this.#loaded.systems()) {
      const { findings, silenced, context } = this.#review(linked);
      const batch = new Batch((file) => this.#loaded.read(file) ?? '');
      for (const finding of this.#options.suppressions ? findings : [...findings, ...silenced]) {
        if (!this.#loaded.isAsked(finding.place.file) || (this.#rules && !this.#rules.has(finding.rule))) continue;
        // The first that can be written is the one that is meant; which other one to take is for somebody to say.
        for (const { title, safe, changes } of offersFor(finding, context)) {
          if (onlySafe && !safe) continue;
          const edits = changes() ?? [];
          if (!this.#mayWrite(edits)) continue;
          if (batch.takes(finding, edits) && this.#isNew(finding, title)) {
            batch.add(finding, edits, this.#appliedOf(finding, linked, title, safe));
          }
          break;
        }
        if (!onlySafe && this.#apply(batch.edits)) return batch.applied;
        if (!onlySafe) batch.clear();
      }
      if (this.#apply(batch.edits)) return batch.applied;
    }
    return [];
  }

  #review(linked: LinkedSystem): Reviewed {
    const known = this.#reviewed.get(linked) ?? review(linked, this.#loaded);
    this.#reviewed.set(linked, known);
    return known;
  }

  #isNew(finding: Finding, title: string): boolean {
    const { rule, subject, message, place } = finding;
    const about = JSON.stringify([rule, subject, place.file]);
    const tries = this.#tries.get(about) ?? 0;
    const what = JSON.stringify([about, message, title, place.span.start]);
    if (this.#done.has(what) || tries >= mostTries) return false;
    this.#done.add(what);
    this.#tries.set(about, tries + 1);
    return true;
  }

  #mayWrite(changes: readonly TextChange[]): boolean {
    return changes.length > 0 && changes.every(({ file }) => this.#loaded.isAsked(file) && this.#isText(file));
  }

  /** Whether the file can be written back as it was: what is not UTF-8 would come out as something else. */
  #isText(file: string): boolean {
    const known = this.#writable.get(file);
    if (known !== undefined) return known;
    let isText = false;
    try {
      const bytes = readFileSync(file);
      isText = Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
    } catch {
      // It went away: there is nothing to write into.
    }
    if (!isText) process.stderr.write(`faultline: ${shown(file)} is not UTF-8 text, so it is left as it is.\n`);
    this.#writable.set(file, isText);
    return isText;
  }

  #apply(changes: readonly TextChange[]): boolean {
    const texts = new Map<string, string>();
    for (const file of new Set(changes.map((change) => change.file))) {
      const text = this.#loaded.read(file);
      if (text === undefined) return false;
      const after = applyTextChanges(
        text,
        changes.filter((change) => change.file === file),
      );
      if (after === text || this.#states.get(file)?.has(after)) return false;
      this.#states.set(file, (this.#states.get(file) ?? new Set()).add(text));
      texts.set(file, after);
    }
    for (const [file, text] of texts) this.#loaded.setText(file, text);
    return true;
  }

  #appliedOf({ rule, subject, place }: Finding, linked: LinkedSystem, title: string, safe: boolean): Applied {
    const line = new LineIndex(this.#loaded.read(place.file) ?? '').positionAt(place.span.start).line + 1;
    return { rule, system: linked.system.name, subject, file: shown(place.file), line, title, safe };
  }
}

/** Tells who waits at a terminal, in one line that is written over. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

/** Fixes that can be made at once, of one version of the texts. */
class Batch {
  readonly #read: (file: string) => string;
  readonly #lines = new Map<string, LineIndex>();
  /** Lines that something is done to, and subjects. */
  readonly #touched = new Set<string>();
  edits: TextChange[] = [];
  applied: Applied[] = [];

  constructor(read: (file: string) => string) {
    this.#read = read;
  }

  takes(finding: Finding, edits: readonly TextChange[]): boolean {
    return this.#marks(finding, edits).every((mark) => !this.#touched.has(mark));
  }

  add(finding: Finding, edits: readonly TextChange[], applied: Applied): void {
    for (const mark of this.#marks(finding, edits)) this.#touched.add(mark);
    this.edits.push(...edits);
    this.applied.push(applied);
  }

  clear(): void {
    this.#touched.clear();
    this.edits = [];
    this.applied = [];
  }

  #marks({ subject, suggestions }: Finding, edits: readonly TextChange[]): readonly string[] {
    const lines = edits.flatMap(({ file, span }) => {
      const index = this.#lines.get(file) ?? new LineIndex(this.#read(file));
      this.#lines.set(file, index);
      const [first, last] = [index.positionAt(span.start).line, index.positionAt(span.end).line];
      return Array.from({ length: last - first + 1 }, (_, i) => `line ${first + i} ${file}`);
    });
    // Corrections of a text stand for themselves; of two remedies for one thing the second may not be needed any more.
    return suggestions ? lines : [...lines, `subject ${subject}`];
  }
}

/** Fixes of one rule about one subject in one file. */
const mostTries = 50;

/** Writes a file whose text on the disk is still the one that was fixed. */
function write(file: string, before: string, after: string): void {
  let now: string;
  try {
    now = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${shown(file)}: cannot be read any more`);
  }
  if (now !== before) throw new UsageError(`${shown(file)}: was changed by somebody else in the meantime`);
  try {
    writeFileSync(file, after);
  } catch {
    throw new UsageError(`${shown(file)}: cannot be written`);
  }
}

function human(applied: readonly Applied[], files: readonly string[], paint: Paint): string {
  const lines = applied.map(({ file, line, title, subject, rule }) => `${file}:${line}  ${subject}: ${title}  ${paint('dim', rule)}`);
  return [...lines, ...(lines.length > 0 ? [''] : []), summaryOf(applied, files, 'made')].join('\n');
}

function summaryOf(applied: readonly Applied[], files: readonly string[], done: string): string {
  if (applied.length === 0) return 'Nothing to fix.';
  return `${countText(applied.length, 'fix', 'fixes')} ${done} in ${countText(files.length, 'file')}.`;
}
