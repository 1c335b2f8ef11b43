import { lossEffects, singlePoints } from '../analysis/availability/losses';
import { structureOf } from '../analysis/structure/structure';
import { failoverOf, kindOf, replicaCount } from '../model/defaults';
import { isStateful } from '../model/kinds';
import type { System } from '../model/system';
import { applyChanges, type Remedy } from '../remedies/change';
import { degradeWithout, insertHealthCheck, isUnwatched, lookedAfter, secondReplica, watched } from '../remedies/component';
import type { Loss } from './journeys';
import { canHangOn, neededReplicas } from './load';

export { insertHealthCheck, isUnwatched, watched } from '../remedies/component';

/** Whether a remedy does away with what was found: none of these journeys has that single point of failure any more. */
export function endsSinglePoint(system: System, remedy: Remedy, { point, journeys }: Pick<Loss, 'point' | 'journeys'>): boolean {
  const structure = structureOf(applyChanges(system, remedy.changes));
  const effects = lossEffects(structure);
  return !structure.journeys.some(({ journey }, i) => {
    const lost = effects.journeys[i];
    if (!lost || !journeys.includes(journey.name)) return false;
    return singlePoints(structure, effects.losses, lost.up).some(({ kind, name }) => kind === point.kind && name === point.name);
  });
}

/** Whether a remedy makes nothing a single point of failure that was none. */
export function leavesNoNewPoint(system: System, remedy: Remedy): boolean {
  const before = pointsOf(system);
  return [...pointsOf(applyChanges(system, remedy.changes))].every((point) => before.has(point));
}

function pointsOf(system: System): ReadonlySet<string> {
  const structure = structureOf(system);
  const { journeys, losses } = lossEffects(structure);
  const points = journeys.flatMap(({ up }, i) =>
    singlePoints(structure, losses, up).map(({ kind, name }) => `${kind} ${name} ${structure.journeys[i]?.journey.name ?? ''}`),
  );
  return new Set(points);
}

/**
 * The same for one component, from what is known about it and the calls to it alone: a report on a large system asks
 * for every component.
 */
function survivesReplica(system: System, name: string, { changes }: Remedy): boolean {
  const component = applyChanges(system, changes).components.get(name);
  if (!component || replicaCount(component) <= neededReplicas(system, component)) return false;
  if (isStateful(kindOf(component))) return failoverOf(component) !== undefined;
  return !isUnwatched(component) || !canHangOn(system, name);
}

/**
 * A second replica where that is enough; with a health check where it is not, for a dead replica that nobody takes out
 * goes on getting its share of the calls.
 */
export function anotherReplica(system: System, name: string): readonly Remedy[] {
  const component = system.components.get(name);
  const replica = secondReplica(system, name);
  const remedy = replica && lookedAfter(system, name, replica);
  const candidates = component && isUnwatched(component) ? [insertHealthCheck([name])] : remedy ? [remedy, watched(remedy)] : [];
  return candidates.filter((candidate) => survivesReplica(system, name, candidate)).slice(0, 1);
}

/** Calls that do without a component, where that is enough: not while they can hang, nor where a journey starts. */
export function withoutIt(system: System, name: string): readonly Remedy[] {
  const isEntry = [...system.journeys.values()].some(({ entry }) => entry === name);
  const remedy = isEntry || canHangOn(system, name) ? undefined : degradeWithout(system, name);
  return remedy ? [remedy] : [];
}
