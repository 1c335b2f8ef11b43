import { backText, believedText, failoverText, overloadCrashText } from '../model/happenings';
import { type Core, type Partition, Planned, plannedId } from './core';
import { discard, hang, isSeparated } from './hanging';
import { cancel } from './operations';
import { Cause, nanoseconds } from './outcome';
import { type Visit, VisitState } from './records';
import { feed, liveReplicas, occupy } from './serving';
import { type ComponentState, Mode, type ReplicaState } from './state';
import { end } from './visits';

/** Stops a replica: it hangs (what it does and what comes in is never answered), or refuses and fails what it does. */
export function takeDown(core: Core, replica: ReplicaState, mode: Mode.Hanging | Mode.Refusing): void {
  if (replica.mode === mode) return;
  const wasUp = replica.mode === Mode.Up;
  replica.mode = mode;
  if (!wasUp) {
    if (mode === Mode.Refusing) failHung(core, (visit) => visit.replica === replica);
    return;
  }
  replica.outages++;
  for (const op of core.ops.all) if (op.active && op.side.replica === replica) cancel(core, op);
  const inside = core.visits.all.filter((visit) => visit.replica === replica && isInside(visit));
  empty(core, replica, inside);
  for (const visit of inside) {
    if (mode === Mode.Refusing) {
      visit.cause = Cause.Error;
      end(core, visit);
    } else if (visit.op || visit.request) hang(core, visit);
    else discard(core, visit);
  }
  forgetPolicies(core, replica);
  notice(core, replica);
}

function isInside({ state }: Visit): boolean {
  return state === VisitState.Queued || state === VisitState.Working || state === VisitState.Calling;
}

/** Takes everything off a replica: slots, queue, planned work. */
function empty(core: Core, replica: ReplicaState, inside: readonly Visit[]): void {
  const { component } = replica;
  for (const visit of inside) {
    core.calendar.remove(plannedId(Planned.Work, visit.id));
    visit.next = undefined;
  }
  component.open -= inside.length;
  component.queued -= replica.queued;
  replica.queued = 0;
  replica.head = undefined;
  replica.tail = undefined;
  replica.waiting = 0;
  occupy(core, replica, -replica.busy);
}

/** A process that starts again knows nothing of its breakers and budgets. */
function forgetPolicies(core: Core, replica: ReplicaState): void {
  for (const call of core.calls) {
    if (call.from !== replica.component) continue;
    const side = call.sides[replica.index];
    side?.breaker?.reset();
    if (side) side.tokens = call.rules.retry.budget?.capacity ?? 0;
  }
}

/** Brings a replica back, empty. Every call that hangs there ends as an error. */
export function bringUp(core: Core, replica: ReplicaState): void {
  if (replica.mode === Mode.Up) return;
  replica.mode = Mode.Up;
  const { component } = replica;
  failHung(core, (visit) => visit.replica === replica);
  if (!replica.believed) believeAfter(core, replica, component.recognition, true);
  if (component.primary >= 0 && component.replicas[component.primary]?.mode !== Mode.Up) planFailover(core, component, component.failover);
  wake(core, component);
}

/** Has consumers take messages again. */
function wake(core: Core, component: ComponentState): void {
  if (component.feeds.length > 0) feed(core, component);
  if (!component.isQueue) return;
  for (const other of core.components) if (other.feeds.some((entry) => entry.queue === component)) feed(core, other);
}

function failHung(core: Core, concerns: (visit: Visit) => boolean): void {
  const hung = core.visits.all.filter((visit) => visit.state === VisitState.Hung && concerns(visit));
  for (const visit of hung) {
    if (visit.state !== VisitState.Hung || (visit.op && isSeparated(core, visit.op.side.replica, visit.replica))) continue;
    visit.cause = Cause.Error;
    end(core, visit);
  }
}

/** The replicas of the two sides do not reach each other; what is under way between them is never answered. */
export function separate(core: Core, partition: Partition): void {
  core.partitions.push(partition);
}

/** Ends the partitions that touch one of these replicas. Returns how many. */
export function reconnect(core: Core, replicas: ReadonlySet<ReplicaState>): number {
  const kept = core.partitions.filter(({ left, right }) => !touches(left, replicas) && !touches(right, replicas));
  const ended = core.partitions.length - kept.length;
  if (ended === 0) return 0;
  core.partitions.length = 0;
  core.partitions.push(...kept);
  failHung(core, (visit) => visit.replica.mode !== Mode.Hanging);
  return ended;
}

function touches(side: ReadonlySet<ReplicaState>, replicas: ReadonlySet<ReplicaState>): boolean {
  for (const replica of replicas) if (side.has(replica)) return true;
  return false;
}

/** The health check finds out in its time; a stateful component then switches over. */
function notice(core: Core, replica: ReplicaState): void {
  const { component } = replica;
  const detection = component.detection;
  if (!Number.isNaN(detection)) believeAfter(core, replica, detection, false);
  if (component.replicas[component.primary] === replica) {
    planFailover(core, component, component.failover + (Number.isNaN(detection) ? 0 : detection));
  }
}

function believeAfter(core: Core, replica: ReplicaState, delay: number, healthy: boolean): void {
  const { outages } = replica;
  core.plan(core.now + delay, () => {
    if (replica.outages !== outages || (replica.mode === Mode.Up) !== healthy || replica.believed === healthy) return;
    replica.believed = healthy;
    arrange(replica.component);
    wake(core, replica.component);
    if (replica.component.primary < 0) core.note(believedText(replica.label, healthy));
  });
}

/** Who gets requests: the primary; or those believed healthy; or, when there is none, all. */
export function arrange(component: ComponentState): void {
  const { replicas, primary } = component;
  if (primary >= 0) component.rota = replicas.slice(primary, primary + 1);
  else {
    const believed = replicas.filter((replica) => replica.believed);
    component.rota = believed.length > 0 ? believed : [...replicas];
  }
}

function planFailover(core: Core, component: ComponentState, delay: number): void {
  const old = component.replicas[component.primary];
  if (Number.isNaN(delay) || !old) return;
  const { outages } = old;
  core.plan(core.now + delay, () => {
    if (component.replicas[component.primary] !== old || old.mode === Mode.Up || old.outages !== outages) return;
    const next = component.replicas.findIndex((replica) => replica.mode === Mode.Up);
    if (next < 0 || liveReplicas(component) < component.quorum) return;
    component.primary = next;
    arrange(component);
    core.note(failoverText(component.name, component.replicas[next]?.label ?? ''));
  });
}

/** An overloaded replica dies and comes back after its start-up, into whatever load is waiting then. */
export function crashOverloaded(core: Core, replica: ReplicaState): void {
  if (replica.mode !== Mode.Up) return;
  const { startup } = replica.component;
  core.note(overloadCrashText(replica.label, startup / nanoseconds));
  takeDown(core, replica, Mode.Refusing);
  const { outages } = replica;
  core.plan(core.now + startup, () => {
    if (replica.outages !== outages || replica.mode !== Mode.Refusing) return;
    core.note(backText(replica.label));
    bringUp(core, replica);
  });
}
