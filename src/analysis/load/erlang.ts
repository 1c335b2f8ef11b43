import type { Seconds } from '../../model/units';

/** Larger pools are scaled down to this many slots. */
const mostSlots = 100_000;

/** What a term of the series has to exceed to count, as a share of the sum. */
const negligible = 1e-18;

/**
 * The probability that a request has to wait in M/M/c: Erlang's second formula C(c, a), from the first by
 * C = B / (1 − ρ(1 − B)) with ρ = a / c. (Erlang 1917; Cooper, Introduction to Queueing Theory, chapter 3.)
 *
 * The inverse of B follows from the recurrence 1/B(n) = 1 + (n / a) / B(n − 1). Unrolled from its end it is the sum
 * 1 + c/a + c(c − 1)/a² + …, all positive, of which some multiples of √c terms count: stable and short for any pool.
 * Above a hundred thousand slots the answer is that of a hundred thousand with the same (c − a) / √c, which decides
 * alone in the limit (Halfin and Whitt 1981); it is then right to a few percent.
 *
 * @param slots c, a whole number. @param load a, the mean number of busy slots, in erlangs.
 */
export function waitingProbability(slots: number, load: number): number {
  if (!(load < slots)) return 1;
  if (!(load > 0) || slots === Infinity) return 0;
  if (slots > mostSlots) {
    const spare = (slots - load) / Math.sqrt(slots);
    return waitingProbability(mostSlots, mostSlots - spare * Math.sqrt(mostSlots));
  }
  let inverse = 1;
  for (let n = slots, term = 1; n > 0; n--) {
    term *= n / load;
    inverse += term;
    if (inverse === Infinity || term < inverse * negligible) break;
  }
  const utilisation = load / slots;
  return 1 / (utilisation + (1 - utilisation) * inverse);
}

/**
 * The mean time that a request waits for a slot in M/M/c, C(c, a) · holding / (c − a), in seconds: an approximation
 * wherever arrivals or holding times are not exponential, or the pool is split among replicas. `Infinity` at or above
 * full load.
 */
export function meanWait(slots: number, load: number, holding: Seconds): Seconds {
  const whole = Math.floor(slots);
  if (!(load < whole)) return Infinity;
  return whole === Infinity || load === 0 ? 0 : (waitingProbability(whole, load) * holding) / (whole - load);
}
