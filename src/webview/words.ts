import * as l10n from '@vscode/l10n';
import type { FaultTarget, Variant } from '../model/scenario';
import type { Share } from '../model/units';
import { domainText } from '../model/words';
import type { Verdict } from '../simulation/gameDay';

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

/** `payment`, `zone eu-west-1a`, `shared fate rack`. */
export function targetText(target: FaultTarget): string {
  switch (target.kind) {
    case 'component':
      return target.name;
    case 'replica':
      return `${target.name}#${target.replica}`;
    case 'sharedFate':
      return l10n.t('shared fate {0}', target.name);
    default:
      return domainText(target.kind, target.name);
  }
}

/** A share in whole per cent; what is nearly all or nearly nothing is not rounded to it. */
export function percentText(share: Share): string {
  const percent = share * 100;
  if (percent > 99 && percent < 100) return '>99%';
  if (percent > 0 && percent < 1) return '<1%';
  return `${Math.round(percent)}%`;
}
