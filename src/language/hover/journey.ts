import * as l10n from '@vscode/l10n';
import type { Together } from '../../analysis/availability/together';
import type { JourneyFigures } from '../../analysis/figures';
import type { RankedFix } from '../../analysis/fixes/fixes';
import type { System } from '../../model/system';
import { printRate } from '../../model/units';
import { availabilityText, countText, downtimeText, listText, secondsText } from '../../model/words';
import { proposalText } from '../../remedies/proposals';
import { togetherText } from '../eventText';
import {
  budgetSpent,
  cautious,
  contributionText,
  figureDowntime,
  figureText,
  isMostlyReleases,
  keeps,
  pairText,
  pointText,
  spentText,
} from '../figureText';
import { bold, literal, paragraphs, table } from '../markdown';
import type { SystemView } from '../view';

const shownContributions = 5;

/** What a journey promises and what stands in its way. Undefined for a name that is no journey. */
export function journeyText(view: SystemView, name: string): string | undefined {
  const journey = view.linked.system.journeys.get(name);
  if (!journey) return undefined;
  const figures = view.figures.journeys.find((other) => other.journey === name);
  const head = [l10n.t('{0} · journey from {1}', bold(name), literal(journey.entry))];
  if (journey.rate !== undefined) head.push(printRate(journey.rate));
  if (journey.latency !== undefined && journey.latency !== 'none') head.push(l10n.t('within {0}', secondsText(journey.latency)));
  if (journey.implied) head.push(l10n.t('*implied: nobody calls its entry*'));
  const unknown = view.figures.unknown.find((other) => other.journey === name);
  if (!figures) return paragraphs(head.join(' · '), unknown && literal(unknown.reason));
  return paragraphs(
    head.join(' · '),
    bold(pairText(figures)),
    table(['', l10n.t('available'), l10n.t('per year'), l10n.t('per month'), l10n.t('per week')], figureRows(figures)),
    objectiveText(figures),
    expectedText(figures),
    contributionsText(view, figures),
    fixesText(view.fixes(name)),
    togetherTexts(view.together(name), view.linked.system),
    assumptionsText(figures),
  );
}

function figureRows(figures: JourneyFigures): readonly (readonly string[])[] {
  const rows: [string, JourneyFigures['up']][] = [[l10n.t('up'), figures.up]];
  if (figureText(figures.up) !== figureText(figures.protected)) rows.push([l10n.t('protected'), figures.protected]);
  if (figureText(figures.up) !== figureText(figures.fullyFeatured)) rows.push([l10n.t('fully featured'), figures.fullyFeatured]);
  return rows.map(([label, figure]) => [
    label,
    figureText(figure),
    ...(['year', 'month', 'week'] as const).map((period) => figureDowntime(figure, period)),
  ]);
}

function objectiveText(figures: JourneyFigures): string | undefined {
  const { objective, up } = figures;
  if (!objective) return undefined;
  const spent = budgetSpent(cautious(up).down, objective);
  const budget = downtimeText(objective.down);
  const used =
    spent === undefined
      ? l10n.t('a budget of {0}', budget)
      : l10n.t('the architecture spends {0}', spentText(spent, l10n.t('its budget of {0}', budget)));
  return keeps(up, objective)
    ? l10n.t('Objective {0} **kept**: {1}.', availabilityText(objective), used)
    : l10n.t('Objective {0} **missed**: {1}.', availabilityText(objective), used);
}

/** The part of the requests that succeed, where transient errors or late answers make it another figure than *up*. */
function expectedText({ expectedSuccess, up }: JourneyFigures): string | undefined {
  if (expectedSuccess === undefined || !up.exact) return undefined;
  const failing = 1 - expectedSuccess;
  if (failing <= up.value.down * 1.01 + 1e-9) return undefined;
  const succeeding = availabilityText({ up: expectedSuccess, down: failing });
  return l10n.t('Of its requests {0} succeed: transient errors and late answers count too.', succeeding);
}

const shownFixes = 3;
/** Half a minute a year is not worth a row. */
const leastHours = 1 / 120;

/** What to do first. To do without something is for whoever knows what the journey is for, and not listed here. */
function fixesText(fixes: readonly RankedFix[]): string | undefined {
  const shown = fixes.filter(({ fix, hoursPerYear }) => fix.kind !== 'optional' && hoursPerYear >= leastHours).slice(0, shownFixes);
  if (shown.length === 0) return undefined;
  const rows = shown.map(({ fix, hoursPerYear }) => [literal(proposalText(fix)), contributionText({ hoursPerYear })]);
  return table([l10n.t('Do first'), l10n.t('saves')], rows);
}

/** What stops it although neither does alone. */
function togetherTexts(together: readonly Together[], system: System): string | undefined {
  if (together.length === 0) return undefined;
  const rows = together.map((one) => [literal(togetherText(one, system)), downtimeText(one.probability)]);
  return table([l10n.t('Take it down together'), l10n.t('both down')], rows);
}

function contributionsText(view: SystemView, figures: JourneyFigures): string | undefined {
  const largest = figures.contributions.filter((contribution) => contribution.hoursPerYear > 0).slice(0, shownContributions);
  if (largest.length === 0) return undefined;
  const single = new Set(figures.singlePoints.map((point) => pointText(point)));
  const rows = largest.map((contribution) => {
    const point = pointText(contribution.point);
    const component = contribution.point.kind === 'component' ? view.components.get(contribution.point.name) : undefined;
    const marked = single.has(point)
      ? l10n.t('{0} *(single point)*', literal(point))
      : isMostlyReleases(contribution, component)
        ? l10n.t('{0} *(bad releases)*', literal(point))
        : literal(point);
    return [marked, contributionText(contribution)];
  });
  return table([l10n.t('Costs most'), l10n.t('downtime')], rows);
}

function assumptionsText(figures: JourneyFigures): string | undefined {
  // Some only decide whether a pool fills; a hover has room for those that move the figure.
  const moving = figures.assumptions.filter(({ hoursPerYear }) => hoursPerYear > 0);
  if (moving.length === 0) return undefined;
  const texts = moving.map(({ subject, text }) => literal(`${subject} ${text}`));
  const list = listText(texts, 4);
  const many = l10n.t('*Rests on {0} assumed numbers: {1}.*', moving.length, list);
  return countText(moving.length, l10n.t('*Rests on 1 assumed number: {0}.*', list), many);
}
