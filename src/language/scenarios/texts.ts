import * as l10n from '@vscode/l10n';
import type { Variant } from '../../model/scenario';
import { expectedText, measuredText } from '../../simulation/expectations';
import type { Check, ScenarioVerdict } from '../../simulation/scenarios';

/** `as written`, `bare`, `protected`. */
export function variantText(variant: Variant): string {
  switch (variant) {
    case 'written':
      return l10n.t('as written');
    case 'bare':
      return l10n.t('bare');
    case 'protected':
      return l10n.t('protected');
  }
}

/** Why an expectation does not hold: `browse success 71.4%, not 99%`. */
export function failureText({ expectation, measured, stopped }: Check): string {
  const { subject, measure, recoversWithin, variant } = expectation;
  const what = `${subject.name} ${measure}`;
  if (stopped !== undefined) return l10n.t('{0}: not known, for the run was stopped', what);
  const text = () => {
    if (measured === null) {
      return recoversWithin === undefined ? l10n.t('{0}: nothing to measure', what) : l10n.t('{0} does not recover', what);
    }
    const found = measuredText(expectation, measured);
    const expected = expectedText(expectation);
    return recoversWithin === undefined
      ? l10n.t('{0} {1}, not {2}', what, found, expected)
      : l10n.t('{0} recovers in {1}, not in {2}', what, found, expected);
  };
  return variant === undefined || variant === 'written' ? text() : `${text()} (${variantText(variant)})`;
}

/** What came of a scenario in one line: `✓ 3 of 3 hold`, `✗ browse success 71.4%, not 99%`. */
export function outcomeText(verdict: ScenarioVerdict): string {
  if (!verdict.ok) return `✗ ${verdict.reason}`;
  const { checks, stopped } = verdict;
  if (stopped !== undefined) return `✗ ${stopped}`;
  if (checks.length === 0) return `✓ ${l10n.t('ran, expects nothing')}`;
  const failed = checks.filter(({ holds }) => !holds);
  const [first] = failed;
  if (!first) return `✓ ${checks.length === 1 ? l10n.t('1 of 1 holds') : l10n.t('{0} of {1} hold', checks.length, checks.length)}`;
  if (failed.length === 1) return `✗ ${failureText(first)}`;
  return `✗ ${failureText(first)} · ${l10n.t('{0} of {1} fail', failed.length, checks.length)}`;
}
