import type { JourneyState } from './journeyState';
import { Cause } from './outcome';
import type { CallerSide, CallState, ComponentState, Link, Plan, ReplicaState } from './state';
import { Timer } from './timers';

/** The records of what is under way. They are used again, so that nothing is allocated while a run goes on. */

/** Messages of one queue for one consumer. */
export class Feed {
  head: Message | undefined = undefined;
  tail: Message | undefined = undefined;
  length = 0;
  /** Until when the delivery's open breaker keeps messages back. */
  pausedUntil = 0;
  constructor(
    readonly queue: ComponentState,
    readonly call: CallState,
  ) {}
}

export class Message {
  link: Link | undefined = undefined;
  effects: Effect | undefined = undefined;
  next: Message | undefined = undefined;
  active = false;
  constructor(readonly id: number) {}
}

export enum VisitState {
  Free,
  Queued,
  Working,
  Calling,
  /** At a replica that does not answer, or answering over a broken connection. Holds no slot. */
  Hung,
}

/** One request at one replica. */
export class Visit {
  state: VisitState = VisitState.Free;
  /** Who waits for the answer: a call, or somebody outside; nobody when it was abandoned. */
  op: Op | undefined = undefined;
  request: Request | undefined = undefined;
  step = 0;
  /** Of the calls of this step that are made one after another: how many were made, of how many. */
  made = 0;
  toMake = 0;
  /** Calls that it waits for, and how many of those hang. */
  pending = 0;
  hangs = 0;
  cause: Cause = Cause.None;
  degraded = false;
  effects: Effect | undefined = undefined;
  next: Visit | undefined = undefined;

  constructor(
    readonly id: number,
    public plan: Plan,
    public replica: ReplicaState,
  ) {}
}

/** One call with all its attempts. */
export class Op {
  active = false;
  /** The request that waits for it; undefined when nobody does. */
  visit: Visit | undefined = undefined;
  message: Message | undefined = undefined;
  /** The request at the callee of the attempt that runs. */
  callee: Visit | undefined = undefined;
  attempt = 0;
  started = Number.NaN;
  attemptStarted = Number.NaN;
  lastWait = Number.NaN;
  generation = 0;
  /** Whether its breaker and its bulkhead let it in. */
  admitted = false;
  holds = false;
  degraded = false;
  /** Why the call failed for which this one is the fallback. */
  original: Cause = Cause.None;
  effects: Effect | undefined = undefined;
  readonly timeout: Timer<Op> = new Timer<Op>(this);
  readonly deadline: Timer<Op> = new Timer<Op>(this);

  constructor(
    readonly id: number,
    public link: Link,
    public side: CallerSide,
  ) {}
}

/** One use of a journey, from outside. */
export class Request {
  active = false;
  started = Number.NaN;
  /** Already counted as too late. */
  isLate = false;
  /** One of a fixed number of clients, which asks again; and whether it pauses before that. */
  isClient = false;
  isWaiting = false;
  readonly late: Timer<Request> = new Timer<Request>(this);

  constructor(
    readonly id: number,
    public journey: JourneyState,
  ) {}
}

/** How often one operation was executed for one request; a tree in the shape of its calls. */
export class Effect {
  link: Link | undefined = undefined;
  copy = 0;
  executed = 0;
  root: Effect = this;
  /** Of a root: everything alive that points into its tree. */
  holders = 0;
  child: Effect | undefined = undefined;
  sibling: Effect | undefined = undefined;
}
