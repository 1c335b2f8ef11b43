import type { Availability } from '../model/units';

/** A probability of working: exact, or certified bounds where the exact value was out of reach. */
export type Figure =
  | { readonly exact: true; readonly value: Availability }
  | { readonly exact: false; readonly lower: Availability; readonly upper: Availability };

/** Something whose loss can stop a journey. */
export interface Point {
  readonly kind: 'component' | 'zone' | 'region' | 'sharedFate';
  readonly name: string;
}

/** How much of a journey's downtime goes away when this never fails. */
export interface Contribution {
  readonly point: Point;
  /** Birnbaum importance: P(up | it serves) − P(up | it does not). */
  readonly birnbaum: number;
  /** 8,760 × (P(up | it always serves) − P(up)). */
  readonly hoursPerYear: number;
}

/** A number that nobody wrote and that a figure rests on. */
export interface Assumption {
  readonly subject: string;
  /** `availability 99.9% (service)` */
  readonly text: string;
}

export interface JourneyFigures {
  readonly journey: string;
  /** If failures hang. */
  readonly up: Figure;
  /** If no call can hang. */
  readonly protected: Figure;
  /** Up, with every call counted as needed. */
  readonly fullyFeatured: Figure;
  readonly objective?: Availability;
  readonly singlePoints: readonly Point[];
  /** Largest first. */
  readonly contributions: readonly Contribution[];
  readonly assumptions: readonly Assumption[];
}

/** What is lost with one thing (all of it, for a component). */
export interface Blast {
  readonly point: Point;
  /** Journeys that stop. */
  readonly stops: readonly string[];
  /** Journeys that go on without a feature. */
  readonly degrades: readonly string[];
}

export interface SystemFigures {
  /** Weighted by the journeys' rates; undefined without journeys. */
  readonly up?: Figure;
  readonly journeys: readonly JourneyFigures[];
  /** Journeys without a figure, with the reason in words. */
  readonly unknown: readonly { readonly journey: string; readonly reason: string }[];
  readonly blast: readonly Blast[];
}
