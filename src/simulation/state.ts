import type { Breaker } from './breaker';
import type { JourneyState } from './journeyState';
import type { Stream } from './random';
import type { Feed, Op, Visit } from './records';
import type { CallRules } from './rules';
import type { TimerList } from './timers';

/**
 * What the engine knows, as plain classes. All of one class have the same shape and those of requests are used
 * again, so that nothing is allocated while it runs. Times are nanoseconds.
 */

/** What a replica does with a request: serve it, let it hang, refuse it. */
export enum Mode {
  Up,
  Hanging,
  Refusing,
}

export class ReplicaState {
  mode: Mode = Mode.Up;
  /** Whether the health check, or whoever sends requests, takes it for healthy. */
  believed = true;
  busy = 0;
  /** Busy slots whose request waits for a call, and those of them that wait for something that does not answer. */
  waiting = 0;
  hanging = 0;
  queued = 0;
  head: Visit | undefined = undefined;
  tail: Visit | undefined = undefined;
  slowFactor = 1;
  slowAdd = 0;
  /** Share of requests that fail, by the model and by a fault together. */
  errorShare = 0;
  /** Counts the times it went down, so that what was planned for an earlier time is known to be stale. */
  outages = 0;
  /** When all its slots last waited for calls, and when it last rejected a request. */
  stuckAt = Number.NEGATIVE_INFINITY;
  rejectedAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly component: ComponentState,
    readonly index: number,
    readonly zone: string | undefined,
    readonly region: string | undefined,
  ) {}

  /** Its name in messages: `api`, or `api#2` where there are several. */
  get label(): string {
    return this.component.replicas.length > 1 ? `${this.component.name}#${this.index + 1}` : this.component.name;
  }
}

export enum Times {
  Constant,
  Exponential,
  LogNormal,
}

/** The largest queue while it is active. */
export interface QueueWatch {
  active: boolean;
  largest: number;
}

export class ComponentState {
  readonly replicas: ReplicaState[] = [];
  /** The replicas that get requests, in turn. */
  rota: ReplicaState[] = [];
  turn = 0;
  /** Where one replica counts and the others stand by: its index. −1 where all serve. */
  primary = -1;
  times: Times = Times.Constant;
  /** The constant, the mean, or the median. */
  timeScale = 0;
  sigma = 0;
  errorRate = 0;
  /** Of one replica. */
  slots = Number.POSITIVE_INFINITY;
  queueLimit = 0;
  /** Messages waiting for consumers at most. */
  backlogLimit = Number.POSITIVE_INFINITY;
  isQueue = false;
  crashes = false;
  startup = 0;
  /** Until a dead replica is noticed, and until one that is back is; NaN without a health check. */
  detection = Number.NaN;
  recognition = 0;
  /** How long a switch-over takes; NaN where there is none. */
  failover = Number.NaN;
  /** Replicas of a stateful component that must be up for it to serve. */
  quorum = 1;
  connections = Number.POSITIVE_INFINITY;
  /** Requests a second; a bucket of one second's worth. */
  quota = Number.POSITIVE_INFINITY;
  quotaLeft = 0;
  quotaAt = 0;

  /** All replicas together. */
  busy = 0;
  hanging = 0;
  queued = 0;
  open = 0;
  arrivals = 0;
  backlog = 0;
  busyMax = 0;
  hangingMax = 0;
  queueMax = 0;
  /** Slot-nanoseconds up to `busySince`. */
  busyArea = 0;
  busySince = 0;
  /** Stretches of time of which the largest queue is wanted. */
  readonly queueWatches: QueueWatch[] = [];
  /** When the backlog was largest, and how long it then took to be empty; NaN while it is not. */
  backlogPeakAt = 0;
  drained = Number.NaN;
  /** What queues have for it. */
  readonly feeds: Feed[] = [];
  feedTurn = 0;
  isHungry = false;

  constructor(
    readonly name: string,
    readonly index: number,
    readonly service: Stream,
    readonly errors: Stream,
  ) {}
}

/** A call as the replicas of its caller make it: breaker, budget and bulkhead are each replica's own. */
export class CallerSide {
  tokens = 0;
  held = 0;
  attempts = 0;
  retries = 0;
  failed = 0;
  /** Lines about this breaker in the log so far. */
  told = 0;
  constructor(
    readonly call: CallState,
    readonly replica: ReplicaState,
    readonly breaker: Breaker | undefined,
  ) {}
}

export class CallState {
  readonly sides: CallerSide[] = [];
  timeouts: TimerList<Op> | undefined = undefined;
  deadlines: TimerList<Op> | undefined = undefined;
  inFlight = 0;
  requests = 0;
  attempts = 0;
  retries = 0;
  succeeded = 0;
  failed = 0;
  abandoned = 0;
  duplicateEffects = 0;
  breakerOpened = 0;

  constructor(
    readonly id: string,
    readonly from: ComponentState,
    readonly to: ComponentState,
    readonly rules: CallRules,
    readonly jitter: Stream,
    readonly shares: Stream,
  ) {}
}

/** One call as one journey makes it. */
export interface Link {
  readonly call: CallState;
  /** What the journey does at the callee. */
  readonly plan: Plan;
  readonly count: number;
  readonly share: number;
  /** Whether the caller waits for it, and does without it when it fails. */
  readonly awaited: boolean;
  readonly optional: boolean;
  /** Answers instead when the call fails: a word, or another component. */
  readonly degrades: boolean;
  readonly fallback: Link | undefined;
  /** Executed twice it does harm; with a key the callee notices. */
  readonly isUnsafe: boolean;
  readonly isKeyed: boolean;
  /** Where a queue's delivery goes. */
  readonly feed: Feed | undefined;
}

export interface Step {
  /** One call, or a group that is made at once. */
  readonly links: readonly Link[];
  readonly together: boolean;
}

/** What one journey does at one component. */
export class Plan {
  readonly steps: Step[] = [];
  readonly deliveries: Link[] = [];
  constructor(
    readonly journey: JourneyState,
    readonly component: ComponentState,
  ) {}
}
