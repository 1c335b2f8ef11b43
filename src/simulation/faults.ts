import type { Fault, FaultTarget } from '../model/scenario';
import { countText, secondsText } from '../model/words';
import type { Core } from './core';
import { setFactor } from './journeys';
import { bringUp, reconnect, separate, takeDown } from './outages';
import { toNanoseconds } from './outcome';
import { Mode, type ReplicaState } from './state';

/** Makes a fault happen now and says so in the log. Returns a sentence when it cannot be done. */
export function applyFault(core: Core, fault: Fault): string | undefined {
  switch (fault.kind) {
    case 'load':
      return load(core, fault.journey, fault.factor);
    case 'partition':
      return partition(core, fault.sides);
    default:
      return onTarget(core, fault);
  }
}

function load(core: Core, name: string, factor: number): string | undefined {
  const journey = core.journeys.find((other) => other.name === name);
  if (!journey) return `There is no journey ${name} in this simulation.`;
  if (journey.clients > 0) return `${name} has a fixed number of clients; its load follows from how fast they are answered.`;
  if (!(factor >= 0)) return 'A load factor cannot be negative.';
  setFactor(core, journey, factor);
  core.note(`${name}: ${factor} times its load.`);
  return undefined;
}

function partition(core: Core, sides: readonly [readonly string[], readonly string[]]): string | undefined {
  const sets: Set<ReplicaState>[] = [];
  for (const side of sides) {
    const set = new Set<ReplicaState>();
    for (const name of side) {
      const replicas = replicasOf(core, readTarget(name));
      if (typeof replicas === 'string') return replicas;
      for (const replica of replicas) set.add(replica);
    }
    sets.push(set);
  }
  const [left, right] = sets;
  if (!left || !right) return undefined;
  separate(core, { left, right });
  core.note(`${sides[0].join(', ')} and ${sides[1].join(', ')} do not reach each other.`);
  return undefined;
}

/** A side of a partition names components; `zone NAME`, `region NAME` and `component#2` are understood as well. */
function readTarget(text: string): FaultTarget {
  const place = /^(zone|region|sharedFate) (.+)$/.exec(text);
  if (place?.[2] !== undefined) return { kind: place[1] as 'zone' | 'region' | 'sharedFate', name: place[2] };
  const replica = /^(.+)#(\d+)$/.exec(text);
  return replica?.[1] !== undefined
    ? { kind: 'replica', name: replica[1], replica: Number(replica[2]) }
    : { kind: 'component', name: text };
}

function onTarget(core: Core, fault: Exclude<Fault, { kind: 'load' | 'partition' }>): string | undefined {
  const { target } = fault;
  const replicas = replicasOf(core, target);
  if (typeof replicas === 'string') return replicas;
  const name = targetText(target);
  switch (fault.kind) {
    case 'kill':
      core.note(`${name} stops answering: calls to it hang.`);
      for (const replica of replicas) takeDown(core, replica, Mode.Hanging);
      return undefined;
    case 'crash':
      core.note(`${name} crashes: what it does fails, and calls to it are refused.`);
      for (const replica of replicas) takeDown(core, replica, Mode.Refusing);
      return undefined;
    case 'restore':
      return restore(core, name, replicas);
    case 'slow':
      for (const replica of replicas) {
        replica.slowFactor = Math.max(0, fault.factor ?? 1);
        replica.slowAdd = Math.max(0, toNanoseconds(fault.add ?? 0));
      }
      core.note(`${name} becomes slow: ${slowText(fault.factor, fault.add)}.`);
      return undefined;
    case 'errors':
      for (const replica of replicas) replica.errorShare = 1 - (1 - replica.component.errorRate) * (1 - fault.share);
      core.note(`${name} fails ${Number((fault.share * 100).toPrecision(3))}% of its requests.`);
      return undefined;
  }
}

function slowText(factor: number | undefined, add: number | undefined): string {
  const parts = [factor === undefined ? '' : `${factor} times as long`, add === undefined ? '' : `${secondsText(add)} longer`];
  return parts.filter(Boolean).join(' and ') || 'as before';
}

function restore(core: Core, name: string, replicas: readonly ReplicaState[]): undefined {
  core.note(`${name} is back as it was; what hangs there ends as an error.`);
  const ended = reconnect(core, new Set(replicas));
  if (ended > 0) core.note(countText(ended, '1 partition ended.', `${ended} partitions ended.`));
  for (const replica of replicas) {
    replica.slowFactor = 1;
    replica.slowAdd = 0;
    replica.errorShare = replica.component.errorRate;
    bringUp(core, replica);
  }
}

/** The replicas that a target means, or a sentence that says why there is none. */
function replicasOf(core: Core, target: FaultTarget): readonly ReplicaState[] | string {
  const { name } = target;
  const all = core.components.flatMap((component) => component.replicas);
  switch (target.kind) {
    case 'component':
      return core.componentByName.get(name)?.replicas ?? `There is no component ${name}.`;
    case 'replica': {
      const component = core.componentByName.get(name);
      if (!component) return `There is no component ${name}.`;
      const replica = component.replicas[target.replica - 1];
      const count = component.replicas.length;
      return replica
        ? [replica]
        : `${name} has ${countText(count, '1 replica', `${count} replicas`)}, there is no ${name}#${target.replica}.`;
    }
    case 'zone':
      return some(
        all.filter((replica) => replica.zone === name),
        `No replica is in zone ${name}.`,
      );
    case 'region':
      return some(
        all.filter((replica) => replica.region === name),
        `No replica is in region ${name}.`,
      );
    case 'sharedFate':
      return some(core.sharedFates.get(name)?.flatMap((component) => component.replicas) ?? [], `There is no shared fate ${name}.`);
  }
}

function some(replicas: readonly ReplicaState[], reason: string): readonly ReplicaState[] | string {
  return replicas.length > 0 ? replicas : reason;
}

function targetText(target: FaultTarget): string {
  switch (target.kind) {
    case 'component':
      return target.name;
    case 'replica':
      return `${target.name}#${target.replica}`;
    case 'sharedFate':
      return `shared fate ${target.name}`;
    default:
      return `${target.kind} ${target.name}`;
  }
}
