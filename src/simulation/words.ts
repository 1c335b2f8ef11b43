import { breakerClosesText, breakerOpensText, notListedText, type Occupied, overloadText, stuckText } from '../model/happenings';
import { type Breaker, BreakerPhase } from './breaker';
import type { Core } from './core';
import { nanoseconds } from './outcome';
import type { Visit } from './records';
import type { CallerSide, ReplicaState } from './state';

/** What the log says about a breaker at most; then it is known to flap. */
const mostLines = 12;

/**
 * Says in the log that a breaker has opened or closed. That it tries calls and opens again, as long as what it calls is gone,
 * is said once it closes.
 */
export function tellBreaker(core: Core, side: CallerSide, breaker: Breaker): void {
  if (breaker.phase === BreakerPhase.HalfOpen || (breaker.phase === BreakerPhase.Open && breaker.openings > 1)) return;
  if (side.told > mostLines) return;
  side.told++;
  const who = side.replica.component.replicas.length > 1 ? `${side.call.id} (${side.replica.label})` : side.call.id;
  const line =
    breaker.phase === BreakerPhase.Open
      ? breakerOpensText(who, breaker.rules.cooldown / nanoseconds, breaker.rules.trialCalls)
      : breakerClosesText(who, breaker.openings, (core.now - breaker.openSince) / nanoseconds);
  core.note(side.told > mostLines ? notListedText(line) : line);
}

/** A pool that is full again and again is not worth a line each time. */
const quietTime = 5 * nanoseconds;

/** Called when every slot of a replica waits for something that does not answer: says for what. */
export function tellStuck(core: Core, replica: ReplicaState): void {
  const last = replica.stuckAt;
  replica.stuckAt = core.now;
  if (core.now - last > quietTime) core.note(stuckText(occupants(core, replica)));
}

/** Called when a replica has to reject a request. */
export function tellOverload(core: Core, replica: ReplicaState): void {
  const last = replica.rejectedAt;
  replica.rejectedAt = core.now;
  if (core.now - last <= quietTime) return;
  core.note(overloadText(occupants(core, replica), replica.component.queueLimit));
}

/** What the slots of a full replica are used for. */
function occupants(core: Core, replica: ReplicaState): Occupied {
  const waits = new Map<string, Set<Visit>>();
  for (const op of core.ops.all) {
    if (!op.active || !op.visit || op.visit.replica !== replica) continue;
    const { name } = op.side.call.to;
    const visits = waits.get(name);
    if (visits) visits.add(op.visit);
    else waits.set(name, new Set([op.visit]));
  }
  const parts = [...waits].map(([name, visits]) => ({ name, count: visits.size })).sort((a, b) => b.count - a.count);
  return { replica: replica.label, slots: replica.component.slots, waits: parts };
}
