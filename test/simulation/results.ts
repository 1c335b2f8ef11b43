import type { JourneyResult, RunResult } from '../../src/simulation/result';

/** A result that nobody simulated: second by second how many requests came and how many of them were answered. */
export function resultOf(
  journeys: Readonly<Record<string, readonly (readonly [offered: number, answered: number])[]>>,
  rest: Partial<RunResult> = {},
): RunResult {
  const entries = Object.entries(journeys);
  return {
    system: 'test',
    scenario: 'test',
    variant: 'written',
    seed: 1,
    durationSeconds: Math.max(...entries.map(([, seconds]) => seconds.length)),
    events: 0,
    digest: '',
    journeys: Object.fromEntries(entries.map(([name, seconds]) => [name, journeyOf(seconds)])),
    components: {},
    calls: {},
    expectations: [],
    log: [],
    ...rest,
  };
}

function journeyOf(seconds: readonly (readonly [number, number])[]): JourneyResult {
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const offered = seconds.map(([all]) => all);
  const succeeded = seconds.map(([, good]) => good);
  const failed = seconds.map(([all, good]) => all - good);
  return {
    offered: sum(offered),
    succeeded: sum(succeeded),
    degraded: 0,
    failed: { timeout: sum(failed), rejected: 0, breaker: 0, refused: 0, error: 0, slow: 0 },
    inFlight: 0,
    latency: { mean: null, p50: null, p90: null, p99: null, max: null },
    series: {
      second: seconds.map((_, i) => i),
      offered,
      succeeded,
      degraded: seconds.map(() => 0),
      failed,
      p99: seconds.map(() => null),
    },
  };
}

/** So many seconds in each of which so many requests come and so many are answered. */
export function seconds(count: number, offered: number, answered: number): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, () => [offered, answered] as const);
}
