import * as l10n from '@vscode/l10n';
import type { Verdict } from '../model/onPaper';
import type { Variant } from '../model/scenario';
import type { Share } from '../model/units';
import type { TrialOutcome } from '../simulation/tippingTrial';

export function variantText(variant: Variant): string {
  switch (variant) {
    case 'written':
      return l10n.t('As written');
    case 'bare':
      return l10n.t('Bare');
    case 'protected':
      return l10n.t('Protected');
  }
}

/** Of two maps of one system each says which variant it plays. */
export function mapName(system: string, variant: Variant): string {
  return l10n.t('{0}, {1}', system, variantText(variant));
}

export function variantHint(variant: Variant): string {
  switch (variant) {
    case 'written':
      return l10n.t('The policies that the files state');
    case 'bare':
      return l10n.t('Every timeout, retry, breaker, bulkhead and fallback taken away');
    case 'protected':
      return l10n.t('Timeout, retry and breaker on every call, as the quick fixes would write them');
  }
}

export function verdictText(verdict: Verdict): string {
  switch (verdict) {
    case 'survives':
      return l10n.t('survives');
    case 'degrades':
      return l10n.t('degrades');
    case 'stops':
      return l10n.t('stops');
  }
}

export function outcomeText(outcome: TrialOutcome): string {
  switch (outcome) {
    case 'recovers':
      return l10n.t('recovers');
    case 'stuck':
      return l10n.t('stuck');
    case 'overloaded':
      return l10n.t('overloaded');
    case 'unknown':
      return l10n.t('not known');
  }
}

/** A share in whole per cent; what is nearly all or nearly nothing is not rounded to it. */
export function percentText(share: Share): string {
  const percent = share * 100;
  if (percent > 99 && percent < 100) return '>99%';
  if (percent > 0 && percent < 1) return '<1%';
  return `${Math.round(percent)}%`;
}
