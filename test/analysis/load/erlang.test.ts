import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { meanWait, waitingProbability } from '../../../src/analysis/load/erlang';
import { near } from '../near';

/** Erlang C as textbooks print it, with powers and factorials. */
function bySum(slots: number, load: number): number {
  let factorial = 1;
  let sum = 0;
  for (let n = 0; n < slots; n++) {
    if (n > 0) factorial *= n;
    sum += load ** n / factorial;
  }
  const last = (load ** slots / (factorial * Math.max(1, slots))) * (slots / (slots - load));
  return last / (sum + last);
}

/** By Erlang B's recurrence from one slot up, as it is usually programmed. */
function byRecurrence(slots: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= slots; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked / (1 - (load / slots) * (1 - blocked));
}

describe('waiting for a slot', () => {
  it('of one is M/M/1: the load itself, and ρ / (1 − ρ) service times', () => {
    for (const load of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      near(waitingProbability(1, load), load);
      near(meanWait(1, load, 0.02), (0.02 * load) / (1 - load));
    }
  });

  it('of two at 50% is one in three', () => {
    // C(2, a) = a² / (2 + a).
    near(waitingProbability(2, 1), 1 / 3);
    near(waitingProbability(2, 1.5), 2.25 / 3.5);
    near(meanWait(2, 1, 6), 2);
  });

  it('of few is the sum with factorials', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.995, noNaN: true }), (slots, utilisation) => {
        near(waitingProbability(slots, slots * utilisation), bySum(slots, slots * utilisation), 1e-9);
      }),
    );
  });

  it('of many is what the recurrence gives, without overflow', () => {
    for (const slots of [100, 1000, 20_000, 100_000]) {
      for (const utilisation of [0.5, 0.9, 0.99, 0.999, 0.99999]) {
        const expected = byRecurrence(slots, slots * utilisation);
        const actual = waitingProbability(slots, slots * utilisation);
        assert.ok(Math.abs(actual - expected) <= 1e-9 * expected + 1e-200, `${slots} at ${utilisation}: ${actual}, ${expected}`);
      }
    }
  });

  it('of huge pools depends on the spare slots over √c', () => {
    const slots = 1_000_000;
    for (const spare of [0.1, 1, 3]) {
      const load = slots - spare * Math.sqrt(slots);
      near(waitingProbability(slots, load), byRecurrence(slots, load), 0.03);
    }
    assert.equal(waitingProbability(1e12, 1e11), 0);
    assert.ok(waitingProbability(1e12, 1e12 - 1) > 0.99);
  });

  it('has an answer at the ends', () => {
    assert.equal(waitingProbability(3, 0), 0);
    assert.equal(waitingProbability(3, 3), 1);
    assert.equal(waitingProbability(3, 4), 1);
    assert.equal(waitingProbability(Infinity, 5), 0);
    assert.equal(meanWait(3, 3, 1), Infinity);
    assert.equal(meanWait(0, 0, 1), Infinity);
    assert.equal(meanWait(3, 0, 1), 0);
    assert.equal(meanWait(Infinity, 5, 1), 0);
  });
});
