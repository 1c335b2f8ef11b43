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
