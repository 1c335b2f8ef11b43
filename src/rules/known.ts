import { type ComponentFigures, componentFigures } from '../analysis/availability/components';
import { type LoadFigures, loadFigureSteps } from '../analysis/load/figures';
import type { Recovered } from '../analysis/recovery/figures';
import { recoveryFigures } from '../analysis/recovery/recovery';
import { type HangReason, hangingCalls } from '../analysis/structure/hanging';
import { assumptionsOf } from '../model/defaults';
import { perObjectInSteps, perSystem } from '../model/perSystem';
import type { Steps } from '../model/steps';
import type { System } from '../model/system';

/** Load, retries and deadlines of a system. */
export const loadOf = (system: System): LoadFigures => loads.of(system);
const loads = perObjectInSteps((system: System) => loadFigureSteps(system));

/** How each component of a system recovers, by its name. */
export const recoveryOf: (system: System) => ReadonlyMap<string, readonly Recovered[]> = perSystem((system) => {
  const groups = new Map<string, Recovered[]>();
  for (const one of recoveryFigures(system)) {
    const group = groups.get(one.subject);
    if (group) group.push(one);
    else groups.set(one.subject, [one]);
  }
  return groups;
});

/** The figures of each component of a system by itself, by its name. */
export const componentsOf: (system: System) => ReadonlyMap<string, ComponentFigures> = perSystem((system) => componentFigures(system));

/** The calls of a system that can hang, by id, with the reason. */
export const hangingOf: (system: System) => ReadonlyMap<string, HangReason> = perSystem((system) =>
  hangingCalls(system, assumptionsOf(system)),
);

/** Works out, in small steps, what several rules ask for and takes long. */
export function* knownSteps(system: System): Steps<void> {
  yield* loads.prepare(system);
  yield;
  componentsOf(system);
  yield;
  hangingOf(system);
  yield;
}
