import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { kindOf, replicaCount } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { countText } from '../model/words';
import { insertBackup } from '../remedies/recovery';
import { componentPlace, relatedJourneys } from './places';
import { bringsNothingUp, isOurs, isUnread, mayLoseText, objectiveOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout } from './words';

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
  const what = isWritten ? l10n.t('{0} has no backup (`backup: none`)', name) : l10n.t('{0} has no backup', name);
  const gone =
    replicaCount(component) > 1
      ? l10n.t('{0}: after a bad write or a deletion, which its replicas copy faithfully, what was there is gone for good', what)
      : l10n.t('{0}: after a bad write or a deletion what was there is gone for good', what);
  const needed = journeys.length === 0 ? gone : neededText(gone, journeysText(linked.system, journeys), journeys.length);
  const rpo = objectiveOf(linked.system, name, 'rpo');
  yield {
    message: rpo ? l10n.t('{0}; {1}.', needed, mayLoseText(rpo.journey, rpo.seconds)) : l10n.t('{0}.', needed),
    place,
    subject: name,
    related: relatedJourneys(linked, journeys, (journey) => l10n.t('{0} needs the data of {1}', journey, name)),
  };
}

function neededText(what: string, names: string, count: number): string {
  return countText(count, l10n.t('{0}, and {1} needs it', what, names), l10n.t('{0}, and {1} need it', what, names));
}
