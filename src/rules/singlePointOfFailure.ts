import type { Component } from '../model/component';
import { assumptionsOf, failoverOf, isManaged, kindOf, replicaAvailability, replicaCount } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { elementId, keyPlace } from '../model/origin';
import { listText } from '../model/words';
import { compareLosses, costText, type Loss, singleLosses } from './journeys';
import { componentPlace, related, relatedJourneys } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { anotherReplica, isUnwatched, withoutIt } from './settle';
import { journeysText, verb } from './words';

/** In other formats as many findings of one rule in a file are one. */
const tooMany = 3;

export const singlePointOfFailure: Rule = {
  id: 'single-point-of-failure',
  category: 'Redundancy',
  severity: 'warning',
  summary: 'A component whose loss of one replica stops a journey.',
  *check(context) {
    const losses = singleLosses(context, 'component').flatMap((loss) => relevant(context, loss));
    yield* together(
      context,
      losses.filter(({ implied }) => implied),
      1,
    );
    const declared = losses.filter(({ implied }) => !implied);
    const byFile = new Map<string, Loss[]>();
    for (const loss of declared) {
      const component = context.linked.system.components.get(loss.point.name);
      const file = componentPlace(context.linked, loss.point.name)?.file;
      if (component?.source === undefined || component.source === 'native' || file === undefined) yield* together(context, [loss], 1);
      else byFile.set(file, [...(byFile.get(file) ?? []), loss]);
    }
    for (const group of byFile.values()) yield* together(context, group, tooMany);
    yield* deployers(context);
  },
  fixes({ subject }, { linked: { system } }) {
    const component = system.components.get(subject);
    if (!component) return [];
    // What another format declares is changed there, by whoever knows what else that takes.
    const isOurs = component.source === undefined || component.source === 'native';
    const callsAreOurs = system.calls.every(({ to, source }) => to !== subject || source === 'native');
    return [
      ...(isOurs && !isManaged(component) ? anotherReplica(system, subject) : []),
      ...(callsAreOurs ? withoutIt(system, subject) : []),
    ];
  },
};

/**
 * A loss worth a word: not of what a provider runs redundantly; not what rests on a missing timeout where the format of
 * the call cannot state one; and not what only stops an implied journey that starts at this very component, for that
 * goes without saying.
 */
function relevant({ linked }: RuleContext, loss: Loss): readonly Loss[] {
  const { components, calls, journeys } = linked.system;
  const { name } = loss.point;
  const component = components.get(name);
  if (!component || (isManaged(component) && kindOf(component) !== 'external')) return [];
  // A number of replicas that cannot be read is reported as such.
  if (component.replicas === undefined && keyPlace(linked.origins, elementId('component', name), 'replicas')) return [];
  if (isUnwatched(component) && calls.some((call) => call.to === name && call.source !== 'native')) return [];
  if (!loss.implied) return [loss];
  const others = loss.journeys.filter((journey) => journeys.get(journey)?.entry !== name);
  return others.length > 0 ? [{ ...loss, journeys: others }] : [];
}

/** One report for each loss; from `limit` losses on, a single one at the worst, with the others as related places. */
function* together(context: RuleContext, losses: readonly Loss[], limit: number): Generator<Report> {
  const sorted = [...losses].sort((a, b) => compareLosses(context, a, b));
  const [worst, ...others] = sorted;
  if (!worst) return;
  if (others.length === 0 || sorted.length < limit) {
    for (const loss of sorted) yield* reportOf(context, loss, []);
  } else {
    yield* reportOf(context, worst, others);
  }
}

function* reportOf(context: RuleContext, loss: Loss, others: readonly Loss[]): Generator<Report> {
  const { linked } = context;
  const component = linked.system.components.get(loss.point.name);
  const place = componentPlace(linked, loss.point.name);
  if (!component || !place) return;
  const sentences = [`${whatStops(context, component, loss)}.`];
  if (others.length > 0) sentences.push(`The same goes for ${listText(others.map(({ point }) => point.name))}.`);
  if (loss.implied) sentences.push('No journey is declared, so every component that nobody calls counts as one.');
  yield {
    message: sentences.join(' '),
    place,
    subject: component.name,
    related: [
      ...relatedJourneys(linked, loss.implied ? [] : loss.journeys, `stops without ${component.name}`),
      ...related(...others.slice(0, 8).map((other) => [componentPlace(linked, other.point.name), relation(other)] as const)),
    ],
    ...(loss.implied ? { assumed: true } : {}),
  };
}

function relation({ point, journeys, implied }: Loss): string {
  const verbs = implied ? verb(journeys.length, 'depends on', 'depend on') : verb(journeys.length, 'stops without', 'stop without');
  return `${listText(journeys)} ${verbs} ${point.name}`;
}

function whatStops(context: RuleContext, component: Component, loss: Loss): string {
  const { name } = component;
  const { journeys } = loss;
  const names = journeysText(context.linked.system, journeys);
  // Nobody said what these journeys cannot do without: that they depend on it is all that is known.
  const depends = loss.implied ? `, and ${names} ${verb(journeys.length, 'depends', 'depend')} on it` : undefined;
  const stop = `${names} ${verb(journeys.length, 'stops', 'stop')}`;
  const availability = replicaAvailability(component, assumptionsOf(context.linked.system));
  const cost = loss.implied ? '' : costText(context, loss, availability.assumed ? availability.value : undefined);
  if (kindOf(component) === 'external') return `${stop} whenever ${name} is down${cost}`;
  const count = replicaCount(component);
  if (count === 1) return `${name} has one replica${depends ?? `; ${stop} when it dies${cost}`}`;
  if (isStateful(kindOf(component)) && failoverOf(component) === undefined) {
    return `${name} has ${count} replicas and no failover${depends ?? `; ${stop} when its primary dies${cost}`}`;
  }
  const when = depends ?? `; ${stop} when one of them dies${cost}`;
  if ((component.needs ?? 1) >= count) return `${name} needs all ${count} of its replicas${when}`;
  if (isUnwatched(component)) return `${name} has ${count} replicas and no health check, and calls that reach a dead one hang${when}`;
  return `${name} cannot do without one of its ${count} replicas at peak${when}`;
}

/** Where releases are made from: no journey stops without it, but the way back from a bad release is gone. */
function* deployers({ linked }: RuleContext): Generator<Report> {
  for (const component of linked.system.components.values()) {
    const place = componentPlace(linked, component.name);
    if (kindOf(component) !== 'deployer' || isManaged(component) || replicaCount(component) > 1 || !place) continue;
    const { name } = component;
    yield { message: `${name} has one replica; while it is down, nothing can be released or rolled back.`, place, subject: name };
  }
}
