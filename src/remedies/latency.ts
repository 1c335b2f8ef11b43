import type { Call } from '../model/call';
import { bound, isAsync, isDelivery, p99ServiceTime } from '../model/defaults';
import type { Journey } from '../model/journey';
import { latencyObjective } from '../model/objectives';
import { callsByCaller, isMadeBy } from '../model/paths';
import { perSystem } from '../model/perSystem';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';

/** Calls behind one another that are followed; nobody waits for a longer chain. */
export const deepest = 500;

/** The requests of a system by their caller. */
export const callsFrom = perSystem((system) => callsByCaller(system));
/** The requests of a system by their callee. */
export const callsTo = perSystem((system) => groupBy(system, 'to'));
const deadlinesByJourney = perSystem(
  (system) => new Map([...system.journeys.values()].map((journey) => [journey.name, deadlines(system, journey, callsFrom(system))])),
);
const patienceByJourney = perSystem(
  (system) => new Map([...system.journeys.values()].map((journey) => [journey.name, patience(system, journey, callsFrom(system))])),
);
const p99sByJourney = perSystem(() => new Map<string, Map<string, Seconds | undefined>>());

/**
 * How long a component takes in 99 of 100 requests of a journey, its own work and the calls it waits for together: the
 * sum of the 99th percentiles, so an upper estimate. Undefined where some service time on the way is not written.
 */
export function p99WithCalls(system: System, component: string, journey: string): Seconds | undefined {
  const byCaller = callsFrom(system);
  const known = p99sByJourney(system).get(journey) ?? new Map<string, Seconds | undefined>();
  p99sByJourney(system).set(journey, known);
  const visit = (name: string, depth: number): Seconds | undefined => {
    if (depth > deepest) return undefined;
    if (known.has(name)) return known.get(name);
    known.set(name, undefined); // a ring has no bound
    const written = system.components.get(name);
    if (!written?.serviceTime) return undefined;
    const calls = awaited(system, byCaller.get(name) ?? []).filter((call) => isMadeBy(call, journey));
    const total = calls.reduce<Seconds | undefined>((sum, call) => {
      const below = visit(call.to, depth + 1);
      return sum === undefined || below === undefined ? undefined : sum + below * (call.count ?? 1);
    }, p99ServiceTime(written.serviceTime));
    known.set(name, total);
    return total;
  };
  return visit(component, 0);
}

function awaited(system: System, calls: readonly Call[]): readonly Call[] {
  return calls.filter((call) => !isAsync(call, system.components.get(call.from)));
}

/**
 * The time each component has for one request of a journey: the least of what its callers wait for it, up to the
 * journey's latency objective. Seconds, `Infinity` where nothing bounds it; only components that the journey passes.
 */
export function deadlines(system: System, journey: Journey, byCaller = callsByCaller(system)): ReadonlyMap<string, Seconds> {
  const entry = system.components.get(journey.entry);
  if (!entry) return new Map();
  const latency = latencyObjective(system, journey);
  const least = new Map<string, Seconds>([[entry.name, latency ?? Infinity]]);
  const waiting = [entry.name];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const seconds = least.get(name) ?? Infinity;
    for (const call of byCaller.get(name) ?? []) {
      const from = system.components.get(name);
      if (!isMadeBy(call, journey.name) || isDelivery(call, from)) continue;
      const limit = Math.min(isAsync(call, from) ? Infinity : seconds, callLimit(call) ?? Infinity);
      if (limit >= (least.get(call.to) ?? NaN)) continue;
      least.set(call.to, limit);
      waiting.push(call.to);
    }
  }
  return least;
}

/**
 * The most time that any way to a component leaves it for one request of a journey. A call has one timeout for all the ways
 * that lead to it, and the shortest of them, which may be a rare one, would cut off the healthy requests of the others.
 * Seconds, `Infinity` where nothing bounds it; only components that the journey passes.
 */
function patience(system: System, journey: Journey, byCaller: ReadonlyMap<string, readonly Call[]>): ReadonlyMap<string, Seconds> {
  const entry = system.components.get(journey.entry);
  if (!entry) return new Map();
  const most = new Map<string, Seconds>([[entry.name, latencyObjective(system, journey) ?? Infinity]]);
  const waiting = [entry.name];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const seconds = most.get(name) ?? 0;
    for (const call of byCaller.get(name) ?? []) {
      const from = system.components.get(name);
      if (!isMadeBy(call, journey.name) || isDelivery(call, from)) continue;
      const limit = Math.min(isAsync(call, from) ? Infinity : seconds, callLimit(call) ?? Infinity);
      if (limit <= (most.get(call.to) ?? -1)) continue;
      most.set(call.to, limit);
      waiting.push(call.to);
    }
  }
  return most;
}

/** What bounds a call over all the journeys that make it. Seconds; undefined where nothing is written. */
export interface TimeFrame {
  /** What the callee takes in 99 of 100 requests, with its calls. */
  readonly p99: Seconds | undefined;
  /**
   * What the caller has left when it makes the call. A hop that several journeys, or several ways of one, share has one
   * timeout for all of them, so it is the most that any of them leaves: the least would cut off the healthy requests of
   * the others.
   */
  readonly left: Seconds | undefined;
}

export function timeFrame(system: System, call: Call): TimeFrame {
  const own = system.components.get(call.from)?.serviceTime;
  let p99: Seconds | undefined = 0;
  let left = 0;
  let passed = false;
  for (const journey of system.journeys.values()) {
    if (!isMadeBy(call, journey.name)) continue;
    const deadline = patienceByJourney(system).get(journey.name)?.get(call.from);
    if (deadline === undefined) continue;
    passed = true;
    left = Math.max(left, deadline - (own ? p99ServiceTime(own) : 0));
    const taken = p99WithCalls(system, call.to, journey.name);
    p99 = p99 === undefined || taken === undefined ? undefined : Math.max(p99, taken);
  }
  return { p99: passed ? p99 : undefined, left: passed && left < Infinity ? left : undefined };
}

/**
 * What the caller has for a call, its own work included, in the journey that leaves the most. Seconds; undefined where
 * nothing bounds it.
 */
export function mostLeft(system: System, call: Call): Seconds | undefined {
  let most = 0;
  for (const journey of system.journeys.values()) {
    if (!isMadeBy(call, journey.name)) continue;
    most = Math.max(most, deadlinesByJourney(system).get(journey.name)?.get(call.from) ?? 0);
  }
  return most > 0 && most < Infinity ? most : undefined;
}

/** The longest that one attempt of a call lasts: its timeout or its deadline, whichever is shorter. */
export function callLimit(call: Pick<Call, 'timeout' | 'deadline'>): Seconds | undefined {
  const least = Math.min(bound(call.timeout) ?? Infinity, bound(call.deadline) ?? Infinity);
  return least === Infinity ? undefined : least;
}

/** Whether some call on the way to this one, or behind it, is retried already. Retries belong to one layer. */
export function isRetriedElsewhere(system: System, call: Call): boolean {
  return (
    meetsRetry(system, call, callsTo(system), 'from') || //
    meetsRetry(system, call, callsFrom(system), 'to')
  );
}

/** Follows requests from one end of a call, towards the entries or away from them, until one is retried. */
function meetsRetry(system: System, call: Call, edges: ReadonlyMap<string, readonly Call[]>, onward: 'from' | 'to'): boolean {
  const seen = new Set([call[onward]]);
  for (const name of seen) {
    for (const other of edges.get(name) ?? []) {
      if (other.id === call.id || !sharesJourney(call, other)) continue;
      if (other.retry !== undefined && other.retry !== 'none') return true;
      if (!isDelivery(other, system.components.get(other.from))) seen.add(other[onward]);
    }
  }
  return false;
}

function groupBy(system: System, end: 'from' | 'to'): ReadonlyMap<string, readonly Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of system.calls) {
    if (call.role !== 'request') continue;
    const group = groups.get(call[end]);
    if (group) group.push(call);
    else groups.set(call[end], [call]);
  }
  return groups;
}

function sharesJourney(a: Call, b: Call): boolean {
  return a.journeys === undefined || a.journeys.some((journey) => isMadeBy(b, journey));
}
