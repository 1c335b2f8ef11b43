import type { Steps } from '../../model/steps';
import type { Chance } from '../engine/compile';
import type { Figure } from '../figures';
import type { ReplicaGroup } from '../structure/replicas';

/** The probability that one root fails. */
export interface RootFigures {
  readonly lower: Chance;
  readonly upper: Chance;
  readonly exact: boolean;
}

/** Birnbaum importance, and the unavailability that goes away when the thing never fails. */
export interface Weight {
  readonly birnbaum: number;
  readonly saved: number;
}

/** One component with other figures of its own: what would be if it were different. Not for one that never serves as it is. */
export interface Probe {
  readonly component: number;
  readonly group: ReplicaGroup;
}

/** How a root's failure depends on components and failure domains, by their numbers. */
export interface Importance {
  readonly components: ReadonlyMap<number, Weight>;
  readonly domains: ReadonlyMap<number, Weight>;
  /** What the unavailability grows by with each probe. */
  readonly probes: readonly number[];
}

/** A root with all it takes to evaluate it. */
export interface RootModel {
  /** The components that the root depends on. */
  readonly components: readonly number[];
  figures(): Steps<RootFigures>;
  /** Undefined where the figures are not exact. */
  importance(probes: readonly Probe[]): Steps<Importance | undefined>;
  /** After {@link figures}: the figures if components were different in themselves. Builds nothing. */
  changed(probes: readonly Probe[]): Steps<RootFigures>;
}

/** As a probability of being up. */
export function toFigure({ exact, lower, upper }: RootFigures): Figure {
  if (exact) return { exact: true, value: upper };
  // The least that can fail makes the most that can be up.
  return { exact: false, lower: upper, upper: lower };
}
