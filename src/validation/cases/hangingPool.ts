import type { Call } from '../../model/call';
import type { ValidationCase, ValidationFamily } from '../case';
import { between, callOf, journeyOf, run } from '../running';
import { component, constant, lab, pool, scenarioOf, systemOf } from '../systems';

/** Payment hangs from the start, and for thirty seconds. */
const dead = scenarioOf([{ at: 0, fault: { kind: 'kill', target: component('payment') } }]);
const away = scenarioOf([
  { at: 10, fault: { kind: 'kill', target: component('payment') } },
  { at: 40, fault: { kind: 'restore', target: component('payment') } },
]);

/** Until eight of the requests that were started are for payment: a negative binomial distribution. */
const untilDead: ValidationCase = {
  name: 'requests until a pool of 8 is dead, 30% of them for a payment service that hangs',
  source: 'negative binomial: mean 8 / 0.3, variance 8 · 0.7 / 0.3²',
  setting: 'no queue, no timeouts',
  runs: 3000,
  quantities: [
    { name: 'mean', unit: 'number', theory: () => 8 / 0.3, bar: 0.04 },
    { name: 'variance', unit: 'number', theory: () => (8 * 0.7) / 0.3 ** 2, bar: 0.2 },
  ],
  measure: (seed) => {
    const result = run(lab({ queue: 0 }), 3, { seed, variant: 'bare', scenario: dead });
    const started = callOf(result, 'api -> db').attempts + callOf(result, 'api -> payment').attempts;
    return [started, (started - 8 / 0.3) ** 2];
  },
};

/** Each thread is held by the database for its time, or by payment for the whole timeout. */
function capacity(timeout: number, database: number): ValidationCase {
  const system = systemOf({
    components: [
      { name: 'api', ...pool(8, 50), ...constant(0) },
      { name: 'db', ...pool('unlimited'), ...constant(database) },
      { name: 'payment', kind: 'external' },
    ],
    calls: [
      { from: 'api', to: 'db', journeys: ['orders'], timeout: 60 },
      { from: 'api', to: 'payment', journeys: ['pay'], timeout },
    ],
    journeys: [
      { name: 'orders', entry: 'api', rate: 140 },
      { name: 'pay', entry: 'api', rate: 60 },
    ],
  });
  return {
    name: `what a pool of 8 carries with a timeout of ${timeout * 1000} ms on payment and ${database * 1000} ms of database`,
    source: '8 / (0.7 · database + 0.3 · timeout)',
    setting: '200 requests a second for 250 s, 30% for a payment service that hangs',
    runs: 40,
    quantities: [
      { name: 'requests a second', unit: 'number', theory: () => 8 / (0.7 * database + 0.3 * timeout), bar: 0.04, within: 0.002 },
    ],
    measure: (seed) => {
      const result = run(system, 250, { seed, scenario: dead });
      return [(callOf(result, 'api -> db').attempts + callOf(result, 'api -> payment').attempts) / 250];
    },
  };
}

const protection: Partial<Call> = { timeout: 0.3, circuitBreaker: { failures: 5 } };

const breaker: ValidationCase = {
  name: 'a timeout of 300 ms and a breaker after 5 failures',
  source: 'the pool is never full for as long as an order may take',
  setting: 'payment hangs from 10 s to 40 s of 60 s',
  runs: 20,
  quantities: [{ name: 'orders that succeed', unit: 'share', theory: () => 1, bar: 0.001, within: 0.001 }],
  measure: (seed) => {
    const { offered, succeeded } = between(journeyOf(run(lab({ pay: protection }), 60, { seed, scenario: away }), 'orders'), 0, 58);
    return [succeeded / offered];
  },
};

const fallback: ValidationCase = {
  name: 'a breaker and a fallback',
  source: 'all are answered; the degraded ones are those for payment, 30%',
  setting: 'payment hangs from 10 s to 40 s of 60 s; requests of these 30 s',
  runs: 20,
  quantities: [
    { name: 'answered', unit: 'share', theory: () => 1, bar: 0.001, within: 0.001 },
    { name: 'degraded', unit: 'share', theory: () => 0.3, bar: 0.06 },
  ],
  measure: (seed) => {
    const system = lab({ pay: { ...protection, fallback: { kind: 'degrade', word: 'pay-later' } } });
    const result = run(system, 60, { seed, scenario: away });
    const orders = between(journeyOf(result, 'orders'), 10, 40);
    const pay = between(journeyOf(result, 'pay'), 10, 40);
    const all = orders.offered + pay.offered;
    return [(orders.succeeded + orders.degraded + pay.succeeded + pay.degraded) / all, (orders.degraded + pay.degraded) / all];
  },
};

export const hangingPool: ValidationFamily = {
  name: 'A pool that waits for a dead callee',
  cases: [untilDead, capacity(0.25, 0.01), capacity(1, 0.01), capacity(1, 0.05), capacity(2, 0.02), breaker, fallback],
};
