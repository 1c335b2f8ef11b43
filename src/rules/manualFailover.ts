import type { Component } from '../model/component';
import { assumptionsOf, failoverOf, isManaged, kindOf, replicaCount } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { elementId, keyPlace } from '../model/origin';
import { secondsText } from '../model/words';
import { automaticFailover } from '../remedies/component';
import { related, relatedJourneys } from './places';
import { aimPlace, bringsNothingUp, isManual, isUnread, objectiveOf, recoveriesOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout, verb } from './words';

export const manualFailover: Rule = {
  id: 'manual-failover',
  category: 'Recovery',
  severity: 'warning',
  summary: 'A failover by hand that is slower than the recovery time objective, or that no runbook describes.',
  *check(context) {
    for (const component of context.linked.system.components.values()) {
      if (isByHand(component)) yield* report(context, component);
    }
  },
  fixes({ subject }, { linked: { system } }) {
    const remedy = automaticFailover(system, subject);
    return remedy && bringsNothingUp(system, subject, remedy) ? [remedy] : [];
  },
};

function isByHand(component: Component): boolean {
  return isManual(component) && isStateful(kindOf(component)) && !isManaged(component) && replicaCount(component) > 1;
}

function* report(context: RuleContext, component: Component): Generator<Report> {
  const { linked } = context;
  const { system } = linked;
  const { name } = component;
  const place = keyPlace(linked.origins, elementId('component', name), 'failover.automatic');
  const journeys = stoppedWithout(context, name).filter((journey) => system.journeys.get(journey)?.implied === false);
  if (!place || journeys.length === 0) return;
  const objective = objectiveOf(system, name, 'rto');
  const slow = recoveriesOf(system, name).find(({ how, rtoMet }) => rtoMet === false && how.kind === 'failover' && !how.automatic);
  const noRunbook = component.runbook === undefined && !isUnread(linked, component, 'runbook');
  if (!slow && !noRunbook) return;
  const within = failoverOf(component, assumptionsOf(system))?.value;
  const who = `${journeysText(system, journeys)} ${verb(journeys.length, 'stops', 'stop')}`;
  const takes = slow && typeof slow.rto === 'number' ? slow.rto : within;
  const sentence = [
    `${name} fails over by hand${takes === undefined ? '' : `, which takes ${secondsText(takes)}`}; ${who} meanwhile`,
    slow && objective ? `, and ${objective.journey} is to be back within ${secondsText(objective.seconds)}` : '',
    noRunbook ? (slow ? '. No `runbook` says how it is done' : ', and no `runbook` says how it is done') : '',
  ];
  yield {
    message: `${sentence.join('')}.`,
    place,
    subject: name,
    related: [
      ...related([slow ? aimPlace(linked, 'rto') : undefined, 'The recovery time objective']),
      ...relatedJourneys(linked, journeys, `stops until somebody has switched ${name}`),
    ],
  };
}
