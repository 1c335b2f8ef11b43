import type { Component } from '../../model/component';
import type { ValidationCase, ValidationFamily } from '../case';
import { between, journeyOf, run } from '../running';
import { constant, exponential, logNormal, pool, systemOf } from '../systems';
import { boundedPool, lossProbability } from '../theory/queueing';

const service = 0.1;

/** Erlang's loss does not depend on how service times are distributed, only on their mean. */
function loss(kind: string, slots: number, load: number, time: Partial<Component>, bar: number): ValidationCase {
  const requests = 50_000;
  const rate = load / service;
  const name = `M/${kind}/${slots}/${slots} with ${load} erlangs`;
  const system = systemOf({
    components: [{ name, ...pool(slots, 0), ...time }],
    journeys: [{ name, entry: name, rate }],
  });
  return {
    name,
    source: 'Erlang B',
    setting: `${requests / 1000},000 requests`,
    runs: 40,
    quantities: [{ name: 'loss', unit: 'share', theory: () => lossProbability(slots, load), bar }],
    measure: (seed) => {
      const { offered, failed } = journeyOf(run(system, requests / rate, { seed }), name);
      return [failed.rejected / offered];
    },
  };
}

/** A log-normal time with this mean and a 99th percentile of eight times its median. */
function logNormalOfMean(mean: number): Partial<Component> {
  const sigma = Math.log(8) / 2.3263478740408408;
  const p50 = mean / Math.exp(sigma ** 2 / 2);
  return logNormal(p50, 8 * p50);
}

function bounded(slots: number, queue: number, rate: number, bar: number): ValidationCase {
  const requests = 50_000;
  const theory = () => boundedPool({ slots, rate, service }, queue);
  const name = `M/M/${slots}/${slots + queue} with ${(rate * service).toFixed(1)} erlangs`;
  const system = systemOf({
    components: [{ name, ...pool(slots, queue), ...exponential(service) }],
    journeys: [{ name, entry: name, rate }],
  });
  return {
    name,
    source: 'balance of births and deaths',
    setting: `${requests / 1000},000 requests`,
    runs: 40,
    quantities: [
      { name: 'loss', unit: 'share', theory: () => theory().loss, bar },
      { name: 'mean time in the system', unit: 'seconds', theory: () => service + theory().wait, bar: 0.08 },
    ],
    measure: (seed) => {
      const { offered, failed, latency } = journeyOf(run(system, requests / rate, { seed }), name);
      return [failed.rejected / offered, latency.mean ?? Number.NaN];
    },
  };
}

/**
 * 950 requests a second of 100 ms and 50 that hang for 100 s are 5,095 erlangs for 1,000 threads: 19.622% find one, and
 * 95% of those are answered well. The hang is exponential, for with one of exactly 100 s the threads fill and empty in
 * waves for an hour; the mean of either is the same.
 */
const stuckRequests: ValidationCase = {
  name: 'a thousand threads, one request in twenty hangs for 100 s',
  source: 'Erlang B',
  setting: '1,000 requests a second from 300 s to 1,000 s',
  runs: 10,
  quantities: [
    { name: 'admitted', unit: 'share', theory: () => 1 - lossProbability(1000, 5095), bar: 0.08 },
    { name: 'answered well', unit: 'share', theory: () => 0.95 * (1 - lossProbability(1000, 5095)), bar: 0.08 },
  ],
  measure: (seed) => {
    const system = systemOf({
      components: [
        { name: 'server', ...pool(1000), ...constant(0) },
        { name: 'quick', ...pool('unlimited'), ...constant(0.1) },
        { name: 'stuck', ...pool('unlimited'), ...exponential(100) },
      ],
      calls: [
        { from: 'server', to: 'quick', journeys: ['good'] },
        { from: 'server', to: 'stuck', journeys: ['bad'] },
      ],
      journeys: [
        { name: 'good', entry: 'server', rate: 950 },
        { name: 'bad', entry: 'server', rate: 50 },
      ],
    });
    const result = run(system, 1001, { seed });
    const good = between(journeyOf(result, 'good'), 300, 1000);
    const bad = between(journeyOf(result, 'bad'), 300, 1000);
    const offered = good.offered + bad.offered;
    return [1 - (good.failed + bad.failed) / offered, good.succeeded / offered];
  },
};

export const losses: ValidationFamily = {
  name: 'A pool without a queue',
  cases: [
    loss('M', 8, 4, exponential(service), 0.08),
    loss('M', 8, 8, exponential(service), 0.03),
    loss('M', 8, 16, exponential(service), 0.02),
    loss('M', 64, 51.2, exponential(service), 0.25),
    loss('D', 8, 8, constant(service), 0.02),
    loss('G', 8, 8, logNormalOfMean(service), 0.03),
    bounded(8, 4, 72, 0.08),
    bounded(8, 32, 80, 0.35),
    stuckRequests,
  ],
};
