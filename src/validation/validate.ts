import { studentQuantile } from '../simulation/statistics';
import type { Quantity, ValidationCase } from './case';
import { type Estimate, estimateOf } from './statistics';

/** With some ninety figures, one set in a hundred has an interval that misses by chance. */
export const confidence = 0.9999;

/** A figure measured and held against theory. */
export interface Verdict {
  readonly quantity: Quantity;
  readonly theory: number;
  readonly measured: number;
  /** Half the width of the confidence interval around `measured`. */
  readonly half: number;
  /** The interval holds the theory. */
  readonly agrees: boolean;
  /** It agrees, and the interval is no wider than the bar. */
  readonly ok: boolean;
}

export interface Effort {
  /** The first seed; the others follow it. */
  readonly seed: number;
  /** Multiplies the runs of every case. Fewer than ten runs are never taken. */
  readonly times: number;
}

export const usualEffort: Effort = { seed: 1, times: 1 };

export function runsOf({ runs }: ValidationCase, { times }: Effort): number {
  return Math.max(10, Math.round(runs * times));
}

/** Runs a case over its seeds and compares what it measured. */
export function validate(subject: ValidationCase, effort: Effort = usualEffort): readonly Verdict[] {
  const runs = Array.from({ length: runsOf(subject, effort) }, (_, i) => subject.measure(effort.seed + i));
  return subject.quantities.map((quantity, i) => verdict(quantity, estimateOf(runs.map((run) => run[i] ?? Number.NaN)), runs.length));
}

/** The interval is Student's. */
function verdict(quantity: Quantity, { value, error }: Estimate, runs: number): Verdict {
  const known = quantity.theory();
  const theory = typeof known === 'number' ? known : known.value;
  const spread = Math.hypot(error, typeof known === 'number' ? 0 : known.error);
  const half = studentQuantile(runs - 1, 1 - (1 - confidence) / 2) * spread;
  // What is exact in theory is computed in doubles.
  const enough = Math.max(half, (quantity.within ?? 0) * Math.abs(theory), 1e-12 * Math.abs(theory));
  const agrees = Math.abs(value - theory) <= enough;
  return { quantity, theory, measured: value, half, agrees, ok: agrees && half <= quantity.bar * Math.abs(theory) };
}
