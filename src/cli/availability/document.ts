import type { Figure, JourneyFigures } from '../../analysis/figures';
import { figureDowntime, figureText, keeps, pointText, spentText } from '../../language/figureText';
import { availabilityText, listText, rateText } from '../../model/words';
import { type Block, type Cell, more, shownRows } from '../blocks';
import { journeyBlocks } from './journey';
import { loadBlocks } from './load';
import { recoveryBlocks } from './recovery';
import type { Review } from './review';

/** A system's figures in the order in which a reviewer asks: how good, why, what to do, what it rests on. */
export function systemDocument(review: Review): readonly Block[] {
  const { system, figures } = review;
  const rated = [...system.journeys.values()].some(({ rate }) => rate !== undefined && rate > 0);
  const mean = figures.journeys.length < 2 ? '' : rated ? ' (all journeys, by their rates)' : ' (the mean of all journeys)';
  const up = figures.up && `${figureText(figures.up)} available · down ${figureDowntime(figures.up)}${mean}`;
  return [
    { kind: 'heading', level: 1, text: system.name },
    ...(up ? [{ kind: 'line', text: up } as const] : []),
    ...journeysTable(figures.journeys),
    ...figures.journeys.flatMap((journey) => journeyBlocks(review, journey)),
    ...figures.unknown.map(({ journey, reason }): Block => ({ kind: 'line', label: journey, text: `no figure, ${reason}` })),
    ...blastBlocks(review),
    ...recoveryBlocks(review.recovery),
    ...loadBlocks(review),
  ];
}

function journeysTable(journeys: readonly JourneyFigures[]): readonly Block[] {
  if (journeys.length === 0) return [];
  const differ = journeys.some(({ up, protected: safe }) => figureText(up) !== figureText(safe));
  return [
    {
      kind: 'table',
      columns: [
        'journey',
        { head: differ ? 'if failures hang' : 'up', figures: true },
        { head: 'downtime', figures: true },
        ...(differ ? [{ head: 'with a deadline on every call', figures: true } as const] : []),
        { head: 'fully featured', figures: true },
        'objective',
      ],
      rows: journeys.map((figures) => [
        figures.journey,
        figureText(figures.up),
        figureDowntime(figures.up),
        ...(differ ? [figureText(figures.protected)] : []),
        figureText(figures.fullyFeatured),
        objectiveCell(figures),
      ]),
    },
  ];
}

function objectiveCell({ objective, up, budgetSpent }: JourneyFigures): Cell {
  if (!objective) return '–';
  const text = availabilityText(objective);
  if (keeps(up, objective)) return { text: `${text} kept`, mood: 'good' };
  if (mayKeep(up, objective.down)) return `${text}, within the bounds`;
  return { text: `${text} missed${budgetSpent === undefined ? '' : `, ${spentText(budgetSpent, 'its budget')}`}`, mood: 'bad' };
}

function mayKeep(up: Figure, down: number): boolean {
  return !up.exact && up.upper.down <= down;
}

/** What stops most; what stops nothing is left out. */
function blastBlocks({ figures }: Review): readonly Block[] {
  const worst = figures.blast
    .filter(({ stops }) => stops.length > 0)
    .sort((a, b) => b.stoppedRate - a.stoppedRate || b.stops.length - a.stops.length);
  if (worst.length === 0) return [];
  const isRated = worst.some(({ stoppedRate }) => stoppedRate > 0);
  return [
    { kind: 'heading', level: 2, text: 'Blast radius' },
    {
      kind: 'table',
      columns: ['without', 'stops', 'goes on without a feature', ...(isRated ? [{ head: 'requests lost', figures: true } as const] : [])],
      rows: worst
        .slice(0, shownRows)
        .map(({ point, stops, degrades, stoppedRate }) => [
          pointText(point),
          listText(stops, 4),
          degrades.length === 0 ? '–' : listText(degrades, 3),
          ...(isRated ? [stoppedRate > 0 ? rateText(stoppedRate) : '–'] : []),
        ]),
    },
    ...more(worst.length),
  ];
}
