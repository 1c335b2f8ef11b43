import * as l10n from '@vscode/l10n';
import type { Recovered, RecoveryTime } from '../analysis/recovery/figures';
import type { Component } from '../model/component';
import { detectionTime, isManaged, kindOf, replicaZones } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import type { System } from '../model/system';
import type { Place } from '../model/text';
import type { Seconds } from '../model/units';
import { domainText, listText, secondsText } from '../model/words';
import { applyChanges, type Remedy } from '../remedies/change';
import type { LinkedSystem } from '../workspace/linked';
import { recoveryOf } from './known';

/** The two objectives of recovery: until it serves again, and how much of the latest data is gone. */
export type Aim = 'rto' | 'rpo';

/** Components of our own format that we run ourselves: of others nothing is concluded from what is not written. */
export function isOurs(component: Component): boolean {
  return (component.source ?? 'native') === 'native' && !isManaged(component) && !component.telemetry && kindOf(component) !== 'client';
}

/** The figures of one component, none for what the analysis does not look at. */
export function recoveriesOf(system: System, name: string): readonly Recovered[] {
  return recoveryOf(system).get(name) ?? [];
}

/** The objective that a component is held to, with the journey that has it; the same for every loss. */
export function objectiveOf(system: System, name: string, aim: Aim): Recovered['rtoObjective'] {
  if (system.objectives[aim] === undefined) return undefined;
  for (const one of recoveriesOf(system, name)) {
    const objective = aim === 'rto' ? one.rtoObjective : one.rpoObjective;
    if (objective) return objective;
  }
  return undefined;
}

/** A failover by hand. */
export function isManual({ failover }: Component): boolean {
  return typeof failover === 'object' && failover.automatic === false;
}

/** Whether noticing alone takes longer than the recovery time objective, so that nothing behind it can help. */
export function isNoticedLate(system: System, component: Component): boolean {
  const detection = detectionTime(component);
  const objective = objectiveOf(system, component.name, 'rto');
  return detection !== undefined && objective !== undefined && detection > objective.seconds * (1 + 1e-9);
}

/** The regions that a component stands in; undefined where one of them is not known. */
export function regionsOf(system: System, component: Component): ReadonlySet<string> | undefined {
  const regions = new Set<string>();
  for (const zone of new Set(replicaZones(component))) {
    const region = zone === undefined ? undefined : system.zones.get(zone)?.region;
    if (region === undefined) return undefined;
    regions.add(region);
  }
  return regions.size === 0 ? undefined : regions;
}

/** The region of a backup that goes down with all that it protects. */
export function doomedBackup(system: System, component: Component): string | undefined {
  const { backup, recovery } = component;
  const region = typeof backup === 'object' ? backup.region : undefined;
  if (region === undefined || (typeof recovery === 'object' && recovery.strategy !== 'backup-restore')) return undefined;
  const regions = regionsOf(system, component);
  return regions?.size === 1 && regions.has(region) ? region : undefined;
}

/**
 * The losses from which a component does not recover in time, or not with enough of its data, and which no other rule
 * speaks of: not those of a failover by hand (`manual-failover`), of a late health check (`slow-detection`), of a backup
 * that is missing or goes down with the data (`missing-backup`, `backup-shares-fate`), and not what has nothing to fall
 * back on (`single-point-of-failure`, `single-zone`, `single-region`) or rests on a repair whose time nobody wrote.
 */
export function unmet(system: System, name: string, aim: Aim): readonly Recovered[] {
  const component = system.components.get(name);
  if (!component) return [];
  const late = isNoticedLate(system, component);
  return recoveriesOf(system, name).filter((one) => {
    if (aim === 'rto') return one.rtoMet === false && isOwnMatter(component, one, late);
    const { point } = one;
    return one.rpoMet === false && (point === 'replication lag' || point === 'backup interval' || point === 'strategy');
  });
}

function isOwnMatter(component: Component, { how, loss }: Recovered, late: boolean): boolean {
  switch (how.kind) {
    case 'detection':
      return !late;
    case 'failover':
      return how.automatic && !late;
    case 'repair':
      return component.mttr !== undefined;
    case 'restore':
    case 'recovery':
      return true;
    case 'nothing':
      return loss.kind === 'region' && how.lost.includes('recovery') && writtenRegion(component) !== undefined;
    case 'unaffected':
      return false;
  }
}

function writtenRegion({ recovery }: Component): string | undefined {
  return typeof recovery === 'object' ? recovery.region : undefined;
}

/**
 * Whether a remedy does not only hand a component over from one rule to another: what `rto-unmet` and `rpo-unmet` say
 * afterwards they say already.
 */
export function bringsNothingUp(system: System, name: string, { changes }: Remedy): boolean {
  const after = applyChanges(system, changes);
  return (['rto', 'rpo'] as const).every((aim) => unmet(after, name, aim).length === 0 || unmet(system, name, aim).length > 0);
}

/** The worst first; what never comes back is worst of all. */
export function byTime(aim: Aim): (a: Recovered, b: Recovered) => number {
  const rank = (time: RecoveryTime) => (time === 'never' ? Infinity : (time ?? 0));
  return (a, b) => {
    const [left, right] = [rank(a[aim]), rank(b[aim])];
    return left === right ? 0 : right - left;
  };
}

/** What is lost, as a noun: `a replica`, `zone us-east-1a`, `its data`. */
export function lossText({ loss, replicas }: Recovered): string {
  switch (loss.kind) {
    case 'replica':
      return replicas && replicas.lost + replicas.left > 1 ? l10n.t('a replica') : l10n.t('its replica');
    case 'data':
      return l10n.t('its data');
    default:
      return domainText(loss.kind, loss.name);
  }
}

/** The sentences behind a time: the numbers nobody wrote that it rests on, and the losses beside the worst. */
export function furtherText({ assumed }: Recovered, others: readonly Recovered[]): readonly string[] {
  return [
    ...(assumed.length > 0 ? [l10n.t('Assumed: {0}.', listText(assumed))] : []),
    ...(others.length > 0 ? [l10n.t('The same goes for the loss of {0}.', listText(others.map(lossText)))] : []),
  ];
}

/** What a journey is held to, as a clause: `checkout is to be back within 5 min`. */
export function backText(journey: string, within: Seconds): string {
  return l10n.t('{0} is to be back within {1}', journey, secondsText(within));
}

/** What a journey may lose, as a clause: `checkout may lose 5 min`. */
export function mayLoseText(journey: string, most: Seconds): string {
  return most === 0 ? l10n.t('{0} may lose nothing', journey) : l10n.t('{0} may lose {1}', journey, secondsText(most));
}

/** Where the objective itself is written. */
export function aimPlace({ origins }: LinkedSystem, aim: Aim): Place | undefined {
  return keyPlace(origins, elementId('objectives'), aim);
}

/** Whether a key of a component is written with a value that could not be read: it is not known to be missing. */
export function isUnread({ origins }: LinkedSystem, component: Component, key: keyof Component): boolean {
  return component[key] === undefined && keyPlace(origins, elementId('component', component.name), key) !== undefined;
}
