import * as l10n from '@vscode/l10n';
import { listText } from '../../model/words';
import { contributionText } from '../figureText';
import type { Block } from './blocks';
import type { Review } from './review';

/** A number, or a journey, that nobody wrote. */
export interface Assumed {
  readonly subject: string;
  readonly text: string;
  /** What rests on it: journeys, or another figure in words. */
  readonly used: readonly string[];
  /** Downtime of the journey that it moves most, in hours a year; undefined where it is no part of that. */
  readonly hoursPerYear?: number;
}

/** Everything that figures rest on and nobody wrote, what moves most first. */
export function assumptionsIn({ system, figures, recovery, load }: Review): readonly Assumed[] {
  const numbers = new Map<string, { subject: string; text: string; used: string[]; hoursPerYear: number }>();
  for (const { journey, assumptions } of figures.journeys) {
    for (const { subject, text, hoursPerYear } of assumptions) {
      const key = JSON.stringify([subject, text]);
      const known = numbers.get(key) ?? { subject, text, used: [], hoursPerYear: 0 };
      known.used.push(journey);
      known.hoursPerYear = Math.max(known.hoursPerYear, hoursPerYear);
      numbers.set(key, known);
    }
  }
  const times = new Map<string, Assumed>();
  for (const { subject, assumed } of recovery) {
    for (const text of assumed) times.set(JSON.stringify([subject, text]), { subject, text, used: [l10n.t('recovery')] });
  }
  const journeys = [...system.journeys.values()].filter(({ implied }) => implied);
  return [
    ...[...numbers.values()].sort((a, b) => b.hoursPerYear - a.hoursPerYear),
    ...times.values(),
    ...[...load.components]
      .filter(([, one]) => one.assumed && one.utilisation !== undefined)
      .map(([subject]) => ({ subject, text: l10n.t('service time, by its kind'), used: [l10n.t('load')] })),
    ...journeys.map(({ name }) => ({ subject: name, text: l10n.t('is a journey: nobody calls its entry'), used: [name] })),
  ];
}

/** Every one of them: who doubts a figure looks here. */
export function assumptionBlocks(review: Review): readonly Block[] {
  const assumed = assumptionsIn(review);
  const heading: Block = { kind: 'heading', level: 2, text: l10n.t('What is assumed') };
  if (assumed.length === 0) return [heading, { kind: 'line', text: l10n.t('Nothing: every number that a figure rests on is written.') }];
  return [
    heading,
    { kind: 'line', text: l10n.t('Nobody wrote these. Write those that cost most first: the figures are no better than they are.') },
    {
      kind: 'table',
      columns: [l10n.t('of'), l10n.t('assumed'), l10n.t('used for'), { head: l10n.t('costs up to'), figures: true }],
      rows: assumed.map(({ subject, text, used, hoursPerYear }) => [
        subject,
        text,
        listText(used),
        hoursPerYear !== undefined && hoursPerYear > 0 ? contributionText({ hoursPerYear }) : '–',
      ]),
    },
  ];
}
