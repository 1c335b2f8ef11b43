import type { Component } from '../../model/component';
import type { ValidationCase, ValidationFamily } from '../case';
import { componentOf, journeyOf, run } from '../running';
import { constant, endless, exponential, logNormal, pool, systemOf } from '../systems';
import { logNormalMoments, singleWait } from '../theory/queueing';

const requests = 100_000;

interface Service {
  readonly kind: string;
  readonly time: Partial<Component>;
  readonly mean: number;
  readonly second: number;
}

const deterministic: Service = { kind: 'M/D/1', time: constant(0.01), mean: 0.01, second: 0.0001 };
const moments = logNormalMoments(0.008, 0.04);
const logNormalService: Service = { kind: 'M/G/1 with log-normal service', time: logNormal(0.008, 0.04), ...moments };

/** The mean wait: the mean time in the system less the mean time in the slot. */
function oneSlot({ kind, time, mean, second }: Service, load: number, bar: number): ValidationCase {
  const rate = load / mean;
  const name = `${kind} at ${load}`;
  const system = systemOf({
    components: [{ name, ...pool(1, endless), ...time }],
    journeys: [{ name, entry: name, rate }],
  });
  return {
    name,
    source: 'Pollaczek–Khinchine',
    setting: `${requests / 1000},000 requests`,
    runs: 40,
    quantities: [{ name: 'mean wait', unit: 'seconds', theory: () => singleWait(rate, mean, second), bar }],
    measure: (seed) => {
      const duration = requests / rate;
      const result = run(system, duration, { seed });
      const { latency, succeeded } = journeyOf(result, name);
      return [(latency.mean ?? Number.NaN) - (componentOf(result, name).busyMean * duration) / succeeded];
    },
  };
}

/** P(T > t) of M/M/1 is e^(−(μ − λ)t): percentiles come from a histogram whose buckets are 1% wide. */
const percentiles: ValidationCase = {
  name: 'M/M/1 at 0.5, percentiles',
  source: 'P(T > t) = e^(−(μ − λ)t)',
  setting: `${requests / 1000},000 requests`,
  runs: 20,
  quantities: [0.5, 0.9, 0.99].map((share) => ({
    name: `${share * 100}% of requests end within`,
    unit: 'seconds',
    theory: () => -Math.log(1 - share) / 50,
    bar: 0.05,
    within: 0.01,
  })),
  measure: (seed) => {
    const system = systemOf({
      components: [{ name: 'server', ...pool(1, endless), ...exponential(0.01) }],
      journeys: [{ name: 'all', entry: 'server', rate: 50 }],
    });
    const { p50, p90, p99 } = journeyOf(run(system, requests / 50, { seed }), 'all').latency;
    return [p50, p90, p99].map((value) => value ?? Number.NaN);
  },
};

export const singleServer: ValidationFamily = {
  name: 'One slot, any service time',
  cases: [
    oneSlot(deterministic, 0.5, 0.02),
    oneSlot(deterministic, 0.8, 0.05),
    oneSlot(deterministic, 0.9, 0.1),
    oneSlot(logNormalService, 0.5, 0.05),
    oneSlot(logNormalService, 0.8, 0.1),
    percentiles,
  ],
};
