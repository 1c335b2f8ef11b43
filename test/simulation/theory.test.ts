import { strict as assert } from 'node:assert';
import { agrees, between, callOf, componentOf, journeyOf, run, seeds } from './running';
import { component, constant, exponential, pool, scenarioOf, systemOf } from './systems';

/** One component that requests reach at a rate. */
function queueing(rate: number, slots: number, queue: number, serviceTime: ReturnType<typeof exponential> | ReturnType<typeof constant>) {
  return systemOf({
    components: [{ name: 'server', ...pool(slots, queue), ...serviceTime }],
    journeys: [{ name: 'all', entry: 'server', rate }],
  });
}

/** The probability of loss of M/G/c/c with a erlangs, by the usual recursion. */
function erlangB(c: number, a: number): number {
  let inverse = 1;
  for (let n = 1; n <= c; n++) inverse = 1 + (inverse * n) / a;
  return 1 / inverse;
}

/** The probability of waiting of M/M/c. */
function erlangC(c: number, a: number): number {
  const b = erlangB(c, a);
  return b / (1 - (a / c) * (1 - b));
}

const endless = 1_000_000;

describe('queueing theory', function () {
  this.timeout(30_000);

  for (const { c, rho, time } of [
    { c: 1, rho: 0.5, time: 4000 },
    { c: 8, rho: 0.8, time: 1500 },
    { c: 64, rho: 0.9, time: 250 },
  ]) {
    it(`M/M/${c} at ${rho}: time in the system, work in progress, and Little's law`, () => {
      const service = 0.1;
      const rate = (c * rho) / service;
      const waiting = (erlangC(c, c * rho) * service) / (c * (1 - rho));
      const results = seeds(12).map((seed) => run(queueing(rate, c, endless, exponential(service)), time, { seed }));
      agrees(
        results.map((result) => journeyOf(result, 'all').latency.mean ?? 0),
        service + waiting,
        0.02,
      );
      agrees(
        results.map((result) => componentOf(result, 'server').busyMean),
        c * rho,
        0.01,
      );
    });
  }

  /** P(W > t) of M/M/1 is e^(−(μ − λ) t). */
  it('M/M/1 at 0.5: median and 99th percentile of the time in the system', () => {
    const latencies = seeds(10).map((seed) => journeyOf(run(queueing(50, 1, endless, exponential(0.01)), 1000, { seed }), 'all').latency);
    agrees(
      latencies.map(({ p50 }) => p50 ?? 0),
      Math.log(2) / 50,
      0.02,
    );
    agrees(
      latencies.map(({ p99 }) => p99 ?? 0),
      Math.log(100) / 50,
      0.02,
    );
  });

  /** Pollaczek and Khinchine: a constant service waits half as long as an exponential one. */
  it('M/D/1 at 0.8: waiting time', () => {
    const means = seeds(12).map((seed) => journeyOf(run(queueing(80, 1, endless, constant(0.01)), 500, { seed }), 'all').latency.mean ?? 0);
    agrees(means, 0.01 + (0.8 * 0.01) / (2 * 0.2), 0.02);
  });

  for (const [c, a] of [
    [8, 8],
    [64, 51.2],
  ] as const) {
    it(`M/M/${c}/${c} with ${a} erlangs: loss`, () => {
      const losses = seeds(10).map((seed) => {
        const { offered, failed } = journeyOf(run(queueing(a / 0.1, c, 0, exponential(0.1)), 300 * (8 / c) + 100, { seed }), 'all');
        return failed.rejected / offered;
      });
      agrees(losses, erlangB(c, a), c === 8 ? 0.01 : 0.05);
    });
  }

  /** 95 requests a second of 100 ms and 50 of 10 s on average are 509.5 erlangs for 100 threads: 80% find none. */
  it('a hundred threads and requests that are stuck for long: one in five is admitted, of either kind', () => {
    const system = systemOf({
      components: [
        { name: 'server', ...pool(100), ...constant(0) },
        { name: 'quick', ...pool('unlimited'), ...constant(0.1) },
        { name: 'stuck', ...pool('unlimited'), ...exponential(10) },
      ],
      calls: [
        { from: 'server', to: 'quick', journeys: ['good'] },
        { from: 'server', to: 'stuck', journeys: ['bad'] },
      ],
      journeys: [
        { name: 'good', entry: 'server', rate: 95 },
        { name: 'bad', entry: 'server', rate: 50 },
      ],
    });
    const results = seeds(8).map((seed) => run(system, 451, { seed }));
    for (const name of ['good', 'bad']) {
      const admitted = results.map((result) => {
        const { offered, failed } = between(journeyOf(result, name), 50, 400);
        return 1 - failed / offered;
      });
      agrees(admitted, 1 - erlangB(100, 509.5), 0.01);
    }
  });
});

describe('cases with a known outcome', function () {
  this.timeout(30_000);

  const dead = scenarioOf([{ at: 0, fault: { kind: 'crash', target: component('d') } }]);

  it('four attempts at each of three layers are 64 at the last', () => {
    const retry = { maxAttempts: 4 };
    const system = systemOf({
      components: ['a', 'b', 'c', 'd'].map((name) => ({ name, ...pool('unlimited'), ...constant(0) })),
      calls: [
        { from: 'a', to: 'b', retry },
        { from: 'b', to: 'c', retry },
        { from: 'c', to: 'd', retry },
      ],
      journeys: [{ name: 'all', entry: 'a', rate: 20 }],
    });
    const result = run(system, 60, {
      scenario: scenarioOf([...dead.events, { at: 50, fault: { kind: 'load', journey: 'all', factor: 0 } }]),
    });
    const { offered, failed, inFlight } = journeyOf(result, 'all');
    assert.deepEqual([failed.refused, inFlight], [offered, 0]);
    assert.equal(callOf(result, 'c -> d').attempts, 64 * offered);
    assert.equal(componentOf(result, 'd').arrivals, 64 * offered);
  });

  const oneCall = (retry: object) =>
    systemOf({
      components: ['a', 'd'].map((name) => ({ name, ...pool('unlimited'), ...constant(0) })),
      calls: [{ from: 'a', to: 'd', retry }],
      journeys: [{ name: 'all', entry: 'a', rate: 1000 }],
    });

  it('a retry capped at three attempts triples the load at most', () => {
    const { attempts, requests } = callOf(run(oneCall({ maxAttempts: 3 }), 30, { scenario: dead }), 'a -> d');
    assert.ok(attempts / requests > 2.99 && attempts / requests <= 3, `${attempts / requests}`);
  });

  it('a budget of 10% adds a tenth to the load, and the ten that it starts with', () => {
    const { attempts, retries, requests } = callOf(
      run(oneCall({ maxAttempts: 3, budget: { share: 0.1 } }), 30, { scenario: dead }),
      'a -> d',
    );
    assert.equal(attempts, requests + retries);
    assert.ok(retries <= 0.1 * requests + 10 && retries > 0.1 * requests + 5, `${retries} of ${requests}`);
  });

  it('a bucket of tokens without refund is spent once', () => {
    const { retries } = callOf(run(oneCall({ maxAttempts: 3, budget: { tokens: 500, cost: 5 } }), 30, { scenario: dead }), 'a -> d');
    assert.equal(retries, 100);
  });

  /**
   * Capacity 1,000 a second, 1,100 offered, what fails tries again after a second. The second's worth that the quota
   * has saved lasts ten seconds; from then on 100 more come every second: 1,200, 1,300, 1,400 and so on.
   */
  it('a small excess that is retried grows without end', () => {
    const system = systemOf({
      components: [
        { name: 'a', ...pool('unlimited'), ...constant(0) },
        { name: 'd', ...pool('unlimited'), ...constant(0.001), quota: 1000 },
      ],
      calls: [{ from: 'a', to: 'd', retry: { backoff: 'constant', base: 1 } }],
      journeys: [{ name: 'all', entry: 'a', rate: 1100 }],
    });
    const attempts = seeds(5).map((seed) => callOf(run(system, 30, { seed }), 'a -> d').attempts);
    const expected = 1100 * 30 + 100 * ((19 * 20) / 2);
    const mean = attempts.reduce((sum, count) => sum + count, 0) / 5;
    assert.ok(Math.abs(mean / expected - 1) < 0.05, `${mean} for ${expected}`);
  });
});
