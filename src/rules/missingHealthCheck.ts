import type { Component } from '../model/component';
import { replicaCount } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { rateText } from '../model/words';
import { applyChanges } from '../remedies/change';
import { insertHealthCheck, lacksHealthCheck } from '../remedies/component';
import { singleLosses } from './journeys';
import { loadOf } from './known';
import { componentPlace, relatedJourneys } from './places';
import { isNoticedLate, isOurs, isUnread } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout, verb } from './words';

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
  const who = `${journeysText(system, journeys)} ${verb(journeys.length, 'needs', 'need')} it`;
  yield {
    message: `${name} has ${count} replicas and no health check${isWritten ? ' (`healthCheck: none`)' : ''}: when one dies, 1 in ${count} of its requests${rate} goes on to it and fails until somebody notices; ${who}.`,
    place,
    subject: name,
    related: relatedJourneys(linked, journeys, `fails for 1 request in ${count} when a replica of ${name} dies`),
  };
}
