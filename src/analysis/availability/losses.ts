import { kindOf } from '../../model/defaults';
import { finish, type Steps } from '../../model/steps';
import { effectSteps, type FailureSet } from '../engine/failures';
import type { Gate } from '../engine/graph';
import type { Point } from '../figures';
import type { Domain } from '../structure/domains';
import { type ReplicaGroup, sizeOf } from '../structure/replicas';
import { type Mode, modes, type Structure } from '../structure/structure';

/**
 * Every single loss that can matter, by number: component c whole is loss c; then one replica of each component that
 * answers slowly without it; then the failure domains.
 */
export interface Losses {
  /** The loss of one replica that nobody takes out, by component. */
  readonly slow: ReadonlyMap<number, number>;
  /** By loss: the component of which it is the loss of one replica that counts, −1 for the others. */
  readonly replicaOf: Int32Array;
  /** The loss of failure domain 0; the others follow. */
  readonly firstDomain: number;
  /** The variables that fail with each loss. */
  readonly variables: readonly (readonly number[])[];
}

export function lossesOf(groups: readonly ReplicaGroup[], domains: readonly Domain[]): Losses {
  const variables: number[][] = groups.map((_, component) => [2 * component]);
  const slow = new Map<number, number>();
  groups.forEach((group, component) => {
    if (!group.unwatched) return;
    slow.set(component, variables.length);
    variables.push([2 * component + 1]);
  });
  const firstDomain = variables.length;
  for (const _ of domains) variables.push([]);
  groups.forEach((group, component) => {
    for (const fate of group.fates) variables[firstDomain + fate]?.push(2 * component);
    const total = sizeOf(group);
    const lost = new Map<number, number>();
    for (const { zone, count } of group.clusters) {
      if (zone < 0) continue;
      lost.set(zone, count);
      const region = domains[zone]?.region ?? -1;
      if (region >= 0) lost.set(region, (lost.get(region) ?? 0) + count);
    }
    for (const [domain, count] of lost) {
      if (total - count < group.needs) variables[firstDomain + domain]?.push(2 * component);
      else if (group.unwatched) variables[firstDomain + domain]?.push(2 * component + 1);
    }
  });
  return { slow, replicaOf: replicaLosses(groups, slow, firstDomain), firstDomain, variables };
}

/** One replica is all of it where none is to spare. A client is whoever is asking. */
function replicaLosses(groups: readonly ReplicaGroup[], slow: Losses['slow'], firstDomain: number): Int32Array {
  const result = new Int32Array(firstDomain).fill(-1);
  groups.forEach((group, component) => {
    if (kindOf(group.component) === 'client') return;
    const loss = sizeOf(group) <= group.needs ? component : slow.get(component);
    if (loss !== undefined) result[loss] = component;
  });
  return result;
}

/** What each single loss does to each journey, in each reading. */
export interface LossEffects {
  readonly losses: Losses;
  /** By journey, in the order of the structure. */
  readonly journeys: readonly Readonly<Record<Mode, FailureSet>>[];
}

/** One bit-parallel pass over the graph for all losses, journeys and readings together. */
export function lossEffects(structure: Structure): LossEffects {
  return finish(lossSteps(structure));
}

/** The same as {@link lossEffects} in small steps. */
export function* lossSteps(structure: Structure): Steps<LossEffects> {
  const losses = lossesOf(structure.groups, structure.domains.list);
  const roots = structure.journeys.flatMap(({ fails }) => modes.map((mode) => fails[mode]));
  const distinct: Gate[] = [...new Set(roots)];
  const { graph } = structure;
  const gates = losses.variables.map((variables) => variables.map((variable) => graph.variable(variable)));
  yield;
  const sets = yield* effectSteps(graph, distinct, gates);
  const byRoot = new Map(distinct.map((root, i) => [root, sets[i] as FailureSet]));
  const journeys = structure.journeys.map(({ fails }) => ({
    up: byRoot.get(fails.up) as FailureSet,
    protected: byRoot.get(fails.protected) as FailureSet,
    fullyFeatured: byRoot.get(fails.fullyFeatured) as FailureSet,
  }));
  return { losses, journeys };
}

/** Whether a variable alone brings a root down. */
export function singleVariable(losses: Losses, set: FailureSet): (variable: number) => boolean {
  return (variable) => {
    const loss = (variable & 1) === 0 ? variable >> 1 : losses.slow.get(variable >> 1);
    return loss !== undefined && set.has(loss);
  };
}

/**
 * Whether the loss of a failure domain stops the root by two components at least, so that it does even if any one
 * component never failed. Such a domain can be taken out of every question about the root.
 */
export function singleDomain(losses: Losses, set: FailureSet, single: (variable: number) => boolean): (domain: number) => boolean {
  return (domain) => {
    const loss = losses.firstDomain + domain;
    if (!set.has(loss)) return false;
    const by = new Set<number>();
    for (const variable of losses.variables[loss] ?? []) if (single(variable)) by.add(variable >> 1);
    return by.size > 1;
  };
}

/**
 * The single points of failure: components of which one lost replica stops the root (never a client, which is whoever
 * is asking), zones, regions and shared fates.
 */
export function singlePoints(structure: Structure, losses: Losses, set: FailureSet): readonly Point[] {
  const components: number[] = [];
  const points: Point[] = [];
  for (const loss of set) {
    if (loss >= losses.firstDomain) {
      const domain = structure.domains.list[loss - losses.firstDomain];
      if (domain) points.push(domain.point);
    } else {
      const component = losses.replicaOf[loss] ?? -1;
      if (component >= 0) components.push(component);
    }
  }
  const named = components
    .sort((a, b) => a - b)
    .map((number): Point => ({ kind: 'component', name: structure.wiring.names[number] ?? '' }));
  return [...named, ...points];
}
