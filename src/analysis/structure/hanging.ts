import { type Assumptions, bound, concurrencyOf, maxAttempts, servingReplicas } from '../../model/defaults';
import { perPair } from '../../model/perSystem';
import type { System } from '../../model/system';
import { worstCaseTime } from '../../remedies/retries';
import { busySlots, decidingLoads, type Loads } from '../load/load';
import { type Wire, type Wiring, wiringOf } from './wiring';

/**
 * Why a call can take its caller down when its callee does not answer: nothing ends the wait, or all callers that
 * wait until their timeouts fill the caller's pool.
 */
export type HangReason = 'waits forever' | 'fills the pool';

/** The calls of a system that can hang, by id, with the reason. */
export function hangingCalls(system: System, given: Assumptions): ReadonlyMap<string, HangReason> {
  const wiring = wiringOf(system);
  const all = hangReasons(wiring, given);
  const reasons = new Map<string, HangReason>();
  let number = 0;
  for (const wires of wiring.from) {
    for (const { call } of wires) {
      const reason = all[number++];
      if (reason !== undefined) reasons.set(call.id, reason);
    }
  }
  return reasons;
}

/** Whether and why each call can hang, by its number over all callers. Computed once for a wiring and what is assumed. */
export const hangReasons: (wiring: Wiring, given: Assumptions) => readonly (HangReason | undefined)[] = perPair((wiring, given) => {
  const loads = decidingLoads(wiring, given);
  return wiring.from.flatMap((wires) => wires.map((wire) => hangReason(wire, wiring, loads)));
});

export function hangReason(wire: Wire, wiring: Wiring, loads: Loads): HangReason | undefined {
  if (!wire.awaited) return undefined;
  const { call } = wire;
  const caller = wiring.system.components.get(call.from);
  if (caller === undefined) return undefined;
  const concurrency = concurrencyOf(caller);
  const { bulkhead } = call;
  const fenced = bulkhead !== undefined && bulkhead !== 'none' && (concurrency === undefined || bulkhead.concurrency < concurrency);
  if (fenced) return undefined;

  const deadline = bound(call.deadline);
  if (deadline === undefined && (bound(call.timeout) === undefined || maxAttempts(call) === Infinity)) return 'waits forever';
  const breaker = call.circuitBreaker !== undefined && call.circuitBreaker !== 'none';
  if (breaker || concurrency === undefined || concurrency === Infinity) return undefined;
  const busy = busySlots(loads, wire.from, wire.to, (other) => worstCaseTime(other.call));
  const pool = concurrency * servingReplicas(caller);
  return busy !== undefined && busy >= pool * (1 - 1e-12) ? 'fills the pool' : undefined;
}
