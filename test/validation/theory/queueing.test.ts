import { strict as assert } from 'node:assert';
import { boundedPool, logNormalMoments, lossProbability, poolSlower, poolWait, singleWait } from '../../../src/validation/theory/queueing';

function near(found: number, known: number): void {
  assert.ok(Math.abs(found / known - 1) < 1e-9, `${found} for ${known}`);
}

describe('queueing theory by hand', () => {
  it('loses half of one erlang on one slot, and a fifth of one erlang on two', () => {
    near(lossProbability(1, 1), 1 / 2);
    near(lossProbability(2, 1), 1 / 5);
  });

  it('M/M/1: the wait is ρ / (μ − λ), and P(T > t) is e^(−(μ − λ)t)', () => {
    const pool = { slots: 1, rate: 3, service: 0.2 };
    near(poolWait(pool), 0.6 / 2);
    near(poolSlower(pool, 0.7), Math.exp(-2 * 0.7));
  });

  it('M/M/2 with two erlangs of three: balance by hand', () => {
    // p₀ (1 + 3/2 + 9/8 · 1 / (1 − 3/4)) = 1: p₀ = 1/7, and C = 9/8 · 4 / 7 = 9/14.
    near(poolWait({ slots: 2, rate: 15, service: 0.1 }), ((9 / 14) * 0.1) / 0.5);
  });

  it('is loss without a queue, and waits as if endless with a long one', () => {
    near(boundedPool({ slots: 8, rate: 80, service: 0.1 }, 0).loss, lossProbability(8, 8));
    near(boundedPool({ slots: 8, rate: 64, service: 0.1 }, 500).wait, poolWait({ slots: 8, rate: 64, service: 0.1 }));
  });

  it('M/M/1/2 at one erlang: three states alike', () => {
    const { loss, wait } = boundedPool({ slots: 1, rate: 10, service: 0.1 }, 1);
    near(loss, 1 / 3);
    near(wait, 1 / 3 / (10 * (2 / 3)));
  });

  it('waits half as long for a constant service as for an exponential one of the same mean', () => {
    near(singleWait(8, 0.1, 2 * 0.01), 0.4);
    near(singleWait(8, 0.1, 0.01), 0.2);
  });

  it('knows the moments of a log-normal time: with σ = 1, mean e^½ and second moment e² of a median of 1', () => {
    const { mean, second } = logNormalMoments(1, Math.exp(2.3263478740408408));
    near(mean, Math.exp(0.5));
    near(second, Math.exp(2));
  });
});
