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
  const head = [`${bold(name)} · journey from ${literal(journey.entry)}`];
  if (journey.rate !== undefined) head.push(printRate(journey.rate));
  if (journey.latency !== undefined && journey.latency !== 'none') head.push(`within ${secondsText(journey.latency)}`);
  if (journey.implied) head.push('*implied: nobody calls its entry*');
  const unknown = view.figures.unknown.find((other) => other.journey === name);
  if (!figures) return paragraphs(head.join(' · '), unknown && literal(unknown.reason));
  return paragraphs(
    head.join(' · '),
    bold(pairText(figures)),
    table(['', 'available', 'per year', 'per month', 'per week'], figureRows(figures)),
    objectiveText(figures),
    expectedText(figures),
    contributionsText(view, figures),
    fixesText(view.fixes(name)),
    togetherTexts(view.together(name), view.linked.system),
    assumptionsText(figures),
  );
}

function figureRows(figures: JourneyFigures): readonly (readonly string[])[] {
  const rows: [string, JourneyFigures['up']][] = [['up', figures.up]];
  if (figureText(figures.up) !== figureText(figures.protected)) rows.push(['protected', figures.protected]);
  if (figureText(figures.up) !== figureText(figures.fullyFeatured)) rows.push(['fully featured', figures.fullyFeatured]);
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
  const verdict = keeps(up, objective) ? 'kept' : 'missed';
  const budget = `budget of ${downtimeText(objective.down)}`;
  const used = spent === undefined ? `a ${budget}` : `the architecture spends ${spentText(spent)} its ${budget}`;
  return `Objective ${availabilityText(objective)} **${verdict}**: ${used}.`;
}

/** The part of the requests that succeed, where transient errors or late answers make it another figure than *up*. */
function expectedText({ expectedSuccess, up }: JourneyFigures): string | undefined {
  if (expectedSuccess === undefined || !up.exact) return undefined;
  const failing = 1 - expectedSuccess;
  if (failing <= up.value.down * 1.01 + 1e-9) return undefined;
  return `Of its requests ${availabilityText({ up: expectedSuccess, down: failing })} succeed: transient errors and late answers count too.`;
}

const shownFixes = 3;
/** Half a minute a year is not worth a row. */
const leastHours = 1 / 120;

/** What to do first. To do without something is for whoever knows what the journey is for, and not listed here. */
function fixesText(fixes: readonly RankedFix[]): string | undefined {
  const shown = fixes.filter(({ fix, hoursPerYear }) => fix.kind !== 'optional' && hoursPerYear >= leastHours).slice(0, shownFixes);
  if (shown.length === 0) return undefined;
  const rows = shown.map(({ fix, hoursPerYear }) => [literal(proposalText(fix)), contributionText({ hoursPerYear })]);
  return table(['Do first', 'saves'], rows);
}

/** What stops it although neither does alone. */
function togetherTexts(together: readonly Together[], system: System): string | undefined {
  if (together.length === 0) return undefined;
  const rows = together.map((one) => [literal(togetherText(one, system)), downtimeText(one.probability)]);
  return table(['Take it down together', 'both down'], rows);
}

function contributionsText(view: SystemView, figures: JourneyFigures): string | undefined {
  const largest = figures.contributions.filter((contribution) => contribution.hoursPerYear > 0).slice(0, shownContributions);
  if (largest.length === 0) return undefined;
  const single = new Set(figures.singlePoints.map((point) => pointText(point)));
  const rows = largest.map((contribution) => {
    const point = pointText(contribution.point);
    const component = contribution.point.kind === 'component' ? view.components.get(contribution.point.name) : undefined;
    const mark = single.has(point) ? ' *(single point)*' : isMostlyReleases(contribution, component) ? ' *(bad releases)*' : '';
    return [`${literal(point)}${mark}`, contributionText(contribution)];
  });
  return table(['Costs most', 'downtime'], rows);
}

function assumptionsText(figures: JourneyFigures): string | undefined {
  // Some only decide whether a pool fills; a hover has room for those that move the figure.
  const moving = figures.assumptions.filter(({ hoursPerYear }) => hoursPerYear > 0);
  if (moving.length === 0) return undefined;
  const texts = moving.map(({ subject, text }) => literal(`${subject} ${text}`));
  return `*Rests on ${countText(moving.length, 'assumed number')}: ${listText(texts, 4)}.*`;
}
