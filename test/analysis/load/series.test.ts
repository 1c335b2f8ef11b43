import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { broughtBy, mostMembers, seriesOf, takenBy } from '../../../src/analysis/load/series';
import { near } from '../near';

/** Term by term, until what is added no longer counts. */
function added(gains: readonly number[], size: number): readonly number[] {
  const identity = gains.map((_, at): number => (Math.floor(at / size) === at % size ? 1 : 0));
  const sum = [...identity];
  for (let term = identity; Math.max(...term) > 1e-18; ) {
    term = term.map((_, at) => {
      let next = 0;
      for (let k = 0; k < size; k++) next += (term[Math.floor(at / size) * size + k] ?? 0) * (gains[k * size + (at % size)] ?? 0);
      return next;
    });
    term.forEach((value, at) => {
      sum[at] = (sum[at] ?? 0) + value;
    });
  }
  return sum;
}

/** A ring in which each member brings so much to the next one, the last one to the first. */
function ringOf(gains: readonly number[]): Float64Array {
  const matrix = new Float64Array(gains.length ** 2);
  gains.forEach((gain, at) => {
    matrix[at * gains.length + ((at + 1) % gains.length)] = gain;
  });
  return matrix;
}

/** Square, of at most seven rows, all of which add up to 1. */
const stochastic = fc
  .integer({ min: 1, max: 7 })
  .chain((size) =>
    fc.array(fc.array(fc.constantFrom<number[]>(0, 0, 0, 1, 2, 5), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  )
  .map((rows) => rows.map((row, at) => (row.some((x) => x > 0) ? row : row.map((_, j) => (j === at ? 1 : 0)))))
  .map((rows) => rows.map((row) => row.map((x) => x / row.reduce((a, b) => a + b, 0))));

describe('what goes round in a ring', () => {
  it('of one is the geometric series', () => {
    near(seriesOf(Float64Array.of(0.5), 1)?.[0] ?? 0, 2);
    near(seriesOf(Float64Array.of(0.98), 1)?.[0] ?? 0, 50);
    assert.deepEqual(seriesOf(Float64Array.of(0), 1), Float64Array.of(1));
    for (const gain of [1, 1 + 1e-12, 2, 1e300, Infinity, Number.NaN]) assert.equal(seriesOf(Float64Array.of(gain), 1), undefined);
  });

  it('has no bound above a gain of 1 − 10⁻⁶, whoever has how much of it', () => {
    for (const parts of [[1], [4, 0.25], [0.01, 100, 1], [1e-9, 1e5, 1e4]]) {
      const product = parts.reduce((a, b) => a * b, 1);
      near(product, 1, 1e-12);
      const [first = 1, ...rest] = parts;
      const at = (gain: number) => seriesOf(ringOf([first * gain, ...rest]), parts.length);
      near(at(1 - 1e-5)?.[0] ?? 0, 1e5, 1e-6);
      near(at(1 - 1.1e-6)?.[0] ?? 0, 1e6 / 1.1, 1e-6);
      assert.equal(at(1 - 0.9e-6), undefined);
      assert.equal(at(1), undefined);
      assert.equal(at(1 + 1e-6), undefined);
    }
  });

  it('is what is added term by term, at random', () => {
    fc.assert(
      fc.property(stochastic, fc.constantFrom(0.1, 0.5, 0.9), (rows, gain) => {
        const gains = rows.flat().map((x) => x * gain);
        const series = seriesOf(Float64Array.from(gains), rows.length);
        assert.ok(series);
        added(gains, rows.length).forEach((expected, at) => {
          near(series[at] ?? Number.NaN, expected, 1e-12);
        });
        const at = Float64Array.from(rows, (_, i) => i + 1);
        const brought = broughtBy(at, series);
        const taken = takenBy(series, at);
        rows.forEach((_, i) => {
          near(
            brought?.[i] ?? -1,
            rows.reduce((sum, __, k) => sum + (k + 1) * (series[k * rows.length + i] ?? 0), 0),
            1e-12,
          );
          near(
            taken?.[i] ?? -1,
            rows.reduce((sum, __, k) => sum + (k + 1) * (series[i * rows.length + k] ?? 0), 0),
            1e-12,
          );
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is bounded just where the largest eigenvalue is below 1: that of rows with equal sums is their sum', () => {
    fc.assert(
      fc.property(stochastic, fc.constantFrom(0.2, 0.999, 0.99999, 1, 1.00001, 3), (rows, sum) => {
        const series = seriesOf(
          Float64Array.from(rows.flat(), (x) => x * sum),
          rows.length,
        );
        if (sum >= 1) {
          assert.equal(series, undefined);
          return;
        }
        const all = takenBy(series ?? new Float64Array(), new Float64Array(rows.length).fill(1));
        rows.forEach((_, at) => {
          near(all?.[at] ?? 0, 1 / (1 - sum), 1e-9);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is not looked for among too many members, and leaves what it is given alone', () => {
    const gains = ringOf(new Array<number>(mostMembers).fill(0.9));
    const before = gains.slice();
    near(seriesOf(gains, mostMembers)?.[0] ?? 0, 1 / (1 - 0.9 ** mostMembers), 1e-12);
    assert.deepEqual(gains, before);
    assert.equal(seriesOf(ringOf(new Array<number>(mostMembers + 1).fill(0.9)), mostMembers + 1), undefined);
  });

  it('is nothing where numbers overflow', () => {
    const huge = Float64Array.of(0, 1e300, 1e-301, 0);
    assert.equal(broughtBy(Float64Array.of(1e300, 0), seriesOf(huge, 2) ?? new Float64Array(4)), undefined);
    assert.equal(takenBy(seriesOf(huge, 2) ?? new Float64Array(4), Float64Array.of(0, 1e300)), undefined);
    assert.equal(seriesOf(Float64Array.of(0, 1e300, 0, 0, 0, 1e300, 0, 0, 0), 3), undefined);
  });
});
