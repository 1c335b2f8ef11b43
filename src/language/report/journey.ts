import * as l10n from '@vscode/l10n';
import type { Contribution, JourneyFigures } from '../../analysis/figures';
import { printRate } from '../../model/units';
import { availabilityText, downtimeText, listText, periods } from '../../model/words';
import { proposalText } from '../../remedies/proposals';
import { pathText } from '../codeLens';
import { togetherText } from '../eventText';
import { contributionText, isMostlyReleases, keeps, pointText } from '../figureText';
import { type Block, firstRows } from './blocks';
import type { Review } from './review';

const [shownPoints, shownContributions, shownFixes, shownAssumptions] = [12, 5, 5, 6];

/** Below this many hours a year (half a minute) something is not worth a line. */
export const leastHours = 1 / 120;

/** Why a journey's figure is what it is, what to do first, and what it rests on. */
export function journeyBlocks(review: Review, figures: JourneyFigures, level: 2 | 3): readonly Block[] {
  const name = figures.journey;
  const journey = review.system.journeys.get(name);
  const blocks: Block[] = [{ kind: 'heading', level, text: name }];
  const line = (label: string, text: string | undefined): void => {
    if (text) blocks.push({ kind: 'line', label, text });
  };
  line(l10n.t('path'), pathText(review.system, name));
  line(l10n.t('rate'), journey?.rate === undefined ? undefined : printRate(journey.rate));
  if (journey?.implied) line(l10n.t('assumed'), l10n.t('nobody declared this journey; its entry is called by nobody'));
  line(l10n.t('requests that succeed'), expectedText(figures));
  const points = figures.singlePoints.map(pointText);
  line(l10n.t('single points'), points.length === 0 ? l10n.t('none') : listText(points, shownPoints));
  const most = figures.contributions.filter(({ hoursPerYear }) => hoursPerYear >= leastHours).slice(0, shownContributions);
  line(l10n.t('costs most'), most.map((one) => costText(review, one)).join(' · '));
  const together = (review.together.get(name) ?? []).filter(({ probability }) => probability * periods.year >= leastHours / 60);
  line(l10n.t('down together'), together.map((one) => `${togetherText(one, review.system)} ${downtimeText(one.probability)}`).join(' · '));
  blocks.push(...fixBlocks(review, figures));
  const assumed = figures.assumptions.filter(({ hoursPerYear }) => hoursPerYear > 0).map(({ subject, text }) => `${subject} ${text}`);
  line(l10n.t('rests on what nobody wrote'), listText(assumed, shownAssumptions));
  return blocks;
}

/** `shop 13.1 h/yr (bad releases)`. */
function costText({ components }: Review, contribution: Contribution): string {
  const { point } = contribution;
  const component = point.kind === 'component' ? components.get(point.name) : undefined;
  const text = `${pointText(point)} ${contributionText(contribution)}`;
  return isMostlyReleases(contribution, component) ? l10n.t('{0} (bad releases)', text) : text;
}

/** The share of requests, where transient errors or late answers make it another figure than *up*. */
function expectedText({ expectedSuccess, up }: JourneyFigures): string | undefined {
  if (expectedSuccess === undefined || !up.exact || 1 - expectedSuccess <= up.value.down * 1.01) return undefined;
  const text = availabilityText({ up: expectedSuccess, down: 1 - expectedSuccess });
  return l10n.t('{0}, with transient errors and late answers', text);
}

function fixBlocks(review: Review, { journey, objective, up, contributions }: JourneyFigures): readonly Block[] {
  const { fixes, ways } = review;
  const worthwhile = (fixes.get(journey) ?? []).filter(({ hoursPerYear }) => hoursPerYear >= leastHours);
  // What a system no longer does for its users is not in one list with what only makes it last.
  const [less, ranked] = [worthwhile.filter(({ fix }) => fix.kind === 'optional'), worthwhile.filter(({ fix }) => fix.kind !== 'optional')];
  const blocks: Block[] = [];
  if (ranked.length > 0) {
    const items = ranked.slice(0, shownFixes).map((one) => `${contributionText(one)}  ${proposalText(one.fix)}`);
    blocks.push({ kind: 'list', label: l10n.t('saves most'), items });
  }
  if (less.length > 0) {
    const texts = less.slice(0, shownFixes).map((one) => `${one.fix.subject} ${contributionText(one)}`);
    blocks.push({ kind: 'line', label: l10n.t('saved if it can do without'), text: texts.join(' · ') });
  }
  if (!objective || keeps(up, objective)) return blocks;
  const way = ways.get(journey);
  const goal = availabilityText(objective);
  const label = way && !way.fewest ? l10n.t('a short way to {0}', goal) : l10n.t('the shortest way to {0}', goal);
  if (!way) {
    blocks.push({ kind: 'line', label, text: l10n.t('all that can be proposed does not reach it together') });
    const over = contributions.filter(({ hoursPerYear }) => hoursPerYear > objective.down * periods.year);
    const texts = over.slice(0, shownContributions).map((one) => costText(review, one));
    const tooMuch = l10n.t('costs more than the whole budget of {0}', downtimeText(objective.down));
    if (texts.length > 0) blocks.push({ kind: 'line', label: tooMuch, text: texts.join(' · ') });
  } else if (way.fixes.length > 0) {
    blocks.push(firstRows(l10n.t('{0} (saves {1})', label, contributionText(way)), way.fixes.map(proposalText)));
  }
  return blocks;
}
