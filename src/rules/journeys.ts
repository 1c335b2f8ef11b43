import * as l10n from '@vscode/l10n';
import type { JourneyFigures, Point } from '../analysis/figures';
import type { Availability } from '../model/units';
import { availabilityText, hoursText, periods, perPeriodText } from '../model/words';
import type { RuleContext } from './rule';

/** What losing one point does. */
export interface Loss {
  readonly point: Point;
  /** Names of the journeys that stop, in the order of the file. */
  readonly journeys: readonly string[];
  readonly implied: boolean;
}

/**
 * Every single point of failure of a kind with the journeys that it stops. Beside journeys that somebody declared, an
 * implied one is not worth naming.
 */
export function singleLosses({ linked, figures }: RuleContext, kind: Point['kind']): readonly Loss[] {
  const points = new Map<string, { point: Point; declared: string[]; implied: string[] }>();
  for (const { journey, singlePoints } of figures.journeys) {
    const list = linked.system.journeys.get(journey)?.implied ? 'implied' : 'declared';
    for (const point of singlePoints) {
      if (point.kind !== kind) continue;
      const known = points.get(point.name) ?? { point, declared: [], implied: [] };
      known[list].push(journey);
      points.set(point.name, known);
    }
  }
  return [...points.values()].map(({ point, declared, implied }) =>
    declared.length > 0 ? { point, journeys: declared, implied: false } : { point, journeys: implied, implied: true },
  );
}

/** How bad a loss is: the requests that stop, then the number of journeys. */
export function compareLosses({ linked }: RuleContext, a: Loss, b: Loss): number {
  const rate = ({ journeys }: Loss) => journeys.reduce((sum, name) => sum + (linked.system.journeys.get(name)?.rate ?? 0), 0);
  return rate(b) - rate(a) || b.journeys.length - a.journeys.length;
}

/**
 * What a point costs the journey that it costs most: `: 8.76 h/yr of its 4.38 h budget`. Empty where there is no exact
 * figure. `assumed` is the availability that the figure rests on, where nobody wrote it.
 */
export function costText({ figures }: RuleContext, { point, journeys }: Loss, assumed: Availability | undefined): string {
  let worst: { journey: JourneyFigures; hours: number } | undefined;
  for (const journey of figures.journeys) {
    if (!journeys.includes(journey.journey)) continue;
    const hours =
      journey.contributions.find((other) => other.point.kind === point.kind && other.point.name === point.name)?.hoursPerYear ?? 0;
    if (hours > (worst?.hours ?? 0)) worst = { journey, hours };
  }
  if (!worst) return '';
  const { journey, hours } = worst;
  const amount = perPeriodText(hoursText(hours), 'year');
  const cost = journey.objective ? ofBudgetText(amount, journey.journey, journey.objective, journeys.length) : amount;
  if (!assumed) return `: ${cost}`;
  return `: ${l10n.t('{0}, if {1} is available {2} of the time (assumed)', cost, point.name, availabilityText(assumed))}`;
}

function ofBudgetText(amount: string, journey: string, objective: Availability, journeys: number): string {
  const budget = hoursText(objective.down * periods.year);
  return journeys === 1 ? l10n.t('{0} of its {1} budget', amount, budget) : l10n.t('{0} of the {1} budget of {2}', amount, budget, journey);
}
