import { countText, secondsText } from '../model/words';
import { type Breaker, BreakerPhase } from './breaker';
import type { Core } from './core';
import { nanoseconds } from './outcome';
import type { Visit } from './records';
import type { CallerSide, ReplicaState } from './state';

/** What the log says about a breaker at most; then it is known to flap. */
const mostLines = 12;

/** Says in the log what a breaker has just done. */
export function tellBreaker(core: Core, side: CallerSide, breaker: Breaker): void {
  if (side.told > mostLines) return;
  side.told++;
  const who = side.replica.component.replicas.length > 1 ? `${side.call.id} (${side.replica.label})` : side.call.id;
  const rest = side.told > mostLines ? ' What it does from here on is not listed.' : '';
  core.note(`${who}: ${phaseText(breaker)}.${rest}`);
}

function phaseText(breaker: Breaker): string {
  switch (breaker.phase) {
    case BreakerPhase.Closed:
      return 'the breaker closes, calls go through again';
    case BreakerPhase.HalfOpen: {
      const { trialCalls } = breaker.rules;
      return `the breaker is half-open and tries ${countText(trialCalls, '1 call', `${trialCalls} calls`)}`;
    }
    case BreakerPhase.Open:
      return `the breaker opens for ${secondsText(breaker.rules.cooldown / nanoseconds)}`;
  }
}

/** A pool that is full again and again is not worth a line each time. */
const quietTime = 5 * nanoseconds;

/** Called when every slot of a replica waits for something that does not answer: says for what. */
export function tellStuck(core: Core, replica: ReplicaState): void {
  const last = replica.stuckAt;
  replica.stuckAt = core.now;
  if (core.now - last > quietTime) core.note(`${replica.label}: ${occupants(core, replica)}.`);
}

/** Called when a replica has to reject a request. */
export function tellOverload(core: Core, replica: ReplicaState): void {
  const last = replica.rejectedAt;
  replica.rejectedAt = core.now;
  if (core.now - last <= quietTime) return;
  const { queueLimit } = replica.component;
  const queue = queueLimit > 0 ? `, the queue of ${queueLimit} is full` : '';
  core.note(`${replica.label}: ${occupants(core, replica)}${queue}; requests are rejected.`);
}

/** What the slots of a full replica are used for: `8 of 8 threads wait for payment`. */
function occupants(core: Core, replica: ReplicaState): string {
  const { slots } = replica.component;
  const waits = new Map<string, Set<Visit>>();
  for (const op of core.ops.all) {
    if (!op.active || !op.visit || op.visit.replica !== replica) continue;
    const { name } = op.side.call.to;
    const visits = waits.get(name);
    if (visits) visits.add(op.visit);
    else waits.set(name, new Set([op.visit]));
  }
  const parts = [...waits].map(([name, visits]) => ({ name, count: visits.size })).sort((a, b) => b.count - a.count);
  const [first, ...rest] = parts;
  if (!first) return `${slots} of ${slots} threads are busy`;
  const others = rest.slice(0, 2).map(({ name, count }) => `, ${count} for ${name}`);
  return `${first.count} of ${slots} threads wait for ${first.name}${others.join('')}`;
}
