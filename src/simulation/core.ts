import { type Piled, piledUpText, tooLongText } from '../model/happenings';
import { Calendar } from './calendar';
import type { JourneyState } from './journeyState';
import { Log } from './log';
import { Cause, nanoseconds } from './outcome';
import { Pool } from './pool';
import { Effect, Message, Op, Request, Visit, VisitState } from './records';
import type { CallerSide, CallState, ComponentState, Link, Plan, ReplicaState } from './state';
import { TimerList } from './timers';

/** What can come up in the calendar: the lowest bits of an id. */
export enum Planned {
  /** A request's own work at a component is done. */
  Work,
  /** A wait before a retry is over. */
  Retry,
  /** A timeout, a deadline, a journey's latency may have passed. */
  Timeout,
  Deadline,
  Lateness,
  /** A request comes in from outside; a client asks again. */
  Arrival,
  Client,
  /** Anything rare. */
  Chore,
}

export function plannedId(kind: Planned, index: number): number {
  return (index << 3) | kind;
}

/** A call that fails in no time and is repeated without a wait: its answer takes this long, or time would stand still. */
export const leastRoundTrip = 1_000_000;

/** Records of one kind in use at once before the run is stopped: memory is bounded, not only time. */
const mostRecords = 300_000;

const time = new Float64Array(1);
const words = new Int32Array(time.buffer);

/** Two sets of replicas that do not reach each other. */
export interface Partition {
  readonly left: ReadonlySet<ReplicaState>;
  readonly right: ReadonlySet<ReplicaState>;
}

/** The state of one run: its clock, what is to happen, and everything that exists. */
export class Core {
  /** Whole nanoseconds; beyond 104 days in steps of 2, then 4. */
  now = 0;
  events = 0;
  /** After so many events the run is stopped. */
  mostEvents = Number.POSITIVE_INFINITY;
  /** Whether that is why it stopped. */
  isTooLong = false;
  /** Of everything that happened so far, in order. */
  digest = 0;
  /** Why the run does not go on, in words. */
  stopped: string | undefined = undefined;
  readonly calendar = new Calendar();
  /** Requests that go on at this instant, in order: a list that is filled and emptied again and again. */
  private readonly ready: Visit[] = [];
  private readyFrom = 0;
  private readyTo = 0;
  /** What is done after them: consumers that may take messages, replicas that crash. */
  readonly hungry: ComponentState[] = [];
  readonly crashing: ReplicaState[] = [];
  readonly components: ComponentState[] = [];
  readonly componentByName = new Map<string, ComponentState>();
  readonly calls: CallState[] = [];
  readonly journeys: JourneyState[] = [];
  readonly partitions: Partition[] = [];
  readonly sharedFates = new Map<string, readonly ComponentState[]>();
  readonly log = new Log();

  readonly visits = new Pool<Visit>();
  readonly ops = new Pool<Op>();
  readonly requests = new Pool<Request>();
  readonly messages = new Pool<Message>();
  readonly effects = new Pool<Effect>();
  private readonly chores: ((() => void) | undefined)[] = [];
  private readonly freeChores: number[] = [];

  /** Mixes what happens now into the digest. */
  witness(id: number): void {
    time[0] = this.now;
    let h = Math.imul(this.digest ^ (words[0] as number), 0x5bd1e995);
    h = Math.imul((h ^ (h >>> 15)) + (words[1] as number), 0x27d4eb2f);
    this.digest = Math.imul((h ^ (h >>> 13)) + id, 0x165667b1);
  }

  goOn(visit: Visit): void {
    this.ready[this.readyTo++] = visit;
  }

  /** The next request that goes on at this instant. */
  nextReady(): Visit | undefined {
    if (this.readyFrom < this.readyTo) return this.ready[this.readyFrom++];
    this.readyFrom = 0;
    this.readyTo = 0;
    return undefined;
  }

  addComponent(component: ComponentState): void {
    this.components.push(component);
    this.componentByName.set(component.name, component);
  }

  addCall(call: CallState): void {
    const index = this.calls.push(call) - 1;
    const { timeout, deadline } = call.rules;
    if (timeout < Infinity) call.timeouts = new TimerList(this.calendar, plannedId(Planned.Timeout, index), timeout);
    if (deadline < Infinity) call.deadlines = new TimerList(this.calendar, plannedId(Planned.Deadline, index), deadline);
  }

  takeVisit(plan: Plan): Visit {
    const visit = this.visits.reuse();
    if (visit) {
      visit.plan = plan;
      return visit;
    }
    if (this.visits.all.length >= mostRecords) this.stop('visits');
    return this.visits.add(new Visit(this.visits.all.length, plan, plan.component.rota[0] ?? nowhere(plan)));
  }

  freeVisit(visit: Visit): void {
    visit.state = VisitState.Free;
    visit.op = undefined;
    visit.request = undefined;
    visit.next = undefined;
    visit.pending = 0;
    visit.hangs = 0;
    visit.cause = Cause.None;
    visit.degraded = false;
    this.visits.release(visit);
  }

  takeOp(link: Link, side: CallerSide): Op {
    const op = this.ops.reuse();
    if (op) {
      op.link = link;
      op.side = side;
      op.active = true;
      return op;
    }
    if (this.ops.all.length >= mostRecords) this.stop('calls');
    const added = this.ops.add(new Op(this.ops.all.length, link, side));
    added.active = true;
    return added;
  }

  freeOp(op: Op): void {
    op.active = false;
    op.visit = undefined;
    op.message = undefined;
    op.callee = undefined;
    this.ops.release(op);
  }

  takeRequest(journey: JourneyState): Request {
    const request = this.requests.reuse();
    if (request) {
      request.journey = journey;
      request.active = true;
      return request;
    }
    if (this.requests.all.length >= mostRecords) this.stop('requests');
    const added = this.requests.add(new Request(this.requests.all.length, journey));
    added.active = true;
    return added;
  }

  takeMessage(): Message {
    const message = this.messages.reuse();
    if (message) return message;
    if (this.messages.all.length >= mostRecords) this.stop('messages');
    return this.messages.add(new Message(this.messages.all.length));
  }

  takeEffect(): Effect {
    return this.effects.reuse() ?? this.effects.add(new Effect());
  }

  /** Plans something rare. */
  plan(at: number, chore: () => void): void {
    const index = this.freeChores.pop() ?? this.chores.length;
    this.chores[index] = chore;
    this.calendar.push(at, plannedId(Planned.Chore, index));
  }

  runChore(index: number): void {
    const chore = this.chores[index];
    this.chores[index] = undefined;
    this.freeChores.push(index);
    chore?.();
  }

  note(text: string): void {
    this.log.add(this.now, text);
  }

  stop(what: Piled): void {
    this.stopBecause(piledUpText(what, mostRecords));
  }

  /** Stops a run that takes more work than anybody wants to wait for. */
  stopLong(): void {
    this.isTooLong = true;
    this.stopBecause(tooLongText(this.mostEvents, this.now / nanoseconds));
  }

  private stopBecause(reason: string): void {
    if (this.stopped !== undefined) return;
    this.stopped = reason;
    this.note(this.stopped);
  }
}

function nowhere(plan: Plan): ReplicaState {
  const first = plan.component.replicas[0];
  if (!first) throw new Error(`Component ${plan.component.name} has no replica.`);
  return first;
}
