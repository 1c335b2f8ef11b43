import { type Core, Planned, plannedId } from './core';
import { pull } from './delivering';
import type { JourneyState } from './journeyState';
import { arrival, enter, tooLate } from './journeys';
import { deadlinePassed, retry, timedOut } from './operations';
import { crashOverloaded } from './outages';
import type { Op, Request, Visit } from './records';
import type { CallState } from './state';
import { proceed } from './visits';

/** How often `hasTime` is asked: a step takes about half a microsecond. */
const stepsBetweenLooks = 512;

/**
 * Runs up to a time, or until `hasTime` says no. Returns whether it got there; a run that has stopped for good counts
 * as there.
 */
export function runUntil(core: Core, until: number, hasTime: () => boolean): boolean {
  for (let steps = 1; ; steps++) {
    if (core.stopped !== undefined) return true;
    if (steps % stepsBetweenLooks === 0 && !hasTime()) return false;
    if (instant(core)) continue;
    const { next } = core.calendar;
    if (!(next <= until)) {
      if (until > core.now) core.now = until;
      return true;
    }
    if (core.events >= core.mostEvents) {
      core.stopLong();
      return true;
    }
    core.now = next;
    happen(core, core.calendar.pop());
  }
}

/** Finishes what happens at this instant, so that a fault by hand meets a settled state. */
export function settle(core: Core): void {
  while (core.stopped === undefined && instant(core));
}

/** Does one thing that happens now without being planned. Returns whether there was one. */
function instant(core: Core): boolean {
  const visit = core.nextReady();
  if (visit) {
    proceed(core, visit);
    return true;
  }
  return core.hungry.length + core.crashing.length > 0 && aftermath(core);
}

/** What is rarer: consumers that take messages, replicas that crash. */
function aftermath(core: Core): boolean {
  const consumer = core.hungry.shift();
  if (consumer) {
    pull(core, consumer);
    return true;
  }
  const replica = core.crashing.shift();
  if (replica) crashOverloaded(core, replica);
  return true;
}

function happen(core: Core, id: number): void {
  const index = id >> 3;
  switch (id & 7) {
    case Planned.Work:
      count(core, id);
      proceed(core, core.visits.all[index] as Visit);
      return;
    case Planned.Retry:
      count(core, id);
      retry(core, core.ops.all[index] as Op);
      return;
    case Planned.Arrival:
      count(core, id);
      arrival(core, core.journeys[index] as JourneyState);
      return;
    case Planned.Client:
      count(core, id);
      enter(core, core.requests.all[index] as Request);
      return;
    case Planned.Timeout:
    case Planned.Deadline:
    case Planned.Lateness:
      expire(core, id);
      return;
    default:
      core.events++;
      core.runChore(index);
      return;
  }
}

function count(core: Core, id: number): void {
  core.events++;
  core.witness(id);
}

/** A place that a list of timers has in the calendar has come up; mostly its timer was cancelled. */
function expire(core: Core, id: number): void {
  const index = id >> 3;
  if ((id & 7) === Planned.Lateness) {
    const request = (core.journeys[index] as JourneyState).lateness?.expired(core.now);
    if (!request) return;
    count(core, plannedId(Planned.Lateness, request.id));
    tooLate(request);
    return;
  }
  const call = core.calls[index] as CallState;
  const isTimeout = (id & 7) === Planned.Timeout;
  const op = (isTimeout ? call.timeouts : call.deadlines)?.expired(core.now);
  if (!op) return;
  count(core, plannedId(id & 7, op.id));
  if (isTimeout) timedOut(core, op);
  else deadlinePassed(core, op);
}
