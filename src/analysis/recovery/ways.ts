import * as l10n from '@vscode/l10n';
import { detectionTime, failoverOf, kindOf } from '../../model/defaults';
import { isStateful } from '../../model/kinds';
import { printDuration } from '../../model/units';
import { failoverText, mttrText } from '../words';
import type { RecoveryTime, RecoveryWay } from './figures';
import { backupOf, type Point, pointOf, recoveryOf, type Situation, survivingBackup, survivingRecovery } from './point';

/** One way to recover: how, how long it takes, and with which data. */
export interface Outcome extends Point {
  readonly rto: RecoveryTime;
  readonly how: RecoveryWay;
}

const stateless: Point = { rpo: 0, point: 'stateless', assumed: [] };

/** How a component recovers from the loss of a replica, a zone or a region: by the fastest way that is left. */
export function outcomeOf(situation: Situation): Outcome {
  const { component, losesPrimary } = situation;
  if (!isStateful(kindOf(component))) {
    const ways = statelessWays(situation);
    // A check with no interval takes the lost ones out, sooner than anything else, but nobody knows how soon.
    return ways.find(({ rto }) => rto === undefined) ?? best([...ways, ...strategy(situation, false)]) ?? nothing(situation, stateless);
  }
  if (!losesPrimary && isEnough(situation)) return { rto: 0, how: { kind: 'unaffected' }, rpo: 0, point: 'unaffected', assumed: [] };
  const ways = [...promotion(situation), ...restoration(situation), ...strategy(situation, true), ...refill(situation)];
  return best(ways) ?? nothing(situation, pointOf(situation));
}

/** The loss of the data itself, which every replica copies faithfully: only a backup has an older state. */
export function dataOutcome(component: Situation['component']): Outcome {
  const backup = backupOf(component);
  if (backup) {
    const { restore, every } = backup;
    return { rto: restore, how: { kind: 'restore', restore }, rpo: every, point: 'backup interval', assumed: [] };
  }
  const recovery = recoveryOf(component);
  if (recovery?.strategy === 'backup-restore') {
    const { rto, rpo, region } = recovery;
    return { rto, how: { kind: 'recovery', strategy: recovery.strategy, region, rto }, rpo, point: 'strategy', assumed: [] };
  }
  return { rto: 'never', how: { kind: 'nothing', lost: [] }, rpo: 'never', point: 'nothing', assumed: [] };
}

function isEnough({ left, needs }: Situation): boolean {
  return left >= 1 && left >= needs;
}

/** The replicas left go on once nobody calls the lost ones any more; one replica is repaired in any case. */
function statelessWays(situation: Situation): readonly Outcome[] {
  const { component, loss, given } = situation;
  const { healthCheck } = component;
  const enough = isEnough(situation);
  if (!enough && loss.kind !== 'replica') return [];
  const mttr = component.mttr ?? given.mttr;
  const assumed = component.mttr === undefined ? [mttrText(mttr)] : [];
  const repair: Outcome = { rto: mttr, how: { kind: 'repair', mttr }, rpo: 0, point: 'stateless', assumed };
  if (!enough || healthCheck === undefined || healthCheck === 'none') return [repair];
  const detection = detectionTime(component);
  const watched: Outcome = { rto: detection, how: { kind: 'detection', detection }, rpo: 0, point: 'stateless', assumed: [] };
  return [watched, repair];
}

/** Failover to a replica outside what is lost. */
function promotion(situation: Situation): readonly Outcome[] {
  const { component, given } = situation;
  const failover = failoverOf(component, given);
  if (!failover || !isEnough(situation)) return [];
  const { value: within, automatic } = failover;
  const detection = detectionTime(component);
  const point = pointOf(situation);
  return [
    {
      ...point,
      rto: (detection ?? 0) + within,
      how: { kind: 'failover', automatic, detection, within },
      assumed: [...(failover.assumed ? [failoverText(within)] : []), ...point.assumed],
    },
  ];
}

/** A new replica of what is filled from elsewhere again. A queue comes back too, without what was in it. */
function refill(situation: Situation): readonly Outcome[] {
  const { component, loss, given } = situation;
  const kind = kindOf(component);
  if (loss.kind !== 'replica' || kind === 'database' || kind === 'object-store') return [];
  const mttr = component.mttr ?? given.mttr;
  const data = pointOf(situation);
  const assumed = component.mttr === undefined ? [mttrText(mttr)] : [];
  return [{ ...data, rto: mttr, how: { kind: 'repair', mttr }, assumed: [...data.assumed, ...assumed] }];
}

/** Restore of a backup that survives; a replica that is left has newer data, if it does not lag behind the backups. */
function restoration(situation: Situation): readonly Outcome[] {
  const backup = survivingBackup(situation);
  if (!backup) return [];
  const { restore, every } = backup;
  const point = pointOf(situation);
  const isLate = point.point === 'replication lag' && every !== undefined && rank(every) < rank(point.rpo);
  const data: Point = isLate ? { rpo: every, point: 'backup interval', assumed: [] } : point;
  return [{ ...data, rto: restore, how: { kind: 'restore', restore } }];
}

/** The recovery strategy by its own figures; for a region requests follow once the answers of the DNS have expired. */
function strategy(situation: Situation, holdsData: boolean): readonly Outcome[] {
  const { component, loss, front } = situation;
  const recovery = survivingRecovery(situation);
  if (!recovery) return [];
  const { strategy, region } = recovery;
  const backup = strategy === 'backup-restore' ? backupOf(component) : undefined;
  const isBackupLost = backup?.region !== undefined && loss.kind === 'region' && backup.region === loss.name;
  // Without figures of its own it is as good as the backup, which must not go down with the region.
  if (isBackupLost && (recovery.rto === undefined || (holdsData && recovery.rpo === undefined))) return [];
  const rto = recovery.rto ?? backup?.restore;
  const ttl = loss.kind === 'region' ? front : undefined;
  const point: Point =
    recovery.rpo === undefined && backup
      ? { rpo: backup.every, point: 'backup interval', assumed: [] }
      : { rpo: recovery.rpo, point: 'strategy', assumed: [] };
  return [
    {
      ...(holdsData ? point : stateless),
      rto: rto === undefined ? undefined : rto + (ttl?.seconds ?? 0),
      how: { kind: 'recovery', strategy, region, rto, ...(ttl ? { ttl } : {}) },
      assumed: ttl?.assumed && rto !== undefined ? [l10n.t('DNS ttl {0}', printDuration(ttl.seconds))] : [],
    },
  ];
}

/** The fastest way, of equally fast ones that with the better recovery point. A way whose time nobody wrote comes last. */
function best(ways: readonly Outcome[]): Outcome | undefined {
  let chosen: Outcome | undefined;
  for (const way of ways) {
    if (!chosen || rank(way.rto) < rank(chosen.rto) || (way.rto === chosen.rto && rank(way.rpo) < rank(chosen.rpo))) chosen = way;
  }
  return chosen;
}

function rank(time: RecoveryTime): number {
  if (time === undefined) return Number.MAX_VALUE;
  return time === 'never' ? Infinity : time;
}

function nothing({ component }: Situation, point: Point): Outcome {
  const lost: ('backup' | 'recovery')[] = [];
  if (backupOf(component) && isStateful(kindOf(component))) lost.push('backup');
  if (recoveryOf(component)) lost.push('recovery');
  return { ...point, rto: 'never', how: { kind: 'nothing', lost } };
}
