import type { CircuitBreaker, Retry } from '../model/call';
import type { Seconds } from '../model/units';

/** The bounded retry that fixes insert: three attempts, exponential back-off, full jitter, a 10% budget. */
export const boundedRetry: Retry = {
  maxAttempts: 3,
  backoff: 'exponential',
  base: 0.05,
  cap: 1,
  jitter: 'full',
  budget: { share: 0.1 },
};

/**
 * The breaker that fixes insert. The cool-down is short, for what is well again is shut off until it is over, while a trial
 * call costs one slot.
 */
export const breaker: CircuitBreaker = { failures: 10, cooldown: 5, trialCalls: 1 };

/** The timeout where neither a service time nor a deadline tells a better one, in seconds. */
export const plainTimeout: Seconds = 1;

/** No shorter timeout is suggested, in seconds: service times leave out the network. */
export const leastTimeout: Seconds = 0.01;

/** Rounds seconds up to two significant digits, so that a suggested number looks like one a person would write. */
export function roundUp(seconds: Seconds): Seconds {
  return rounded(seconds, (tenths) => Math.ceil(tenths - 1e-9));
}

/** Rounds seconds down to two significant digits. */
export function roundDown(seconds: Seconds): Seconds {
  return rounded(seconds, (tenths) => Math.floor(tenths + 1e-9));
}

/** On the decimal digits, not by logarithms, which differ between engines: a simulation rests on these numbers. */
function rounded(seconds: Seconds, round: (tenths: number) => number): Seconds {
  if (!(seconds > 0) || seconds === Infinity) return 0;
  const [mantissa = '0', exponent = '0'] = seconds.toExponential().split('e');
  return Number(`${round(Number(mantissa) * 10)}e${Number(exponent) - 1}`);
}
