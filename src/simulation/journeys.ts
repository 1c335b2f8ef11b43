import { type Core, leastRoundTrip, Planned, plannedId } from './core';
import { rootEffect } from './effects';
import { discard, hang } from './hanging';
import type { JourneyState } from './journeyState';
import { Cause, columnOf } from './outcome';
import type { Request } from './records';
import { Arrival, arrive, nextInTurn } from './serving';

/** Plans the next arrival: exponential gaps, so that arrivals are a Poisson process. */
export function planArrival(core: Core, journey: JourneyState): void {
  const rate = journey.rate * journey.factor;
  if (rate > 0)
    core.calendar.push(core.now + Math.floor(journey.arrivals.exponential() / rate + 0.5), plannedId(Planned.Arrival, journey.index));
}

export function arrival(core: Core, journey: JourneyState): void {
  planArrival(core, journey);
  enter(core, core.takeRequest(journey));
}

/** All clients of a closed loop ask at once. */
export function startClients(core: Core, journey: JourneyState): void {
  for (let i = 0; i < journey.clients; i++) {
    const request = core.takeRequest(journey);
    request.isClient = true;
    enter(core, request);
  }
}

/** A request comes in. */
export function enter(core: Core, request: Request): void {
  const { journey } = request;
  const { entry } = journey;
  if (!entry) return;
  request.started = core.now;
  request.isLate = false;
  request.isWaiting = false;
  journey.inFlight++;
  journey.offer(core.now);
  journey.lateness?.start(request.late, core.now);
  const visit = core.takeVisit(entry);
  visit.request = request;
  if (journey.tracksEffects) visit.effects = rootEffect(core);
  const replica = nextInTurn(entry.component);
  const taken = arrive(core, visit, replica);
  if (taken === Arrival.Taken) return;
  if (taken === Arrival.Hanging) {
    hang(core, visit);
    return;
  }
  discard(core, visit);
  requestEnded(core, request, taken === Arrival.Rejected ? Cause.Rejected : Cause.Refused, false);
}

/** A request is answered, or has failed. */
export function requestEnded(core: Core, request: Request, cause: Cause, degraded: boolean): void {
  const { journey, started } = request;
  journey.lateness?.cancel(request.late);
  if (!request.isLate) {
    journey.inFlight--;
    journey.end(started, columnOf(cause, degraded));
  }
  const took = core.now - started;
  if (cause === Cause.None) {
    journey.answered(started, took);
  }
  if (request.isClient) {
    const wait = journey.think > 0 || took > 0 ? journey.think : leastRoundTrip;
    request.isWaiting = true;
    core.calendar.push(core.now + wait, plannedId(Planned.Client, request.id));
    return;
  }
  request.active = false;
  core.requests.release(request);
}

/** The journey's latency has passed: to its user it has failed, whatever comes of it. */
export function tooLate(request: Request): void {
  const { journey } = request;
  request.isLate = true;
  journey.inFlight--;
  journey.end(request.started, columnOf(Cause.Slow, false));
}

/** Multiplies the rate. The wait for the next arrival shrinks or grows with it. */
export function setFactor(core: Core, journey: JourneyState, factor: number): void {
  const id = plannedId(Planned.Arrival, journey.index);
  const old = journey.factor;
  journey.factor = factor;
  if (!core.calendar.has(id)) {
    planArrival(core, journey);
    return;
  }
  const rest = core.calendar.timeOf(id) - core.now;
  core.calendar.remove(id);
  if (factor > 0) core.calendar.push(core.now + Math.floor((rest * old) / factor + 0.5), id);
}
