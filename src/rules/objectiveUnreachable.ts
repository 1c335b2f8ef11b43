import * as l10n from '@vscode/l10n';
import type { Contribution, JourneyFigures, Point } from '../analysis/figures';
import { fixesSteps } from '../analysis/fixes/fixes';
import { proposalsFor } from '../analysis/fixes/proposals';
import { assumptionsOf, isManaged, replicaAvailability } from '../model/defaults';
import { elementId, namePlace } from '../model/origin';
import type { RelatedPlace } from '../model/problem';
import { finish } from '../model/steps';
import type { System } from '../model/system';
import type { Place } from '../model/text';
import { type Availability, fromDown } from '../model/units';
import { availabilityText, countText, domainText, hoursText, listText, periods } from '../model/words';
import type { Remedy } from '../remedies/change';
import { type Proposal, proposalText } from '../remedies/proposals';
import { bestOf, misses, objectivePlace } from './objectives';
import { componentPlace, domainPlace, related } from './places';
import { bringsNothingUp } from './recoveries';
import { fasterReleases } from './releaseSpendsBudget';
import { proposalsIn } from './remedies';
import type { Report, Rule, RuleContext } from './rule';
import { journeyText } from './words';

/** As many causes are in the message, and as many are related places. */
const causesNamed = 2;
const causesRelated = 4;
/** A cause that costs less than this share of the largest is not the cause. */
const worthNaming = 0.05;
/** As many dependencies that promise too little are related places. */
const mostPromises = 4;
/** As many fixes are offered, on systems up to this size: every one is worked out. */
const mostFixes = 3;
const largestRanked = 100;

export const objectiveUnreachable: Rule = {
  id: 'objective-unreachable',
  category: 'Objectives',
  severity: 'warning',
  summary: 'A journey whose computed availability is below its objective.',
  *check(context) {
    for (const figures of context.figures.journeys) {
      const { objective, up } = figures;
      if (objective && misses(up, objective)) yield* report(context, figures, objective);
    }
  },
  fixes({ subject }, context) {
    const { system } = context.linked;
    const releases = fasterReleases(context, subject);
    if (system.components.size > largestRanked) return releases;
    const lasting = bestFor(system, subject).filter((fix) => endsWell(system, fix));
    const proposed = proposalsIn(context, lasting)
      .slice(0, mostFixes)
      .map((proposal): Remedy => ({ title: proposalText(proposal), changes: proposal.changes, safe: false }));
    return [...proposed, ...releases];
  },
};

/** What saves most of one journey's downtime without doing without something, the best first. */
function bestFor(system: System, journey: string): readonly Proposal[] {
  const known = finish(fixesSteps(system, proposalsFor(system), assumptionsOf(system), {}, new Set([journey])));
  const ranked = finish(known.best(mostFixes, ({ kind }) => kind !== 'optional')).get(journey) ?? [];
  return ranked.map(({ fix }) => fix);
}

/** Whether what a proposal changes recovers in time afterwards, or does not do so now. */
function endsWell(system: System, proposal: Proposal): boolean {
  return proposal.changes.every((change) => change.kind !== 'set-component' || bringsNothingUp(system, change.component, proposal));
}

function* report(context: RuleContext, figures: JourneyFigures, objective: Availability): Generator<Report> {
  const { linked } = context;
  const journey = linked.system.journeys.get(figures.journey);
  const place = journey && objectivePlace(linked, journey);
  if (!place) return;
  yield {
    message: messageOf(context, figures, objective),
    place,
    subject: figures.journey,
    related: [...causes(context, figures), ...weakPromises(context, figures, objective)],
    ...(isMostlyAssumed(figures, objective) ? { assumed: true } : {}),
  };
}

function messageOf({ linked }: RuleContext, figures: JourneyFigures, objective: Availability): string {
  const { up, contributions } = figures;
  const best = bestOf(up);
  const who = journeyText(linked.system, figures.journey);
  const hours = ({ down }: Availability) => hoursText(down * periods.year);
  const worth = (contributions[0]?.hoursPerYear ?? 0) * worthNaming;
  const largest = contributions.slice(0, causesNamed).filter(({ hoursPerYear }) => hoursPerYear > 0 && hoursPerYear >= worth);
  const most = largest.map((one) => `${pointName(one.point)} (${hoursText(one.hoursPerYear)})`);
  // A miss that rounding hides is said as what is too much.
  const isClose = hours(best) === hours(objective);
  const how = isClose ? excessText(who, best, objective, up.exact) : downText(who, best, objective, up.exact);
  const sentences = [withCauses(how, most)];
  const safe = bestOf(figures.protected);
  if (up.exact && figures.protected.exact && !misses(figures.protected, objective)) {
    sentences.push(l10n.t('With a deadline on every call it would be {0}.', availabilityText(safe)));
  }
  const [assumed] = figures.assumptions;
  if (assumed && isMostlyAssumed(figures, objective))
    sentences.push(l10n.t('That rests mostly on assumed numbers: {0}, {1}.', assumed.subject, assumed.text));
  return sentences.join(' ');
}

function withCauses(how: string, causes: readonly string[]): string {
  if (causes.length === 0) return l10n.t('{0}.', how);
  const names = listText(causes);
  return countText(causes.length, l10n.t('{0}; {1} costs most.', how, names), l10n.t('{0}; {1} cost most.', how, names));
}

function excessText(who: string, best: Availability, objective: Availability, isExact: boolean): string {
  const excess = hoursText((best.down - objective.down) * periods.year);
  const allowed = availabilityText(objective);
  return isExact
    ? l10n.t('{0} is down {1} a year more than its objective of {2} allows', who, excess, allowed)
    : l10n.t('{0} is down at least {1} a year more than its objective of {2} allows', who, excess, allowed);
}

function downText(who: string, best: Availability, objective: Availability, isExact: boolean): string {
  const [up, down] = [availabilityText(best), hoursText(best.down * periods.year)];
  const allowed =
    objective.down > 0
      ? l10n.t('its objective of {0} allows {1}', availabilityText(objective), hoursText(objective.down * periods.year))
      : l10n.t('its objective is {0}', '100%');
  return isExact
    ? l10n.t('{0} is up {1}: {2} down a year, and {3}', who, up, down, allowed)
    : l10n.t('{0} is up at most {1}: at least {2} down a year, and {3}', who, up, down, allowed);
}

function pointName({ kind, name }: Point): string {
  return kind === 'zone' || kind === 'region' ? domainText(kind, name) : name;
}

function causes(context: RuleContext, { contributions, journey }: JourneyFigures): readonly RelatedPlace[] {
  const cost = ({ point, hoursPerYear }: Contribution) =>
    l10n.t('{0} costs {1} {2} a year', pointName(point), journey, hoursText(hoursPerYear));
  const largest = contributions.filter(({ hoursPerYear }) => hoursPerYear > 0).slice(0, causesRelated);
  return related(...largest.map((one) => [pointPlace(context, one.point), cost(one)] as const));
}

function pointPlace({ linked }: RuleContext, { kind, name }: Point): Place | undefined {
  if (kind === 'component') return componentPlace(linked, name);
  if (kind === 'sharedFate') return namePlace(linked.origins, elementId('sharedFate', name));
  return domainPlace(linked, kind, name);
}

/**
 * What others run has to promise one nine more than the objective, or it leaves nothing for the rest: a dependency that
 * spends more than a tenth of the budget by what is written about it.
 */
function weakPromises(context: RuleContext, { contributions }: JourneyFigures, objective: Availability): readonly RelatedPlace[] {
  const { linked } = context;
  const wanted = fromDown(objective.down / 10);
  const weak = contributions.flatMap(({ point, hoursPerYear }) => {
    const component = point.kind === 'component' ? linked.system.components.get(point.name) : undefined;
    const promised = component && isManaged(component) ? replicaAvailability(component, assumptionsOf(linked.system)) : undefined;
    if (!promised || promised.assumed || !(hoursPerYear > 0) || promised.value.down <= wanted.down * (1 + 1e-9)) return [];
    const text = l10n.t(
      '{0} promises {1}; under an objective of {2} it takes {3}',
      point.name,
      availabilityText(promised.value),
      availabilityText(objective),
      availabilityText(wanted),
    );
    return [[componentPlace(linked, point.name), text] as const];
  });
  return related(...weak.slice(0, mostPromises));
}

/** Whether better numbers in place of those that nobody wrote could make up for more than half of what is missing. */
function isMostlyAssumed({ up, assumptions }: JourneyFigures, objective: Availability): boolean {
  if (!up.exact) return assumptions.length > 0;
  const excess = (up.value.down - objective.down) * periods.year;
  const assumed = assumptions.reduce((sum, { hoursPerYear }) => sum + hoursPerYear, 0);
  return assumed > excess / 2;
}
