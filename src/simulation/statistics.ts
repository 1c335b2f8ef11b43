import type { Share } from '../model/units';
import { normalQuantile } from './normal';

/** A mean with its 95% confidence interval; without bounds where one value says nothing about the spread. */
export interface Interval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

const usual = 0.975;

/** The 97.5% quantiles of Student's t with one to four degrees of freedom, where the series below is too rough. */
const fewDegrees = [12.706204736174705, 4.302652729749464, 3.182446305283708, 2.7764451051977934];

/**
 * A quantile of Student's t distribution by the Cornish–Fisher expansion about the normal quantile (Abramowitz and
 * Stegun, Handbook of Mathematical Functions, 26.7.5). The 97.5% quantile is tabled up to four degrees of freedom, and
 * right to three parts in ten thousand from five on; up to the 99.995% quantile it is within 1% from nine on.
 *
 * @param degrees a whole number from 1
 */
export function studentQuantile(degrees: number, probability = usual): number {
  const tabled = probability === usual ? fewDegrees[degrees - 1] : undefined;
  if (tabled !== undefined) return tabled;
  const z = normalQuantile(probability);
  const s = z * z;
  const terms = [
    (z * (s + 1)) / 4,
    (z * (3 + s * (16 + s * 5))) / 96,
    (z * (-15 + s * (17 + s * (19 + s * 3)))) / 384,
    (z * (-945 + s * (-1920 + s * (1482 + s * (776 + s * 79))))) / 92160,
  ];
  return terms.reduceRight((sum, term) => (sum + term) / degrees, 0) + z;
}

/**
 * The mean of independent values, one a seed, and the interval that holds the true mean 19 times out of 20: Student's
 * t (Student 1908, The probable error of a mean). Undefined without values.
 */
export function meanInterval(values: readonly number[]): Interval | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count === 1) return { mean, low: null, high: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const half = studentQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { mean, low: mean - half, high: mean + half };
}

/**
 * The interval that holds the true share when `hits` of `of` were hits, 19 times out of 20 unless another number of
 * standard errors is given: Wilson's score interval (Wilson 1927, Probable inference, the law of succession, and
 * statistical inference), which stays within 0 and 1 and says something even of none and of all. From 0 to 1 where
 * nothing was tried.
 */
export function shareInterval(hits: number, of: number, errors = normalQuantile(usual)): { readonly low: Share; readonly high: Share } {
  if (!(of > 0)) return { low: 0, high: 1 };
  const s = errors * errors;
  const share = hits / of;
  const centre = (share + s / (2 * of)) / (1 + s / of);
  const half = (errors / (1 + s / of)) * Math.sqrt((share * (1 - share)) / of + s / (4 * of * of));
  return { low: hits <= 0 ? 0 : Math.max(0, centre - half), high: hits >= of ? 1 : Math.min(1, centre + half) };
}
