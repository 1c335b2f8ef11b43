import * as l10n from '@vscode/l10n';
import type { Point } from '../../analysis/figures';
import { listText } from '../../model/words';
import { proposalText } from '../../remedies/proposals';
import { contributionText, pointText } from '../figureText';
import type { Block } from './blocks';
import { leastHours } from './journey';
import type { Review } from './review';

/** How many things to do are listed; after them each saves little of what is left. */
const shownFixes = 10;

interface Gain {
  readonly text: string;
  readonly gains: readonly { readonly journey: string; readonly hoursPerYear: number }[];
}

/** What saves most downtime, over all journeys; what the system would do less for is said of each journey. */
export function adviceBlocks({ figures, fixes }: Review): readonly Block[] {
  const byText = new Map<string, { journey: string; hoursPerYear: number }[]>();
  for (const { journey } of figures.journeys) {
    for (const { fix, hoursPerYear } of fixes.get(journey) ?? []) {
      if (fix.kind === 'optional' || hoursPerYear < leastHours) continue;
      const text = proposalText(fix);
      byText.set(text, [...(byText.get(text) ?? []), { journey, hoursPerYear }]);
    }
  }
  if (byText.size === 0) return [];
  const most = ({ gains }: Gain): number => Math.max(...gains.map(({ hoursPerYear }) => hoursPerYear));
  const ranked = [...byText].map(([text, gains]): Gain => ({ text, gains: gains.sort((a, b) => b.hoursPerYear - a.hoursPerYear) }));
  ranked.sort((a, b) => most(b) - most(a));
  return [
    { kind: 'heading', level: 2, text: l10n.t('What to do first') },
    {
      kind: 'table',
      columns: [l10n.t('what'), l10n.t('for'), { head: l10n.t('saves'), figures: true }],
      rows: ranked
        .slice(0, shownFixes)
        .map((gain) => [gain.text, listText(gain.gains.map(({ journey }) => journey)), contributionText({ hoursPerYear: most(gain) })]),
    },
    { kind: 'line', text: l10n.t('Each saving is of the journey that gains most, with this done alone: savings do not add up.') },
  ];
}

/** What stops a journey alone, and what it costs. */
export function pointBlocks({ figures }: Review): readonly Block[] {
  if (figures.journeys.length === 0) return [];
  const points = new Map<string, { readonly point: Point; readonly stops: string[]; hours: number }>();
  for (const { journey, singlePoints, contributions } of figures.journeys) {
    for (const point of singlePoints) {
      const key = JSON.stringify([point.kind, point.name]);
      const known = points.get(key) ?? { point, stops: [], hours: 0 };
      const cost = contributions.find((other) => other.point.kind === point.kind && other.point.name === point.name);
      known.stops.push(journey);
      known.hours = Math.max(known.hours, cost?.hoursPerYear ?? 0);
      points.set(key, known);
    }
  }
  const heading: Block = { kind: 'heading', level: 2, text: l10n.t('Single points of failure') };
  if (points.size === 0) return [heading, { kind: 'line', text: l10n.t('No single loss stops a journey.') }];
  const sorted = [...points.values()].sort((a, b) => b.stops.length - a.stops.length || b.hours - a.hours);
  return [
    heading,
    {
      kind: 'table',
      columns: [l10n.t('losing one of it'), l10n.t('stops'), { head: l10n.t('costs up to'), figures: true }],
      rows: sorted.map(({ point, stops, hours }) => [
        pointText(point),
        listText(stops, 8),
        hours > 0 ? contributionText({ hoursPerYear: hours }) : '–',
      ]),
    },
  ];
}
