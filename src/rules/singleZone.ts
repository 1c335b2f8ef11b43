import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { assumptionsOf, failoverOf, isManaged, kindOf, replicaZones, zoneAvailability } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { countText, listText } from '../model/words';
import type { Remedy } from '../remedies/change';
import { lookedAfter, secondReplica } from '../remedies/component';
import { compareLosses, costText, type Loss, singleLosses } from './journeys';
import { componentPlace, domainPlace, related, relatedJourneys } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { endsSinglePoint, insertHealthCheck, isUnwatched, watched } from './settle';
import { impliedText, journeysText, sameText, stoppedWithout } from './words';

export const singleZone: Rule = {
  id: 'single-zone',
  category: 'Redundancy',
  severity: 'warning',
  summary: 'A zone whose loss stops a journey.',
  *check(context) {
    const losses = zoneLosses(context).sort((a, b) => compareLosses(context, a, b));
    const [worst, ...others] = losses;
    if (worst?.implied) yield* reportOf(context, worst, others);
    else for (const loss of losses) yield* reportOf(context, loss, []);
  },
  fixes({ subject }, context) {
    const { system } = context.linked;
    const loss = zoneLosses(context).find(({ point }) => point.name === subject);
    if (!loss) return [];
    const { needing, unwatched } = responsible(context, loss);
    const check = unwatched.length > 0 ? [insertHealthCheck(unwatched.map(({ name }) => name))] : [];
    const remedies = needing.map(({ name }) => {
      const replica = secondReplica(system, name);
      return replica && lookedAfter(system, name, replica);
    });
    const made = remedies.filter((remedy) => remedy !== undefined);
    if (made.length < remedies.length) return [];
    const spread = made.length > 0 ? combined(made) : undefined;
    const candidates = spread ? [spread, watched(spread), ...check.map((remedy) => together(spread, remedy))] : check;
    return candidates.filter((remedy) => endsSinglePoint(system, remedy, loss)).slice(0, 1);
  },
};

/** Without the implied journeys that start in the zone: that they stop with it goes without saying. */
function zoneLosses(context: RuleContext): Loss[] {
  const { journeys, components } = context.linked.system;
  return singleLosses(context, 'zone').flatMap((loss) => {
    if (!loss.implied) return [loss];
    const others = loss.journeys.filter((name) => {
      const entry = components.get(journeys.get(name)?.entry ?? '');
      return entry && !needsZone(entry, loss.point.name);
    });
    return others.length > 0 ? [{ ...loss, journeys: others }] : [];
  });
}

function together(spread: Remedy, check: Remedy): Remedy {
  const { title, changes } = watched(spread);
  return { title, changes: [...changes, ...check.changes], safe: false };
}

function combined(remedies: readonly Remedy[]): Remedy {
  const changes = remedies.flatMap((remedy) => remedy.changes);
  const names = changes.flatMap((change) => (change.kind === 'set-component' ? change.component : []));
  const [only] = remedies;
  const title = remedies.length === 1 && only ? `${names[0]}: ${only.title}` : l10n.t('Spread over another zone: {0}', listText(names));
  return { title, changes, safe: false };
}

function* reportOf(context: RuleContext, loss: Loss, others: readonly Loss[]): Generator<Report> {
  const { linked } = context;
  const zone = loss.point.name;
  const place = domainPlace(linked, 'zone', zone);
  if (!place) return;
  const components = responsible(context, loss);
  const availability = zoneAvailability(linked.system.zones.get(zone), assumptionsOf(linked.system));
  const cost = loss.implied ? '' : costText(context, loss, availability.assumed ? availability.value : undefined);
  const names = journeysText(linked.system, loss.journeys);
  const many = l10n.t('{0} stop when the zone goes down{1}.', names, cost);
  const stop = countText(loss.journeys.length, l10n.t('{0} stops when the zone goes down{1}.', names, cost), many);
  const sentences = [[whyText(zone, components), stop].filter(Boolean).join('; ')];
  if (others.length > 0) sentences.push(sameText(others.map(({ point }) => point.name)));
  if (loss.implied) sentences.push(impliedText());
  yield {
    message: sentences.join(' '),
    place,
    subject: zone,
    related: [
      ...related(
        ...[...components.needing, ...components.unwatched]
          .slice(0, 8)
          .map(({ name }) => [componentPlace(linked, name), l10n.t('{0} runs in {1}', name, zone)] as const),
      ),
      ...relatedJourneys(linked, loss.implied ? [] : loss.journeys, (name) => l10n.t('{0} stops without {1}', name, zone)),
      ...related(
        ...others
          .slice(0, 8)
          .map(({ point }) => [domainPlace(linked, 'zone', point.name), l10n.t('{0} is another one', point.name)] as const),
      ),
    ],
    ...(loss.implied ? { assumed: true } : {}),
  };
}

/** Why a zone is a single point: what it takes down, and what goes on sending calls to the dead replicas in it. */
interface Responsible {
  readonly needing: readonly Component[];
  readonly unwatched: readonly Component[];
}

/** The components on account of which one of the journeys does not survive the zone. */
function responsible(context: RuleContext, { point, journeys }: Loss): Responsible {
  const components = [...context.linked.system.components.values()];
  const slow = new Set(
    singleLosses(context, 'component')
      .filter((other) => other.journeys.some((name) => journeys.includes(name)))
      .map((other) => other.point.name),
  );
  return {
    needing: components.filter(
      (component) => needsZone(component, point.name) && stoppedWithout(context, component.name).some((name) => journeys.includes(name)),
    ),
    unwatched: components.filter(
      (component) =>
        isUnwatched(component) &&
        slow.has(component.name) &&
        !needsZone(component, point.name) &&
        replicaZones(component).includes(point.name),
    ),
  };
}

/** Whether what is left outside a zone is not enough for a component. */
function needsZone(component: Component, zone: string): boolean {
  if (isManaged(component)) return false;
  const zones = countedZones(component);
  const left = zones.filter((other) => other !== zone).length;
  return left < zones.length && left < Math.max(1, component.needs ?? 1);
}

/** The zones of the replicas that count: of stateful kinds without a failover, only the primary's. */
function countedZones(component: Component): readonly (string | undefined)[] {
  const zones = replicaZones(component);
  return isStateful(kindOf(component)) && failoverOf(component) === undefined ? zones.slice(0, 1) : zones;
}

function whyText(zone: string, { needing, unwatched }: Responsible): string {
  const only = needing.filter((component) => replicaZones(component).every((other) => other === zone));
  const rest = needing.filter((component) => !only.includes(component));
  const primaries = rest.filter((component) => isStateful(kindOf(component)) && failoverOf(component) === undefined);
  const few = rest.filter((component) => !primaries.includes(component));
  const reasons = [
    only.length > 0 ? onlyInText(only, zone) : '',
    primaries.length > 0 ? l10n.t('nothing takes the place of the primary of {0} in {1}', namesOf(primaries), zone) : '',
    few.length > 0 ? l10n.t('too few replicas of {0} are outside {1}', namesOf(few), zone) : '',
    needing.length === 0 && unwatched.length > 0
      ? l10n.t('nobody takes the dead replicas of {0} in {1} out of service (no health check)', namesOf(unwatched), zone)
      : '',
  ].filter(Boolean);
  return reasons.reduce((all, reason) => (all === '' ? reason : l10n.t('{0}, and {1}', all, reason)), '');
}

function onlyInText(components: readonly Component[], zone: string): string {
  const names = namesOf(components);
  return countText(components.length, l10n.t('{0} runs only in {1}', names, zone), l10n.t('{0} run only in {1}', names, zone));
}

function namesOf(components: readonly Component[]): string {
  return listText(components.map(({ name }) => name));
}
