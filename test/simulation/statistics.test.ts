import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { meanInterval, shareInterval, studentQuantile } from '../../src/simulation/statistics';

/** The probability that Student's t with so many degrees is within ± t: with x = √ν tan θ its density is cos^(ν − 1) θ. */
function within(t: number, degrees: number): number {
  const area = (to: number) => {
    const steps = 4000;
    let sum = 0;
    for (let i = 0; i <= steps; i++) {
      const weight = i === 0 || i === steps ? 1 : i % 2 === 0 ? 2 : 4;
      sum += weight * Math.cos((to * i) / steps) ** (degrees - 1);
    }
    return (sum * to) / (3 * steps);
  };
  return area(Math.atan(t / Math.sqrt(degrees))) / area(Math.PI / 2);
}

describe("Student's t", () => {
  it('holds 95% of the distribution between its quantiles, whatever the degrees of freedom', () => {
    for (const degrees of [1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 19, 30, 99, 999]) {
      assert.ok(Math.abs(within(studentQuantile(degrees), degrees) - 0.95) < 4e-5, `${degrees}`);
    }
  });

  /** By hand: mean 3, variance 2.5, t(4) = 2.776, so 3 ± 2.776 · √(2.5 / 5). */
  it('gives the interval of a mean that a calculator confirms', () => {
    const { mean, low, high } = meanInterval([1, 2, 3, 4, 5]) ?? { mean: 0, low: 0, high: 0 };
    assert.equal(mean, 3);
    assert.ok(low !== null && Math.abs(low - 1.03676) < 1e-4, `${low}`);
    assert.ok(high !== null && Math.abs(high - 4.96324) < 1e-4, `${high}`);
  });

  it('says nothing about the spread of one value, and nothing of none', () => {
    assert.deepEqual(meanInterval([7]), { mean: 7, low: null, high: null });
    assert.equal(meanInterval([]), undefined);
  });
});

describe("Wilson's interval", () => {
  it('has its ends where the observed share is so many standard errors of the true one away', () => {
    const counts = fc.integer({ min: 1, max: 5000 }).chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(counts, fc.constantFrom(1.959963984540054, 4), ([hits, of], errors) => {
        const { low, high } = shareInterval(hits, of, errors);
        const distance = (p: number) => Math.abs(hits / of - p) - errors * Math.sqrt((p * (1 - p)) / of);
        assert.ok(0 <= low && low <= hits / of && hits / of <= high && high <= 1);
        if (hits > 0) assert.ok(Math.abs(distance(low)) < 1e-9, `${low}`);
        if (hits < of) assert.ok(Math.abs(distance(high)) < 1e-9, `${high}`);
      }),
    );
  });

  it('rules nothing out where nothing was tried, and never all where all were hits', () => {
    assert.deepEqual(shareInterval(0, 0), { low: 0, high: 1 });
    assert.equal(shareInterval(0, 20).low, 0);
    assert.equal(shareInterval(20, 20).high, 1);
    assert.ok(shareInterval(20, 20).low < 0.85);
  });
});
