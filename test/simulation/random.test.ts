import { strict as assert } from 'node:assert';
import { Stream } from '../../src/simulation/random';

describe('a stream of random numbers', function () {
  this.timeout(30_000);

  it('is the same for the same seed and purpose, and another for any other', () => {
    const draw = (seed: number, purpose: string) => {
      const stream = new Stream(seed, purpose);
      return Array.from({ length: 4 }, () => stream.uniform());
    };
    assert.deepEqual(draw(7, 'arrivals browse'), draw(7, 'arrivals browse'));
    const others = [
      draw(7, 'arrivals browse'),
      draw(8, 'arrivals browse'),
      draw(7.5, 'arrivals browse'),
      draw(7, 'arrivals brows'),
      draw(7, ''),
    ];
    assert.equal(new Set(others.flat()).size, 20);
  });

  it('is uniform, exponential, and never at an end', () => {
    const stream = new Stream(1, 'test');
    const cells = new Array<number>(100).fill(0);
    const count = 200_000;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const u = stream.uniform();
      assert.ok(u > 0 && u < 1);
      const cell = Math.floor(u * 100);
      cells[cell] = (cells[cell] ?? 0) + 1;
      sum += stream.exponential();
    }
    // χ² with 99 degrees of freedom: beyond 160 once in ten thousand.
    const chi2 = cells.reduce((total, n) => total + (n - count / 100) ** 2 / (count / 100), 0);
    assert.ok(chi2 < 160, `χ² is ${chi2}`);
    assert.ok(Math.abs(sum / count - 1) < 4 / Math.sqrt(count), `mean ${sum / count}`);
  });

  it('draws nothing for what is certain', () => {
    const [a, b] = [new Stream(3, 'x'), new Stream(3, 'x')];
    assert.equal(a.happens(1), true);
    assert.equal(a.happens(0), false);
    assert.equal(a.bits(), b.bits());
  });
});
