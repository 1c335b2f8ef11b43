import type { Estimate } from './statistics';

/** What a quantity is counted in, for those who print it. */
export type Unit = 'seconds' | 'share' | 'number';

/** One figure that a case measures and theory knows. */
export interface Quantity {
  readonly name: string;
  readonly unit: Unit;
  /** Computed without any code of the engine; with an error where it is itself an estimate. */
  readonly theory: () => number | Estimate;
  /** How wide half the confidence interval may be, as a share of the theory: a wider one says nothing. */
  readonly bar: number;
  /**
   * The share of the theory within which a figure agrees even outside its interval: for what a run that begins and
   * ends cannot show exactly. 0 where nothing is said.
   */
  readonly within?: number;
}

/** A setting in which the engine is compared with theory. */
export interface ValidationCase {
  readonly name: string;
  /** Whose theory it is. */
  readonly source: string;
  /** What one run is. */
  readonly setting: string;
  /** How many independent runs, each with a seed of its own. At least ten, for the intervals' sake. */
  readonly runs: number;
  readonly quantities: readonly Quantity[];
  /** Runs the engine once: the measured figures, in the order of the quantities. */
  readonly measure: (seed: number) => readonly number[];
}

export interface ValidationFamily {
  readonly name: string;
  readonly cases: readonly ValidationCase[];
}
