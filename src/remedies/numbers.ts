import type { CircuitBreaker, Retry } from '../model/call';
import type { Seconds, Share } from '../model/units';

/** The budget of retries where nothing says that more are of use, or borne: the least that is suggested. */
export const leastBudget: Share = 0.1;

/** As many attempts are enough where somebody waits: the first one and two more. */
export const enoughAttempts = 3;

/** The bounded retry that fixes insert: three attempts, exponential back-off, full jitter; its budget depends on the call. */
export const boundedRetry: Retry = {
  maxAttempts: enoughAttempts,
  backoff: 'exponential',
  base: 0.05,
  cap: 1,
  jitter: 'full',
};

/** The first wait of a back-off where nothing is written, in seconds. */
export const plainWait: Seconds = 0.1;

/** The shorter ones that are proposed where all attempts do not fit with it. */
export const shorterWaits: readonly Seconds[] = [0.05, 0.02, 0.01];

/**
 * The breaker that fixes insert. So many failures in a row are what a dead callee makes and not one that is too busy, which
 * still answers some: that one would do less behind an open breaker. The cool-down is short, for what is well again is shut
 * off until it is over, while a trial call costs one slot.
 */
export const breaker: CircuitBreaker = { failures: 20, cooldown: 1, trialCalls: 1 };

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
