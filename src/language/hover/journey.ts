import type { JourneyFigures } from '../../analysis/figures';
import { printRate } from '../../model/units';
import { availabilityText, countText, downtimeText, listText, secondsText } from '../../model/words';
import { budgetSpent, cautious, contributionText, figureDowntime, figureText, keeps, pairText, pointText, spentText } from '../figureText';
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
    contributionsText(figures),
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

function contributionsText(figures: JourneyFigures): string | undefined {
  const largest = figures.contributions.filter((contribution) => contribution.hoursPerYear > 0).slice(0, shownContributions);
  if (largest.length === 0) return undefined;
  const single = new Set(figures.singlePoints.map((point) => pointText(point)));
  const rows = largest.map((contribution) => {
    const point = pointText(contribution.point);
    return [`${literal(point)}${single.has(point) ? ' *(single point)*' : ''}`, contributionText(contribution)];
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
