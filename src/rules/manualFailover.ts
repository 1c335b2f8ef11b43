import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { assumptionsOf, failoverOf, isManaged, kindOf, replicaCount } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { elementId, keyPlace } from '../model/origin';
import { countText, secondsText } from '../model/words';
import { automaticFailover } from '../remedies/component';
import { related, relatedJourneys } from './places';
import { aimPlace, backText, bringsNothingUp, isManual, isUnread, objectiveOf, recoveriesOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout } from './words';

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
  const takes = slow && typeof slow.rto === 'number' ? slow.rto : within;
  const how =
    takes === undefined
      ? l10n.t('{0} fails over by hand', name)
      : l10n.t('{0} fails over by hand, which takes {1}', name, secondsText(takes));
  const names = journeysText(system, journeys);
  const many = l10n.t('{0}; {1} stop meanwhile', how, names);
  const what = countText(journeys.length, l10n.t('{0}; {1} stops meanwhile', how, names), many);
  const late = slow && objective ? l10n.t('{0}, and {1}', what, backText(objective.journey, objective.seconds)) : what;
  yield {
    message: noRunbook ? withoutRunbook(late, slow !== undefined) : l10n.t('{0}.', late),
    place,
    subject: name,
    related: [
      ...related([slow ? aimPlace(linked, 'rto') : undefined, l10n.t('The recovery time objective')]),
      ...relatedJourneys(linked, journeys, (journey) => l10n.t('{0} stops until somebody has switched {1}', journey, name)),
    ],
  };
}

function withoutRunbook(what: string, ofItsOwn: boolean): string {
  return ofItsOwn ? l10n.t('{0}. No `runbook` says how it is done.', what) : l10n.t('{0}, and no `runbook` says how it is done.', what);
}
