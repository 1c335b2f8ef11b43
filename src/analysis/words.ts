import * as l10n from '@vscode/l10n';
import { printDuration, type Seconds } from '../model/units';

/** An assumed time to repair, with its key. */
export function mttrText(seconds: Seconds): string {
  return l10n.t('mttr {0}', printDuration(seconds));
}

/** An assumed time that a failover takes. */
export function failoverText(seconds: Seconds): string {
  return l10n.t('failover within {0}', printDuration(seconds));
}
