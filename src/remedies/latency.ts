import type { Call } from '../model/call';
import { bound, isAsync, isDelivery, kindOf, p99ServiceTime } from '../model/defaults';
import type { Journey } from '../model/journey';
import { isUnattended } from '../model/kinds';
import { callsByCaller, isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';

/**
 * How long a component takes in 99 of 100 requests, its own work and the calls it waits for together: the sum of
 * the 99th percentiles, so an upper estimate. Undefined where some service time on the way is not written.
 */
export function p99WithCalls(system: System, component: string): Seconds | undefined {
  const byCaller = callsByCaller(system);
  const known = new Map<string, Seconds | undefined>();
  const visit = (name: string): Seconds | undefined => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined); // a ring has no bound
    const written = system.components.get(name);
    if (!written?.serviceTime) return undefined;
    const total = awaited(system, byCaller.get(name) ?? []).reduce<Seconds | undefined>((sum, call) => {
      const below = visit(call.to);
      return sum === undefined || below === undefined ? undefined : sum + below * (call.count ?? 1);
    }, p99ServiceTime(written.serviceTime));
    known.set(name, total);
    return total;
  };
  return visit(component);
}

function awaited(system: System, calls: readonly Call[]): readonly Call[] {
  return calls.filter((call) => !isAsync(call, system.components.get(call.from)));
}

/**
 * The time each component has for one request of a journey: the least of what its callers wait for it, up to the
 * journey's latency objective. Seconds; components for which nobody waits, or nothing is written, are not in it.
 */
export function deadlines(system: System, journey: Journey, byCaller = callsByCaller(system)): ReadonlyMap<string, Seconds> {
  const least = new Map<string, Seconds>();
  const waiting: string[] = [journey.entry];
  const reached = new Set(waiting);
  const entry = system.components.get(journey.entry);
  const latency = entry && isUnattended(kindOf(entry)) ? undefined : bound(journey.latency ?? system.objectives.latency);
  if (latency !== undefined) least.set(journey.entry, latency);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const seconds = least.get(name) ?? Infinity;
    for (const call of byCaller.get(name) ?? []) {
      if (!isMadeBy(call, journey.name) || isDelivery(call, system.components.get(name))) continue;
      const awaits = !isAsync(call, system.components.get(name));
      const limit = Math.min(awaits ? seconds : Infinity, callLimit(call) ?? Infinity);
      const lower = limit < (least.get(call.to) ?? Infinity);
      if (lower) least.set(call.to, limit);
      if (lower || !reached.has(call.to)) {
        reached.add(call.to);
        waiting.push(call.to);
      }
    }
  }
  return least;
}

/** What the caller of a call has for its own request: the least over the journeys that make the call. Seconds. */
export function callerDeadline(system: System, call: Call): Seconds | undefined {
  const byCaller = callsByCaller(system);
  let least = Infinity;
  for (const journey of system.journeys.values()) {
    if (isMadeBy(call, journey.name)) least = Math.min(least, deadlines(system, journey, byCaller).get(call.from) ?? Infinity);
  }
  return least === Infinity ? undefined : least;
}

/** The longest that one attempt of a call lasts: its timeout or its deadline, whichever is shorter. */
export function callLimit(call: Pick<Call, 'timeout' | 'deadline'>): Seconds | undefined {
  const least = Math.min(bound(call.timeout) ?? Infinity, bound(call.deadline) ?? Infinity);
  return least === Infinity ? undefined : least;
}

/** Whether some call on the way to this one, or behind it, is retried already. Retries belong to one layer. */
export function isRetriedElsewhere(system: System, call: Call): boolean {
  return (
    meetsRetry(system, call, groupBy(system, 'to'), 'from') || //
    meetsRetry(system, call, groupBy(system, 'from'), 'to')
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
