import type { Component } from '../../model/component';
import { type Assumptions, assumptionsOf, bound, failoverOf, isManaged, kindOf } from '../../model/defaults';
import { isStateful } from '../../model/kinds';
import type { System } from '../../model/system';
import type { Seconds } from '../../model/units';
import { derivedNeedsOf } from '../load/load';
import { wiringOf } from '../structure/wiring';
import type { DnsInFront, Recovered, RecoveryLoss } from './figures';
import { standingOf } from './places';
import { backupOf, recoveryOf, type Situation } from './point';
import { dnsInFront, neededBy } from './reach';
import { dataOutcome, type Outcome, outcomeOf } from './ways';

/**
 * How every component recovers from the loss of a replica, of each zone and region it stands in, and of its data: the
 * recovery time and point achieved, in seconds, and whether they meet the objectives of the journeys that need it.
 * Components in the order of the system; for each the replica first, then zones, regions, and data.
 */
export function recoveryFigures(system: System, given: Assumptions = assumptionsOf(system)): readonly Recovered[] {
  const wiring = wiringOf(system);
  const derivedNeeds = derivedNeedsOf(wiring, given);
  const fronts = dnsInFront(wiring);
  const rto = bound(system.objectives.rto);
  const rpo = bound(system.objectives.rpo);
  const journeys = rto === undefined && rpo === undefined ? new Map<number, string>() : neededBy(wiring);
  const figures: Recovered[] = [];
  wiring.names.forEach((name, number) => {
    const component = system.components.get(name);
    if (!component || !isLookedAt(component)) return;
    const objectives = { journey: journeys.get(number), rto, rpo };
    const needs = isPrimaryOnly(component, given) ? 1 : Math.max(1, component.needs ?? derivedNeeds[number] ?? 1);
    for (const situation of situationsOf(component, system, needs, fronts.get(number), given)) {
      figures.push(figureOf(name, situation.loss, outcomeOf(situation), objectives, situation));
    }
    if (losesData(component)) figures.push(figureOf(name, { kind: 'data' }, dataOutcome(component), objectives));
  });
  return figures;
}

/**
 * Clients are not ours to recover, and a provider recovers what is managed, unless something is written about it. Of what
 * another format declares nothing is known either: it has no words for backups and failovers.
 */
function isLookedAt(component: Component): boolean {
  if (kindOf(component) === 'client') return false;
  const { source = 'native', zones, replicas, replication, failover } = component;
  const says = [zones, replication, failover, backupOf(component), recoveryOf(component)].some((value) => value !== undefined);
  if (source !== 'native' && !says && typeof replicas !== 'object') return false;
  return !isManaged(component) || backupOf(component) !== undefined || recoveryOf(component) !== undefined;
}

/** Databases and object stores hold what nothing else has; the rest can be filled again unless something says otherwise. */
function losesData(component: Component): boolean {
  const kind = kindOf(component);
  if (kind === 'database' || kind === 'object-store') return true;
  return isStateful(kind) && (backupOf(component) !== undefined || recoveryOf(component) !== undefined);
}

function isPrimaryOnly(component: Component, given: Assumptions): boolean {
  return isStateful(kindOf(component)) && failoverOf(component, given) === undefined;
}

function situationsOf(
  component: Component,
  system: System,
  needs: number,
  front: DnsInFront | undefined,
  given: Assumptions,
): readonly Situation[] {
  const { total, zones, regions, primaryZone, primaryRegion } = standingOf(component, system);
  if (total === 0) return [];
  const losing = (loss: Situation['loss'], region: string | undefined, lost: number, losesPrimary: boolean): Situation => {
    return { component, loss, region, lost, left: total - lost, needs, losesPrimary, front, given };
  };
  const situations = [losing({ kind: 'replica' }, primaryRegion, 1, true)];
  for (const [name, lost] of zones) {
    situations.push(losing({ kind: 'zone', name }, system.zones.get(name)?.region, lost, name === primaryZone));
  }
  for (const [name, lost] of regions) situations.push(losing({ kind: 'region', name }, name, lost, name === primaryRegion));
  return situations;
}

interface Objectives {
  /** A journey that has them and needs the component; undefined where none does. */
  readonly journey: string | undefined;
  readonly rto: Seconds | undefined;
  readonly rpo: Seconds | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function figureOf(
  subject: string,
  loss: RecoveryLoss,
  { rto, rpo, how, point, assumed }: Outcome,
  objectives: Objectives,
  replicas?: Situation,
): Recovered {
  const figure: Mutable<Recovered> = { subject, loss, rto, rpo, how, point, assumed };
  if (replicas) figure.replicas = { lost: replicas.lost, left: replicas.left, needs: replicas.needs };
  const { journey } = objectives;
  if (journey === undefined) return figure;
  if (objectives.rto !== undefined) {
    figure.rtoObjective = { seconds: objectives.rto, journey };
    if (rto !== undefined) figure.rtoMet = meets(rto, objectives.rto);
  }
  if (objectives.rpo !== undefined) {
    figure.rpoObjective = { seconds: objectives.rpo, journey };
    if (rpo !== undefined) figure.rpoMet = meets(rpo, objectives.rpo);
  }
  return figure;
}

/** Up to the rounding of a product of two written numbers. */
function meets(achieved: Seconds | 'never', objective: Seconds): boolean {
  return achieved !== 'never' && achieved <= objective * (1 + 1e-9);
}
