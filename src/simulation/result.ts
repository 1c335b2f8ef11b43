import type { Variant } from '../model/scenario';
import type { Seconds } from '../model/units';
import type { Core } from './core';
import type { ExpectationResult } from './expectations';
import type { LogLine } from './frame';
import { quantileOf } from './histogram';
import type { JourneyState } from './journeyState';
import { columns, degradedColumn, type FailureCause, failureCauses, nanoseconds, succeededColumn } from './outcome';
import type { Series } from './series';
import { busyAreaOf } from './serving';
import type { CallState, ComponentState } from './state';

/** What one run measured: plain JSON under stable names. Durations are seconds; null stands for "nothing to measure". */
export interface RunResult {
  readonly system: string;
  readonly scenario: string;
  readonly variant: Variant;
  readonly seed: number;
  readonly durationSeconds: Seconds;
  readonly events: number;
  /** The same for the same model, scenario, variant and seed, wherever it runs. */
  readonly digest: string;
  /** Why the run ended early, in words. */
  readonly stopped?: string;
  /** Whether it only took too much work: then nothing is known of what would have come. */
  readonly tooLong?: true;
  readonly journeys: Readonly<Record<string, JourneyResult>>;
  readonly components: Readonly<Record<string, ComponentResult>>;
  readonly calls: Readonly<Record<string, CallResult>>;
  readonly expectations: readonly ExpectationResult[];
  readonly log: readonly LogLine[];
}

export interface JourneyResult {
  readonly offered: number;
  readonly succeeded: number;
  readonly degraded: number;
  readonly failed: Readonly<Record<FailureCause, number>>;
  readonly inFlight: number;
  readonly latency: LatencyResult;
  readonly series: SeriesResult;
}

/** Of the requests that were answered, the late ones included. */
export interface LatencyResult {
  readonly mean: Seconds | null;
  readonly p50: Seconds | null;
  readonly p90: Seconds | null;
  readonly p99: Seconds | null;
  readonly max: Seconds | null;
}

/** By the second in which requests arrived. */
export interface SeriesResult {
  readonly second: readonly number[];
  readonly offered: readonly number[];
  readonly succeeded: readonly number[];
  readonly degraded: readonly number[];
  readonly failed: readonly number[];
  readonly p99: readonly (Seconds | null)[];
}

export interface ComponentResult {
  readonly busyMean: number;
  readonly busyMax: number;
  readonly hangingMax: number;
  readonly queueMax: number;
  readonly arrivals: number;
  /** Of a queue: seconds from its largest backlog until it was empty; null when it was not empty at the end. */
  readonly drainSeconds?: Seconds | null;
}

export interface CallResult {
  readonly requests: number;
  readonly attempts: number;
  readonly retries: number;
  readonly abandoned: number;
  readonly duplicateEffects: number;
  readonly breakerOpened: number;
}

/** What a run has measured by now, without its expectations. */
export function measured(
  core: Core,
): Pick<RunResult, 'events' | 'digest' | 'stopped' | 'tooLong' | 'journeys' | 'components' | 'calls' | 'log'> {
  return {
    events: core.events,
    digest: (core.digest >>> 0).toString(16).padStart(8, '0'),
    ...(core.stopped === undefined ? {} : { stopped: core.stopped }),
    ...(core.isTooLong ? { tooLong: true } : {}),
    // `fromEntries` makes own properties of any name.
    journeys: Object.fromEntries(core.journeys.map((journey) => [journey.name, journeyResult(journey)])),
    components: Object.fromEntries(core.components.map((component) => [component.name, componentResult(core, component)])),
    calls: Object.fromEntries(core.calls.map((call) => [call.id, callResult(call)])),
    log: core.log.lines,
  };
}

function journeyResult(journey: JourneyState): JourneyResult {
  const { offered, ended, inFlight, series } = journey;
  const failed = Object.fromEntries(failureCauses.map((cause, i) => [cause, ended[degradedColumn + 1 + i]]));
  return {
    offered,
    succeeded: ended[succeededColumn] as number,
    degraded: ended[degradedColumn] as number,
    failed: failed as Record<FailureCause, number>,
    inFlight,
    latency: latencyResult(journey),
    series: seriesResult(series),
  };
}

function latencyResult({ answers, answerSum, longestAnswer, series }: JourneyState): LatencyResult {
  if (answers === 0) return { mean: null, p50: null, p90: null, p99: null, max: null };
  const counts = series.durations();
  const at = (share: number) => Math.min(quantileOf(counts, share), longestAnswer) / nanoseconds;
  return { mean: answerSum / answers / nanoseconds, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: longestAnswer / nanoseconds };
}

function seriesResult(series: Series): SeriesResult {
  const buckets = Array.from({ length: series.length }, (_, bucket) => bucket);
  const failedAt = (bucket: number) => {
    let failed = 0;
    for (let column = degradedColumn + 1; column < columns; column++) failed += series.endedAt(bucket, column);
    return failed;
  };
  return {
    second: buckets.map((bucket) => (bucket * series.width) / nanoseconds),
    offered: buckets.map((bucket) => series.offeredAt(bucket)),
    succeeded: buckets.map((bucket) => series.endedAt(bucket, succeededColumn)),
    degraded: buckets.map((bucket) => series.endedAt(bucket, degradedColumn)),
    failed: buckets.map(failedAt),
    p99: buckets.map((bucket) => {
      const p99 = series.quantile(bucket, 0.99) / nanoseconds;
      return Number.isNaN(p99) ? null : p99;
    }),
  };
}

function componentResult(core: Core, component: ComponentState): ComponentResult {
  const { busyMax, hangingMax, queueMax, arrivals, isQueue, drained, backlog } = component;
  const result = { busyMean: core.now > 0 ? busyAreaOf(core, component) / core.now : 0, busyMax, hangingMax, queueMax, arrivals };
  if (!isQueue) return result;
  return { ...result, drainSeconds: backlog > 0 || Number.isNaN(drained) ? null : drained / nanoseconds };
}

function callResult({ requests, attempts, retries, abandoned, duplicateEffects, breakerOpened }: CallState): CallResult {
  return { requests, attempts, retries, abandoned, duplicateEffects, breakerOpened };
}
