import { strict as assert } from 'node:assert';
import type { Retry } from '../../src/model/call';
import { longestBackoff, worstCaseTime } from '../../src/remedies/retries';
import { near } from '../analysis/near';

describe('the worst case of a call', () => {
  const slow = (retry: Retry, attempts: number): number => {
    let sum = 0;
    for (let n = 1; n < attempts; n++) sum += Math.min(retry.cap ?? Infinity, (retry.base ?? 0.1) * 2 ** (n - 1));
    return sum;
  };

  it('adds attempts and waits', () => {
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1 } }), 0.9 + 0.3);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, backoff: 'none' } }), 0.9);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, backoff: 'constant', base: 0.2 } }), 0.9 + 0.4);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 4, backoff: 'linear', base: 0.2 } }), 1.2 + 1.2);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1, jitter: 'full' } }), 1.2);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1, jitter: 'decorrelated' } }), 0.9 + 0.3 + 0.9);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1, jitter: 'proportional' } }), 0.9 + 0.45);
    near(worstCaseTime({ timeout: 0.3, deadline: 1, retry: { maxAttempts: 9, base: 0.1 } }), 1);
  });

  it('has no end without timeout or with unlimited attempts, but for a deadline', () => {
    assert.equal(worstCaseTime({}), Infinity);
    assert.equal(worstCaseTime({ timeout: 'none', deadline: 'none' }), Infinity);
    assert.equal(worstCaseTime({ timeout: 1, retry: {} }), Infinity);
    assert.equal(worstCaseTime({ timeout: 1, deadline: 7, retry: { maxAttempts: 'unlimited' } }), 7);
    assert.equal(worstCaseTime({ deadline: 7 }), 7);
  });

  it('takes no time to add up many waits', () => {
    const capped = { base: 0.1, cap: 20 } as const;
    near(longestBackoff(capped, 5000), slow(capped, 5000), 1e-9);
    near(longestBackoff(capped, 1e9), slow(capped, 9) + 20 * (1e9 - 9), 1e-9);
    assert.equal(longestBackoff({ base: 0.1 }, 1e9), Infinity);
    near(longestBackoff({ base: 0.1, backoff: 'constant' }, 1e9), 0.1 * (1e9 - 1), 1e-9);
    assert.ok(longestBackoff({ base: 0.1, backoff: 'linear' }, 1e8) > 0);
    assert.equal(longestBackoff('none', 5), 0);
  });
});
