import type { Core } from './core';
import { dropEffect } from './effects';
import { type Op, type Visit, VisitState } from './records';
import { countHanging } from './serving';
import type { ReplicaState } from './state';

/** Whether a request waits, through whatever it calls, for something that does not answer. */
export function isHanging(visit: Visit): boolean {
  return visit.state === VisitState.Hung || visit.hangs > 0;
}

/** From now on nobody answers this request; so hang those who wait for it. */
export function hang(core: Core, visit: Visit): void {
  visit.state = VisitState.Hung;
  spread(core, visit);
}

/** Tells the callers, up to the entry, that what they wait for hangs. */
function spread(core: Core, visit: Visit): void {
  for (let caller = visit.op?.visit; caller; caller = caller.op?.visit) {
    caller.hangs++;
    if (caller.hangs > 1) return;
    countHanging(core, caller.replica, 1);
  }
}

/** The opposite: called before a hanging request and its call part. */
export function release(core: Core, visit: Visit): void {
  for (let caller = visit.op?.visit; caller; caller = caller.op?.visit) {
    caller.hangs--;
    if (caller.hangs > 0) return;
    countHanging(core, caller.replica, -1);
  }
}

/** Parts a call and the request at the callee that it waits for. What hangs is forgotten; work goes on unheard. */
export function abandon(core: Core, op: Op): void {
  const visit = op.callee;
  if (!visit) return;
  if (isHanging(visit)) release(core, visit);
  op.callee = undefined;
  visit.op = undefined;
  if (visit.state === VisitState.Hung) discard(core, visit);
  else op.side.call.abandoned++;
}

export function discard(core: Core, visit: Visit): void {
  const { effects } = visit;
  visit.effects = undefined;
  if (effects) dropEffect(core, effects);
  core.freeVisit(visit);
}

/** Whether a partition lies between two replicas. */
export function isSeparated(core: Core, from: ReplicaState, to: ReplicaState): boolean {
  for (const { left, right } of core.partitions) {
    if ((left.has(from) && right.has(to)) || (right.has(from) && left.has(to))) return true;
  }
  return false;
}
