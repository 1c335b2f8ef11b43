import {
  faultText,
  fixedClientsText,
  loadText,
  negativeLoadText,
  noJourneyText,
  nothingHitText,
  partitionsEndedText,
  partitionText,
} from '../model/happenings';
import type { Fault, FaultTarget } from '../model/scenario';
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
  if (!journey) return noJourneyText(name);
  if (journey.clients > 0) return fixedClientsText(name);
  if (!(factor >= 0)) return negativeLoadText();
  setFactor(core, journey, factor);
  core.note(loadText(name, factor));
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
  core.note(partitionText(sides));
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
  core.note(faultText(fault));
  switch (fault.kind) {
    case 'kill':
      for (const replica of replicas) takeDown(core, replica, Mode.Hanging);
      return undefined;
    case 'crash':
      for (const replica of replicas) takeDown(core, replica, Mode.Refusing);
      return undefined;
    case 'restore':
      return restore(core, replicas);
    case 'slow':
      for (const replica of replicas) {
        replica.slowFactor = Math.max(0, fault.factor ?? 1);
        replica.slowAdd = Math.max(0, toNanoseconds(fault.add ?? 0));
      }
      return undefined;
    case 'errors':
      for (const replica of replicas) replica.errorShare = 1 - (1 - replica.component.errorRate) * (1 - fault.share);
      return undefined;
  }
}

function restore(core: Core, replicas: readonly ReplicaState[]): undefined {
  const ended = reconnect(core, new Set(replicas));
  if (ended > 0) core.note(partitionsEndedText(ended));
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
      return core.componentByName.get(name)?.replicas ?? nothingHitText(target);
    case 'replica': {
      const component = core.componentByName.get(name);
      if (!component) return nothingHitText(target);
      const replica = component.replicas[target.replica - 1];
      return replica ? [replica] : nothingHitText(target, component.replicas.length);
    }
    case 'zone':
      return some(
        target,
        all.filter((replica) => replica.zone === name),
      );
    case 'region':
      return some(
        target,
        all.filter((replica) => replica.region === name),
      );
    case 'sharedFate':
      return some(target, core.sharedFates.get(name)?.flatMap((component) => component.replicas) ?? []);
  }
}

function some(target: FaultTarget, replicas: readonly ReplicaState[]): readonly ReplicaState[] | string {
  return replicas.length > 0 ? replicas : nothingHitText(target);
}
