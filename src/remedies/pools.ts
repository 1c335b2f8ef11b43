import type { Call } from '../model/call';
import { concurrencyOf, isDelivery, replicaCount } from '../model/defaults';
import { isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import { callsTo } from './latency';
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
    rate += journey.rate * visits(system, call.from, journey.name, journey.entry, new Map());
  }
  const waiting = rate * (call.share ?? 1) * (call.count ?? 1) * worstCaseTime(call);
  return waiting >= slots * replicaCount(caller);
}

/** How often one request of a journey comes to a component, over all ways; a way that goes round in a ring counts once. */
function visits(system: System, name: string, journey: string, entry: string, known: Map<string, number>): number {
  const found = known.get(name);
  if (found !== undefined) return found;
  known.set(name, 0);
  let sum = name === entry ? 1 : 0;
  for (const call of callsTo(system).get(name) ?? []) {
    if (!isMadeBy(call, journey) || isDelivery(call, system.components.get(call.from))) continue;
    sum += visits(system, call.from, journey, entry, known) * (call.share ?? 1) * (call.count ?? 1);
  }
  known.set(name, sum);
  return sum;
}
