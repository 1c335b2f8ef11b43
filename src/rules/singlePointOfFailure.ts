import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { assumptionsOf, failoverOf, isManaged, kindOf, replicaAvailability, replicaCount } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { elementId, keyPlace } from '../model/origin';
import { countText, listText } from '../model/words';
import { compareLosses, costText, type Loss, singleLosses } from './journeys';
import { componentPlace, related, relatedJourneys } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { anotherReplica, isUnwatched, withoutIt } from './settle';
import { impliedText, journeysText, sameText } from './words';

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
  const sentences = [whatStops(context, component, loss)];
  if (others.length > 0) sentences.push(sameText(others.map(({ point }) => point.name)));
  if (loss.implied) sentences.push(impliedText());
  yield {
    message: sentences.join(' '),
    place,
    subject: component.name,
    related: [
      ...relatedJourneys(linked, loss.implied ? [] : loss.journeys, (name) => l10n.t('{0} stops without {1}', name, component.name)),
      ...related(...others.slice(0, 8).map((other) => [componentPlace(linked, other.point.name), relation(other)] as const)),
    ],
    ...(loss.implied ? { assumed: true } : {}),
  };
}

function relation({ point, journeys, implied }: Loss): string {
  const { name } = point;
  const names = listText(journeys);
  return implied
    ? countText(journeys.length, l10n.t('{0} depends on {1}', names, name), l10n.t('{0} depend on {1}', names, name))
    : countText(journeys.length, l10n.t('{0} stops without {1}', names, name), l10n.t('{0} stop without {1}', names, name));
}

function whatStops(context: RuleContext, component: Component, loss: Loss): string {
  const { name } = component;
  const { journeys } = loss;
  const names = journeysText(context.linked.system, journeys);
  const availability = replicaAvailability(component, assumptionsOf(context.linked.system));
  const cost = loss.implied ? '' : costText(context, loss, availability.assumed ? availability.value : undefined);
  if (kindOf(component) === 'external') {
    const many = l10n.t('{0} stop whenever {1} is down{2}.', names, name, cost);
    return countText(journeys.length, l10n.t('{0} stops whenever {1} is down{2}.', names, name, cost), many);
  }
  const why = whySingle(component);
  // Nobody said what these journeys cannot do without: that they depend on it is all that is known.
  if (loss.implied) {
    const many = l10n.t('{0}, and {1} depend on it.', why, names);
    return countText(journeys.length, l10n.t('{0}, and {1} depends on it.', why, names), many);
  }
  return countText(journeys.length, stopsText(component, why, names, cost), stopText(component, why, names, cost));
}

/** Why a component does not survive the loss of one replica. */
function whySingle(component: Component): string {
  const { name } = component;
  const count = replicaCount(component);
  if (count === 1) return l10n.t('{0} has one replica', name);
  if (losesPrimary(component)) return l10n.t('{0} has {1} replicas and no failover', name, count);
  if ((component.needs ?? 1) >= count) return l10n.t('{0} needs all {1} of its replicas', name, count);
  return isUnwatched(component)
    ? l10n.t('{0} has {1} replicas and no health check, and calls that reach a dead one hang', name, count)
    : l10n.t('{0} cannot do without one of its {1} replicas at peak', name, count);
}

/** Whether it has replicas that nobody switches to. */
function losesPrimary(component: Component): boolean {
  return replicaCount(component) > 1 && isStateful(kindOf(component)) && failoverOf(component) === undefined;
}

function stopsText(component: Component, why: string, journey: string, cost: string): string {
  if (replicaCount(component) === 1) return l10n.t('{0}; {1} stops when it dies{2}.', why, journey, cost);
  return losesPrimary(component)
    ? l10n.t('{0}; {1} stops when its primary dies{2}.', why, journey, cost)
    : l10n.t('{0}; {1} stops when one of them dies{2}.', why, journey, cost);
}

function stopText(component: Component, why: string, journeys: string, cost: string): string {
  if (replicaCount(component) === 1) return l10n.t('{0}; {1} stop when it dies{2}.', why, journeys, cost);
  return losesPrimary(component)
    ? l10n.t('{0}; {1} stop when its primary dies{2}.', why, journeys, cost)
    : l10n.t('{0}; {1} stop when one of them dies{2}.', why, journeys, cost);
}

/** Where releases are made from: no journey stops without it, but the way back from a bad release is gone. */
function* deployers({ linked }: RuleContext): Generator<Report> {
  for (const component of linked.system.components.values()) {
    const place = componentPlace(linked, component.name);
    if (kindOf(component) !== 'deployer' || isManaged(component) || replicaCount(component) > 1 || !place) continue;
    const { name } = component;
    const message = l10n.t('{0} has one replica; while it is down, nothing can be released or rolled back.', name);
    yield { message, place, subject: name };
  }
}
