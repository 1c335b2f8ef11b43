import type { Variant } from '../../model/scenario';
import type { Seconds, Share } from '../../model/units';
import { type Answer, type Question, resultsOf } from '../../simulation/questions';
import type { JourneyResult, RunResult } from '../../simulation/result';
import { type SeedsSummary, summaryOfSeeds } from '../../simulation/seeds';
import { journeyIn } from '../../simulation/windows';
import type { CompareSetting } from '../orders';

/** The success of one journey over time in many runs: the middle one, and the middle nine tenths around it. */
export interface Band {
  readonly journey: string;
  readonly points: readonly BandPoint[];
}

export interface BandPoint {
  readonly second: Seconds;
  readonly low: Share;
  readonly middle: Share;
  readonly high: Share;
}

/** What many seeds of one variant show. */
export interface Side {
  readonly variant: Variant;
  readonly summary: SeedsSummary;
  readonly bands: readonly Band[];
}

/** The share of the runs outside the band, on each side. */
const tail: Share = 0.05;

/** Runs one story in several variants, all with the same seeds, and so on the same traffic. */
export function* compareVariants({ scenario, variants, duration, seed, runs }: CompareSetting): Question<Answer<readonly Side[]>> {
  const orders = variants.flatMap((variant) =>
    Array.from({ length: runs }, (_, i) => ({ variant, seed: seed + i, scenario, duration, mostEvents: 50_000_000 })),
  );
  const results = resultsOf(yield orders);
  if (typeof results === 'string') return { ok: false, reason: results };
  const answer = variants.map((variant, i): Side => {
    const own = results.slice(i * runs, (i + 1) * runs);
    return { variant, summary: summaryOfSeeds(own, scenario), bands: bandsOf(own) };
  });
  return { ok: true, answer };
}

/**
 * By journey and second, how the success of several runs is spread. Seconds in which nobody asked have no point, nor has the last
 * one of runs that ended while some of its requests were under way: what becomes of them is not known.
 */
export function bandsOf(results: readonly RunResult[]): readonly Band[] {
  const names = [...new Set(results.flatMap(({ journeys }) => Object.keys(journeys)))];
  return names.map((journey) => {
    const bySecond = new Map<Seconds, Share[]>();
    const all = results.flatMap((result) => journeyIn(result, journey)).map(({ series }) => series);
    for (const series of all) {
      series.second.forEach((second, i) => {
        const offered = series.offered[i] ?? 0;
        if (offered === 0) return;
        const share = ((series.succeeded[i] ?? 0) + (series.degraded[i] ?? 0)) / offered;
        const known = bySecond.get(second);
        if (known) known.push(share);
        else bySecond.set(second, [share]);
      });
    }
    for (const second of all.flatMap(cutOff)) bySecond.delete(second);
    const points = [...bySecond].map(([second, shares]) => pointOf(second, shares)).sort((a, b) => a.second - b.second);
    return { journey, points };
  });
}

/** The journeys that fare worst at some moment in any of the variants, so many at most, in their own order. */
export function worstJourneys(sides: readonly Side[], most: number): readonly string[] {
  const lowest = new Map<string, Share>();
  for (const { journey, points } of sides.flatMap(({ bands }) => bands))
    lowest.set(journey, Math.min(lowest.get(journey) ?? 1, ...points.map(({ middle }) => middle)));
  const worst = [...lowest].sort(([, a], [, b]) => a - b).slice(0, most);
  return [...lowest.keys()].filter((name) => worst.some(([journey]) => journey === name));
}

/** The last second of a run, where not all who asked in it had an answer by the end; a list of one, or of none. */
function cutOff({ second, offered, succeeded, degraded, failed }: JourneyResult['series']): readonly Seconds[] {
  const last = second.length - 1;
  const ended = (succeeded[last] ?? 0) + (degraded[last] ?? 0) + (failed[last] ?? 0);
  return (offered[last] ?? 0) > ended ? second.slice(last) : [];
}

function pointOf(second: Seconds, shares: readonly Share[]): BandPoint {
  const sorted = [...shares].sort((a, b) => a - b);
  return { second, low: quantile(sorted, tail), middle: quantile(sorted, 0.5), high: quantile(sorted, 1 - tail) };
}

/** Linear between the two nearest, as the usual definition (type 7 of Hyndman and Fan) has it. */
function quantile(sorted: readonly number[], share: Share): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
}
