import type { Recovered } from '../analysis/recovery/figures';
import { listText, secondsText } from '../model/words';
import { recoveryOf } from './known';
import { componentPlace, related, relatedJourneys } from './places';
import { aimPlace, alsoText, assumedText, byTime, lossText, unmet } from './recoveries';
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
    message: `When ${lossText(worst)} is lost, ${name} ${waitText(worst)}; ${journey} is to be back within ${secondsText(seconds)}.${assumedText(worst)}${alsoText(others)}`,
    place,
    subject: name,
    related: [...related([aimPlace(linked, 'rto'), 'The recovery time objective']), ...relatedJourneys(linked, [journey], `needs ${name}`)],
    ...(worst.assumed.length > 0 ? { assumed: true } : {}),
  };
}

/** What it takes until it serves again, after the name of the component. */
function waitText({ how, rto }: Recovered): string {
  const time = typeof rto === 'number' ? secondsText(rto) : 'ever';
  switch (how.kind) {
    case 'failover': {
      const parts = [
        how.detection === undefined ? '' : `${secondsText(how.detection)} until it is noticed`,
        `${secondsText(how.within)} to switch`,
      ];
      return `takes ${time} to fail over (${listText(parts.filter(Boolean))})`;
    }
    case 'detection':
      return `takes ${time} until the other replicas take over`;
    case 'repair':
      return `takes ${time} to repair`;
    case 'restore':
      return `takes ${time} to restore from its backup`;
    case 'recovery': {
      const where = how.region === undefined ? '' : ` in ${how.region}`;
      const dns = how.ttl === undefined ? '' : `, ${secondsText(how.ttl.seconds)} of it until the answers of ${how.ttl.dns} expire`;
      return `takes ${time} to recover by ${how.strategy ?? 'its recovery'}${where}${dns}`;
    }
    default:
      return 'does not come back, for its recovery is lost with it';
  }
}
