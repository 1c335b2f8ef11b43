import * as l10n from '@vscode/l10n';
import type { Steps } from '../../model/steps';
import { callsText, componentsText, countText } from '../../model/words';
import type { SystemView } from '../view';
import { adviceBlocks, pointBlocks } from './advice';
import { assumptionBlocks } from './assumptions';
import type { Block, Figure } from './blocks';
import { blastBlocks, journeysTable, totalLine, unknownLines } from './figures';
import { findingBlocks, type ReportFinding, reportFindings, ruleBlocks } from './findings';
import { journeyBlocks } from './journey';
import { loadBlocks } from './load';
import { meaningBlocks } from './meaning';
import { type Outcomes, outcomeBlocks } from './outcomes';
import { recoveryBlocks } from './recovery';
import { type Review, reviewSteps } from './review';
import { summaryTiles } from './summary';

/** All that the report says of one system. */
export interface SystemReport {
  readonly review: Review;
  /** As the reader knows them. */
  readonly files: readonly string[];
  readonly findings: readonly ReportFinding[];
  readonly outcomes: Outcomes;
  /** Who can lay it out adds the picture. */
  readonly picture?: Figure;
}

/** What is known of a system, in small steps. @param shown how the reader knows a file */
export function* reportSteps(view: SystemView, outcomes: Outcomes, shown: (file: string) => string): Steps<SystemReport> {
  yield* view.prepare();
  const { system, files } = view.linked;
  const review = yield* reviewSteps(system, view.figures);
  return { review, files: files.map(shown), findings: yield* reportFindings(view, shown), outcomes };
}

/** The drawing of a system as a figure of its report. */
export function figureOf({ linked: { system } }: Pick<SystemView, 'linked'>, svg: string): Figure {
  return {
    kind: 'picture',
    svg,
    title: l10n.t('The architecture of {0}', system.name),
    caption: l10n.t('Components, the calls between them, and what was found. Every finding is in a table below, too.'),
  };
}

/** `Reliability report: shop`. */
export function reportTitle(reports: readonly SystemReport[]): string {
  const [first, ...others] = reports;
  return first && others.length === 0 ? l10n.t('Reliability report: {0}', first.review.system.name) : l10n.t('Reliability report');
}

/** `Faultline 1.0.0, 2027-01-31`: with what a report was made, and when. */
export function aboutText(version: string, now: Date): string {
  return `Faultline ${version}, ${now.toISOString().slice(0, 10)}`;
}

/** A file name for each picture, beside the file of the report; no system's name can lead out of its folder. */
export function pictureNames(blocks: readonly Block[], report: string): ReadonlyMap<Figure, string> {
  const pictures = blocks.filter((block) => block.kind === 'picture');
  return new Map(pictures.map((picture, i) => [picture, `${report}-${pictures.length === 1 ? 'map' : `map-${i + 1}`}.svg`]));
}

/** The systems one after another, in the order in which a reviewer asks, and what the figures mean at the end. */
export function reportDocument(reports: readonly SystemReport[]): readonly Block[] {
  const findings = reports.flatMap((report) => report.findings);
  return [...reports.flatMap(systemBlocks), ...meaningBlocks(), ...ruleBlocks(findings)];
}

function systemBlocks({ review, files, findings, outcomes, picture }: SystemReport): readonly Block[] {
  const { system, figures } = review;
  const size = [componentsText(system.components.size), callsText(system.calls.length), journeysText(system.journeys.size)];
  return [
    { kind: 'heading', level: 1, text: system.name },
    { kind: 'line', text: `${size.join(', ')} · ${files.join(', ')}` },
    summaryTiles(review, findings, outcomes),
    ...(picture ? [picture] : []),
    { kind: 'heading', level: 2, text: l10n.t('Journeys') },
    ...journeysTable(figures.journeys),
    ...totalLine(review),
    ...unknownLines(review),
    ...adviceBlocks(review),
    ...pointBlocks(review),
    ...findingBlocks(findings),
    ...outcomeBlocks(system, outcomes),
    ...(figures.journeys.length > 0 ? [{ kind: 'heading', level: 2, text: l10n.t('Each journey') } as const] : []),
    ...figures.journeys.flatMap((journey) => journeyBlocks(review, journey, 3)),
    ...blastBlocks(review),
    ...recoveryBlocks(review.recovery),
    ...loadBlocks(review),
    ...assumptionBlocks(review),
  ];
}

function journeysText(count: number): string {
  return countText(count, l10n.t('1 journey'), l10n.t('{0} journeys', count));
}
