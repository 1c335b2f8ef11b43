import { strict as assert } from 'node:assert';
import type { Call } from '../../src/model/call';
import { withPreset } from '../../src/model/presets/fill';
import type { Fault } from '../../src/model/scenario';
import { callRules, waitBefore } from '../../src/simulation/rules';
import { between, callOf, componentOf, journeyOf, play, run } from './running';
import { component, constant, exponential, pool, scenarioOf, systemOf } from './systems';

const unlimited = pool('unlimited');
const from0 = (fault: Fault) => scenarioOf([{ at: 0, fault }]);
const dead = from0({ kind: 'kill', target: component('b') });
const refusing = from0({ kind: 'crash', target: component('b') });

/** a calls b, at ten requests a second. */
function pair(call: Partial<Call>, fields: { rate?: number; latency?: number; b?: object; a?: object; more?: { name: string }[] } = {}) {
  return systemOf({
    components: [
      { name: 'a', ...unlimited, ...constant(0), ...fields.a },
      { name: 'b', ...unlimited, ...constant(0.01), ...fields.b },
      ...(fields.more ?? []),
    ],
    calls: [{ from: 'a', to: 'b', ...call }],
    journeys: [{ name: 'j', entry: 'a', rate: fields.rate ?? 10, ...(fields.latency === undefined ? {} : { latency: fields.latency }) }],
  });
}

describe('timeouts and deadlines', function () {
  this.timeout(30_000);

  it('without any, a request to something that hangs is open for ever', () => {
    const { offered, inFlight } = journeyOf(run(pair({}), 60, { scenario: dead }), 'j');
    assert.ok(offered > 0);
    assert.equal(inFlight, offered);
  });

  it('a journey that has a latency counts it as too slow', () => {
    const { offered, failed, inFlight } = journeyOf(run(pair({}, { latency: 0.5 }), 60, { scenario: dead }), 'j');
    assert.equal(failed.slow + inFlight, offered);
    assert.ok(inFlight < 15);
  });

  it('an answer after the latency is too slow, one before it is not', () => {
    const late = journeyOf(run(pair({}, { latency: 0.009 }), 20), 'j');
    assert.equal(late.succeeded, 0);
    assert.ok(late.latency.p50 === 0.01, String(late.latency.p50));
    assert.equal(journeyOf(run(pair({}, { latency: 0.011 }), 20), 'j').failed.slow, 0);
  });

  it('a timeout ends each attempt, a deadline the call with all of them', () => {
    const timeout = run(pair({ timeout: 0.2, retry: { maxAttempts: 3, backoff: 'constant', base: 0.1 } }), 60, { scenario: dead });
    const call = callOf(timeout, 'a -> b');
    assert.ok(call.attempts > 2.9 * call.requests);
    const restored = scenarioOf([...dead.events, { at: 50, fault: { kind: 'load', journey: 'j', factor: 0 } }]);
    const ended = journeyOf(
      run(pair({ timeout: 0.2, retry: { maxAttempts: 3, backoff: 'constant', base: 0.1 } }, { latency: 0.79 }), 60, { scenario: restored }),
      'j',
    );
    assert.equal(ended.failed.slow, ended.offered, '3 · 0.2 s and 2 · 0.1 s are more than 0.79 s');
    const deadline = { timeout: 0.2, deadline: 0.35, retry: { backoff: 'constant', base: 0.1 } } as const;
    const cut = run(pair(deadline, { latency: 0.351 }), 60, { scenario: restored });
    assert.equal(journeyOf(cut, 'j').failed.timeout, journeyOf(cut, 'j').offered);
    assert.equal(callOf(cut, 'a -> b').attempts, 2 * callOf(cut, 'a -> b').requests);
  });

  it('what an attempt that timed out started goes on at the callee', () => {
    const result = run(pair({ timeout: 0.1 }, { b: constant(1) }), 30);
    const { attempts, abandoned } = callOf(result, 'a -> b');
    assert.ok(abandoned >= attempts - 3 && abandoned > 200);
    const { busyMean } = componentOf(result, 'b');
    assert.ok(busyMean > 8, `ten a second of one second each keep ${busyMean} busy`);
  });
});

describe('retries', function () {
  this.timeout(30_000);

  it('wait as written: none, constant, linear, exponential with a cap', () => {
    const waits = (retry: Call['retry'], u = 0.5) => {
      const rules = callRules({
        id: '',
        from: '',
        to: '',
        ownKeys: [],
        role: 'request',
        source: 'native',
        ...(retry ? { retry } : {}),
      }).retry;
      let previous = rules.base;
      return [1, 2, 3, 4].map((n) => {
        previous = waitBefore(rules, n, u, previous);
        return previous / 1e6;
      });
    };
    assert.deepEqual(waits({}), [0, 0, 0, 0]);
    assert.deepEqual(waits({ backoff: 'constant' }), [100, 100, 100, 100]);
    assert.deepEqual(waits({ backoff: 'linear', base: 0.02 }), [20, 40, 60, 80]);
    assert.deepEqual(waits({ base: 0.02 }), [20, 40, 80, 160]);
    assert.deepEqual(waits({ base: 0.02, factor: 1.5 }), [20, 30, 45, 67.5]);
    assert.deepEqual(waits({ base: 0.02, cap: 0.05 }), [20, 40, 50, 50]);
    assert.deepEqual(waits({ base: 0.02, jitter: 'full' }, 0.25), [5, 10, 20, 40]);
    assert.deepEqual(waits({ base: 0.02, jitter: 'equal' }, 0.25), [12.5, 25, 50, 100]);
    assert.deepEqual(waits({ base: 0.02, jitter: 'proportional' }, 0.25), [15, 30, 60, 120]);
    assert.deepEqual(waits({ base: 0.02, jitter: 'decorrelated', cap: 0.1 }, 0.5), [40, 70, 100, 100]);
  });

  it('happen on the causes that are named, and on no others', () => {
    const attemptsPerCall = (retry: object, scenario = refusing) => {
      const { attempts, requests } = callOf(
        run(pair({ timeout: 0.1, retry: { maxAttempts: 3, ...retry } }, {}), 20, { scenario }),
        'a -> b',
      );
      return attempts / requests;
    };
    assert.ok(attemptsPerCall({}) > 2.9);
    assert.ok(attemptsPerCall({ on: ['refused'] }) > 2.9);
    assert.equal(attemptsPerCall({ on: ['timeout', 'rejected', 'error'] }), 1);
    assert.equal(attemptsPerCall({ on: ['refused'] }, dead), 1);
    assert.ok(attemptsPerCall({ on: ['timeout'] }, dead) > 2.9);
    assert.ok(attemptsPerCall({ on: ['error'] }, from0({ kind: 'errors', target: component('b'), share: 1 })) > 2.9);
  });

  it('make up for transient errors: three attempts at 50% succeed seven times in eight', () => {
    const { offered, succeeded } = journeyOf(run(pair({ retry: { maxAttempts: 3 } }, { rate: 200, b: { errorRate: 0.5 } }), 100), 'j');
    assert.ok(Math.abs(succeeded / offered - 7 / 8) < 0.01, `${succeeded / offered}`);
  });

  it('without end and without a wait against something that refuses are bounded by time, not by memory', () => {
    const result = run(pair({ retry: {} }, { rate: 1 }), 5, { scenario: refusing });
    const { attempts, requests } = callOf(result, 'a -> b');
    assert.ok(requests > 0 && attempts <= requests * 5000 && attempts > 500, `${attempts} for ${requests}`);
  });

  it('of an operation that is not idempotent execute it twice, unless it has a key', () => {
    const twice = (fields: Partial<Call>) =>
      callOf(run(pair({ timeout: 0.05, retry: { maxAttempts: 2 }, ...fields }, { b: constant(0.1) }), 60), 'a -> b').duplicateEffects;
    assert.ok(twice({ operation: 'POST /charge' }) > 400);
    assert.equal(twice({ operation: 'POST /charge', idempotencyKey: 'Idempotency-Key' }), 0);
    assert.equal(twice({ operation: 'PUT /charge' }), 0);
    assert.equal(twice({}), 0);
  });

  it('further out execute it twice as well', () => {
    const chain = (first: Partial<Call>) =>
      systemOf({
        components: [
          { name: 'a', ...unlimited, ...constant(0) },
          { name: 'm', ...unlimited, ...constant(0) },
          { name: 'b', ...unlimited, ...constant(0.1) },
        ],
        calls: [
          { from: 'a', to: 'm', timeout: 0.05, retry: { maxAttempts: 3 }, ...first },
          { from: 'm', to: 'b', operation: 'POST /charge' },
        ],
        journeys: [{ name: 'j', entry: 'a', rate: 10 }],
      });
    const plain = run(chain({}), 60);
    const { duplicateEffects, requests } = callOf(plain, 'm -> b');
    assert.ok(duplicateEffects > 0.6 * requests, `${duplicateEffects} of ${requests}`);
    assert.equal(callOf(run(chain({ idempotencyKey: 'key' }), 60), 'm -> b').duplicateEffects, 0);
  });
});

describe('breaker, bulkhead and fallback', function () {
  this.timeout(30_000);

  it('an open breaker is not retried, and fails at once', () => {
    const result = run(
      pair({ timeout: 0.1, retry: { maxAttempts: 3 }, circuitBreaker: { failures: 2, cooldown: 1e5 } }, { rate: 0.05 }),
      2000,
      {
        scenario: dead,
      },
    );
    const { attempts } = callOf(result, 'a -> b');
    assert.equal(attempts, 6);
    const { failed, offered } = journeyOf(result, 'j');
    assert.deepEqual([failed.timeout, failed.breaker], [2, offered - 2]);
  });

  it('counts calls or attempts', () => {
    const opens = (counts: 'calls' | 'attempts') => {
      const circuitBreaker = { failures: 3, cooldown: 1e5, counts };
      return callOf(
        run(pair({ timeout: 0.1, retry: { maxAttempts: 3 }, circuitBreaker }, { rate: 0.05 }), 2000, { scenario: dead }),
        'a -> b',
      ).attempts;
    };
    assert.equal(opens('attempts'), 3);
    assert.equal(opens('calls'), 9);
  });

  it('each replica of the caller has its own', () => {
    const result = run(pair({ timeout: 0.1, circuitBreaker: { failures: 2, cooldown: 1000 } }, { a: { replicas: 3 }, rate: 1 }), 200, {
      scenario: dead,
    });
    assert.equal(callOf(result, 'a -> b').attempts, 6);
    assert.equal(callOf(result, 'a -> b').breakerOpened, 3);
  });

  it('a bulkhead bounds how many of the slots a call may hold', () => {
    const result = run(pair({ bulkhead: { concurrency: 3 } }, { a: { concurrency: 8, queue: 0 } }), 30, { scenario: dead });
    assert.equal(componentOf(result, 'a').hangingMax, 3);
    assert.ok(journeyOf(result, 'j').failed.rejected > 200);
  });

  it('a fallback answers in a word, degraded', () => {
    const { offered, degraded, inFlight } = journeyOf(
      run(pair({ fallback: { kind: 'degrade', word: 'less' } }), 30, { scenario: refusing }),
      'j',
    );
    assert.equal(degraded + inFlight, offered);
  });

  it('a fallback to a component calls it once, with the timeout of the call', () => {
    const other = { name: 'c', ...unlimited, ...constant(0.05) };
    const fallback = { kind: 'component', to: 'c' } as const;
    const works = run(pair({ timeout: 0.1, retry: { maxAttempts: 2 }, fallback }, { more: [other] }), 30, { scenario: dead });
    const { degraded, offered } = journeyOf(works, 'j');
    assert.ok(degraded > offered - 10);
    const both = scenarioOf([...dead.events, { at: 0, fault: { kind: 'kill', target: component('c') } }]);
    const fails = run(pair({ timeout: 0.1, retry: { maxAttempts: 2 }, fallback }, { more: [other] }), 30, { scenario: both });
    assert.ok(journeyOf(fails, 'j').failed.timeout > 200);
    assert.equal(componentOf(fails, 'c').arrivals, callOf(fails, 'a -> b fallback c').requests);
  });

  it('an optional call that fails is missing, no more', () => {
    const { degraded, succeeded } = journeyOf(run(pair({ required: false }), 30, { scenario: refusing }), 'j');
    assert.ok(degraded > 200 && succeeded === 0);
  });
});

describe('a retry storm', function () {
  this.timeout(30_000);

  /** Ten slots of 50 ms carry 200 a second; 150 come; a timeout of 200 ms is shorter than the wait in a full queue. */
  const storm = (call: Partial<Call>) => {
    const system = systemOf({
      components: [
        { name: 'a', ...unlimited, ...constant(0) },
        { name: 'b', ...pool(10, 200), ...constant(0.05) },
      ],
      calls: [{ from: 'a', to: 'b', timeout: 0.2, ...call }],
      journeys: [{ name: 'j', entry: 'a', rate: 150 }],
    });
    const events = [
      { at: 10, fault: { kind: 'kill', target: component('b') } as const },
      { at: 15, fault: { kind: 'restore', target: component('b') } as const },
    ];
    const { offered, succeeded } = between(journeyOf(run(system, 40, { scenario: scenarioOf(events) }), 'j'), 25, 39);
    return succeeded / offered;
  };

  it('keeps the callee down after its cause is gone when retries have no bound', () => {
    assert.ok(storm({ retry: { backoff: 'constant', base: 0.5 } }) < 0.05);
  });

  it('is over soon with a budget, or with a breaker', () => {
    assert.ok(storm({ retry: { maxAttempts: 3, base: 0.05, jitter: 'full', budget: { share: 0.1 } } }) > 0.99);
    assert.ok(storm({ retry: { maxAttempts: 3, base: 0.05, jitter: 'full' }, circuitBreaker: { failures: 5, cooldown: 1 } }) > 0.99);
  });
});

describe('how a request makes its calls', function () {
  this.timeout(30_000);

  const three = (fields: readonly Partial<Call>[]) =>
    systemOf({
      components: ['a', 'b', 'c', 'd'].map((name) => ({ name, ...unlimited, ...constant(name === 'a' ? 0 : 0.1) })),
      calls: fields.map((call, i) => ({ from: 'a', to: ['b', 'c', 'd'][i] ?? 'b', ...call })),
      journeys: [{ name: 'j', entry: 'a', rate: 10 }],
    });
  const slowest = (fields: readonly Partial<Call>[]) => journeyOf(run(three(fields), 20), 'j').latency.max ?? 0;

  it('one after another, groups together, asynchronous ones without waiting', () => {
    assert.equal(slowest([{}, {}, {}]), 0.3);
    assert.equal(slowest([{ parallel: 'x' }, {}, { parallel: 'x' }]), 0.2);
    assert.equal(slowest([{ async: true }, {}, { async: true }]), 0.1);
  });

  it('as often as their count says, for as many requests as their share says', () => {
    assert.equal(slowest([{ count: 4 }]), 0.4);
    assert.equal(slowest([{ count: 4, parallel: 'x' }]), 0.1);
    const result = run(three([{ share: 0.25 }, { count: 1.5 }]), 400);
    const { offered } = journeyOf(result, 'j');
    assert.ok(Math.abs(callOf(result, 'a -> b').requests / offered - 0.25) < 0.03);
    assert.ok(Math.abs(callOf(result, 'a -> c').requests / offered - 1.5) < 0.04);
  });

  it('hold their slot meanwhile', () => {
    const system = three([{}, {}]);
    const components = new Map(system.components).set('a', { name: 'a', ...pool(1), ...constant(0.1) });
    const result = run({ ...system, components }, 600);
    // One at a time, 0.3 s each: Erlang's loss of one slot with three erlangs.
    const { offered, failed } = journeyOf(result, 'j');
    assert.ok(Math.abs(failed.rejected / offered - 0.75) < 0.02, `${failed.rejected / offered}`);
  });

  it('a share of requests that fail with an error fail those that wait for them', () => {
    const system = pair({}, { rate: 100, b: { errorRate: 0.2, ...exponential(0.01) } });
    const { offered, failed } = journeyOf(run(system, 100), 'j');
    assert.ok(Math.abs(failed.error / offered - 0.2) < 0.02);
  });
});

describe('the traps of resilience4j’s defaults', function () {
  this.timeout(30_000);
  // Eight threads, of which each fails once a second while b hangs; a hundred calls have gone well before.
  const call = withPreset({ preset: 'resilience4j' as const, timeout: 1, circuitBreaker: {} });
  const system = pair(call, { rate: 40, a: pool(8) });
  const hanging = scenarioOf([{ at: 5, fault: { kind: 'kill', target: component('b') } }]);
  const opening = (seed: number) =>
    run(system, 30, { seed, scenario: hanging }).log.find(({ text }) => /breaker/i.test(text) && /open/i.test(text));

  it('the breaker opens only after more than six seconds in which every thread waits', () => {
    for (const seed of [1, 2, 3]) {
      const line = opening(seed);
      // 50 failures at 8 a second take 6.25 s; the first ends a second after the call.
      assert.ok(line && line.at > 5 + 6 && line.at < 5 + 8.5, JSON.stringify(line));
    }
    const stalled = run(system, 11, { scenario: hanging });
    assert.equal(componentOf(stalled, 'a').hangingMax, 8);
    assert.equal(callOf(stalled, 'a -> b').breakerOpened, 0);
  });

  it('its ten trial calls hold all eight threads again', () => {
    const quick = pair(withPreset({ ...call, circuitBreaker: { cooldown: 5 } }), { rate: 40, a: pool(8) });
    const simulation = play(quick, { scenario: hanging });
    simulation.advance(13.5);
    const hangingNow = () => simulation.frame().components.find(({ name }) => name === 'a')?.hanging;
    assert.equal(hangingNow(), 0, 'the breaker is open');
    let most = 0;
    for (let at = 14; at < 20; at += 0.25) {
      simulation.advance(at);
      most = Math.max(most, hangingNow() ?? 0);
    }
    assert.equal(most, 8);
  });
});
