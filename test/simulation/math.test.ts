import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { exp, log } from '../../src/simulation/math';
import { normalQuantile } from '../../src/simulation/normal';

function relativeError(value: number, expected: number): number {
  return expected === 0 ? Math.abs(value) : Math.abs(value / expected - 1);
}

describe('logarithm, exponential and normal quantile of our own', function () {
  this.timeout(30_000);

  it('agree with the built-in logarithm to 1e-14', () => {
    for (const x of [
      1,
      2,
      0.5,
      1e-300,
      1e300,
      5e-324,
      Number.MAX_VALUE,
      1 + Number.EPSILON,
      1 - Number.EPSILON / 2,
      0.70703125,
      1.4140625,
    ]) {
      assert.ok(relativeError(log(x), Math.log(x)) < 1e-14, String(x));
    }
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => relativeError(log(x), Math.log(x)) < 1e-14),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 2, noNaN: true }), (x) => relativeError(log(x), Math.log(x)) < 1e-14),
      { numRuns: 20_000 },
    );
    assert.equal(log(0), -Infinity);
    assert.ok(Number.isNaN(log(-1)));
    assert.equal(log(Infinity), Infinity);
  });

  it('agree with the built-in exponential to 1e-14', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => relativeError(exp(x), Math.exp(x)) < 1e-14),
      { numRuns: 20_000 },
    );
    assert.deepEqual([exp(0), exp(-1000), exp(1000)], [1, 0, Infinity]);
    assert.ok(Number.isNaN(exp(Number.NaN)));
  });

  it('find the quantile that the distribution function leads back from', () => {
    for (const p of [1e-12, 1e-6, 0.01, 0.0749, 0.0751, 0.3, 0.5, 0.9, 0.99, 0.999999]) {
      assert.ok(relativeError(normalDistribution(normalQuantile(p)), p) < 1e-12, String(p));
    }
    assert.equal(normalQuantile(0.5), 0);
    assert.equal(normalQuantile(0.99), 2.3263478740408408);
    assert.deepEqual([normalQuantile(0), normalQuantile(1)], [-Infinity, Infinity]);
  });

  it('are the only ones used by the engine: the built-in ones differ between JavaScript engines', () => {
    const allowed = new Set(['abs', 'ceil', 'floor', 'imul', 'max', 'min', 'round', 'sqrt']);
    const files = readdirSync('src/simulation').filter((name) => name.endsWith('.ts'));
    assert.ok(files.length > 20);
    for (const name of files) {
      const code = readFileSync(`src/simulation/${name}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
      for (const [, used = ''] of code.matchAll(/Math\.(\w+)/g)) assert.ok(allowed.has(used), `${name} uses Math.${used}`);
      assert.ok(!/\*\*/.test(code), `${name} uses **`);
    }
  });
});

/** Φ(x) by the series of its integral near the middle and by Lentz's continued fraction in the tails. */
function normalDistribution(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const distance = Math.abs(x);
  if (distance < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 200; n++) {
      term *= (x * x) / (2 * n + 1);
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = 0;
  for (let n = 300; n > 0; n--) fraction = n / (distance + fraction);
  const tail = density / (distance + fraction);
  return x < 0 ? tail : 1 - tail;
}
