import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { mostSimilar } from '../formats/shared/similar';
import { finish } from '../model/steps';
import { countText } from '../model/words';
import { type Fix, type FixableTexts, makeFixes, type ReviewedSystem } from '../rules/fixing';
import { rules } from '../rules/registry';
import type { LinkedSystem } from '../workspace/linked';
import { unifiedDiff } from './diff';
import { shown } from './disk';
import { type Options, UsageError } from './options';
import { type Paint, painter } from './print';
import { review } from './review';
import { type LoadedWorkspace, loadWorkspace } from './systems';

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

/** `faultline fix`: only files under the given paths are written, and of them nothing but what the fixes say. */
export function runFix(options: Options): { readonly text: string; readonly status: number } {
  const loaded = loadWorkspace(options);
  const only = knownRules(options.rules);
  const before = new Map(loaded.workspaceFiles().map((file) => [file, loaded.read(file) ?? '']));
  const applied = fixed(loaded, only, options);
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

/** Makes the fixes in the loaded texts, and says which. */
function fixed(loaded: LoadedWorkspace, only: ReadonlySet<string> | undefined, options: Options): readonly Applied[] {
  const steps = finish(
    makeFixes(fixable(loaded, options), {
      wants: ({ rule, place }) => loaded.isAsked(place.file) && (only?.has(rule) ?? true),
      mayWrite: writable(loaded),
      unsafe: options.unsafe,
      failed: (_doing, error) => {
        throw error;
      },
      progress: (made) => progress(`${fixesText(made)} so far`),
    }),
  );
  progress('');
  return steps.flat().map(appliedOf);
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

/** The systems as the texts stand, reviewed again only where something changed. */
function fixable(loaded: LoadedWorkspace, options: Options): FixableTexts {
  const known = new WeakMap<LinkedSystem, ReviewedSystem>();
  const reviewed = (linked: LinkedSystem): ReviewedSystem => {
    const { findings, silenced, context } = review(linked, loaded);
    const made = { context, findings: options.suppressions ? findings : [...findings, ...silenced] };
    known.set(linked, made);
    return made;
  };
  return {
    read: loaded.read,
    setText: loaded.setText,
    *review() {
      const systems: ReviewedSystem[] = [];
      for (const linked of loaded.systems()) {
        yield;
        systems.push(known.get(linked) ?? reviewed(linked));
      }
      return systems;
    },
  };
}

/** The files that may be written: those under the given paths that can be written back as they were. */
function writable(loaded: LoadedWorkspace): (file: string) => boolean {
  const known = new Map<string, boolean>();
  return (file) => {
    if (!loaded.isAsked(file)) return false;
    const isText = known.get(file) ?? isUtf8(file);
    if (!isText && !known.has(file)) process.stderr.write(`faultline: ${shown(file)} is not UTF-8 text, so it is left as it is.\n`);
    known.set(file, isText);
    return isText;
  };
}

/** What is not UTF-8 would come out as something else. */
function isUtf8(file: string): boolean {
  try {
    const bytes = readFileSync(file);
    return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
  } catch {
    // It went away: there is nothing to write into.
    return false;
  }
}

function appliedOf({ finding, system, line, title, safe }: Fix): Applied {
  return { rule: finding.rule, system, subject: finding.subject, file: shown(finding.place.file), line: line + 1, title, safe };
}

/** Tells who waits at a terminal, in one line that is written over. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

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
  return `${fixesText(applied.length)} ${done} in ${countText(files.length, '1 file', `${files.length} files`)}.`;
}

function fixesText(count: number): string {
  return countText(count, '1 fix', `${count} fixes`);
}
