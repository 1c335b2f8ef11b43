import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { Histogram } from '../../src/simulation/histogram';
import { Series } from '../../src/simulation/series';

const durations = fc.array(fc.integer({ min: 1, max: 2 ** 50 }), { minLength: 1, maxLength: 300 });

function exactQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

describe('a histogram', function () {
  this.timeout(30_000);

  it('has every quantile within 1%, and count, mean and largest exactly', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1), (values, share) => {
        const histogram = new Histogram();
        for (const value of values) histogram.add(value);
        const exact = exactQuantile(values, share);
        assert.ok(Math.abs(histogram.quantile(share) / exact - 1) <= 0.01, `${histogram.quantile(share)} for ${exact}`);
        assert.equal(histogram.count, values.length);
        assert.equal(histogram.max, Math.max(...values));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        assert.ok(Math.abs(histogram.mean / mean - 1) < 1e-12);
      }),
    );
  });

  it('has no quantile of nothing', () => {
    assert.ok(Number.isNaN(new Histogram().quantile(0.5)));
  });
});

describe('a series', function () {
  this.timeout(30_000);

  it('keeps all counts and the quantiles when its buckets are joined after an hour', () => {
    const series = new Series();
    const inHistogram = new Histogram();
    const end = 20_000;
    for (let second = 0; second < end; second += 3) {
      const time = second * 1e9 + 5;
      series.offer(time);
      series.offer(time);
      series.end(time, second % 2);
      const took = 1e6 * (1 + (second % 100));
      series.answer(time, took);
      if (second >= 16_384) inHistogram.add(took);
    }
    assert.equal(series.width, 8e9);
    assert.equal(series.length, 2500);
    let offered = 0;
    let ended = 0;
    for (let bucket = 0; bucket < series.length; bucket++) {
      offered += series.offeredAt(bucket);
      ended += series.endedAt(bucket, 0) + series.endedAt(bucket, 1);
    }
    assert.equal(offered, 2 * Math.ceil(end / 3));
    assert.equal(ended, Math.ceil(end / 3));
    const merged = new Float64Array(56 * 64);
    for (let bucket = 2048; bucket < 2500; bucket++) series.addTo(merged, bucket);
    assert.equal(
      merged.reduce((sum, count) => sum + count, 0),
      inHistogram.count,
    );
    const early = new Float64Array(56 * 64);
    for (let bucket = 0; bucket < 2500; bucket++) series.addTo(early, bucket);
    assert.equal(
      early.reduce((sum, count) => sum + count, 0),
      Math.ceil(end / 3),
    );
  });

  it('tells which buckets changed since it was last asked', () => {
    const series = new Series();
    series.offer(0.5e9);
    series.offer(7.5e9);
    assert.deepEqual(series.changes(), [0, 7]);
    assert.deepEqual(series.changes(), []);
    series.end(0.5e9, 0);
    assert.deepEqual(series.changes(), [0]);
  });
});
