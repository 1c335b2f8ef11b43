import * as l10n from '@vscode/l10n';
import type { Recovered, RecoveryLoss, RecoveryTime, RecoveryWay } from '../analysis/recovery/figures';
import { domainText, secondsText } from '../model/words';

/** What is lost, as a noun: `a replica`, `zone us-east-1a`, `data`. */
export function lostText(loss: RecoveryLoss): string {
  switch (loss.kind) {
    case 'replica':
      return l10n.t('a replica');
    case 'data':
      return l10n.t('data');
    default:
      return domainText(loss.kind, loss.name);
  }
}

/** How long until it serves again. */
export function rtoText(time: RecoveryTime): string {
  if (time === undefined) return l10n.t('unknown');
  if (time === 'never') return l10n.t('never');
  return time === 0 ? l10n.t('at once') : secondsText(time);
}

/** How much of the latest data is gone. */
export function rpoText(time: RecoveryTime): string {
  if (time === undefined) return l10n.t('unknown');
  if (time === 'never') return l10n.t('everything');
  return time === 0 ? l10n.t('nothing') : secondsText(time);
}

/** How it comes back, in words: `failover by hand within 30 min`. */
export function wayText(how: RecoveryWay): string {
  switch (how.kind) {
    case 'unaffected':
      return l10n.t('only standbys are lost');
    case 'detection':
      return l10n.t('the others take over');
    case 'repair':
      return l10n.t('repair');
    case 'failover':
      return how.automatic ? l10n.t('automatic failover') : l10n.t('failover by hand');
    case 'restore':
      return l10n.t('restore of the backup');
    case 'recovery':
      return recoveryText(how.strategy ?? l10n.t('recovery'), how.region);
    case 'nothing':
      return gone(how.lost);
  }
}

function recoveryText(strategy: string, region: string | undefined): string {
  return region === undefined ? strategy : l10n.t('{0} in {1}', strategy, region);
}

function gone(lost: Extract<RecoveryWay, { kind: 'nothing' }>['lost']): string {
  const [first, second] = lost;
  if (first === undefined) return l10n.t('nothing stands by');
  if (second !== undefined) return l10n.t('its backup and recovery are lost with it');
  return first === 'backup' ? l10n.t('its backup is lost with it') : l10n.t('its recovery is lost with it');
}

/**
 * The rows worth showing to somebody who looks at the component itself: what holds data, and what misses an objective.
 * That whatever stands in one region is gone with it is said of the region.
 */
export function isWorthShowing({ loss, how, rtoMet, rpoMet, point }: Recovered): boolean {
  const isCopy = point === 'stateless' || point === 'filled again';
  if (isCopy && loss.kind === 'region' && how.kind === 'nothing') return false;
  return !isCopy || rtoMet === false || rpoMet === false;
}
