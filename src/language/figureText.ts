import * as l10n from '@vscode/l10n';
import type { ComponentFigures } from '../analysis/availability/components';
import type { Contribution, Figure, JourneyFigures, Point } from '../analysis/figures';
import type { Availability } from '../model/units';
import { availabilityText, downtimeText, periods, targetText } from '../model/words';

/** An availability as it is shown everywhere: `99.83%`, or the interval where it is not exact. */
export function figureText(figure: Figure): string {
  if (figure.exact) return availabilityText(figure.value);
  return l10n.t('{0} to {1}', availabilityText(figure.lower), availabilityText(figure.upper));
}

/** Downtime a year: `14.9 h/yr`, or the interval where the figure is not exact. */
export function figureDowntime(figure: Figure, period: keyof typeof periods = 'year'): string {
  if (figure.exact) return downtimeText(figure.value.down, period);
  return l10n.t('{0} to {1}', downtimeText(figure.upper.down, period), downtimeText(figure.lower.down, period));
}

/** The value to compare with an objective: exact, or the lower bound, so that nothing is promised that may not hold. */
export function cautious(figure: Figure): Availability {
  return figure.exact ? figure.value : figure.lower;
}

/** `99.41% if failures hang, 99.83% with a deadline on every call`; one number when they agree. */
export function pairText(figures: Pick<JourneyFigures, 'up' | 'protected'>): string {
  const up = figureText(figures.up);
  const safe = figureText(figures.protected);
  return up === safe ? up : l10n.t('{0} if failures hang, {1} with a deadline on every call', up, safe);
}

/** The part of an error budget that an unavailability spends, 0 for none of it; undefined for a budget of nothing. */
export function budgetSpent(down: number, objective: Availability): number | undefined {
  return objective.down > 0 ? down / objective.down : undefined;
}

/** A share of a budget in words: `34% of its budget`, `3.4 times its budget`. @param budget what it is a share of, translated */
export function spentText(spent: number, budget: string): string {
  if (spent < 0.01) return l10n.t('under 1% of {0}', budget);
  if (spent < 2) return l10n.t('{0}% of {1}', Math.round(spent * 100), budget);
  return l10n.t('{0} times {1}', Number(spent.toPrecision(2)), budget);
}

/** Whether a figure keeps an objective, by its cautious end. */
export function keeps(figure: Figure, objective: Availability): boolean {
  return cautious(figure).down <= objective.down * (1 + 1e-9);
}

/** `objective 99.95% kept`. */
export function verdictText(objective: Availability, isKept: boolean): string {
  const text = availabilityText(objective);
  return isKept ? l10n.t('objective {0} kept', text) : l10n.t('objective {0} missed', text);
}

/** `db`, `zone eu-west-1a`. */
export function pointText(point: Point): string {
  return targetText(point);
}

/** Hours a year as a downtime text. */
export function contributionText(contribution: Pick<Contribution, 'hoursPerYear'>): string {
  return downtimeText(contribution.hoursPerYear / periods.year);
}

/** Whether most of what a component costs comes from its releases, against which no replica helps. */
export function isMostlyReleases({ hoursPerYear }: Pick<Contribution, 'hoursPerYear'>, figures: ComponentFigures | undefined): boolean {
  return figures !== undefined && figures.releases * periods.year > hoursPerYear / 2;
}
