import type { Contribution, JourneyFigures } from '../../analysis/figures';
import { pathText } from '../../language/codeLens';
import { togetherText } from '../../language/eventText';
import { isMostlyReleases, keeps, pointText } from '../../language/figureText';
import { printRate } from '../../model/units';
import { availabilityText, downtimeText, hoursText, listText, periods } from '../../model/words';
import { proposalText } from '../../remedies/proposals';
import { type Block, firstRows } from '../blocks';
import type { Review } from './review';

const [shownPoints, shownContributions, shownFixes, shownAssumptions] = [12, 5, 5, 6];

/** Below this many hours a year (half a minute) something is not worth a line. */
const leastHours = 1 / 120;

/** Why a journey's figure is what it is, what to do first, and what it rests on. */
export function journeyBlocks(review: Review, figures: JourneyFigures): readonly Block[] {
  const name = figures.journey;
  const journey = review.system.journeys.get(name);
  const blocks: Block[] = [{ kind: 'heading', level: 2, text: name }];
  const line = (label: string, text: string | undefined): void => {
    if (text) blocks.push({ kind: 'line', label, text });
  };
  line('path', pathText(review.system, name));
  line('rate', journey?.rate === undefined ? undefined : printRate(journey.rate));
  if (journey?.implied) line('assumed', 'nobody declared this journey; its entry is called by nobody');
  line('requests that succeed', expectedText(figures));
  line('single points', figures.singlePoints.length === 0 ? 'none' : listText(figures.singlePoints.map(pointText), shownPoints));
  const most = figures.contributions.filter(({ hoursPerYear }) => hoursPerYear >= leastHours).slice(0, shownContributions);
  line('costs most', most.map((one) => costText(review, one)).join(' · '));
  const together = (review.together.get(name) ?? []).filter(({ probability }) => probability * periods.year >= leastHours / 60);
  line('down together', together.map((one) => `${togetherText(one, review.system)} ${downtimeText(one.probability)}`).join(' · '));
  blocks.push(...fixBlocks(review, figures));
  const assumed = figures.assumptions.filter(({ hoursPerYear }) => hoursPerYear > 0).map(({ subject, text }) => `${subject} ${text}`);
  line('rests on what nobody wrote', listText(assumed, shownAssumptions));
  return blocks;
}

/** `shop 13.1 h/yr (bad releases)`. */
function costText({ components }: Review, contribution: Contribution): string {
  const { point, hoursPerYear } = contribution;
  const component = point.kind === 'component' ? components.get(point.name) : undefined;
  return `${pointText(point)} ${hoursText(hoursPerYear)}/yr${isMostlyReleases(contribution, component) ? ' (bad releases)' : ''}`;
}

/** The share of requests, where transient errors or late answers make it another figure than *up*. */
function expectedText({ expectedSuccess, up }: JourneyFigures): string | undefined {
  if (expectedSuccess === undefined || !up.exact || 1 - expectedSuccess <= up.value.down * 1.01) return undefined;
  return `${availabilityText({ up: expectedSuccess, down: 1 - expectedSuccess })}, with transient errors and late answers`;
}

function fixBlocks(review: Review, { journey, objective, up, contributions }: JourneyFigures): readonly Block[] {
  const { fixes, ways } = review;
  const worthwhile = (fixes.get(journey) ?? []).filter(({ hoursPerYear }) => hoursPerYear >= leastHours);
  // What a system no longer does for its users is not in one list with what only makes it last.
  const [less, ranked] = [worthwhile.filter(({ fix }) => fix.kind === 'optional'), worthwhile.filter(({ fix }) => fix.kind !== 'optional')];
  const blocks: Block[] = [];
  if (ranked.length > 0) {
    const items = ranked.slice(0, shownFixes).map(({ fix, hoursPerYear }) => `${hoursText(hoursPerYear)}/yr  ${proposalText(fix)}`);
    blocks.push({ kind: 'list', label: 'saves most', items });
  }
  if (less.length > 0) {
    const texts = less.slice(0, shownFixes).map(({ fix, hoursPerYear }) => `${fix.subject} ${hoursText(hoursPerYear)}/yr`);
    blocks.push({ kind: 'line', label: 'saved if it can do without', text: texts.join(' · ') });
  }
  if (!objective || keeps(up, objective)) return blocks;
  const way = ways.get(journey);
  const label = `the ${way && !way.fewest ? 'short' : 'shortest'} way to ${availabilityText(objective)}`;
  if (!way) {
    blocks.push({ kind: 'line', label, text: 'all that can be proposed does not reach it together' });
    const over = contributions.filter(({ hoursPerYear }) => hoursPerYear > objective.down * periods.year);
    const texts = over.slice(0, shownContributions).map((one) => costText(review, one));
    if (texts.length > 0)
      blocks.push({ kind: 'line', label: `costs more than the whole budget of ${downtimeText(objective.down)}`, text: texts.join(' · ') });
  } else if (way.fixes.length > 0) {
    blocks.push(firstRows(`${label} (saves ${hoursText(way.hoursPerYear)}/yr)`, way.fixes.map(proposalText)));
  }
  return blocks;
}
