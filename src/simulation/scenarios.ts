import type { Expectation, Scenario, Variant } from '../model/scenario';
import type { System } from '../model/system';
import { type Question, resultsOf } from './questions';
import type { RunResult } from './result';

/** An expectation with what a run measured of it. */
export interface Check {
  /** Its place in the scenario's list. */
  readonly index: number;
  readonly expectation: Expectation;
  /** The expectation in one line. */
  readonly text: string;
  /** As in the run's result. */
  readonly measured: number | null;
  readonly holds: boolean;
  /** Why the run ended early, in words: then nothing holds, whatever was measured. */
  readonly stopped?: string;
}

/** What came of a scenario as a test, or in words why it could not be run. */
export type ScenarioVerdict =
  | {
      readonly ok: true;
      readonly checks: readonly Check[];
      /** Why a run ended early, in words. */
      readonly stopped?: string;
    }
  | { readonly ok: false; readonly reason: string };

/** The same with a run for each variant that the scenario is about. */
export type ScenarioOutcome =
  | (Extract<ScenarioVerdict, { ok: true }> & { readonly results: readonly RunResult[] })
  | Extract<ScenarioVerdict, { ok: false }>;

/** Whether a test passes: it ran to its end, and whatever it expects holds. */
export function passes(verdict: ScenarioVerdict): boolean {
  return verdict.ok && verdict.stopped === undefined && verdict.checks.every(({ holds }) => holds);
}

/** The seed of a scenario that says nothing of one is 1. */
export function seedOf({ seed }: Scenario): number {
  return seed ?? 1;
}

/** The variants that a scenario is about: as written, and every other one that an expectation names. */
export function variantsOf({ expect }: Scenario): readonly Variant[] {
  return [...new Set<Variant>(['written', ...expect.flatMap(({ variant }) => variant ?? [])])];
}

/** Runs a scenario as a test: once for each variant, with its own seed. */
export function* scenarioTest(scenario: Scenario): Question<ScenarioOutcome> {
  const seed = seedOf(scenario);
  const results = resultsOf(yield variantsOf(scenario).map((variant) => ({ variant, seed, scenario })));
  if (typeof results === 'string') return { ok: false, reason: results };
  const stopped = results.find((result) => result.stopped !== undefined)?.stopped;
  return { ok: true, results, checks: checksOf(scenario, results), ...(stopped === undefined ? {} : { stopped }) };
}

function checksOf({ expect }: Scenario, results: readonly RunResult[]): readonly Check[] {
  return expect.flatMap((expectation, index) => {
    for (const { expectations, stopped } of results) {
      const found = expectations.find((other) => other.index === index);
      if (!found) continue;
      const { text, measured, holds } = found;
      return [{ index, expectation, text, measured, holds, ...(stopped === undefined ? {} : { stopped }) }];
    }
    return [];
  });
}

const systemTexts = new WeakMap<System, string>();

/**
 * All that the outcome of a scenario rests on, as a text: where it is the same, so is the outcome. Comments, descriptions
 * and the other scenarios are not in it.
 */
export function fingerprint(system: System, scenario: Scenario): string {
  let text = systemTexts.get(system);
  if (text === undefined) {
    text = JSON.stringify({ ...system, scenarios: [] }, plain);
    systemTexts.set(system, text);
  }
  return `${JSON.stringify(scenario, plain)}\n${text}`;
}

const wordsOnly: ReadonlySet<string> = new Set(['description', 'runbook']);

/** Maps as lists, which keep any name apart, and numbers that JSON does not have as words. */
function plain(key: string, value: unknown): unknown {
  if (wordsOnly.has(key)) return undefined;
  if (value instanceof Map || value instanceof Set) return [...value];
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
