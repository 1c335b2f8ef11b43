import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { Breaker, BreakerPhase, type BreakerRules } from '../../src/simulation/breaker';

const never = Number.POSITIVE_INFINITY;
const plain: BreakerRules = {
  failures: never,
  errorRate: never,
  slowRate: never,
  slowCall: never,
  minimumCalls: 20,
  windowTime: 10e9,
  windowCalls: 0,
  cooldown: 30e9,
  trialCalls: 1,
};

/** Makes one call at a time: whether it was let through. */
function once(breaker: Breaker, now: number, failed: boolean, duration = 1): boolean {
  if (!breaker.admits(now)) return false;
  breaker.record(now, breaker.generation, failed, duration);
  return true;
}

describe('a circuit breaker', function () {
  this.timeout(30_000);

  it('opens after so many failures in a row, and a success in between starts the count again', () => {
    const breaker = new Breaker({ ...plain, failures: 3 });
    for (const failed of [true, true, false, true, true]) assert.ok(once(breaker, 0, failed));
    assert.equal(breaker.phase, BreakerPhase.Closed);
    assert.ok(once(breaker, 0, true));
    assert.equal(breaker.phase, BreakerPhase.Open);
    assert.equal(breaker.opened, 1);
  });

  it('lets one trial call through after the cool-down, and closes or opens again by how it ends', () => {
    const breaker = new Breaker({ ...plain, failures: 1 });
    once(breaker, 0, true);
    assert.equal(breaker.admits(30e9 - 1), false);
    assert.equal(breaker.admits(30e9), true);
    assert.equal(breaker.phase, BreakerPhase.HalfOpen);
    assert.equal(breaker.admits(30e9), false);
    breaker.record(31e9, breaker.generation, true, 1);
    assert.equal(breaker.phase, BreakerPhase.Open);
    assert.equal(breaker.admits(60e9), false);
    assert.equal(once(breaker, 61e9, false), true);
    assert.equal(breaker.phase, BreakerPhase.Closed);
  });

  it('opens on a share of failures once there were enough calls in its window of time', () => {
    const breaker = new Breaker({ ...plain, errorRate: 0.5, minimumCalls: 10 });
    for (let i = 0; i < 9; i++) once(breaker, i * 1e8, i % 2 === 0);
    assert.equal(breaker.phase, BreakerPhase.Closed);
    once(breaker, 1e9, true);
    assert.equal(breaker.phase, BreakerPhase.Open);
  });

  it('forgets what has left the window', () => {
    const breaker = new Breaker({ ...plain, errorRate: 0.5, minimumCalls: 10 });
    for (let i = 0; i < 9; i++) once(breaker, 0, true);
    for (let i = 0; i < 9; i++) once(breaker, 11e9, false);
    once(breaker, 11e9, true);
    assert.equal(breaker.phase, BreakerPhase.Closed);
  });

  it('counts the last calls where the window is a number of calls', () => {
    const breaker = new Breaker({ ...plain, errorRate: 0.5, minimumCalls: 4, windowCalls: 4 });
    for (const failed of [true, false, false, false, true]) once(breaker, 0, failed);
    assert.equal(breaker.phase, BreakerPhase.Closed);
    once(breaker, 0, true);
    assert.equal(breaker.phase, BreakerPhase.Open);
  });

  it('opens on slow calls', () => {
    const breaker = new Breaker({ ...plain, slowRate: 1, slowCall: 100, minimumCalls: 3 });
    for (let i = 0; i < 3; i++) once(breaker, 0, false, 101);
    assert.equal(breaker.phase, BreakerPhase.Open);
    const quick = new Breaker({ ...plain, slowRate: 1, slowCall: 100, minimumCalls: 3 });
    for (const duration of [101, 100, 101]) once(quick, 0, false, duration);
    assert.equal(quick.phase, BreakerPhase.Closed);
  });

  it('judges several trial calls by its rate', () => {
    const breaker = new Breaker({ ...plain, errorRate: 0.5, minimumCalls: 1, trialCalls: 3 });
    once(breaker, 0, true);
    for (let i = 0; i < 3; i++) assert.ok(breaker.admits(30e9));
    assert.equal(breaker.admits(30e9), false);
    const { generation } = breaker;
    breaker.record(30e9, generation, true, 1);
    assert.equal(breaker.phase, BreakerPhase.HalfOpen);
    breaker.record(30e9, generation, false, 1);
    breaker.record(30e9, generation, false, 1);
    assert.equal(breaker.phase, BreakerPhase.Closed);
  });

  it('never goes from open to closed, admits no more trials than it may, and ignores results of an earlier phase', () => {
    const rules = fc.record({
      failures: fc.constantFrom(1, 3, never),
      errorRate: fc.constantFrom(0.3, 0.5, never),
      slowRate: fc.constantFrom(0.5, never),
      slowCall: fc.constant(5),
      minimumCalls: fc.integer({ min: 1, max: 6 }),
      windowTime: fc.constant(100),
      windowCalls: fc.constantFrom(0, 5),
      cooldown: fc.integer({ min: 1, max: 50 }),
      trialCalls: fc.integer({ min: 1, max: 3 }),
    });
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 20 }),
      end: fc.nat({ max: 4 }),
      failed: fc.boolean(),
      duration: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(rules, fc.array(step, { maxLength: 200 }), (given, steps) => {
        const breaker = new Breaker(given);
        const running: number[] = [];
        let now = 0;
        let before = breaker.phase;
        let trials = 0;
        let opened = 0;
        const look = () => {
          const after = breaker.phase;
          if (before !== after) {
            const legal = [
              `${BreakerPhase.Closed}>${BreakerPhase.Open}`,
              `${BreakerPhase.Open}>${BreakerPhase.HalfOpen}`,
              `${BreakerPhase.HalfOpen}>${BreakerPhase.Open}`,
              `${BreakerPhase.HalfOpen}>${BreakerPhase.Closed}`,
            ];
            assert.ok(legal.includes(`${before}>${after}`), `${before} to ${after}`);
            if (after === BreakerPhase.Open) opened++;
            trials = 0;
            before = after;
          }
        };
        for (const { wait, end, failed, duration } of steps) {
          now += wait;
          const wasOpenUntil = breaker.phase === BreakerPhase.Open ? breaker.openUntil : 0;
          const admitted = breaker.admits(now);
          look();
          if (admitted) {
            assert.ok(now >= wasOpenUntil);
            if (breaker.phase === BreakerPhase.HalfOpen) assert.ok(++trials <= given.trialCalls);
            running.push(breaker.generation);
          }
          const [generation] = running.splice(end, 1);
          if (generation === undefined) continue;
          const isStale = generation !== breaker.generation;
          const changed = breaker.record(now, generation, failed, duration);
          if (isStale) assert.equal(changed, false);
          look();
        }
        assert.equal(breaker.opened, opened);
      }),
    );
  });
});
