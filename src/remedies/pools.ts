import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { concurrencyOf, isAsync, isDelivery, meanServiceTime, servingReplicas } from '../model/defaults';
import type { Journey } from '../model/journey';
import { isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import type { PerSecond, Seconds } from '../model/units';
import { callsFrom, callsTo, deepest } from './latency';
import { worstCaseTime } from './retries';

/**
 * Whether the requests that wait for a call fill the caller's pool while the callee hangs: calls a second × the longest
 * that one of them waits, against concurrency × replicas (Little's law). False where the pool or the rates are not written.
 */
export function waitingFillsPool(system: System, call: Call): boolean {
  const caller = system.components.get(call.from);
  const slots = caller && concurrencyOf(caller);
  if (!caller || slots === undefined) return false;
  const each = typeof call.bulkhead === 'object' ? Math.min(call.bulkhead.concurrency, slots) : slots;
  if (each < slots) return false;
  let rate = 0;
  for (const journey of system.journeys.values()) {
    if (journey.rate === undefined || !isMadeBy(call, journey.name)) continue;
    rate += journey.rate * visits(system, journey, () => 1)(call.from);
  }
  const waiting = rate * (call.share ?? 1) * (call.count ?? 1) * worstCaseTime(call);
  return waiting >= slots * servingReplicas(caller);
}

/** What the journeys bring to a component at the peak. */
export interface PeakLoad {
  readonly arrivals: PerSecond;
  /** Slots in use on average, arrivals × holding time (Little's law); undefined where a service time is not written. */
  readonly busy: number | undefined;
}

/**
 * The peak load of each component, with retries. Undefined where a journey that passes it has no rate.
 *
 * @param repeated how often a call is made for once
 */
export function peakLoads(system: System, repeated: (call: Call) => number): (component: string) => PeakLoad | undefined {
  const journeys = [...system.journeys.values()].map((journey) => ({
    rate: journey.rate,
    visits: visits(system, journey, repeated),
    holding: meanHolding(system, journey),
  }));
  return (component) => {
    let arrivals = 0;
    let busy: number | undefined = 0;
    for (const journey of journeys) {
      const times = journey.visits(component);
      if (times === 0) continue;
      if (journey.rate === undefined) return undefined;
      const holding = journey.holding(component);
      arrivals += journey.rate * times;
      busy = busy === undefined || holding === undefined ? undefined : busy + journey.rate * times * holding;
    }
    return { arrivals, busy };
  };
}

/** Slots that share a component's load; undefined where nothing is written. */
export function servingSlots(component: Component): number | undefined {
  const each = concurrencyOf(component);
  return each === undefined ? undefined : each * servingReplicas(component);
}

/** Mean seconds that a request holds a slot, with the calls it waits for; undefined where some time is not written. */
function meanHolding(system: System, journey: Journey): (component: string) => Seconds | undefined {
  const known = new Map<string, Seconds | undefined>();
  const holding = (name: string, depth: number): Seconds | undefined => {
    if (known.has(name)) return known.get(name);
    if (depth > deepest) return undefined;
    known.set(name, 0); // what comes round in a ring counts once
    const component = system.components.get(name);
    let sum = component?.serviceTime && meanServiceTime(component.serviceTime);
    for (const call of callsFrom(system).get(name) ?? []) {
      if (!isMadeBy(call, journey.name) || isAsync(call, component)) continue;
      const below = holding(call.to, depth + 1);
      sum = sum === undefined || below === undefined ? undefined : sum + below * (call.share ?? 1) * (call.count ?? 1);
    }
    known.set(name, sum);
    return sum;
  };
  return (component) => holding(component, 0);
}

/**
 * How often one request of a journey comes to a component, over all ways; a way that goes round in a ring counts once.
 *
 * @param repeated how often a call is made for once
 */
function visits(system: System, { name: journey, entry }: Journey, repeated: (call: Call) => number): (component: string) => number {
  const known = new Map<string, number>();
  const visit = (name: string, depth: number): number => {
    const found = known.get(name);
    if (found !== undefined || depth > deepest) return found ?? 0;
    known.set(name, 0);
    let sum = name === entry ? 1 : 0;
    for (const call of callsTo(system).get(name) ?? []) {
      if (!isMadeBy(call, journey) || isDelivery(call, system.components.get(call.from))) continue;
      const times = visit(call.from, depth + 1) * (call.share ?? 1) * (call.count ?? 1);
      if (times > 0) sum += times * repeated(call);
    }
    known.set(name, sum);
    return sum;
  };
  return (component) => visit(component, 0);
}
