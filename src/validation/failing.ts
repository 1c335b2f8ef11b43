import { structureOf } from '../analysis/structure/structure';
import { type Assumptions, assumptionsOf } from '../model/defaults';
import type { FaultTarget } from '../model/scenario';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import type { Core } from '../simulation/core';
import { applyFault } from '../simulation/faults';
import { nanoseconds } from '../simulation/outcome';
import { Stream } from '../simulation/random';
import { type ComponentState, Mode } from '../simulation/state';
import { advance } from './running';

/** Mean time to repair of everything, in seconds. Only its ratio to the time between failures counts. */
const repair: Seconds = 10;

/** One thing that fails and is repaired: its target, the replicas it takes with it, and how long it is up on average. */
interface Failing {
  readonly target: FaultTarget;
  readonly replicas: readonly Replica[];
  readonly uptime: Seconds;
  readonly times: Stream;
  next: Seconds;
  isDown: boolean;
}

interface Replica {
  readonly target: FaultTarget;
  /** What is down and keeps it down. */
  causes: number;
}

/** Called with every stretch of time in which the state of the engine stayed as it is. */
export type Watch = (seconds: Seconds) => void;

/**
 * Lets regions, zones, shared fates and replicas fail and come back at random, in the engine, by the availabilities
 * that the analysis takes: up and down times are exponential. What dies crashes (calls are refused) or is killed
 * (calls hang). A replica is restored when nothing keeps it down any more.
 */
export function failAndRepair(core: Core, system: System, how: 'crash' | 'kill', seed: number, duration: Seconds, watch: Watch): void {
  const failing = everythingThatFails(core, system, seed);
  for (;;) {
    let first = failing[0];
    for (const one of failing) if (first && one.next < first.next) first = one;
    const since = core.now;
    advance(core, Math.min(first?.next ?? duration, duration));
    watch((core.now - since) / nanoseconds);
    if (!first || first.next >= duration) return;
    toggle(core, first, how);
  }
}

function toggle(core: Core, one: Failing, how: 'crash' | 'kill'): void {
  one.isDown = !one.isDown;
  one.next += one.times.exponential() * (one.isDown ? repair : one.uptime);
  if (one.isDown) {
    for (const replica of one.replicas) replica.causes++;
    act(core, { kind: how, target: one.target });
    return;
  }
  for (const replica of one.replicas) {
    replica.causes--;
    if (replica.causes === 0) act(core, { kind: 'restore', target: replica.target });
  }
}

function act(core: Core, fault: Parameters<typeof applyFault>[1]): void {
  const refusal = applyFault(core, fault);
  if (refusal !== undefined) throw new Error(refusal);
}

function everythingThatFails(core: Core, system: System, seed: number): readonly Failing[] {
  const given: Assumptions = assumptionsOf(system);
  const { domains, groups } = structureOf(system, given);
  const replicas = core.components.flatMap((component) =>
    component.replicas.map(({ index, zone, region }) => ({
      component: component.name,
      zone,
      region,
      target: { kind: 'replica', name: component.name, replica: index + 1 } as const,
      causes: 0,
    })),
  );
  const all: Failing[] = [];
  const add = (target: FaultTarget, down: number, affected: readonly Replica[]): void => {
    if (!(down > 0) || affected.length === 0) return;
    const uptime = (repair * (1 - down)) / down;
    const times = new Stream(seed, `failures ${JSON.stringify(target)}`);
    all.push({ target, replicas: affected, uptime, times, next: times.exponential() * uptime, isDown: false });
  };
  for (const { point, availability } of domains.list) {
    const members = system.sharedFates.get(point.name)?.components ?? [];
    const isIn = (replica: (typeof replicas)[number]): boolean =>
      point.kind === 'sharedFate' ? members.includes(replica.component) : replica[point.kind] === point.name;
    add(point, availability.value.down, replicas.filter(isIn));
  }
  for (const { component, own, common } of groups) {
    const mine = replicas.filter((replica) => replica.component === component.name);
    for (const replica of mine) add(replica.target, own.down, [replica]);
    add({ kind: 'component', name: component.name }, common, mine);
  }
  return all;
}

/** How many replicas of a component are up, of the first so many. */
export function upOf(component: ComponentState, first: number): number {
  let up = 0;
  for (let i = 0; i < first; i++) if (component.replicas[i]?.mode === Mode.Up) up++;
  return up;
}
