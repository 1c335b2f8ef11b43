import { hangingCalls } from '../analysis/hanging';
import { derivedNeeds, type JourneyLoad, loadsOf } from '../analysis/load';
import { type Wiring, wiringOf } from '../analysis/wiring';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { assumptions, concurrencyOf, replicaCount } from '../model/defaults';
import { isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import type { PerSecond } from '../model/units';

interface Loads {
  readonly wiring: Wiring;
  readonly journeys: readonly JourneyLoad[];
  /** The components that some call to them can hang on. */
  readonly hangTargets: ReadonlySet<string>;
}

const known = new WeakMap<System, Loads>();

function loads(system: System): Loads {
  const there = known.get(system);
  if (there) return there;
  const wiring = wiringOf(system);
  const hanging = hangingCalls(system, assumptions);
  const hangTargets = new Set(system.calls.flatMap(({ id, to }) => (hanging.has(id) ? to : [])));
  const made = { wiring, journeys: loadsOf(wiring, assumptions), hangTargets };
  known.set(system, made);
  return made;
}

/**
 * Requests per second of a caller that make a call, over the journeys whose rate is written; undefined where none is,
 * or where a ring of calls leaves it without a bound.
 */
export function callRate(system: System, call: Call): PerSecond | undefined {
  const { wiring, journeys } = loads(system);
  const from = wiring.numbers.get(call.from);
  if (from === undefined) return undefined;
  let sum = 0;
  for (const { journey, arrivals } of journeys) {
    if (journey.rate === undefined || !isMadeBy(call, journey.name)) continue;
    sum += (arrivals[from] ?? 0) * (call.share ?? 1);
  }
  return Number.isFinite(sum) && sum > 0 ? sum : undefined;
}

/** The slots that requests waiting for a call can fill. */
export interface Pool {
  readonly slots: number;
  /** Only this call's share of the caller's pool. */
  readonly bulkhead: boolean;
  /** Seconds until all of them wait, from the moment the callee stops answering; where rates are written. */
  readonly fullAfter?: number;
  /** Some journey that makes the call has no rate, so that it may be sooner. */
  readonly orSooner?: boolean;
}

/** The pool that a hanging call fills; undefined where nobody wrote how large it is, or it is unlimited. */
export function poolOf(system: System, call: Call): Pool | undefined {
  const caller = system.components.get(call.from);
  const concurrency = caller && concurrencyOf(caller);
  const own = call.bulkhead === undefined || call.bulkhead === 'none' ? undefined : call.bulkhead.concurrency;
  const fenced = own !== undefined && own < (concurrency ?? Infinity);
  const each = fenced ? own : concurrency;
  if (!caller || each === undefined || !Number.isFinite(each)) return undefined;
  const slots = each * replicaCount(caller);
  const rate = callRate(system, call);
  if (rate === undefined) return { slots, bulkhead: fenced };
  const { making } = journeysOf(system, call);
  const orSooner = [...making].some((name) => system.journeys.get(name)?.rate === undefined);
  return { slots, bulkhead: fenced, fullAfter: slots / rate, ...(orSooner ? { orSooner } : {}) };
}

/** Whether some call to a component can hang, and take its caller down, when one of its replicas does not answer. */
export function canHangOn(system: System, component: string): boolean {
  return loads(system).hangTargets.has(component);
}

/** How many replicas of a component have to be up: as written, or what the written peak load needs; at least one. */
export function neededReplicas(system: System, component: Component): number {
  const { wiring, journeys } = loads(system);
  const number = wiring.numbers.get(component.name);
  if (component.needs !== undefined || number === undefined) return Math.max(1, component.needs ?? 1);
  const changed = { ...system, components: new Map(system.components).set(component.name, component) };
  return derivedNeeds({ ...wiring, system: changed }, journeys, number) ?? 1;
}

/** The journeys that pass a call's caller, and those of them that make the call, each followed from its entry. */
export function journeysOf(system: System, call: Call): { readonly passing: ReadonlySet<string>; readonly making: ReadonlySet<string> } {
  const { wiring, journeys } = loads(system);
  const from = wiring.numbers.get(call.from) ?? -1;
  const passing = journeys.filter(({ journey, calls }) => journey.entry === call.from || (calls[from]?.length ?? 0) > 0);
  const making = passing.filter(({ calls }) => calls[from]?.some((wire) => wire.call.id === call.id));
  const names = (list: readonly JourneyLoad[]) => new Set(list.map(({ journey }) => journey.name));
  return { passing: names(passing), making: names(making) };
}
