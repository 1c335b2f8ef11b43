import type { Recovered, RecoveryLoss, RecoveryTime, RecoveryWay } from '../analysis/recovery/figures';
import { listText, secondsText } from '../model/words';

/** What is lost, as a noun: `a replica`, `zone us-east-1a`, `data`. */
export function lostText(loss: RecoveryLoss): string {
  switch (loss.kind) {
    case 'replica':
      return 'a replica';
    case 'data':
      return 'data';
    default:
      return `${loss.kind} ${loss.name}`;
  }
}

/** How long until it serves again. */
export function rtoText(time: RecoveryTime): string {
  if (time === undefined) return 'unknown';
  if (time === 'never') return 'never';
  return time === 0 ? 'at once' : secondsText(time);
}

/** How much of the latest data is gone. */
export function rpoText(time: RecoveryTime): string {
  if (time === undefined) return 'unknown';
  if (time === 'never') return 'everything';
  return time === 0 ? 'nothing' : secondsText(time);
}

/** How it comes back, in words: `failover by hand within 30 min`. */
export function wayText(how: RecoveryWay): string {
  switch (how.kind) {
    case 'unaffected':
      return 'only standbys are lost';
    case 'detection':
      return 'the others take over';
    case 'repair':
      return 'repair';
    case 'failover':
      return how.automatic ? 'automatic failover' : 'failover by hand';
    case 'restore':
      return 'restore of the backup';
    case 'recovery':
      return [how.strategy ?? 'recovery', how.region === undefined ? '' : `in ${how.region}`].filter(Boolean).join(' ');
    case 'nothing':
      return how.lost.length === 0 ? 'nothing stands by' : `its ${listText(how.lost)} ${how.lost.length === 1 ? 'is' : 'are'} lost with it`;
  }
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
