import { type Breaker, BreakerPhase } from './breaker';
import { type Core, leastRoundTrip, Planned, plannedId } from './core';
import { dropEffect, holdEffect } from './effects';
import { abandon, discard, hang, isHanging, isSeparated, release } from './hanging';
import { Cause } from './outcome';
import { delivered, requeue } from './queues';
import type { Effect, Message, Op, Visit } from './records';
import { draws, isRetried, waitBefore } from './rules';
import { Arrival, arrive, nextInTurn } from './serving';
import type { CallerSide, Link, ReplicaState } from './state';
import { tellBreaker } from './words';

/**
 * Calls, from outside in: fallback, deadline, bulkhead, breaker and retry (the breaker inside the retry where it
 * counts attempts), timeout. What an attempt started goes on at the callee when nobody waits for it any more.
 */

/** Makes a call, for a request or, where nobody waits, for none. Takes over the hold on `effects`. */
export function call(core: Core, link: Link, replica: ReplicaState, visit: Visit | undefined, effects: Effect | undefined): void {
  const op = prepare(core, link, replica, effects);
  op.visit = visit;
  if (visit) visit.pending++;
  begin(core, op, undefined);
}

/** Delivers a message of a queue to a replica that has a free slot for it. */
export function deliver(core: Core, link: Link, replica: ReplicaState, message: Message, to: ReplicaState): void {
  if (message.effects) holdEffect(message.effects);
  const op = prepare(core, link, replica, message.effects);
  op.message = message;
  begin(core, op, to);
}

function prepare(core: Core, link: Link, replica: ReplicaState, effects: Effect | undefined): Op {
  const op = core.takeOp(link, link.call.sides[replica.index] as CallerSide);
  op.attempt = 0;
  op.started = core.now;
  op.admitted = false;
  op.holds = false;
  op.degraded = false;
  op.original = Cause.None;
  op.effects = effects;
  return op;
}

function begin(core: Core, op: Op, to: ReplicaState | undefined): void {
  const { side } = op;
  const { rules } = side.call;
  side.call.requests++;
  side.call.inFlight++;
  side.call.deadlines?.start(op.deadline, core.now);
  if (side.held >= rules.bulkhead) {
    end(core, op, Cause.Rejected);
    return;
  }
  side.held++;
  op.holds = true;
  const { budget } = rules.retry;
  if (budget) refund(side, budget.perCall, budget.capacity);
  if (side.breaker && !rules.perAttempt && !admit(core, op, side.breaker)) {
    end(core, op, Cause.Breaker);
    return;
  }
  attempt(core, op, to);
}

function refund(side: CallerSide, tokens: number, capacity: number): void {
  const sum = side.tokens + tokens;
  side.tokens = Math.min(sum, capacity);
}

function admit(core: Core, op: Op, breaker: Breaker): boolean {
  const before = breaker.generation;
  const isAdmitted = breaker.admits(core.now);
  if (breaker.generation !== before) tellBreaker(core, op.side, breaker);
  op.generation = breaker.generation;
  op.admitted = isAdmitted;
  return isAdmitted;
}

function record(core: Core, op: Op, failed: boolean, since: number): void {
  const { breaker, call } = op.side;
  if (!breaker || !op.admitted) return;
  op.admitted = false;
  if (!breaker.record(core.now, op.generation, failed, core.now - since)) return;
  if (breaker.phase === BreakerPhase.Open) call.breakerOpened++;
  tellBreaker(core, op.side, breaker);
}

/** One attempt. */
function attempt(core: Core, op: Op, to: ReplicaState | undefined): void {
  const { call, breaker, replica } = op.side;
  if (breaker && call.rules.perAttempt && !admit(core, op, breaker)) {
    end(core, op, Cause.Breaker);
    return;
  }
  op.attempt++;
  op.attemptStarted = core.now;
  call.attempts++;
  op.side.attempts++;
  call.timeouts?.start(op.timeout, core.now);
  const { plan } = op.link;
  const visit = core.takeVisit(plan);
  visit.op = op;
  visit.effects = op.effects;
  if (op.effects) holdEffect(op.effects);
  op.callee = visit;
  const target = to ?? nextInTurn(plan.component);
  visit.replica = target;
  if (core.partitions.length > 0 && isSeparated(core, replica, target)) {
    hang(core, visit);
    return;
  }
  const arrival = arrive(core, visit, target);
  if (arrival === Arrival.Taken) return;
  if (arrival === Arrival.Hanging) {
    hang(core, visit);
    return;
  }
  op.callee = undefined;
  discard(core, visit);
  const cause = arrival === Arrival.Rejected ? Cause.Rejected : Cause.Refused;
  attemptFailed(core, op, cause, cause);
}

/** The wait before a retry is over. */
export function retry(core: Core, op: Op): void {
  attempt(core, op, undefined);
}

/** The callee has answered, well or with a failure of its own. */
export function answered(core: Core, op: Op, visit: Visit): void {
  const { call } = op.side;
  if (isHanging(visit)) release(core, visit);
  op.callee = undefined;
  if (visit.cause !== Cause.None) {
    attemptFailed(core, op, Cause.Error, visit.cause);
    return;
  }
  call.timeouts?.cancel(op.timeout);
  if (visit.degraded) op.degraded = true;
  if (call.rules.perAttempt) record(core, op, false, op.attemptStarted);
  const { budget } = call.rules.retry;
  if (budget && budget.perSuccess > 0) refund(op.side, budget.perSuccess, budget.capacity);
  end(core, op, Cause.None);
}

/** The time of an attempt is over. */
export function timedOut(core: Core, op: Op): void {
  abandon(core, op);
  attemptFailed(core, op, Cause.Timeout, Cause.Timeout);
}

/** The time of a whole call is over. */
export function deadlinePassed(core: Core, op: Op): void {
  const { call } = op.side;
  core.calendar.remove(plannedId(Planned.Retry, op.id));
  call.timeouts?.cancel(op.timeout);
  abandon(core, op);
  if (call.rules.perAttempt) record(core, op, true, op.attemptStarted);
  end(core, op, Cause.Timeout);
}

/** An attempt failed: as the caller sees it (`seen`, which decides about a retry), and what was at the root of it. */
function attemptFailed(core: Core, op: Op, seen: Cause, root: Cause): void {
  const { side } = op;
  const { call } = side;
  call.timeouts?.cancel(op.timeout);
  if (call.rules.perAttempt) record(core, op, true, op.attemptStarted);
  const rules = call.rules.retry;
  if (op.attempt >= rules.attempts || !isRetried(rules, seen)) {
    end(core, op, root);
    return;
  }
  const { budget } = rules;
  if (budget) {
    if (side.tokens < budget.cost) {
      end(core, op, root);
      return;
    }
    side.tokens -= budget.cost;
  }
  call.retries++;
  side.retries++;
  const previous = op.attempt === 1 ? rules.base : op.lastWait;
  const wait = waitBefore(rules, op.attempt, draws(rules) ? call.jitter.uniform() : 0, previous);
  op.lastWait = wait;
  const standsStill = wait <= 0 && core.now === op.attemptStarted;
  core.calendar.push(core.now + (standsStill ? leastRoundTrip : wait), plannedId(Planned.Retry, op.id));
}

/** A call is over, with all its attempts. */
function end(core: Core, op: Op, cause: Cause): void {
  const { side, link } = op;
  const { call } = side;
  call.inFlight--;
  call.deadlines?.cancel(op.deadline);
  if (op.holds) side.held--;
  if (!call.rules.perAttempt) record(core, op, cause !== Cause.None, op.started);
  if (cause === Cause.None) call.succeeded++;
  else {
    call.failed++;
    side.failed++;
  }
  let outcome = cause;
  let degraded = op.degraded || (cause === Cause.None && op.original !== Cause.None);
  if (cause !== Cause.None) {
    if (link.fallback) {
      fallBack(core, op, link.fallback, cause);
      return;
    }
    if (op.original !== Cause.None) outcome = op.original;
    if (link.degrades) {
      outcome = Cause.None;
      degraded = true;
    }
  }
  const { visit, message, effects } = op;
  op.effects = undefined;
  core.freeOp(op);
  if (effects) dropEffect(core, effects);
  if (message) {
    delivered(core, message, outcome);
    return;
  }
  if (!visit) return;
  if (outcome === Cause.None) visit.degraded ||= degraded;
  else if (link.optional) visit.degraded = true;
  else if (visit.cause === Cause.None) visit.cause = outcome;
  visit.pending--;
  if (visit.pending === 0) core.goOn(visit);
}

/** Another component answers instead. It stands where the failed call stood. */
function fallBack(core: Core, op: Op, link: Link, cause: Cause): void {
  const instead = prepare(core, link, op.side.replica, op.effects);
  instead.visit = op.visit;
  instead.message = op.message;
  instead.original = cause;
  op.effects = undefined;
  core.freeOp(op);
  begin(core, instead, undefined);
}

/** Ends a call whose caller has died: nothing of it counts as a result. A message goes back to its queue. */
export function cancel(core: Core, op: Op): void {
  const { call } = op.side;
  core.calendar.remove(plannedId(Planned.Retry, op.id));
  call.timeouts?.cancel(op.timeout);
  call.deadlines?.cancel(op.deadline);
  abandon(core, op);
  call.inFlight--;
  call.failed++;
  op.side.failed++;
  if (op.holds) op.side.held--;
  const { message, effects, visit } = op;
  if (visit) visit.pending--;
  op.effects = undefined;
  core.freeOp(op);
  if (effects) dropEffect(core, effects);
  if (message) requeue(core, message);
}
