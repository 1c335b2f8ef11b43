import type { Fault, Scenario, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';

export interface SimulationRequest {
  readonly system: System;
  readonly variant: Variant;
  readonly seed: number;
  /** Its events and clients are played; without one there is only the journeys' traffic. */
  readonly scenario?: Scenario;
}

/** How replicas stand at one instant: all of a component, or those in one zone. */
export interface ReplicasFrame {
  readonly replicas: number;
  readonly live: number;
  /** Slots of those that serve (of a database with standbys, the primary's); 0 where all stand by, `Infinity` where unlimited. */
  readonly slots: number;
  readonly busy: number;
  /** Busy slots that wait for something that does not answer. */
  readonly hanging: number;
  readonly queued: number;
  readonly slow: boolean;
}

/** The replicas in one zone; `zone` is empty for those of which nobody wrote where they are. */
export interface ZoneFrame extends ReplicasFrame {
  readonly zone: string;
}

/** What to draw for one component at one instant. */
export interface ComponentFrame extends ReplicasFrame {
  readonly name: string;
  /** Replicas that the load balancer believes to be healthy. */
  readonly believed: number;
  /** Zone by zone, where its replicas are in more than one. */
  readonly zones?: readonly ZoneFrame[];
}

export type BreakerState = 'none' | 'closed' | 'half-open' | 'open';

const fromClosed: readonly BreakerState[] = ['none', 'closed', 'half-open', 'open'];

/** Of two breakers the state of the one that is further from closed. */
export function worse(a: BreakerState, b: BreakerState): BreakerState {
  return fromClosed.indexOf(b) > fromClosed.indexOf(a) ? b : a;
}

/** What some replicas do with a call, or all that make it; counts are totals since the start. */
export interface CallersFrame {
  /** Each replica has its own: of several the one that is furthest from closed. */
  readonly breaker: BreakerState;
  readonly attempts: number;
  readonly retries: number;
  readonly failed: number;
}

/** A call as the replicas in one zone make it; `zone` is empty for those of which nobody wrote where they are. */
export interface CallZoneFrame extends CallersFrame {
  readonly zone: string;
}

/** What to draw for one call. */
export interface CallFrame extends CallersFrame {
  readonly id: string;
  readonly inFlight: number;
  readonly succeeded: number;
  /** Zone by zone, where the replicas of its caller are in more than one. */
  readonly zones?: readonly CallZoneFrame[];
}

/** One second of one journey, counted by the second in which a request arrived. */
export interface JourneySecond {
  readonly second: number;
  readonly offered: number;
  readonly succeeded: number;
  readonly degraded: number;
  readonly failed: number;
  /** Seconds, of the answered ones; absent while none is answered. */
  readonly p50?: Seconds;
  readonly p99?: Seconds;
}

export interface LogLine {
  readonly at: Seconds;
  readonly text: string;
}

/** Everything the map draws at one instant. Plain JSON. */
export interface Frame {
  readonly time: Seconds;
  readonly components: readonly ComponentFrame[];
  readonly calls: readonly CallFrame[];
  /** By journey, only the seconds that changed since the last frame. */
  readonly journeys: readonly { readonly name: string; readonly seconds: readonly JourneySecond[] }[];
  /** Only the lines since the last frame. */
  readonly log: readonly LogLine[];
  /**
   * The width of a journey's "second": 1 for the first hour, then it doubles so that there are never more than 3,600.
   * When it has grown, the seconds handed over so far are void, and all of them are in this frame.
   */
  readonly bucketSeconds?: Seconds;
  /** Why the run does not go on (too much is open at once), in words; the log has it too. */
  readonly stopped?: string;
}

/** A running simulation. Not thread-safe; lives in one worker. */
export interface Simulation {
  readonly now: Seconds;
  /** Runs up to this time, or until about `budget` milliseconds have passed; returns whether it got there. */
  advance(to: Seconds, budget?: number): boolean;
  /** A fault by hand, now. Returns a sentence when it cannot be done. */
  act(fault: Fault): string | undefined;
  frame(): Frame;
}

/** A simulation, or the reason in words why there is none (no journeys with a rate, …). */
export type Started = { readonly ok: true; readonly simulation: Simulation } | { readonly ok: false; readonly reason: string };
