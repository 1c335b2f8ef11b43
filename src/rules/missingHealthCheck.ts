import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { replicaCount } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { countText, rateText } from '../model/words';
import { applyChanges } from '../remedies/change';
import { insertHealthCheck, lacksHealthCheck } from '../remedies/component';
import { singleLosses } from './journeys';
import { loadOf } from './known';
import { componentPlace, relatedJourneys } from './places';
import { isNoticedLate, isOurs, isUnread } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout } from './words';

export const missingHealthCheck: Rule = {
  id: 'missing-health-check',
  category: 'Recovery',
  severity: 'warning',
  summary: 'Replicas that share the requests, and nobody to notice that one of them is dead.',
  *check(context) {
    const { components } = context.linked.system;
    // Where the calls hang on a dead replica, `single-point-of-failure` says so, and offers the same.
    let stopping: ReadonlySet<string> | undefined;
    for (const component of components.values()) {
      if (!isOurs(component) || !lacksHealthCheck(component) || isUnread(context.linked, component, 'healthCheck')) continue;
      stopping ??= new Set(singleLosses(context, 'component').map(({ point }) => point.name));
      if (!stopping.has(component.name)) yield* report(context, component);
    }
  },
  fixes({ subject }, { linked: { system } }) {
    const remedy = insertHealthCheck([subject]);
    const after = applyChanges(system, remedy.changes);
    const component = after.components.get(subject);
    return component && !isNoticedLate(after, component) ? [remedy] : [];
  },
};

function* report(context: RuleContext, component: Component): Generator<Report> {
  const { linked } = context;
  const { system } = linked;
  const { name } = component;
  const isWritten = component.healthCheck === 'none';
  const written = isWritten ? keyPlace(linked.origins, elementId('component', name), 'healthCheck') : undefined;
  const place = written ?? componentPlace(linked, name);
  const journeys = stoppedWithout(context, name).filter((journey) => system.journeys.get(journey)?.implied === false);
  if (!place || journeys.length === 0) return;
  const count = replicaCount(component);
  const arrivals = loadOf(system).components.get(name)?.arrivals;
  const rate = arrivals === undefined || arrivals === 0 ? '' : `, ${rateText(arrivals / count)},`;
  const what = isWritten
    ? l10n.t('{0} has {1} replicas and no health check (`healthCheck: none`)', name, count)
    : l10n.t('{0} has {1} replicas and no health check', name, count);
  const then = l10n.t('when one dies, 1 in {0} of its requests{1} goes on to it and fails until somebody notices', count, rate);
  const names = journeysText(system, journeys);
  const many = l10n.t('{0}: {1}; {2} need it.', what, then, names);
  yield {
    message: countText(journeys.length, l10n.t('{0}: {1}; {2} needs it.', what, then, names), many),
    place,
    subject: name,
    related: relatedJourneys(linked, journeys, (journey) =>
      l10n.t('{0} fails for 1 request in {1} when a replica of {2} dies', journey, count, name),
    ),
  };
}
