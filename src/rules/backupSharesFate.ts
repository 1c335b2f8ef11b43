import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { elementId, keyPlace } from '../model/origin';
import type { Seconds } from '../model/units';
import { secondsText } from '../model/words';
import { moveBackup } from '../remedies/recovery';
import { domainPlace, related, relatedJourneys } from './places';
import { backText, bringsNothingUp, doomedBackup, objectiveOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';

/** As many other regions are offered. */
const mostRegions = 3;

export const backupSharesFate: Rule = {
  id: 'backup-shares-fate',
  category: 'Recovery',
  severity: 'warning',
  summary: 'A backup in the only region of what it protects, where there is an objective for recovery.',
  *check(context) {
    for (const component of context.linked.system.components.values()) yield* report(context, component);
  },
  fixes({ subject }, { linked: { system } }) {
    const component = system.components.get(subject);
    const doomed = component && doomedBackup(system, component);
    if (doomed === undefined) return [];
    const others = [...system.regions.keys()].filter((region) => region !== doomed);
    return others
      .flatMap((region) => moveBackup(system, subject, region) ?? [])
      .filter((remedy) => bringsNothingUp(system, subject, remedy))
      .slice(0, mostRegions);
  },
};

function* report({ linked }: RuleContext, component: Component): Generator<Report> {
  const { name } = component;
  const region = doomedBackup(linked.system, component);
  if (region === undefined) return;
  const rto = objectiveOf(linked.system, name, 'rto');
  const rpo = objectiveOf(linked.system, name, 'rpo');
  const place = keyPlace(linked.origins, elementId('component', name), 'backup.region');
  const journey = (rto ?? rpo)?.journey;
  if (!place || journey === undefined) return;
  yield {
    message: l10n.t(
      'The backup of {0} is in {1}, where all of {0} runs: what takes the region takes both, and {2}.',
      name,
      region,
      goalText(journey, rto?.seconds, rpo?.seconds),
    ),
    place,
    subject: name,
    related: [
      ...related([domainPlace(linked, 'region', region), l10n.t('{0} holds both', region)]),
      ...relatedJourneys(linked, [journey], (one) => l10n.t('{0} needs {1}', one, name)),
    ],
  };
}

function goalText(journey: string, rto: Seconds | undefined, rpo: Seconds | undefined): string {
  if (rpo === undefined) return backText(journey, rto ?? 0);
  if (rto === undefined) {
    return rpo === 0 ? l10n.t('{0} is to lose nothing', journey) : l10n.t('{0} is to lose at most {1}', journey, secondsText(rpo));
  }
  const back = backText(journey, rto);
  return rpo === 0 ? l10n.t('{0} and lose nothing', back) : l10n.t('{0} and lose at most {1}', back, secondsText(rpo));
}
