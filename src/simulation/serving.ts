import { type Core, Planned, plannedId } from './core';
import { exp } from './math';
import { normalQuantile } from './normal';
import { type Visit, VisitState } from './records';
import { type ComponentState, Mode, type ReplicaState, Times } from './state';
import { tellOverload, tellStuck } from './words';

/** What becomes of a request at the moment it arrives at a component. */
export enum Arrival {
  /** It has a slot or waits in the queue. */
  Taken,
  /** Nobody answers. */
  Hanging,
  Rejected,
  Refused,
}

/** Brings a request to a replica of its component. */
export function arrive(core: Core, visit: Visit, replica: ReplicaState): Arrival {
  const { component } = replica;
  visit.replica = replica;
  component.arrivals++;
  if (replica.mode !== Mode.Up) return replica.mode === Mode.Hanging ? Arrival.Hanging : Arrival.Refused;
  if (component.primary >= 0 && component.quorum > 1 && liveReplicas(component) < component.quorum) return Arrival.Refused;
  if (component.open >= component.connections || !isWithinQuota(core, component)) return Arrival.Rejected;
  if (component.isQueue && component.backlog >= component.backlogLimit) return Arrival.Rejected;
  if (replica.busy < component.slots) {
    component.open++;
    occupy(core, replica, 1);
    work(core, visit, replica);
    return Arrival.Taken;
  }
  if (replica.queued < component.queueLimit) {
    component.open++;
    enqueue(visit, replica);
    return Arrival.Taken;
  }
  tellOverload(core, replica);
  if (component.crashes) core.crashing.push(replica);
  return Arrival.Rejected;
}

/** Who gets the next request: the replicas believed healthy in turn, or all when none is. */
export function nextInTurn(component: ComponentState): ReplicaState {
  const { rota } = component;
  let { turn } = component;
  if (turn >= rota.length) turn = 0;
  component.turn = turn + 1;
  return rota[turn] as ReplicaState;
}

/** A replica that gets requests and has a free slot, in turn; undefined when all are full or none is up. */
export function withFreeSlot(component: ComponentState): ReplicaState | undefined {
  const { rota, slots } = component;
  for (let tried = 0; tried < rota.length; tried++) {
    const replica = nextInTurn(component);
    if (replica.mode === Mode.Up && replica.believed && replica.busy < slots && replica.queued === 0) return replica;
  }
  return undefined;
}

export function liveReplicas(component: ComponentState): number {
  let live = 0;
  for (const replica of component.replicas) if (replica.mode === Mode.Up) live++;
  return live;
}

function isWithinQuota(core: Core, component: ComponentState): boolean {
  const { quota } = component;
  if (quota === Number.POSITIVE_INFINITY) return true;
  const most = Math.max(quota, 1);
  const refilled = component.quotaLeft + (core.now - component.quotaAt) * 1e-9 * quota;
  component.quotaLeft = Math.min(refilled, most);
  component.quotaAt = core.now;
  if (component.quotaLeft < 1) return false;
  component.quotaLeft -= 1;
  return true;
}

/** Starts the own work of a request that has a slot. */
function work(core: Core, visit: Visit, replica: ReplicaState): void {
  visit.state = VisitState.Working;
  const time = workTime(replica);
  if (time > 0) core.calendar.push(core.now + time, plannedId(Planned.Work, visit.id));
  else core.goOn(visit);
}

/** Frees the slot of a request that has ended and starts the next one that waits. */
export function leave(core: Core, replica: ReplicaState): void {
  const { component } = replica;
  component.open--;
  const next = replica.head;
  if (next) {
    replica.head = next.next;
    if (!replica.head) replica.tail = undefined;
    next.next = undefined;
    replica.queued--;
    component.queued--;
    work(core, next, replica);
    return;
  }
  occupy(core, replica, -1);
  if (component.feeds.length > 0) feed(core, component);
}

/** Has the consumer take messages as soon as what happens at this instant is done. */
export function feed(core: Core, consumer: ComponentState): void {
  if (consumer.isHungry) return;
  consumer.isHungry = true;
  core.hungry.push(consumer);
}

function enqueue(visit: Visit, replica: ReplicaState): void {
  const { component } = replica;
  visit.state = VisitState.Queued;
  if (replica.tail) replica.tail.next = visit;
  else replica.head = visit;
  replica.tail = visit;
  replica.queued++;
  component.queued++;
  noteQueue(component);
}

/** Called when a queue has grown. */
export function noteQueue(component: ComponentState): void {
  const length = component.queued + component.backlog;
  if (length > component.queueMax) component.queueMax = length;
  for (const watch of component.queueWatches) if (watch.active && length > watch.largest) watch.largest = length;
}

/** Counts slots taken or freed. */
export function occupy(core: Core, replica: ReplicaState, change: number): void {
  const { component } = replica;
  component.busyArea += component.busy * (core.now - component.busySince);
  component.busySince = core.now;
  replica.busy += change;
  component.busy += change;
  if (component.busy > component.busyMax) component.busyMax = component.busy;
}

/** How long this replica works on its next request, in whole nanoseconds. */
function workTime(replica: ReplicaState): number {
  const { component } = replica;
  let time = component.timeScale;
  if (component.times === Times.Exponential) time *= component.service.exponential();
  else if (component.times === Times.LogNormal) time *= exp(component.sigma * normalQuantile(component.service.uniform()));
  return Math.floor(time * replica.slowFactor + replica.slowAdd + 0.5);
}

/** Slot-nanoseconds used so far. */
export function busyAreaOf(core: Core, component: ComponentState): number {
  return component.busyArea + component.busy * (core.now - component.busySince);
}

/** Marks one more of a replica's slots as hanging, or one less. */
export function countHanging(core: Core, replica: ReplicaState, change: number): void {
  const { component } = replica;
  replica.hanging += change;
  component.hanging += change;
  if (component.hanging > component.hangingMax) component.hangingMax = component.hanging;
  if (change > 0 && replica.hanging === component.slots) tellStuck(core, replica);
}
