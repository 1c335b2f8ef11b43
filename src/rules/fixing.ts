import { applyTextChanges } from '../editing/edit';
import type { Steps } from '../model/steps';
import { LineIndex, overlaps, type TextChange } from '../model/text';
import { type Offer, offersFor } from './offers';
import type { Finding, RuleContext } from './rule';

/** A system as the texts stand, with what is found in it. */
export interface ReviewedSystem {
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
}

/** Texts that can be changed, and what is found in them then. */
export interface FixableTexts {
  read(file: string): string | undefined;
  setText(file: string, text: string): void;
  /** The systems as the texts stand. One that did not change comes back as the same object where it can. */
  review(): Steps<readonly ReviewedSystem[]>;
}

/** What is to be fixed. */
export interface FixOptions {
  /** Whether something may be done about a finding. */
  wants(finding: Finding): boolean;
  /** Whether a file may be changed. A fix that changes another one as well is left out. */
  mayWrite(file: string): boolean;
  /** Then comes what is not safe: the first that can be written for each finding. */
  readonly unsafe: boolean;
  /** Told of a bug in one rule; what the others offer is still made. */
  failed(doing: string, error: unknown): void;
  /** Told now and then how many were made. */
  progress?(made: number): void;
}

/** Something that was done about a finding. */
export interface Fix {
  readonly finding: Finding;
  readonly system: string;
  /** Where the finding stood when it was its turn, from 0. */
  readonly line: number;
  readonly title: string;
  readonly safe: boolean;
  readonly changes: readonly TextChange[];
}

/** Fixes that were made at once, of one version of the texts. */
export type FixStep = readonly Fix[];

/** Tries of one run: a bound for fixes that would call for each other for ever. */
const mostTries = 2000;

/** Fixes of one rule about one subject in one file: a growing number of replicas must end. */
const mostAboutOne = 50;

/**
 * Makes fixes, one step after the other on the changed texts, until none is left: a step rests on no text that another
 * one has changed. A fix stays only where its own finding is gone and no error is new; else the texts go back to what
 * they were. What was refused is tried again once something else has changed, so that a second run finds nothing to do.
 */
export function* makeFixes(texts: FixableTexts, options: FixOptions): Steps<readonly FixStep[]> {
  const fixer = new Fixer(texts, options, yield* texts.review());
  let made = 0;
  for (let tries = 0; tries < mostTries; tries++) {
    if (!(yield* fixer.next())) break;
    const count = fixer.steps.reduce((sum, step) => sum + step.length, 0);
    if (count > made) options.progress?.(count);
    made = count;
  }
  return fixer.steps;
}

class Fixer {
  readonly steps: FixStep[] = [];
  readonly #texts: FixableTexts;
  readonly #options: FixOptions;
  #systems: readonly ReviewedSystem[];
  /** Findings whose fix did not stay, with the number of steps made until then. */
  readonly #refused = new Map<string, number>();
  readonly #about = new Map<string, number>();
  /** States of a file that were seen: two fixes that undo each other must end. */
  readonly #seen = new Map<string, Set<string>>();
  /** What a finding offers is the same as long as the finding is. */
  readonly #offers = new WeakMap<Finding, readonly Offer[]>();

  constructor(texts: FixableTexts, options: FixOptions, systems: readonly ReviewedSystem[]) {
    this.#texts = texts;
    this.#options = options;
    this.#systems = systems;
  }

  /** Tries what comes next; false when nothing is left to try. */
  *next(): Steps<boolean> {
    // Safe ones first: they correct what others would be computed from.
    for (const onlySafe of this.#options.unsafe ? [true, false] : [true]) {
      for (const stage of stages) {
        for (const system of this.#systems) {
          // Of what is not safe only one, for it may change what the next one has to be.
          const fixes = yield* this.#independent(system, stage(system), onlySafe, onlySafe ? Number.POSITIVE_INFINITY : 1);
          if (fixes.length === 0) continue;
          yield* this.#tryMost(fixes);
          return true;
        }
      }
    }
    const isOld = [...this.#refused.values()].some((steps) => steps < this.steps.length);
    if (isOld) this.#refused.clear();
    return isOld;
  }

  /** The ways out of some findings that neither touch nor are about the same thing. */
  *#independent(system: ReviewedSystem, findings: readonly Finding[], onlySafe: boolean, most: number): Steps<FixStep> {
    const fixes: Fix[] = [];
    const subjects = new Set<string>();
    for (const finding of findings) {
      if (fixes.length >= most) break;
      if (!this.#isOpen(finding)) continue;
      yield;
      const { place, subject, suggestions } = finding;
      // Corrections of a text stand for themselves; of two remedies for one thing the second may not be needed any more.
      const about = suggestions ? `${place.span.start} ${place.file}` : `subject ${subject}`;
      if (subjects.has(about)) continue;
      const fix = this.#fixOf(finding, system, onlySafe);
      if (!fix || fixes.some((other) => touch(other, fix))) continue;
      fixes.push(fix);
      subjects.add(about);
    }
    return fixes;
  }

  #isOpen(finding: Finding): boolean {
    const isSpent = timesOf(this.#about, subjectKey(finding)) >= mostAboutOne;
    return !isSpent && !this.#refused.has(messageKey(finding)) && this.#options.wants(finding);
  }

  /** The first that can be written is the one that is meant; which other one to take is for somebody to say. */
  #fixOf(finding: Finding, { context }: ReviewedSystem, onlySafe: boolean): Fix | undefined {
    try {
      const offers = this.#offers.get(finding) ?? offersFor(finding, context);
      this.#offers.set(finding, offers);
      for (const { title, safe, changes: write } of offers) {
        if (onlySafe && !safe) continue;
        const changes = write() ?? [];
        if (changes.length === 0 || !changes.every(({ file }) => this.#options.mayWrite(file))) continue;
        const { file, span } = finding.place;
        const { line } = new LineIndex(this.#texts.read(file) ?? '').positionAt(span.start);
        return { finding, system: context.linked.system.name, line, title, safe, changes };
      }
    } catch (error) {
      // A bug in one rule must not take away what the others offer.
      this.#options.failed(`looking for fixes of ${finding.rule}`, error);
      this.#offers.set(finding, []);
    }
    return undefined;
  }

  /** Makes all of them, or else the first half, and so on; where the first one alone does not stay it is refused. */
  *#tryMost(fixes: FixStep): Steps<void> {
    for (let count = fixes.length; count > 0; count = Math.floor(count / 2)) {
      if (yield* this.#try(fixes.slice(0, count))) return;
    }
    for (const { finding } of fixes.slice(0, 1)) this.#refused.set(messageKey(finding), this.steps.length);
  }

  *#try(fixes: FixStep): Steps<boolean> {
    const changes = fixes.flatMap((fix) => fix.changes);
    const before = new Map<string, string>();
    const after = new Map<string, string>();
    for (const file of new Set(changes.map((change) => change.file))) {
      const text = this.#texts.read(file);
      if (text === undefined) return false;
      const fixed = applyTextChanges(
        text,
        changes.filter((change) => change.file === file),
      );
      if (fixed === text || this.#seen.get(file)?.has(fixed)) return false;
      before.set(file, text);
      after.set(file, fixed);
    }
    for (const [file, text] of after) this.#texts.setText(file, text);
    const systems = yield* this.#texts.review();
    if (!isBetter(fixes, this.#systems, systems)) {
      for (const [file, text] of before) this.#texts.setText(file, text);
      return false;
    }
    this.#systems = systems;
    this.steps.push(fixes);
    for (const [file, text] of before) this.#seen.set(file, (this.#seen.get(file) ?? new Set()).add(text));
    for (const { finding } of fixes) this.#about.set(subjectKey(finding), timesOf(this.#about, subjectKey(finding)) + 1);
    return true;
  }
}

/** Errors first: what is found of the rest may rest on them. */
const stages: readonly ((system: ReviewedSystem) => readonly Finding[])[] = [
  ({ findings }) => findings.filter((finding) => isError(finding) && !isStale(finding)),
  ({ findings }) => findings.filter((finding) => !isError(finding) && !isStale(finding)),
  // A comment silences nothing while what it silences cannot be read: it must not go for that.
  ({ findings }) => (findings.some((finding) => isError(finding) && !isStale(finding)) ? [] : findings.filter(isStale)),
];

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function isStale({ rule }: Finding): boolean {
  return rule === 'stale-suppression';
}

function touch(a: Fix, b: Fix): boolean {
  return a.changes.some((one) => b.changes.some((other) => one.file === other.file && overlaps(one.span, other.span)));
}

/** Whether what the fixes are for is gone, every system is still there, and no error is new. */
function isBetter(fixes: FixStep, before: readonly ReviewedSystem[], after: readonly ReviewedSystem[]): boolean {
  if (after.length < before.length) return false;
  const old = before.filter((system) => !after.includes(system));
  const fresh = after.filter((system) => !before.includes(system));
  const wasFound = counted(old.flatMap(({ findings }) => findings.map(messageKey)));
  const isFound = counted(fresh.flatMap(({ findings }) => findings.map(messageKey)));
  const wasWrong = counted(old.flatMap(errorKeys));
  const isWrong = counted(fresh.flatMap(errorKeys));
  return (
    fixes.every(({ finding }) => timesOf(isFound, messageKey(finding)) < timesOf(wasFound, messageKey(finding))) &&
    [...isWrong].every(([key, times]) => times <= timesOf(wasWrong, key))
  );
}

/** The errors of a system by what they are about. What is wrong with a text goes by what it says: its subject is where it stands. */
function errorKeys({ context: { linked }, findings }: ReviewedSystem): readonly string[] {
  const textKey = (rule: string, file: string, message: string) => JSON.stringify(['text', rule, file, message]);
  const problems = new Set(linked.problems.map(({ rule, place, message }) => textKey(rule, place.file, message)));
  return [
    // Whatever severity somebody gave it: a text that cannot be read is worse than any finding.
    ...linked.problems.filter(({ rule }) => rule === 'syntax').map(({ place, message }) => JSON.stringify([place.file, message])),
    ...findings.filter(isError).map((finding) => {
      const key = textKey(finding.rule, finding.place.file, finding.message);
      return problems.has(key) ? key : subjectKey(finding);
    }),
  ];
}

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function timesOf(counts: ReadonlyMap<string, number>, key: string): number {
  return counts.get(key) ?? 0;
}

/** A finding by what it is about, not by where it stands or what it says: places move, and so do figures. */
function subjectKey({ rule, subject, place }: Finding): string {
  return JSON.stringify([rule, place.file, subject]);
}

/** The same with what it says: two findings about one thing are told apart. */
function messageKey({ rule, subject, place, message }: Finding): string {
  return JSON.stringify([rule, place.file, subject, message]);
}
