import type { Scenario } from '../model/scenario';
import { collapses } from './collapse';
import type { JourneyResult, RunResult } from './result';
import { type Interval, meanInterval, shareInterval } from './statistics';
import { journeyIn } from './windows';

/** What many seeds of one scenario and variant say together. */
export interface SeedsSummary {
  readonly seeds: number;
  readonly journeys: ReadonlyMap<string, JourneySummary>;
  /** In how many of the runs some journey collapses; undefined where the runs do not tell. */
  readonly collapses?: Collapses;
}

/** Of one run on average, with 95% confidence intervals over the runs (Student's t). */
export interface JourneySummary {
  readonly offered: Interval;
  readonly succeeded: Interval;
  readonly degraded: Interval;
  readonly failed: Interval;
  /** Answered of offered; absent where nothing arrived. */
  readonly success?: Interval;
  /** Seconds; absent where nothing was answered. */
  readonly p99?: Interval;
}

export interface Collapses {
  readonly runs: number;
  readonly of: number;
  /** The 95% confidence interval of the share (Wilson). */
  readonly low: number;
  readonly high: number;
  /** By journey, in how many runs it collapses; only those that do. */
  readonly journeys: ReadonlyMap<string, number>;
}

/** Sums up the runs of one scenario and variant with several seeds. */
export function summaryOfSeeds(results: readonly RunResult[], scenario: Scenario): SeedsSummary {
  const names = new Set(results.flatMap(({ journeys }) => Object.keys(journeys)));
  const journeys = new Map<string, JourneySummary>();
  for (const name of names) {
    const each = results.flatMap((result) => journeyIn(result, name));
    const summary = journeySummary(each);
    if (summary) journeys.set(name, summary);
  }
  const collapsed = collapsesOf(results, scenario);
  return { seeds: results.length, journeys, ...(collapsed ? { collapses: collapsed } : {}) };
}

function journeySummary(each: readonly JourneyResult[]): JourneySummary | undefined {
  const offered = meanInterval(each.map((journey) => journey.offered));
  const succeeded = meanInterval(each.map((journey) => journey.succeeded));
  const degraded = meanInterval(each.map((journey) => journey.degraded));
  const failed = meanInterval(each.map((journey) => Object.values(journey.failed).reduce((sum, count) => sum + count, 0)));
  if (!offered || !succeeded || !degraded || !failed) return undefined;
  const success = meanInterval(each.flatMap((one) => (one.offered > 0 ? [(one.succeeded + one.degraded) / one.offered] : [])));
  const p99 = meanInterval(each.flatMap(({ latency }) => latency.p99 ?? []));
  return { offered, succeeded, degraded, failed, ...(success ? { success } : {}), ...(p99 ? { p99 } : {}) };
}

function collapsesOf(results: readonly RunResult[], scenario: Scenario): Collapses | undefined {
  const known = results.flatMap((result) => {
    const names = collapses(result, scenario);
    return names ? [names] : [];
  });
  if (known.length === 0) return undefined;
  const runs = known.filter((names) => names.length > 0).length;
  const journeys = new Map<string, number>();
  for (const name of known.flat()) journeys.set(name, (journeys.get(name) ?? 0) + 1);
  return { runs, of: known.length, ...shareInterval(runs, known.length), journeys };
}
