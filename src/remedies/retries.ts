import type { Call, Retry } from '../model/call';
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

/** The longest sum of waits of a call with this many attempts, in seconds. */
export function longestWaits(retry: Retry, attempts: number): Seconds {
  let sum = 0;
  for (let n = 1; n < attempts; n++) sum += longestWait(retry, n);
  return sum;
}

/**
 * The longest a call can take with all its attempts and waits: attempts × timeout + the longest back-offs, or its
 * deadline when that is shorter. `Infinity` where nothing bounds it.
 */
export function worstCaseTime(call: Pick<Call, 'timeout' | 'deadline' | 'retry'>): Seconds {
  const deadline = typeof call.deadline === 'number' ? call.deadline : Infinity;
  const timeout = typeof call.timeout === 'number' ? call.timeout : Infinity;
  const retry = call.retry === 'none' || call.retry === undefined ? undefined : call.retry;
  if (retry === undefined) return Math.min(deadline, timeout);
  const attempts = typeof retry.maxAttempts === 'number' ? retry.maxAttempts : Infinity;
  if (attempts === Infinity || timeout === Infinity) return deadline;
  return Math.min(deadline, attempts * timeout + longestWaits(retry, attempts));
}
