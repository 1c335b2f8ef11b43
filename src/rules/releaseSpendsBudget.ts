import * as l10n from '@vscode/l10n';
import { releaseUnavailability } from '../analysis/structure/replicas';
import type { Component } from '../model/component';
import type { Journey } from '../model/journey';
import { availabilityObjective } from '../model/objectives';
import { printDuration, printShare } from '../model/units';
import { countText, hoursText, listText, periods } from '../model/words';
import type { Remedy } from '../remedies/change';
import { fasterRollback } from '../remedies/releases';
import { objectivePlace } from './objectives';
import { componentPlace, related } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout } from './words';

/** The part of an error budget that releases may spend. */
const most = 0.25;
const tolerance = 1 + 1e-9;

export const releaseSpendsBudget: Rule = {
  id: 'release-spends-budget',
  category: 'Objectives',
  severity: 'warning',
  summary: 'Bad releases alone spend more than a quarter of a journey’s error budget.',
  *check(context) {
    for (const group of alike(context)) yield* report(context, group);
  },
  fixes: ({ subject }, context) => fasterReleases(context, subject),
};

/** The rollback with which the releases on a journey spend no more than their part; none where that is out of reach. */
export function fasterReleases(context: RuleContext, name: string): readonly Remedy[] {
  const { system } = context.linked;
  const journey = system.journeys.get(name);
  const spent = journey && spentOn(context, journey, releasedBy(context).get(name) ?? []);
  const wanted = (spent?.budget ?? 0) * most;
  if (!spent || spent.down <= wanted * tolerance) return [];
  if (spent.parts.some(({ component }) => (component.source ?? 'native') !== 'native')) return [];
  // Those that spend little stay as they are where the largest can make up for it.
  const [largest, ...others] = spent.parts;
  const rest = others.reduce((sum, { down }) => sum + down, 0);
  const alone = largest && fasterRollback(system, [largest.component.name], (wanted - rest) / largest.down);
  const names = spent.parts.map(({ component }) => component.name);
  const remedy = alone ?? fasterRollback(system, names, wanted / spent.down);
  return remedy ? [remedy] : [];
}

interface Released {
  readonly component: Component;
  /** The share of the time that a bad release takes it down. */
  readonly down: number;
}

interface Spent {
  /** Of the journey's objective, as a share of the time. */
  readonly budget: number;
  readonly down: number;
  /** The largest first. */
  readonly parts: readonly Released[];
}

/** By journey, the components that it cannot do without and that releases take down. */
function releasedBy(context: RuleContext): ReadonlyMap<string, readonly Released[]> {
  const byJourney = new Map<string, Released[]>();
  for (const component of context.linked.system.components.values()) {
    const down = releaseUnavailability(component);
    if (!(down > 0)) continue;
    for (const journey of stoppedWithout(context, component.name)) {
      const list = byJourney.get(journey);
      if (list) list.push({ component, down });
      else byJourney.set(journey, [{ component, down }]);
    }
  }
  return byJourney;
}

/** What releases cost a journey, of the error budget of its objective; undefined where it has none. */
function spentOn({ linked }: RuleContext, journey: Journey, released: readonly Released[]): Spent | undefined {
  const budget = availabilityObjective(linked.system, journey)?.down;
  if (budget === undefined || budget <= 0) return undefined;
  const parts = [...released].sort((a, b) => b.down - a.down);
  return { budget, parts, down: 1 - parts.reduce((up, { down }) => up * (1 - down), 1) };
}

interface Group extends Spent {
  /** In the order of the file; more than one only where they are held to the system's objective. */
  readonly journeys: readonly Journey[];
}

/** The journeys on which releases spend too much; those that the same releases take down have one finding together. */
function alike(context: RuleContext): readonly Group[] {
  const released = releasedBy(context);
  const groups = new Map<string, Group & { readonly journeys: Journey[] }>();
  for (const journey of released.size === 0 ? [] : context.linked.system.journeys.values()) {
    const spent = spentOn(context, journey, released.get(journey.name) ?? []);
    if (!spent || spent.down <= spent.budget * most * tolerance) continue;
    const isOwn = journey.availability !== undefined;
    const key = isOwn ? `own ${journey.name}` : `all ${spent.parts.map(({ component }) => component.name).join('\n')}`;
    const known = groups.get(key);
    if (known) known.journeys.push(journey);
    else groups.set(key, { ...spent, journeys: [journey] });
  }
  return [...groups.values()];
}

function* report({ linked }: RuleContext, { budget, down, parts, journeys }: Group): Generator<Report> {
  const places = journeys.flatMap((journey) => {
    const place = objectivePlace(linked, journey);
    return place ? [{ journey, place }] : [];
  });
  const [first, ...others] = places;
  if (!first) return;
  const hours = (share: number) => hoursText(share * periods.year);
  const whose = listText(parts.map(({ component }) => component.name));
  const names = journeysText(
    linked.system,
    places.map(({ journey }) => journey.name),
  );
  const one = l10n.t('{0} that its objective allows', partText(down / budget, hours(budget)));
  const part = countText(places.length, one, l10n.t('{0} that their objective allows', partText(down / budget, hours(budget))));
  yield {
    message: l10n.t('Bad releases of {0} take {1} down {2} a year, {3}.', whose, names, hours(down), part),
    place: first.place,
    subject: first.journey.name,
    related: [
      ...related(
        ...parts.slice(0, 8).map(({ component, down: own }) => {
          return [componentPlace(linked, component.name), l10n.t('{0}: {1} a year', releasesText(component), hours(own))] as const;
        }),
      ),
      ...others.slice(0, 8).map(({ journey, place }) => ({ place, message: l10n.t('{0} is taken down by them too', journey.name) })),
    ],
  };
}

/** `34% of the 4.38 h`, `3.4 times the 4.38 h`. */
function partText(spent: number, budget: string): string {
  return spent < 2
    ? l10n.t('{0} of the {1}', `${Math.round(spent * 100)}%`, budget)
    : l10n.t('{0} times the {1}', Number(spent.toPrecision(2)), budget);
}

function releasesText({ name, releases }: Component): string {
  const { every, failureRate, rollback } = releases ?? {};
  if (every === undefined || failureRate === undefined || rollback === undefined) return l10n.t('Releases of {0}', name);
  return l10n.t(
    '{0} is released every {1}; {2} of the releases are bad for {3}',
    name,
    printDuration(every),
    printShare(failureRate),
    printDuration(rollback),
  );
}
