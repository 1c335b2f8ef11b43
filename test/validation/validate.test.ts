import { strict as assert } from 'node:assert';
import type { Quantity, ValidationCase } from '../../src/validation/case';
import { validate } from '../../src/validation/validate';

/** A case that measures 10 and a little, up and down: ten runs, mean 10, standard error 1/30. */
function measuring(quantity: Partial<Quantity>): ValidationCase {
  return {
    name: 'made up',
    source: 'nobody',
    setting: 'none',
    runs: 10,
    quantities: [{ name: 'figure', unit: 'number', theory: () => 10, bar: 0.1, ...quantity }],
    measure: (seed) => [seed % 2 === 0 ? 10.1 : 9.9],
  };
}

function verdictOf(quantity: Partial<Quantity>) {
  const [verdict] = validate(measuring(quantity));
  assert.ok(verdict);
  return verdict;
}

describe('a verdict', () => {
  /** Student's quantile for nine degrees of freedom at 0.99995 is 6.5937 (by integrating the density). */
  const half = 6.5937 / 30;

  it('has the mean of the runs, and the interval of its mean', () => {
    const { measured, half: found, agrees, ok } = verdictOf({});
    assert.ok(Math.abs(measured - 10) < 1e-12);
    assert.ok(Math.abs(found / half - 1) < 0.005, `${found} for ${half}`);
    assert.deepEqual([agrees, ok], [true, true]);
  });

  it('agrees up to the end of the interval and no further', () => {
    assert.equal(verdictOf({ theory: () => 10 + 0.98 * half }).ok, true);
    assert.equal(verdictOf({ theory: () => 10 + 1.02 * half }).ok, false);
    assert.equal(verdictOf({ theory: () => 10 - 1.02 * half }).ok, false);
  });

  it('is not well when the interval is wider than the bar, though it agrees', () => {
    const { agrees, ok } = verdictOf({ bar: 0.02 });
    assert.deepEqual([agrees, ok], [true, false]);
  });

  it('takes a named distance for agreement', () => {
    assert.equal(verdictOf({ theory: () => 10.5, within: 0.05 }).ok, true);
    assert.equal(verdictOf({ theory: () => 10.5, within: 0.04 }).ok, false);
  });

  it('counts the error of a theory that is an estimate', () => {
    const sum = verdictOf({ theory: () => ({ value: 10, error: 1 / 30 }) }).half;
    assert.ok(Math.abs(sum / (Math.SQRT2 * half) - 1) < 0.005);
  });

  it('fails what is not a number', () => {
    const [verdict] = validate({ ...measuring({}), measure: () => [Number.NaN] });
    assert.equal(verdict?.ok, false);
  });
});
