import type { Core } from './core';
import { childEffect, executed } from './effects';
import { discard, hang, isSeparated } from './hanging';
import { requestEnded } from './journeys';
import { answered, call } from './operations';
import { Cause } from './outcome';
import { publish } from './queues';
import { type Visit, VisitState } from './records';
import { leave } from './serving';
import type { Link, Step } from './state';

/** Takes a request on from where it is: its own work is done, or all calls that it waited for have ended. */
export function proceed(core: Core, visit: Visit): void {
  const { replica } = visit;
  if (visit.state === VisitState.Working) workDone(core, visit);
  else replica.waiting--;
  const { steps } = visit.plan;
  while (visit.cause === Cause.None && visit.step < steps.length) {
    visit.pending = 1;
    makeCalls(core, visit, steps[visit.step] as Step);
    visit.pending--;
    if (visit.pending > 0) {
      replica.waiting++;
      return;
    }
  }
  leave(core, replica);
  end(core, visit);
}

function workDone(core: Core, visit: Visit): void {
  const { replica } = visit;
  visit.state = VisitState.Calling;
  visit.step = 0;
  visit.made = 0;
  if (replica.errorShare > 0 && replica.component.errors.happens(replica.errorShare)) {
    visit.cause = Cause.Error;
    return;
  }
  if (visit.effects) executed(visit.effects);
  if (visit.plan.deliveries.length > 0) publish(core, visit);
}

/** The calls of one step; of one that is made several times in a row, the next. Goes on to the next step when done. */
function makeCalls(core: Core, visit: Visit, step: Step): void {
  const { links } = step;
  if (step.together) {
    visit.step++;
    for (const link of links) makeAll(core, visit, link);
    return;
  }
  const link = links[0] as Link;
  if (!link.awaited) {
    visit.step++;
    makeAll(core, visit, link);
    return;
  }
  if (visit.made === 0) visit.toMake = copies(link);
  if (visit.made < visit.toMake) make(core, visit, link, visit.made++);
  if (visit.made >= visit.toMake) {
    visit.step++;
    visit.made = 0;
  }
}

function makeAll(core: Core, visit: Visit, link: Link): void {
  const count = copies(link);
  for (let copy = 0; copy < count; copy++) make(core, visit, link, copy);
}

function make(core: Core, visit: Visit, link: Link, copy: number): void {
  const effects = visit.effects && !link.isKeyed ? childEffect(core, visit.effects, link, copy) : undefined;
  call(core, link, visit.replica, link.awaited ? visit : undefined, effects);
}

/** How often this request makes a call: its count, or never where the share says so. A fraction is drawn. */
function copies(link: Link): number {
  const { share, count } = link;
  if (share < 1 && !link.call.shares.happens(share)) return 0;
  const whole = Math.floor(count);
  const rest = count - whole;
  return rest > 0 && link.call.shares.happens(rest) ? whole + 1 : whole;
}

/** Answers whoever waits for this request, which holds no slot any more. */
export function end(core: Core, visit: Visit): void {
  const { op, request } = visit;
  if (op) {
    if (core.partitions.length > 0 && isSeparated(core, op.side.replica, visit.replica)) {
      hang(core, visit);
      return;
    }
    answered(core, op, visit);
  } else if (request) {
    requestEnded(core, request, visit.cause, visit.degraded);
  }
  discard(core, visit);
}
