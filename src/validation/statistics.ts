import { normalQuantile } from '../simulation/normal';

/** A value with its standard error; 0 for one that is known exactly. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** Mean, standard deviation, and standard error of the mean, of at least two independent figures. */
export function statistics(values: readonly number[]): { readonly mean: number; readonly deviation: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(variance), error: Math.sqrt(variance / values.length) };
}

export function estimateOf(values: readonly number[]): Estimate {
  const { mean, error } = statistics(values);
  return { value: mean, error };
}

/**
 * The quantile of Student's distribution by the Cornish–Fisher series in powers of 1/ν (Abramowitz and Stegun 26.7.5):
 * within 1% up to the 0.99995 quantile from nine degrees of freedom on.
 *
 * @param freedom ν, one less than the number of figures.
 */
export function studentQuantile(probability: number, freedom: number): number {
  const z = normalQuantile(probability);
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), z);
}
