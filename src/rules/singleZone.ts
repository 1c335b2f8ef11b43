import type { Component } from '../model/component';
import { assumptionsOf, failoverOf, isManaged, kindOf, replicaZones, zoneAvailability } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { listText } from '../model/words';
import type { Remedy } from '../remedies/change';
import { lookedAfter, secondReplica } from '../remedies/component';
import { compareLosses, costText, type Loss, singleLosses } from './journeys';
import { componentPlace, domainPlace, related, relatedJourneys } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { endsSinglePoint, insertHealthCheck, isUnwatched, watched } from './settle';
import { journeysText, stoppedWithout, verb } from './words';

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
  return { title: `${watched(spread).title}`, changes: [...watched(spread).changes, ...check.changes], safe: false };
}

function combined(remedies: readonly Remedy[]): Remedy {
  const changes = remedies.flatMap((remedy) => remedy.changes);
  const names = changes.flatMap((change) => (change.kind === 'set-component' ? change.component : []));
  const [only] = remedies;
  const title = remedies.length === 1 && only ? `${names[0]}: ${only.title}` : `Spread over another zone: ${listText(names)}`;
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
  const stop = `${journeysText(linked.system, loss.journeys)} ${verb(loss.journeys.length, 'stops', 'stop')}`;
  const sentences = [`${whyText(zone, components)}${stop} when the zone goes down${cost}.`];
  if (others.length > 0) sentences.push(`The same goes for ${listText(others.map(({ point }) => point.name))}.`);
  if (loss.implied) sentences.push('No journey is declared, so every component that nobody calls counts as one.');
  yield {
    message: sentences.join(' '),
    place,
    subject: zone,
    related: [
      ...related(
        ...[...components.needing, ...components.unwatched]
          .slice(0, 8)
          .map(({ name }) => [componentPlace(linked, name), `${name} runs in ${zone}`] as const),
      ),
      ...relatedJourneys(linked, loss.implied ? [] : loss.journeys, `stops without ${zone}`),
      ...related(
        ...others.slice(0, 8).map(({ point }) => [domainPlace(linked, 'zone', point.name), `${point.name} is another one`] as const),
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
    only.length > 0 ? `${namesOf(only)} ${verb(only.length, 'runs', 'run')} only in ${zone}` : '',
    primaries.length > 0 ? `nothing takes the place of the primary of ${namesOf(primaries)} in ${zone}` : '',
    few.length > 0 ? `too few replicas of ${namesOf(few)} are outside ${zone}` : '',
    needing.length === 0 && unwatched.length > 0
      ? `nobody takes the dead replicas of ${namesOf(unwatched)} in ${zone} out of service (no health check)`
      : '',
  ].filter(Boolean);
  return reasons.length === 0 ? '' : `${reasons.join(', and ')}; `;
}

function namesOf(components: readonly Component[]): string {
  return listText(components.map(({ name }) => name));
}
