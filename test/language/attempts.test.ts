import { strict as assert } from 'node:assert';
import { attemptsText, waitRange } from '../../src/language/attempts';

describe('attempts in words', () => {
  it('are those of the format’s description', () => {
    const retry = { maxAttempts: 3, backoff: 'exponential', base: 0.1, cap: 2, jitter: 'full', budget: { share: 0.1 } } as const;
    assert.equal(attemptsText({ retry }), '3 attempts = 1 call + 2 retries, after 0–100 ms and 0–200 ms.');
  });

  it('say how often and how long', () => {
    assert.equal(attemptsText({}), 'One attempt: nothing is retried.');
    assert.equal(attemptsText({ retry: 'none' }), 'One attempt: written as never retried.');
    assert.equal(attemptsText({ retry: { maxAttempts: 1 } }), 'One attempt: nothing is retried.');
    assert.equal(attemptsText({ retry: { maxAttempts: 2, base: 0.05 } }), '2 attempts = 1 call + 1 retry, after 50 ms.');
    assert.equal(attemptsText({ retry: { maxAttempts: 4, backoff: 'none' } }), '4 attempts = 1 call + 3 retries, at once.');
    assert.equal(attemptsText({ retry: { backoff: 'constant', base: 1 } }), 'Retried without a bound, after 1 s each.');
    assert.equal(attemptsText({ retry: { maxAttempts: 'unlimited' } }), 'Retried without a bound, at once.');
    assert.equal(
      attemptsText({ retry: { maxAttempts: 9, backoff: 'exponential', base: 1, jitter: 'none' } }),
      '9 attempts = 1 call + 8 retries, after 1 s, 2 s, 4 s, 8 s and so on.',
    );
    assert.equal(
      attemptsText({ retry: { maxAttempts: 3, backoff: 'linear', base: 0.2, jitter: 'equal' } }),
      '3 attempts = 1 call + 2 retries, after 100–200 ms and 200–400 ms.',
    );
    assert.equal(
      attemptsText({ retry: { maxAttempts: 3, backoff: 'constant', base: 0.8, jitter: 'proportional' } }),
      '3 attempts = 1 call + 2 retries, after 400 ms–1.2 s each.',
    );
  });

  it('wait between the bounds that the jitter has by definition', () => {
    // Wait n of base 100 ms, doubling: 100, 200, 400 ms; decorrelated: up to three times the wait before.
    const exponential = (jitter: 'none' | 'full' | 'equal' | 'proportional' | 'decorrelated') =>
      [1, 2, 3].map((n) => waitRange({ base: 0.1, backoff: 'exponential', jitter }, n).map((seconds) => Math.round(seconds * 1000)));
    assert.deepEqual(exponential('none'), [
      [100, 100],
      [200, 200],
      [400, 400],
    ]);
    assert.deepEqual(exponential('full'), [
      [0, 100],
      [0, 200],
      [0, 400],
    ]);
    assert.deepEqual(exponential('equal'), [
      [50, 100],
      [100, 200],
      [200, 400],
    ]);
    assert.deepEqual(exponential('proportional'), [
      [50, 150],
      [100, 300],
      [200, 600],
    ]);
    assert.deepEqual(exponential('decorrelated'), [
      [100, 300],
      [100, 900],
      [100, 2700],
    ]);
  });
});
