import type { Call } from '../../model/call';
import { assumptionsOf, concurrencyOf, servingReplicas } from '../../model/defaults';
import { isMadeBy } from '../../model/paths';
import type { System } from '../../model/system';
import type { PerSecond, Seconds } from '../../model/units';
import { worstCaseTime } from '../../remedies/retries';
import { type Wiring, wiringOf } from '../structure/wiring';
import { type Loads, loadsOf, type Visit, visitsOf } from './load';

/** A system's wiring and what its journeys bring to it, by its assumptions. */
export interface WiredLoads {
  readonly wiring: Wiring;
  readonly loads: Loads;
}

/** Computed once for a system: systems never change. */
export function wiredLoads(system: System): WiredLoads {
  const wiring = wiringOf(system);
  return { wiring, loads: loadsOf(wiring, assumptionsOf(system)) };
}

function visitsOfCaller({ wiring, loads }: WiredLoads, call: Call): readonly Visit[] {
  const from = wiring.numbers.get(call.from);
  return from === undefined ? [] : visitsOf(loads, from);
}

/** Journeys of one route make the same calls. */
function makes({ route }: Visit, call: Call): boolean {
  return isMadeBy(call, route.journeys[0]?.name ?? '');
}

/**
 * Requests per second of a caller that make a call, over the journeys whose rate is written; undefined where none is,
 * or where a ring of calls leaves it without a bound.
 */
export function callRate(system: System, call: Call, within = wiredLoads(system)): PerSecond | undefined {
  return rateOver(visitsOfCaller(within, call), call);
}

function rateOver(visits: readonly Visit[], call: Call): PerSecond | undefined {
  let sum = 0;
  for (const visit of visits) {
    const { route, at } = visit;
    if (route.rate === undefined || !makes(visit, call)) continue;
    sum += route.rate * (route.visits[at] as number) * (call.share ?? 1);
  }
  return Number.isFinite(sum) && sum > 0 ? sum : undefined;
}

/** The slots that requests waiting for a call can fill. */
export interface Pool {
  readonly slots: number;
  /** Only this call's share of the caller's pool. */
  readonly bulkhead: boolean;
  /** Seconds until all of them wait, from the moment the callee stops answering; where rates are written. */
  readonly fullAfter?: Seconds;
  /** Some journey that makes the call has no rate, so that it may be sooner. */
  readonly orSooner?: boolean;
  /**
   * How many slots would wait for the callee, were there enough: calls per second × the longest that one of them waits
   * (Little's law). `Infinity` when nothing ends the wait. Where rates are written.
   */
  readonly holding?: number;
  /** Those are all of the slots, or more. */
  readonly exhausts?: boolean;
}

/** The pool that a hanging call fills; undefined where nobody wrote how large it is, or it is unlimited. */
export function poolOf(system: System, call: Call, within = wiredLoads(system)): Pool | undefined {
  const caller = system.components.get(call.from);
  const concurrency = caller && concurrencyOf(caller);
  const own = call.bulkhead === undefined || call.bulkhead === 'none' ? undefined : call.bulkhead.concurrency;
  const fenced = own !== undefined && own < (concurrency ?? Infinity);
  const each = fenced ? own : concurrency;
  if (!caller || each === undefined || !Number.isFinite(each)) return undefined;
  const slots = each * servingReplicas(caller);
  const visits = visitsOfCaller(within, call);
  const rate = rateOver(visits, call);
  if (rate === undefined) return { slots, bulkhead: fenced };
  const orSooner = visits.some((visit) => visit.route.unrated && makes(visit, call));
  const times = call.count ?? 1;
  const holding = times === 0 ? 0 : rate * times * worstCaseTime(call);
  const filled = Number.isNaN(holding) ? {} : { holding, exhausts: holding >= slots * (1 - 1e-12) };
  return { slots, bulkhead: fenced, fullAfter: slots / rate, ...(orSooner ? { orSooner } : {}), ...filled };
}

/** The journeys that pass a call's caller, and those of them that make the call, each followed from its entry. */
export function journeysOf(system: System, call: Call): { readonly passing: ReadonlySet<string>; readonly making: ReadonlySet<string> } {
  const visits = visitsOfCaller(wiredLoads(system), call);
  const names = (list: readonly Visit[]) => new Set(list.flatMap(({ route }) => route.journeys.map(({ name }) => name)));
  return { passing: names(visits), making: names(visits.filter((visit) => makes(visit, call))) };
}
