import type { Call, Retry } from '../model/call';
import { bound, maxAttempts } from '../model/defaults';
import type { Seconds } from '../model/units';

/**
 * The longest wait before retry number `n` (from 1), in seconds: base for constant, n · base for linear,
 * base · factor^(n − 1) for exponential, never above the cap. Proportional jitter adds up to half of it, and
 * decorrelated jitter waits up to three times the previous wait.
 */
export function longestWait(retry: Retry, n: number): Seconds {
  const base = retry.base ?? 0.1;
  const cap = retry.cap ?? Infinity;
  const backoff = retry.backoff ?? (retry.base === undefined ? 'none' : 'exponential');
  if (backoff === 'none') return 0;
  if (retry.jitter === 'decorrelated') return Math.min(cap, base * 3 ** n);
  const plain = backoff === 'constant' ? base : backoff === 'linear' ? base * n : base * (retry.factor ?? 2) ** (n - 1);
  return Math.min(cap, plain) * (retry.jitter === 'proportional' ? 1.5 : 1);
}

/** Terms that are added up one by one; behind them the longest of the rest stands for all. */
const mostTerms = 10_000;

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

/**
 * The most that one call can be repeated for each first attempt over a long time while all of them fail: its attempts,
 * held down by a retry budget. A share p adds p a first attempt. Of a token bucket it is 1 + refund / cost, where a
 * retry costs 1 and nothing is put back unless written.
 */
export function attemptsPerCall(call: Pick<Call, 'retry'>): number {
  const attempts = Math.max(1, maxAttempts(call));
  const budget = call.retry === undefined || call.retry === 'none' ? undefined : call.retry.budget;
  if (budget === undefined || attempts === 1) return attempts;
  const { cost = 1, refund = 0 } = 'share' in budget ? { cost: 1, refund: budget.share } : budget;
  return cost > 0 ? Math.min(attempts, 1 + Math.max(0, refund) / cost) : attempts;
}
