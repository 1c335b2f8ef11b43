import * as l10n from '@vscode/l10n';
import type { Recovered } from '../analysis/recovery/figures';
import { secondsText } from '../model/words';
import { recoveryOf } from './known';
import { componentPlace, related, relatedJourneys } from './places';
import { aimPlace, byTime, furtherText, lossText, mayLoseText, unmet } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';

export const rpoUnmet: Rule = {
  id: 'rpo-unmet',
  category: 'Recovery',
  severity: 'warning',
  summary: 'A component that loses more of its latest data than the recovery point objective (RPO) allows.',
  *check(context) {
    const { system } = context.linked;
    if (system.objectives.rpo === undefined) return;
    for (const name of recoveryOf(system).keys()) yield* report(context, name);
  },
};

function* report({ linked }: RuleContext, name: string): Generator<Report> {
  const place = componentPlace(linked, name);
  const [worst, ...others] = [...unmet(linked.system, name, 'rpo')].sort(byTime('rpo'));
  if (!worst?.rpoObjective || !place) return;
  const { seconds, journey } = worst.rpoObjective;
  yield {
    message: [
      l10n.t('When {0} is lost, {1} loses {2}; {3}.', lossText(worst), name, lostText(worst), mayLoseText(journey, seconds)),
      ...furtherText(worst, others),
    ].join(' '),
    place,
    subject: name,
    related: [
      ...related([aimPlace(linked, 'rpo'), l10n.t('The recovery point objective')]),
      ...relatedJourneys(linked, [journey], (one) => l10n.t('{0} needs {1}', one, name)),
    ],
    ...(worst.assumed.length > 0 ? { assumed: true } : {}),
  };
}

/** How much of the latest data is gone, and why. */
function lostText({ rpo, point }: Recovered): string {
  const time = typeof rpo === 'number' ? l10n.t('the last {0}', secondsText(rpo)) : l10n.t('everything');
  switch (point) {
    case 'backup interval':
      return l10n.t('up to {0} (what came after the last backup)', time);
    case 'replication lag':
      return l10n.t('{0} (its replicas lag behind by that much)', time);
    default:
      return l10n.t('{0}, by what its recovery says', time);
  }
}
