import type { Availability, Share } from '../model/units';

/** A probability of working: exact, or certified bounds where the exact value was out of reach. */
export type Figure =
  | { readonly exact: true; readonly value: Availability }
  | { readonly exact: false; readonly lower: Availability; readonly upper: Availability };

/** Something whose loss can stop a journey. */
export interface Point {
  readonly kind: 'component' | 'zone' | 'region' | 'sharedFate';
  readonly name: string;
}

/**
 * How much of a journey's downtime goes away when this never fails. With Q the journey's unavailability, Q₀ what it is
 * when this never fails, and Q₁ when it always does.
 */
export interface Contribution {
  readonly point: Point;
  /** Birnbaum importance: P(up | it serves) − P(up | it does not) = Q₁ − Q₀. */
  readonly birnbaum: number;
  /** 8,760 × (P(up | it always serves) − P(up)) = 8,760 × (Q − Q₀). */
  readonly hoursPerYear: number;
  /** Criticality importance: the probability that it has failed and that this decides, given that the journey is down. */
  readonly criticality: Share;
  /** Fussell–Vesely importance as risk assessments use it: the share of the unavailability that it is part of, (Q − Q₀) / Q. */
  readonly fussellVesely: Share;
  /** Risk achievement worth, Q₁ / Q. */
  readonly riskAchievement: number;
  /** Risk reduction worth, Q / Q₀; `Infinity` when nothing else can take the journey down. */
  readonly riskReduction: number;
}

/** A number that nobody wrote and that a figure rests on. */
export interface Assumption {
  readonly subject: string;
  /** `availability 99.9% (service)` */
  readonly text: string;
  /** What the journey's downtime would shrink by if the number were perfect. */
  readonly hoursPerYear: number;
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
  /** The share of the objective's error budget that the architecture spends already: 1 is all of it. Only where exact. */
  readonly budgetSpent?: number;
  /**
   * The share of requests that succeed: *up*, less transient errors and those that are late. An estimate where times
   * are added up. Only where exact.
   */
  readonly expectedSuccess: Share | undefined;
  /** If failures hang. */
  readonly singlePoints: readonly Point[];
  /** Those that are left if no call can hang. */
  readonly singlePointsProtected: readonly Point[];
  /** Largest first; none where the figure is not exact. */
  readonly contributions: readonly Contribution[];
  /** What moves the result most comes first. */
  readonly assumptions: readonly Assumption[];
}

/** What is lost with one thing (all of it, for a component). */
export interface Blast {
  readonly point: Point;
  /** Journeys that stop. */
  readonly stops: readonly string[];
  /** Journeys that go on without a feature. */
  readonly degrades: readonly string[];
  /** Requests per second of the journeys that stop, where rates are written. */
  readonly stoppedRate: number;
  /** Requests per second of the journeys that go on without a feature. */
  readonly degradedRate: number;
}

export interface SystemFigures {
  /** Weighted by the journeys' rates; undefined without journeys. */
  readonly up?: Figure;
  readonly journeys: readonly JourneyFigures[];
  /** Journeys without a figure, with the reason in words. */
  readonly unknown: readonly { readonly journey: string; readonly reason: string }[];
  readonly blast: readonly Blast[];
}
