import type { Component } from '../model/component';
import {
  assumptions,
  concurrencyOf,
  detectionTime,
  failoverOf,
  isManaged,
  kindOf,
  replicaCount,
  replicaZones,
  serviceTimeOf,
} from '../model/defaults';
import { isStateful } from '../model/kinds';
import type { System } from '../model/system';
import { log } from './math';
import { normalQuantile } from './normal';
import { arrange } from './outages';
import { toNanoseconds } from './outcome';
import { Stream } from './random';
import { ComponentState, ReplicaState, Times } from './state';

/** More would be a slip of the keyboard, and cannot be simulated or drawn. */
export const mostReplicas = 20_000;

/** A component as the engine knows it, with all its replicas up. */
export function componentState(system: System, component: Component, index: number, seed: number): ComponentState {
  const { name } = component;
  const state = new ComponentState(name, index, new Stream(seed, `service ${name}`), new Stream(seed, `errors ${name}`));
  setTimes(state, component);
  const kind = kindOf(component);
  state.isQueue = kind === 'queue';
  state.errorRate = component.errorRate ?? 0;
  state.slots = concurrencyOf(component) ?? (isBoundless(component) ? Number.POSITIVE_INFINITY : assumptions.concurrency);
  // What `queue` limits at a queue are the messages that it keeps.
  if (state.isQueue) state.backlogLimit = component.queue ?? Number.POSITIVE_INFINITY;
  else state.queueLimit = component.queue ?? 0;
  state.crashes = component.onOverload === 'crash';
  state.startup = toNanoseconds(component.startup ?? assumptions.startup);
  state.connections = component.connections ?? Number.POSITIVE_INFINITY;
  state.quota = component.quota ?? Number.POSITIVE_INFINITY;
  state.quotaLeft = Math.max(1, Math.min(state.quota, Number.MAX_SAFE_INTEGER));
  state.detection = toNanoseconds(detectionTime(component) ?? Number.NaN);
  const check = component.healthCheck;
  if (check !== undefined && check !== 'none') state.recognition = toNanoseconds(check.interval ?? 0);
  addReplicas(system, component, state);
  if (isStateful(kind) && !isManaged(component)) {
    state.primary = 0;
    state.quorum = component.needs ?? 1;
    state.failover = toNanoseconds(failoverOf(component)?.value ?? Number.NaN);
  }
  arrange(state);
  return state;
}

function addReplicas(system: System, component: Component, state: ComponentState): void {
  const count = Math.max(1, replicaCount(component));
  const zones = replicaZones(component);
  for (let i = 0; i < count; i++) {
    const zone = zones[i];
    const region = zone === undefined ? undefined : system.zones.get(zone)?.region;
    const replica = new ReplicaState(state, i, zone, region);
    replica.errorShare = state.errorRate;
    state.replicas.push(replica);
  }
}

/** A client is as many people as there are; a queue takes what is published at once. */
export function isBoundless(component: Component): boolean {
  const kind = kindOf(component);
  return kind === 'client' || kind === 'queue';
}

function setTimes(state: ComponentState, component: Component): void {
  const { value, assumed } = serviceTimeOf(component);
  if (assumed && isBoundless(component)) return;
  switch (value.kind) {
    case 'constant':
      state.timeScale = toNanoseconds(value.value);
      return;
    case 'exponential':
      state.times = Times.Exponential;
      state.timeScale = toNanoseconds(value.mean);
      return;
    case 'log-normal':
      state.timeScale = toNanoseconds(value.p50);
      if (!(value.p50 > 0) || value.p99 <= value.p50) return;
      state.times = Times.LogNormal;
      state.sigma = log(value.p99 / value.p50) / normalQuantile(0.99);
  }
}
