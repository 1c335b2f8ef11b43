import { elementId, keyPlace } from '../../model/origin';
import type { Expectation, Scenario, Variant } from '../../model/scenario';
import { LineIndex } from '../../model/text';
import type { Seconds } from '../../model/units';
import type { ExpectationResult } from '../../simulation/expectations';
import type { RunOrder } from '../../simulation/questions';
import type { RunResult } from '../../simulation/result';
import type { Run } from '../../simulation/run';
import { seedOf, variantsOf } from '../../simulation/scenarios';
import { type SeedsSummary, summaryOfSeeds } from '../../simulation/seeds';
import type { LinkedSystem } from '../../workspace/linked';
import { shown } from '../disk';
import { type Options, UsageError } from '../options';
import type { Loaded } from '../systems';

/** An expectation with where it stands and, over several seeds, how often it held. */
export interface Checked extends Omit<ExpectationResult, 'index'> {
  readonly expectation: Expectation;
  /** What each of the seeds measured, as `measured`. */
  readonly each: readonly (number | null)[];
  readonly file?: string;
  readonly line?: number;
  readonly summary?: { readonly holds: number; readonly of: number; readonly low: number | null; readonly high: number | null };
}

export type Row = Omit<RunResult, 'expectations'> & { readonly expectations: readonly Checked[] };

/** All runs of one scenario in one variant, the seeds in order, and what they say together. */
export interface Group {
  readonly system: string;
  readonly scenario: string;
  readonly variant: Variant;
  readonly rows: readonly Row[];
  readonly summary: SeedsSummary;
}

/** One scenario in one variant that is to be run with some seeds. */
interface Plan {
  readonly scenario: Scenario;
  readonly variant: Variant;
  readonly orders: readonly RunOrder[];
}

/** What is to be run of a system, in the order in which it is printed. */
export function plansOf(scenarios: readonly Scenario[], options: Options, duration: Seconds | undefined): readonly Plan[] {
  return scenarios.flatMap((scenario) =>
    (options.variant === undefined ? variantsOf(scenario) : [options.variant]).map((variant) => {
      const first = options.seed ?? seedOf(scenario);
      const orders = Array.from({ length: options.runs }, (_, i) => ({
        variant,
        seed: first + i,
        scenario,
        ...(duration === undefined ? {} : { duration }),
      }));
      return { scenario, variant, orders };
    }),
  );
}

/** Puts the outcomes of all planned runs, in their order, back together. */
export function groupsOf(plans: readonly Plan[], runs: readonly Run[], linked: LinkedSystem, loaded: Loaded): readonly Group[] {
  const { name } = linked.system;
  const results = runs.map((run) => {
    if (!run.ok) throw new UsageError(`${name}: ${run.reason}`);
    return run.result;
  });
  let from = 0;
  return plans.map(({ scenario, variant, orders }) => {
    const own = results.slice(from, from + orders.length);
    from += orders.length;
    const rows = own.map((result) => ({
      ...result,
      expectations: result.expectations.flatMap((found) => {
        const expectation = scenario.expect[found.index];
        return expectation ? [checked(found, expectation, own, linked, scenario, loaded)] : [];
      }),
    }));
    return { system: name, scenario: scenario.name, variant, rows, summary: summaryOfSeeds(own, scenario) };
  });
}

function checked(
  { index, ...found }: ExpectationResult,
  expectation: Expectation,
  results: readonly RunResult[],
  linked: LinkedSystem,
  scenario: Scenario,
  loaded: Loaded,
): Checked {
  const place = keyPlace(linked.origins, elementId('scenario', scenario.name), `expect.${index}`);
  const where = place && {
    file: shown(place.file),
    line: new LineIndex(loaded.read(place.file) ?? '').positionAt(place.span.start).line + 1,
  };
  const same = results.flatMap(({ expectations }) => expectations.filter((other) => other.index === index));
  const each = same.map(({ measured }) => measured);
  return { ...found, ...where, expectation, each, ...(results.length > 1 ? { summary: summaryOf(same) } : {}) };
}

function summaryOf(same: readonly ExpectationResult[]): NonNullable<Checked['summary']> {
  const measured = same.flatMap((other) => other.measured ?? []);
  return {
    holds: same.filter(({ holds }) => holds).length,
    of: same.length,
    low: measured.length > 0 ? Math.min(...measured) : null,
    high: measured.length > 0 ? Math.max(...measured) : null,
  };
}
