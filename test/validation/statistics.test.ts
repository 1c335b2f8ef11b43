import { strict as assert } from 'node:assert';
import { studentQuantile } from '../../src/simulation/statistics';
import { statistics } from '../../src/validation/statistics';

describe('statistics of several runs', () => {
  it('of 2, 4, 4, 4, 5, 5, 7, 9: mean 5, deviation √(32 / 7), error of the mean a √8-th of that', () => {
    const { mean, deviation, error } = statistics([2, 4, 4, 4, 5, 5, 7, 9]);
    assert.equal(mean, 5);
    assert.ok(Math.abs(deviation - Math.sqrt(32 / 7)) < 1e-12);
    assert.ok(Math.abs(error - Math.sqrt(32 / 56)) < 1e-12);
  });

  /** From the density, integrated numerically. */
  for (const [freedom, probability, quantile] of [
    [9, 0.975, 2.2622],
    [9, 0.9995, 4.7809],
    [9, 0.99995, 6.5937],
    [19, 0.975, 2.093],
    [19, 0.99995, 4.8975],
    [59, 0.9995, 3.4632],
  ] as const) {
    it(`Student's quantile at ${probability} with ${freedom} degrees of freedom`, () => {
      const found = studentQuantile(freedom, probability);
      assert.ok(Math.abs(found / quantile - 1) < 0.003, `${found} for ${quantile}`);
    });
  }
});
