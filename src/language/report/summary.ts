import * as l10n from '@vscode/l10n';
import type { JourneyFigures } from '../../analysis/figures';
import { availabilityText } from '../../model/words';
import { cautious, figureDowntime, figureText, keeps } from '../figureText';
import type { Block, Tile } from './blocks';
import { findingCounts, type ReportFinding } from './findings';
import { type Outcomes, passed } from './outcomes';
import type { Review } from './review';

/** What somebody takes away who reads nothing else. */
export function summaryTiles(review: Review, findings: readonly ReportFinding[], outcomes: Outcomes): Block {
  const { journeys } = review.figures;
  const tiles = [
    worstTile(journeys),
    objectivesTile(journeys),
    pointsTile(journeys),
    recoveryTile(review),
    findingsTile(findings),
    scenariosTile(outcomes),
  ];
  return { kind: 'tiles', tiles: tiles.filter((tile) => tile !== undefined) };
}

function worstTile(journeys: readonly JourneyFigures[]): Tile | undefined {
  const [first, ...others] = journeys;
  if (!first) return undefined;
  const worst = others.reduce((a, b) => (cautious(b.up).down > cautious(a.up).down ? b : a), first);
  const label = others.length === 0 ? l10n.t('Availability of {0}', worst.journey) : l10n.t('Worst journey: {0}', worst.journey);
  const down = l10n.t('down {0}', figureDowntime(worst.up));
  if (!worst.objective) return { label, value: figureText(worst.up), note: down };
  const isKept = keeps(worst.up, worst.objective);
  const note = l10n.t('{0}, promised {1}', down, availabilityText(worst.objective));
  return { label, value: figureText(worst.up), note, mood: isKept ? 'good' : 'bad' };
}

function objectivesTile(journeys: readonly JourneyFigures[]): Tile | undefined {
  const promised = journeys.flatMap(({ up, objective }) => (objective ? [keeps(up, objective)] : []));
  if (promised.length === 0) return undefined;
  const kept = promised.filter(Boolean).length;
  return {
    label: l10n.t('Objectives kept'),
    value: l10n.t('{0} of {1}', kept, promised.length),
    mood: kept === promised.length ? 'good' : 'bad',
  };
}

function pointsTile(journeys: readonly JourneyFigures[]): Tile | undefined {
  if (journeys.length === 0) return undefined;
  const points = new Set(journeys.flatMap(({ singlePoints }) => singlePoints.map(({ kind, name }) => JSON.stringify([kind, name]))));
  const stopped = journeys.filter(({ singlePoints }) => singlePoints.length > 0).length;
  const label = l10n.t('Single points of failure');
  if (points.size === 0) return { label, value: '0', mood: 'good' };
  const note = l10n.t('journeys they stop: {0} of {1}', stopped, journeys.length);
  return { label, value: String(points.size), note, mood: 'bad' };
}

function recoveryTile({ recovery }: Review): Tile | undefined {
  const held = recovery.filter(({ rtoMet, rpoMet }) => rtoMet !== undefined || rpoMet !== undefined);
  if (held.length === 0) return undefined;
  const met = held.filter(({ rtoMet, rpoMet }) => rtoMet !== false && rpoMet !== false).length;
  return {
    label: l10n.t('Losses recovered from in time'),
    value: l10n.t('{0} of {1}', met, held.length),
    note: l10n.t('of a component by a replica, zone, region or its data'),
    mood: met === held.length ? 'good' : 'bad',
  };
}

function findingsTile(findings: readonly ReportFinding[]): Tile {
  const label = l10n.t('Findings');
  const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const rest = findingCounts(findings.filter((finding) => !loud.includes(finding)));
  const value = findingCounts(loud) ?? l10n.t('no errors or warnings');
  return { label, value, ...(rest === undefined ? {} : { note: rest }), ...(loud.length > 0 ? { mood: 'bad' } : {}) };
}

function scenariosTile(outcomes: Outcomes): Tile | undefined {
  if (outcomes.size === 0) return undefined;
  const good = passed(outcomes);
  return {
    label: l10n.t('Scenarios that hold'),
    value: l10n.t('{0} of {1}', good, outcomes.size),
    mood: good === outcomes.size ? 'good' : 'bad',
  };
}
