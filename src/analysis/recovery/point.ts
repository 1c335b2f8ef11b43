import * as l10n from '@vscode/l10n';
import type { Backup, Component, Recovery } from '../../model/component';
import { type Assumptions, kindOf } from '../../model/defaults';
import { printDuration } from '../../model/units';
import type { DnsInFront, RecoveryLoss, RecoveryPoint, RecoveryTime } from './figures';

/** A component and what it loses. */
export interface Situation {
  readonly component: Component;
  readonly loss: RecoveryLoss & { readonly kind: 'replica' | 'zone' | 'region' };
  /** The region lost, or the region of the zone lost; undefined where it is not known. */
  readonly region: string | undefined;
  readonly lost: number;
  /** Replicas outside what is lost. */
  readonly left: number;
  /** How many have to be up. */
  readonly needs: number;
  /** Whether the first replica, which is a stateful component's primary, is lost. */
  readonly losesPrimary: boolean;
  readonly front: DnsInFront | undefined;
  readonly given: Assumptions;
}

/** How much data is lost, why, and what that rests on. */
export interface Point {
  readonly rpo: RecoveryTime;
  readonly point: RecoveryPoint;
  readonly assumed: readonly string[];
}

/** The backup that is written. */
export function backupOf({ backup }: Component): Backup | undefined {
  return backup === 'none' ? undefined : backup;
}

/** The recovery strategy that is written. */
export function recoveryOf({ recovery }: Component): Recovery | undefined {
  return recovery === 'none' ? undefined : recovery;
}

/** The backup, where it survives the loss: a zone always, a region only when it is written to be in another one. */
export function survivingBackup({ component, loss }: Situation): Backup | undefined {
  const backup = backupOf(component);
  if (loss.kind !== 'region') return backup;
  return backup?.region !== undefined && backup.region !== loss.name ? backup : undefined;
}

/** The recovery strategy, where it survives the loss: that of a zone or region only in another region. */
export function survivingRecovery({ component, loss, region }: Situation): Recovery | undefined {
  const recovery = recoveryOf(component);
  if (loss.kind === 'replica') return recovery;
  return recovery?.region !== undefined && recovery.region !== region ? recovery : undefined;
}

/**
 * The recovery point of a stateful component: 0 by a synchronous replica that is left, the lag of an asynchronous one,
 * else the interval of the backups that survive.
 */
export function pointOf(situation: Situation): Point {
  const { component, left, lost, given } = situation;
  const { replication, needs: quorum = 1 } = component;
  if (left >= 1 && replication !== 'none') {
    if (replication === undefined) {
      if (quorum < 2) return { rpo: undefined, point: 'unknown replication', assumed: [] };
      // A write is on as many replicas as the quorum has.
      if (left >= quorum || lost < quorum) return { rpo: 0, point: 'quorum', assumed: [] };
    } else {
      const { mode, lag } = replication;
      if (mode === 'sync') return { rpo: 0, point: 'synchronous replica', assumed: [] };
      if (lag !== undefined) return { rpo: lag, point: 'replication lag', assumed: [] };
      if (mode === undefined) return { rpo: undefined, point: 'unknown replication', assumed: [] };
      return { rpo: given.asyncLag, point: 'replication lag', assumed: [l10n.t('lag {0}', printDuration(given.asyncLag))] };
    }
  }
  const backup = survivingBackup(situation);
  if (backup) return { rpo: backup.every, point: 'backup interval', assumed: [] };
  return isFilledAgain(component) ? { rpo: 0, point: 'filled again', assumed: [] } : { rpo: 'never', point: 'nothing', assumed: [] };
}

/** A cache or a search index holds copies, unless somebody keeps copies of it. */
function isFilledAgain(component: Component): boolean {
  const kind = kindOf(component);
  return (kind === 'cache' || kind === 'search') && !backupOf(component) && !recoveryOf(component);
}
