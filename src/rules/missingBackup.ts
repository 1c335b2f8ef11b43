import type { Component } from '../model/component';
import { kindOf, replicaCount } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { secondsText } from '../model/words';
import { insertBackup } from '../remedies/recovery';
import { componentPlace, relatedJourneys } from './places';
import { bringsNothingUp, isOurs, isUnread, objectiveOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout, verb } from './words';

export const missingBackup: Rule = {
  id: 'missing-backup',
  category: 'Recovery',
  severity: 'info',
  summary: 'A database or an object store with no backup.',
  *check(context) {
    for (const component of context.linked.system.components.values()) {
      if (hasNone(context, component)) yield* report(context, component);
    }
  },
  fixes({ subject }, { linked: { system } }) {
    const remedy = insertBackup(system, subject, objectiveOf(system, subject, 'rpo')?.seconds);
    return remedy && bringsNothingUp(system, subject, remedy) ? [remedy] : [];
  },
};

function hasNone({ linked }: RuleContext, component: Component): boolean {
  const kind = kindOf(component);
  if ((kind !== 'database' && kind !== 'object-store') || !isOurs(component) || typeof component.backup === 'object') return false;
  if (isUnread(linked, component, 'backup') || isUnread(linked, component, 'recovery')) return false;
  if (typeof component.recovery !== 'object') return true;
  // A strategy that cannot be read yet may be the one.
  const strategy = keyPlace(linked.origins, elementId('component', component.name), 'recovery.strategy');
  return component.recovery.strategy === undefined ? strategy === undefined : component.recovery.strategy !== 'backup-restore';
}

function* report(context: RuleContext, component: Component): Generator<Report> {
  const { linked } = context;
  const { name } = component;
  const isWritten = component.backup === 'none';
  const place = (isWritten ? keyPlace(linked.origins, elementId('component', name), 'backup') : undefined) ?? componentPlace(linked, name);
  if (!place) return;
  const journeys = stoppedWithout(context, name).filter((journey) => linked.system.journeys.get(journey)?.implied === false);
  const who = journeys.length === 0 ? '' : `, and ${journeysText(linked.system, journeys)} ${verb(journeys.length, 'needs', 'need')} it`;
  const copies = replicaCount(component) > 1 ? ', which its replicas copy faithfully,' : '';
  const rpo = objectiveOf(linked.system, name, 'rpo');
  const limit = rpo ? `; ${rpo.journey} may lose ${rpo.seconds === 0 ? 'nothing' : secondsText(rpo.seconds)}` : '';
  yield {
    message: `${name} has no backup${isWritten ? ' (`backup: none`)' : ''}: after a bad write or a deletion${copies} what was there is gone for good${who}${limit}.`,
    place,
    subject: name,
    related: relatedJourneys(linked, journeys, `needs the data of ${name}`),
  };
}
