import { derivedNeeds } from '../analysis/load/load';
import { wiredLoads } from '../analysis/load/pool';
import type { Component } from '../model/component';
import { perSystem } from '../model/perSystem';
import type { System } from '../model/system';
import { hangingOf } from './known';

const hangTargets = perSystem((system): ReadonlySet<string> => {
  const hanging = hangingOf(system);
  return new Set(system.calls.flatMap(({ id, to }) => (hanging.has(id) ? to : [])));
});

/** Whether some call to a component can hang, and take its caller down, when one of its replicas does not answer. */
export function canHangOn(system: System, component: string): boolean {
  return hangTargets(system).has(component);
}

/** How many replicas of a component have to be up: as written, or what the written peak load needs; at least one. */
export function neededReplicas(system: System, component: Component): number {
  if (component.needs !== undefined) return Math.max(1, component.needs);
  const { wiring, loads } = wiredLoads(system);
  const number = wiring.numbers.get(component.name);
  if (number === undefined) return 1;
  const changed = { ...system, components: new Map(system.components).set(component.name, component) };
  return derivedNeeds({ ...wiring, system: changed }, loads, number) ?? 1;
}
