import * as l10n from '@vscode/l10n';
import type { Recovered } from '../analysis/recovery/figures';
import { listText, secondsText } from '../model/words';
import { recoveryOf } from './known';
import { componentPlace, related, relatedJourneys } from './places';
import { aimPlace, backText, byTime, furtherText, lossText, unmet } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';

export const rtoUnmet: Rule = {
  id: 'rto-unmet',
  category: 'Recovery',
  severity: 'warning',
  summary: 'A component that takes longer to come back than the recovery time objective (RTO) allows.',
  *check(context) {
    const { system } = context.linked;
    if (system.objectives.rto === undefined) return;
    for (const name of recoveryOf(system).keys()) yield* report(context, name);
  },
};

function* report({ linked }: RuleContext, name: string): Generator<Report> {
  const place = componentPlace(linked, name);
  const [worst, ...others] = [...unmet(linked.system, name, 'rto')].sort(byTime('rto'));
  if (!worst?.rtoObjective || !place) return;
  const { seconds, journey } = worst.rtoObjective;
  yield {
    message: [
      l10n.t('When {0} is lost, {1}; {2}.', lossText(worst), waitText(name, worst), backText(journey, seconds)),
      ...furtherText(worst, others),
    ].join(' '),
    place,
    subject: name,
    related: [
      ...related([aimPlace(linked, 'rto'), l10n.t('The recovery time objective')]),
      ...relatedJourneys(linked, [journey], (one) => l10n.t('{0} needs {1}', one, name)),
    ],
    ...(worst.assumed.length > 0 ? { assumed: true } : {}),
  };
}

/** What it takes until a component serves again. */
function waitText(name: string, { how, rto }: Recovered): string {
  const time = typeof rto === 'number' ? secondsText(rto) : l10n.t('ever');
  switch (how.kind) {
    case 'failover': {
      const parts = [
        how.detection === undefined ? '' : l10n.t('{0} until it is noticed', secondsText(how.detection)),
        l10n.t('{0} to switch', secondsText(how.within)),
      ];
      return l10n.t('{0} takes {1} to fail over ({2})', name, time, listText(parts.filter(Boolean)));
    }
    case 'detection':
      return l10n.t('{0} takes {1} until the other replicas take over', name, time);
    case 'repair':
      return l10n.t('{0} takes {1} to repair', name, time);
    case 'restore':
      return l10n.t('{0} takes {1} to restore from its backup', name, time);
    case 'recovery': {
      const strategy = how.strategy ?? l10n.t('its recovery');
      const what =
        how.region === undefined
          ? l10n.t('{0} takes {1} to recover by {2}', name, time, strategy)
          : l10n.t('{0} takes {1} to recover by {2} in {3}', name, time, strategy, how.region);
      if (how.ttl === undefined) return what;
      return l10n.t('{0}, {1} of it until the answers of {2} expire', what, secondsText(how.ttl.seconds), how.ttl.dns);
    }
    default:
      return l10n.t('{0} does not come back, for its recovery is lost with it', name);
  }
}
