import type { ComponentFigures } from '../analysis/availability/components';
import type { Contribution, Figure, JourneyFigures, Point } from '../analysis/figures';
import type { Availability } from '../model/units';
import { availabilityText, downtimeText, periods } from '../model/words';

/** An availability as it is shown everywhere: `99.83%`, or the interval where it is not exact. */
export function figureText(figure: Figure): string {
  if (figure.exact) return availabilityText(figure.value);
  return `${availabilityText(figure.lower)} to ${availabilityText(figure.upper)}`;
}

/** Downtime a year: `14.9 h/yr`, or the interval where the figure is not exact. */
export function figureDowntime(figure: Figure, period: keyof typeof periods = 'year'): string {
  if (figure.exact) return downtimeText(figure.value.down, period);
  return `${downtimeText(figure.upper.down, period)} to ${downtimeText(figure.lower.down, period)}`;
}

/** The value to compare with an objective: exact, or the lower bound, so that nothing is promised that may not hold. */
export function cautious(figure: Figure): Availability {
  return figure.exact ? figure.value : figure.lower;
}

/** `99.41% if failures hang, 99.83% with a deadline on every call`; one number when they agree. */
export function pairText(figures: Pick<JourneyFigures, 'up' | 'protected'>): string {
  const up = figureText(figures.up);
  const safe = figureText(figures.protected);
  return up === safe ? up : `${up} if failures hang, ${safe} with a deadline on every call`;
}

/** The part of an error budget that an unavailability spends, 0 for none of it; undefined for a budget of nothing. */
export function budgetSpent(down: number, objective: Availability): number | undefined {
  return objective.down > 0 ? down / objective.down : undefined;
}

/** A share of a budget in words: `34% of`, `3.4 times`. */
export function spentText(spent: number): string {
  if (spent < 0.01) return 'under 1% of';
  if (spent < 2) return `${Math.round(spent * 100)}% of`;
  return `${Number(spent.toPrecision(2))} times`;
}

/** Whether a figure keeps an objective, by its cautious end. */
export function keeps(figure: Figure, objective: Availability): boolean {
  return cautious(figure).down <= objective.down * (1 + 1e-9);
}

/** `db`, `zone eu-west-1a`. */
export function pointText(point: Point): string {
  switch (point.kind) {
    case 'component':
      return point.name;
    case 'sharedFate':
      return `shared fate ${point.name}`;
    default:
      return `${point.kind} ${point.name}`;
  }
}

/** Hours a year as a downtime text. */
export function contributionText(contribution: Pick<Contribution, 'hoursPerYear'>): string {
  return downtimeText(contribution.hoursPerYear / periods.year);
}

/** Whether most of what a component costs comes from its releases, against which no replica helps. */
export function isMostlyReleases({ hoursPerYear }: Pick<Contribution, 'hoursPerYear'>, figures: ComponentFigures | undefined): boolean {
  return figures !== undefined && figures.releases * periods.year > hoursPerYear / 2;
}
