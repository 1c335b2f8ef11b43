import type { Call, Retry } from '../model/call';
import { bound, maxAttempts } from '../model/defaults';
import type { Seconds } from '../model/units';
import { longestWait } from '../remedies/retries';

export { longestWait };

/** The longest sum of the waits between `attempts` attempts, in seconds; bounded work for any number of them. */
export function longestBackoff(retry: Retry | 'none' | undefined, attempts: number): Seconds {
  if (retry === undefined || retry === 'none' || attempts <= 1) return 0;
  let sum = 0;
  for (let n = 1; n < attempts; n++) {
    const wait = longestWait(retry, n);
    // From here on every wait is the same: the cap is reached, or nothing grows.
    if (n > 1 && wait === longestWait(retry, n - 1) && wait === longestWait(retry, n + 1)) return sum + wait * (attempts - n);
    // Waits that go on growing add up in closed form, for none is longer than the last.
    if (n > mostTerms) return sum + longestWait(retry, attempts - 1) * (attempts - n);
    sum += wait;
    if (sum === Infinity) break;
  }
  return sum;
}

const mostTerms = 10_000;

/**
 * How long a call can take with all its attempts and waits, in seconds: attempts × timeout + the longest back-offs,
 * never more than its deadline; `Infinity` when nothing bounds it.
 */
export function worstCaseTime(call: Pick<Call, 'timeout' | 'deadline' | 'retry'>): Seconds {
  const attempts = maxAttempts(call);
  const timeout = bound(call.timeout) ?? Infinity;
  const deadline = bound(call.deadline) ?? Infinity;
  if (timeout === Infinity || attempts === Infinity) return deadline;
  return Math.min(deadline, attempts * timeout + longestBackoff(call.retry, attempts));
}
