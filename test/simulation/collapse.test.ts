import { strict as assert } from 'node:assert';
import type { Call } from '../../src/model/call';
import { collapses } from '../../src/simulation/collapse';
import { resultOf, seconds } from './results';
import { run, seeds } from './running';
import { component, constant, pool, scenarioOf, systemOf } from './systems';

const outage = scenarioOf([
  { at: 10, fault: { kind: 'kill', target: component('d') } },
  { at: 20, fault: { kind: 'restore', target: component('d') } },
]);

describe('a run that collapses', () => {
  const good = seconds(10, 10, 10);
  const gone = seconds(10, 10, 0);

  it('has a journey that stays under half of what it was until the end', () => {
    const result = resultOf({ stays: [...good, ...gone, ...seconds(20, 10, 4)], comes: [...good, ...gone, ...seconds(20, 10, 6)] });
    assert.deepEqual(collapses(result, outage), ['stays']);
  });

  it('is not one that comes back late, or that was no better before', () => {
    const late = [...good, ...gone, ...seconds(13, 10, 0), ...seconds(7, 10, 10)];
    const never = [...seconds(10, 10, 3), ...gone, ...seconds(20, 10, 2)];
    assert.deepEqual(collapses(resultOf({ late, never }), outage), []);
  });

  it('is one whose last seconds alone are good: five are asked for', () => {
    const blip = [...good, ...gone, ...seconds(18, 10, 0), ...seconds(2, 10, 10)];
    assert.deepEqual(collapses(resultOf({ blip }), outage), ['blip']);
  });

  it('may have a journey that nobody uses, or one with any name', () => {
    const unused = seconds(40, 0, 0);
    const stays = [...good, ...gone, ...seconds(20, 10, 0)];
    assert.deepEqual(collapses(resultOf({ unused, ['__proto__']: stays }), outage), ['__proto__']);
  });

  it('is not known without events, without time after the last, or when the run took too long', () => {
    const result = resultOf({ stays: [...good, ...gone, ...seconds(20, 10, 0)] });
    assert.equal(collapses(result, scenarioOf([])), undefined);
    assert.equal(collapses({ ...result, durationSeconds: 24 }, outage), undefined);
    assert.equal(collapses({ ...result, tooLong: true }, outage), undefined);
  });

  it('is one that was stopped because nothing in it ended', () => {
    const result = { ...resultOf({ all: [...good, ...seconds(5, 10, 0)] }), durationSeconds: 40, stopped: 'too much is open' };
    assert.deepEqual(collapses(result, outage), ['all']);
  });

  /** Three attempts for each of 40 requests a second are 120 for a component that does 100: it never gets out. */
  it('is what a retry loop does to a component that was away, and not what it does with a budget', () => {
    const storm = (retry: NonNullable<Call['retry']>) =>
      systemOf({
        components: [
          { name: 'a', ...pool('unlimited'), ...constant(0) },
          { name: 'd', ...pool(1, 100_000), ...constant(0.01) },
        ],
        calls: [{ from: 'a', to: 'd', timeout: 0.5, retry }],
        journeys: [{ name: 'all', entry: 'a', rate: 40 }],
      });
    const slow = scenarioOf([
      { at: 10, fault: { kind: 'slow', target: component('d'), factor: 5 } },
      { at: 20, fault: { kind: 'restore', target: component('d') } },
    ]);
    const runs = (retry: NonNullable<Call['retry']>) =>
      seeds(3).map((seed) => collapses(run(storm(retry), 60, { seed, scenario: slow }), slow));
    assert.deepEqual(runs({ maxAttempts: 3 }), [['all'], ['all'], ['all']]);
    assert.deepEqual(runs({ maxAttempts: 3, budget: { share: 0.1 } }), [[], [], []]);
  });
});
