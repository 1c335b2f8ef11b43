import { type Core, Planned, plannedId } from '../../src/simulation/core';
import { isHanging } from '../../src/simulation/hanging';
import { type Op, type Visit, VisitState } from '../../src/simulation/records';
import { Mode, type ReplicaState } from '../../src/simulation/state';

/** Counts everything again, from the records themselves, and says what does not agree with the engine's books. */
export function audit(core: Core): string[] {
  const wrong: string[] = [];
  const equal = (what: string, booked: number, counted: number) => {
    if (booked !== counted) wrong.push(`at ${core.now}: ${what}: ${booked} booked, ${counted} counted`);
  };
  const most = (what: string, value: number, limit: number) => {
    if (value > limit) wrong.push(`at ${core.now}: ${what}: ${value} is more than ${limit}`);
  };
  const ops = core.ops.all.filter((op) => op.active);
  const visits = core.visits.all.filter((visit) => visit.state !== VisitState.Free);
  const callsOf = new Map<Visit, Op[]>();
  for (const op of ops) if (op.visit) callsOf.set(op.visit, [...(callsOf.get(op.visit) ?? []), op]);
  const inside = new Map<ReplicaState, Visit[]>();
  for (const visit of visits) inside.set(visit.replica, [...(inside.get(visit.replica) ?? []), visit]);

  for (const component of core.components) {
    const sums = { busy: 0, hanging: 0, queued: 0, open: 0 };
    for (const replica of component.replicas) {
      const here = inside.get(replica) ?? [];
      const count = (test: (visit: Visit) => boolean) => here.filter(test).length;
      const hasSlot = ({ state }: Visit) => state === VisitState.Working || state === VisitState.Calling;
      const { label } = replica;
      equal(`${label} busy`, replica.busy, count(hasSlot));
      equal(
        `${label} queued`,
        replica.queued,
        count(({ state }) => state === VisitState.Queued),
      );
      equal(
        `${label} waiting`,
        replica.waiting,
        count(({ state, pending }) => state === VisitState.Calling && pending > 0),
      );
      equal(
        `${label} hanging`,
        replica.hanging,
        count((visit) => hasSlot(visit) && visit.hangs > 0),
      );
      most(`${label} slots`, replica.busy, component.slots);
      most(`${label} queue`, replica.queued, component.queueLimit);
      if (replica.mode !== Mode.Up) equal(`${label} is down, busy`, replica.busy + replica.queued, 0);
      let linked = 0;
      for (let visit = replica.head; visit; visit = visit.next) linked++;
      equal(`${label} list`, replica.queued, linked);
      sums.busy += replica.busy;
      sums.hanging += replica.hanging;
      sums.queued += replica.queued;
      sums.open += replica.busy + replica.queued;
    }
    for (const key of ['busy', 'hanging', 'queued', 'open'] as const) equal(`${component.name} ${key}`, component[key], sums[key]);
  }
  for (const visit of visits) {
    const calls = callsOf.get(visit) ?? [];
    equal(`visit ${visit.id} pending`, visit.pending, calls.length);
    equal(`visit ${visit.id} hangs`, visit.hangs, calls.filter((op) => op.callee && isHanging(op.callee)).length);
    if (visit.op) equal(`visit ${visit.id} is the callee of its caller`, visit.op.callee === visit ? 1 : 0, 1);
    if (visit.state === VisitState.Hung && !visit.op && !visit.request) wrong.push(`visit ${visit.id} hangs for nobody`);
  }
  for (const op of ops) {
    const waits = core.calendar.has(plannedId(Planned.Retry, op.id));
    equal(`call ${op.id} either runs or waits`, (op.callee ? 1 : 0) + (waits ? 1 : 0), 1);
    most(`call ${op.id} attempts`, op.attempt, op.side.call.rules.retry.attempts);
  }
  for (const call of core.calls) {
    const here = ops.filter((op) => op.side.call === call);
    equal(`${call.id} in flight`, call.inFlight, here.length);
    for (const key of ['attempts', 'retries', 'failed'] as const) {
      equal(
        `${call.id} ${key} by replica`,
        call[key],
        call.sides.reduce((sum, side) => sum + side[key], 0),
      );
    }
    equal(`${call.id} requests`, call.requests, call.succeeded + call.failed + call.inFlight);
    for (const side of call.sides) {
      equal(`${call.id} held`, side.held, here.filter((op) => op.side === side && op.holds).length);
      most(`${call.id} bulkhead`, side.held, call.rules.bulkhead);
      if (side.tokens < -1e-9) wrong.push(`${call.id} has spent more than its budget`);
    }
  }
  for (const journey of core.journeys) {
    const { series, name } = journey;
    const ended = journey.ended.reduce((sum, count) => sum + count, 0);
    equal(`${name} offered`, journey.offered, ended + journey.inFlight);
    const open = core.requests.all.filter((r) => r.active && r.journey === journey && !r.isLate && !r.isWaiting).length;
    equal(`${name} in flight`, journey.inFlight, open);
    let offered = 0;
    let endedInSeries = 0;
    for (let bucket = 0; bucket < series.length; bucket++) {
      offered += series.offeredAt(bucket);
      for (let column = 0; column < journey.ended.length; column++) endedInSeries += series.endedAt(bucket, column);
    }
    equal(`${name} offered in series`, offered, journey.offered);
    equal(`${name} ended in series`, endedInSeries, ended);
  }
  for (const queue of core.components.filter(({ isQueue }) => isQueue)) {
    const feeds = core.components.flatMap(({ feeds }) => feeds).filter((feed) => feed.queue === queue);
    equal(
      `${queue.name} backlog`,
      queue.backlog,
      feeds.reduce((sum, { length }) => sum + length, 0),
    );
  }
  return wrong;
}
