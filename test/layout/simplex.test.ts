import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type Difference, leastCost } from '../../src/layout/simplex';

const count = 5;
const highest = 6;

/** Differences lead from a lower to a higher variable, so that they cannot contradict each other. */
const differences = fc.array(
  fc
    .record({ a: fc.nat(count - 1), b: fc.nat(count - 1), least: fc.integer({ min: 0, max: 2 }), weight: fc.nat(4) })
    .filter(({ a, b }) => a !== b)
    .map(({ a, b, least, weight }): Difference => ({ from: Math.min(a, b), to: Math.max(a, b), least, weight })),
  { maxLength: 9 },
);

function costOf(values: readonly number[], given: readonly Difference[]): number {
  return given.reduce((sum, { from, to, weight }) => sum + weight * ((values[to] ?? 0) - (values[from] ?? 0)), 0);
}

function holds(values: readonly number[], given: readonly Difference[]): boolean {
  return given.every(({ from, to, least }) => (values[to] ?? 0) - (values[from] ?? 0) >= least);
}

/** The least cost of all assignments of whole numbers: the problem is totally unimodular, so no others are better. */
function leastByTrying(given: readonly Difference[]): number {
  let best = Infinity;
  const values: number[] = [];
  const attempt = (): void => {
    if (values.length === count) {
      if (holds(values, given)) best = Math.min(best, costOf(values, given));
      return;
    }
    for (let value = 0; value <= highest; value++) {
      values.push(value);
      attempt();
      values.pop();
    }
  };
  attempt();
  return best;
}

describe('the network simplex', () => {
  it('keeps every difference at the least cost there is', () => {
    fc.assert(
      fc.property(differences, (given) => {
        const values = leastCost(count, given);
        assert.ok(holds(values, given), 'a difference is not kept');
        assert.equal(costOf(values, given), leastByTrying(given));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every difference in a problem that is too large to be finished', () => {
    const size = 3000;
    const chain = Array.from({ length: size - 1 }, (_, i): Difference => ({ from: i, to: i + 1, least: 1, weight: 1 + (i % 3) }));
    const pulls = Array.from(
      { length: size },
      (_, i): Difference => ({ from: (i * 7) % 1000, to: 1500 + ((i * 13) % 1500), least: i % 50, weight: i % 5 }),
    );
    const given = [...chain, ...pulls];
    assert.ok(holds(leastCost(size, given), given));
  });

  it('gives the same values every time, whole ones for whole differences', () => {
    const given: readonly Difference[] = [
      { from: 0, to: 1, least: 3, weight: 1 },
      { from: 0, to: 2, least: 5, weight: 2 },
      { from: 1, to: 3, least: 4, weight: 1 },
      { from: 2, to: 3, least: 1, weight: 3 },
    ];
    const values = leastCost(4, given);
    assert.deepEqual(leastCost(4, given), values);
    assert.ok(values.every(Number.isInteger));
  });

  it('has nothing to say of nothing', () => {
    assert.deepEqual(leastCost(0, []), []);
  });
});
