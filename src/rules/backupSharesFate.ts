import type { Component } from '../model/component';
import { elementId, keyPlace } from '../model/origin';
import { secondsText } from '../model/words';
import { moveBackup } from '../remedies/recovery';
import { domainPlace, related, relatedJourneys } from './places';
import { bringsNothingUp, doomedBackup, objectiveOf } from './recoveries';
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
  const goals = [
    rto ? `be back within ${secondsText(rto.seconds)}` : '',
    rpo ? `lose ${rpo.seconds === 0 ? 'nothing' : `at most ${secondsText(rpo.seconds)}`}` : '',
  ].filter(Boolean);
  yield {
    message: `The backup of ${name} is in ${region}, where all of ${name} runs: what takes the region takes both, and ${journey} is to ${goals.join(' and ')}.`,
    place,
    subject: name,
    related: [
      ...related([domainPlace(linked, 'region', region), `${region} holds both`]),
      ...relatedJourneys(linked, [journey], `needs ${name}`),
    ],
  };
}
