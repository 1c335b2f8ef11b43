import type { Recovered } from '../analysis/recovery/figures';
import { secondsText } from '../model/words';
import { recoveryOf } from './known';
import { componentPlace, related, relatedJourneys } from './places';
import { aimPlace, alsoText, assumedText, byTime, lossText, unmet } from './recoveries';
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
    message: `When ${lossText(worst)} is lost, ${name} loses ${lostText(worst)}; ${journey} may lose ${seconds === 0 ? 'nothing' : secondsText(seconds)}.${assumedText(worst)}${alsoText(others)}`,
    place,
    subject: name,
    related: [
      ...related([aimPlace(linked, 'rpo'), 'The recovery point objective']),
      ...relatedJourneys(linked, [journey], `needs ${name}`),
    ],
    ...(worst.assumed.length > 0 ? { assumed: true } : {}),
  };
}

/** How much of the latest data is gone, and why. */
function lostText({ rpo, point }: Recovered): string {
  const time = typeof rpo === 'number' ? `the last ${secondsText(rpo)}` : 'everything';
  switch (point) {
    case 'backup interval':
      return `up to ${time} (what came after the last backup)`;
    case 'replication lag':
      return `${time} (its replicas lag behind by that much)`;
    default:
      return `${time}, by what its recovery says`;
  }
}
