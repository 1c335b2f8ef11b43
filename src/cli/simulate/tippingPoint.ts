import type { Block, Cell } from '../../language/report/blocks';
import { listText, rateText, secondsText } from '../../model/words';
import type { TippingOfVariant, TippingPoint } from '../../simulation/tippingPoint';
import type { TrialOutcome } from '../../simulation/tippingTrial';

/** A tipping point as it is printed, with the names it goes by. */
export interface NamedTipping extends TippingPoint {
  readonly system: string;
  /** As it was asked for: `payment`, `zone eu-west-1a`. */
  readonly subject: string;
  readonly seed: number;
  readonly runs: number;
}

export function tippingDocument(tipping: NamedTipping): readonly Block[] {
  const { system, subject, length, within, passing, rate, variants, notes, runs } = tipping;
  const seeds = runs > 1 ? `, with each of ${runs} seeds` : '';
  return [
    { kind: 'heading', level: 1, text: `${system}: a ${secondsText(length)} outage of ${subject}` },
    { kind: 'line', text: `Requests that pass it today: ${rateText(rate)} (${listText(passing, 4)}).` },
    ...notes.map((text): Block => ({ kind: 'line', text })),
    {
      kind: 'line',
      text: `Survived is a load at which every journey is back at 99% of its usual success within ${secondsText(within)} of the restore, and stays there${seeds}.`,
    },
    {
      kind: 'table',
      columns: ['variant', 'survived', 'above that'],
      rows: variants.map((variant) => [variant.variant, survivedCell(variant, rate), aboveText(variant, rate, runs)]),
    },
  ];
}

/** `up to 41/s, 1.4 times today's load`. */
function survivedCell({ kind, survives, tried }: TippingOfVariant, rate: number): Cell {
  const most = tried.at(-1)?.factor ?? 0;
  const least = tried[0]?.factor ?? 0;
  switch (kind) {
    case 'never':
      return { text: `never, not even at ${rateText(least * rate)}, ${timesText(least)}`, mood: 'bad' };
    case 'beyond':
      return { text: `beyond ${rateText(most * rate)}, ${timesText(most)}`, mood: 'good' };
    case 'between':
      return { text: `up to ${rateText((survives ?? 0) * rate)}, ${timesText(survives ?? 0)}`, mood: (survives ?? 0) < 1 ? 'bad' : 'good' };
  }
}

function timesText(factor: number): string {
  return factor === 1 ? 'as much as today' : `${Number(factor.toPrecision(3))} times today's load`;
}

const limits: Readonly<Record<Exclude<TrialOutcome, 'recovers'>, string>> = {
  stuck: 'does not come back',
  overloaded: 'fails even without an outage',
  unknown: 'not known: a run takes too many events',
};

/** What becomes of the first load that is not survived with all seeds, and with how many of them it is. */
function aboveText({ limit, again, fails, tried }: TippingOfVariant, rate: number, runs: number): string {
  if (limit === undefined) return '–';
  const recovers = tried.find(({ factor }) => factor === fails)?.recovers ?? 0;
  const outcome = recovers > 0 && recovers < runs ? `recovers in ${recovers} of ${runs}, at worst ${limits[limit]}` : limits[limit];
  const loads = again.map((factor) => rateText(factor * rate));
  return loads.length === 0 ? outcome : `${outcome}; yet ${listText(loads)} is survived`;
}

export function tippingJson({ length, within, rate, target: _, ...tipping }: NamedTipping): object {
  return {
    ...tipping,
    outageSeconds: length,
    withinSeconds: within,
    rate,
    variants: tipping.variants.map(({ survives, fails, limit, ...variant }) => ({
      ...variant,
      survives: survives ?? null,
      survivesRate: survives === undefined ? null : survives * rate,
      fails: fails ?? null,
      limit: limit ?? null,
    })),
  };
}
