import type { ServiceTime } from '../../model/component';
import { logNormalSigma, meanServiceTime } from '../../model/defaults';
import type { Seconds, Share } from '../../model/units';

/** How long something takes, as a distribution: its mean and variance, and its own law while it is one service alone. */
export interface Spread {
  readonly mean: Seconds;
  /** Seconds squared. */
  readonly variance: number;
  readonly law?: ServiceTime;
}

export function spreadOf(time: ServiceTime): Spread {
  const mean = meanServiceTime(time);
  if (time.kind === 'constant') return { mean, variance: 0, law: time };
  if (time.kind === 'exponential') return { mean, variance: mean * mean, law: time };
  const sigma = logNormalSigma(time.p50, time.p99);
  return { mean, variance: mean * mean * Math.expm1(sigma * sigma), law: time };
}

/** One after the other; the second one so many times on average. */
export function sumOf(a: Spread, b: Spread, times: number): Spread {
  if (times === 0) return a;
  if (a.mean === 0 && a.variance === 0 && times === 1) return b;
  return { mean: a.mean + times * b.mean, variance: a.variance + times * b.variance };
}

/**
 * The probability of taking no longer than a limit. Exact for one service; for a sum the log-normal distribution of the
 * same mean and variance (Fenton, Wilkinson).
 */
export function inTime({ mean, variance, law }: Spread, limit: Seconds): Share {
  if (law?.kind === 'exponential') return mean > 0 ? -Math.expm1(-limit / mean) : 1;
  const sigma = Math.sqrt(Math.log1p(variance / mean / mean));
  if (!(sigma > 0 && sigma < Infinity)) return mean <= limit ? 1 : 0;
  if (!(limit > 0)) return 0;
  const mu = Math.log(mean) - (sigma * sigma) / 2;
  return normal((Math.log(limit) - mu) / sigma);
}

/** The standard normal distribution function: its power series, and a continued fraction far out. */
function normal(x: number): Share {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = 0;
  for (let k = 60; k > 0; k--) fraction = k / (Math.abs(x) + fraction);
  const tail = density / (Math.abs(x) + fraction);
  return x > 0 ? 1 - tail : tail;
}
