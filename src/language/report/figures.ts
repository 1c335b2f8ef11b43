import * as l10n from '@vscode/l10n';
import type { Figure, JourneyFigures } from '../../analysis/figures';
import { availabilityText, listText, rateText } from '../../model/words';
import { figureDowntime, figureText, keeps, pointText, spentText } from '../figureText';
import { type Block, type Cell, more, shownRows } from './blocks';
import { journeyBlocks } from './journey';
import { loadBlocks } from './load';
import { recoveryBlocks } from './recovery';
import type { Review } from './review';

/** A system's figures in the order in which a reviewer asks: how good, why, what to do, what it rests on. */
export function systemDocument(review: Review): readonly Block[] {
  const { system, figures } = review;
  return [
    { kind: 'heading', level: 1, text: system.name },
    ...totalLine(review),
    ...journeysTable(figures.journeys),
    ...figures.journeys.flatMap((journey) => journeyBlocks(review, journey, 2)),
    ...unknownLines(review),
    ...blastBlocks(review),
    ...recoveryBlocks(review.recovery),
    ...loadBlocks(review),
  ];
}

/** How good the system is as a whole. */
export function totalLine({ system, figures: { up, journeys } }: Review): readonly Block[] {
  if (!up) return [];
  const text = l10n.t('{0} available · down {1}', figureText(up), figureDowntime(up));
  if (journeys.length < 2) return [{ kind: 'line', text }];
  const rated = [...system.journeys.values()].some(({ rate }) => rate !== undefined && rate > 0);
  const mean = rated ? l10n.t('all journeys, by their rates') : l10n.t('the mean of all journeys');
  return [{ kind: 'line', text: `${text} (${mean})` }];
}

/** Journeys without a figure, with the reason. */
export function unknownLines({ figures }: Review): readonly Block[] {
  return figures.unknown.map(({ journey, reason }) => ({ kind: 'line', label: journey, text: l10n.t('no figure, {0}', reason) }));
}

export function journeysTable(journeys: readonly JourneyFigures[]): readonly Block[] {
  if (journeys.length === 0) return [];
  const differ = journeys.some(({ up, protected: safe }) => figureText(up) !== figureText(safe));
  return [
    {
      kind: 'table',
      columns: [
        l10n.t('journey'),
        { head: differ ? l10n.t('if failures hang') : l10n.t('up'), figures: true },
        { head: l10n.t('downtime'), figures: true },
        ...(differ ? [{ head: l10n.t('with a deadline on every call'), figures: true } as const] : []),
        { head: l10n.t('fully featured'), figures: true },
        l10n.t('objective'),
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
  if (keeps(up, objective)) return { text: l10n.t('{0} kept', text), mood: 'good' };
  if (mayKeep(up, objective.down)) return l10n.t('{0}, within the bounds', text);
  const missed = l10n.t('{0} missed', text);
  return { text: budgetSpent === undefined ? missed : `${missed}, ${spentText(budgetSpent, l10n.t('its budget'))}`, mood: 'bad' };
}

function mayKeep(up: Figure, down: number): boolean {
  return !up.exact && up.upper.down <= down;
}

/** What stops most; what stops nothing is left out. */
export function blastBlocks({ figures }: Review): readonly Block[] {
  const worst = figures.blast
    .filter(({ stops }) => stops.length > 0)
    .sort((a, b) => b.stoppedRate - a.stoppedRate || b.stops.length - a.stops.length);
  if (worst.length === 0) return [];
  const isRated = worst.some(({ stoppedRate }) => stoppedRate > 0);
  return [
    { kind: 'heading', level: 2, text: l10n.t('Blast radius') },
    {
      kind: 'table',
      columns: [
        l10n.t('without'),
        l10n.t('stops'),
        l10n.t('goes on without a feature'),
        ...(isRated ? [{ head: l10n.t('requests lost'), figures: true } as const] : []),
      ],
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
