import { alwaysFailsText, noPassingText } from '../model/happenings';
import type { FaultTarget, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { PerSecond, Seconds, Share } from '../model/units';
import { type Answer, type Question, resultsOf, together } from './questions';
import {
  type LightLoad,
  lightLoad,
  type Outage,
  outcomeOf,
  passingBy,
  recoveries,
  type Sample,
  type TrialOutcome,
  trialOrders,
} from './tippingTrial';

export interface TippingSetting extends Outage {
  readonly variants: readonly Variant[];
  readonly seed: number;
  /** How many seeds each load is tried with; a load is survived when it is with all of them. */
  readonly runs: number;
  /** Instead of the usual: a run with more events is stopped. */
  readonly mostEvents?: number;
}

/** A load that was tried, as a multiple of today's. */
export interface Tried {
  readonly factor: number;
  readonly outcome: TrialOutcome;
  /** With how many of the seeds, each by itself, it is recovered from. */
  readonly recovers: number;
}

/** Up to which load one variant survives the outage. */
export interface TippingOfVariant {
  readonly variant: Variant;
  /**
   * *Between*: `survives` is the largest load found to be survived below the first that is not, `fails`. *Never*: not even
   * the smallest load is. *Beyond*: all that were tried are.
   */
  readonly kind: 'between' | 'never' | 'beyond';
  /** Multiples of today's load; absent with `never`. */
  readonly survives?: number;
  /** Absent with `beyond`. */
  readonly fails?: number;
  /** What becomes of `fails`: stuck after the outage, overloaded without any, or too much to simulate. */
  readonly limit?: Exclude<TrialOutcome, 'recovers'>;
  /** Loads above `fails` that are survived all the same: more load is not always worse. */
  readonly again: readonly number[];
  /** All that were tried, the smallest first. */
  readonly tried: readonly Tried[];
}

export interface TippingPoint {
  readonly target: FaultTarget;
  readonly length: Seconds;
  readonly within: Seconds;
  /** The journeys that pass what is out, and their requests a second today. */
  readonly passing: readonly string[];
  readonly rate: PerSecond;
  readonly variants: readonly TippingOfVariant[];
  /** What was assumed or left out of the traffic, in words. */
  readonly notes: readonly string[];
}

/** Half a minute, and a minute to come back: two of the usual cool-downs of a breaker. */
export const usualOutage = { length: 30, within: 60 } as const;

/** The loads that are tried in any case, as multiples of today's; the smallest is what the others are compared with. */
const lightest = 1 / 16;
const firstFactors = [1 / 8, 1 / 4, 1 / 2, 1, 2] as const;
/** Tried in turn until one, and the next after it, is not survived. */
const moreFactors = [4, 8, 16] as const;

/** Bisection ends when the two loads are this close, as a share of the smaller. */
const tolerance: Share = 0.02;

/**
 * Finds the load up to which an outage is survived, for each variant. Whether more load is always worse is not known (a
 * breaker may open sooner under more of it). So a grid of loads is tried first, each twice the one before; then the
 * first gap between one that is survived and one that is not is halved until it is narrow. What is survived above it
 * is told.
 */
export function* tippingPoint(system: System, setting: TippingSetting): Question<Answer<TippingPoint>> {
  const { target, length, within, seed, runs, mostEvents } = setting;
  const found = passingBy(system, target);
  if (!found.ok) return found;
  const { journeys, passing, rate, notes } = found.passing;
  if (passing.length === 0) return { ok: false, reason: noPassingText() };
  const seeds = Array.from({ length: runs }, (_, i) => seed + i);
  const limit = mostEvents === undefined ? {} : { mostEvents };
  const samples = setting.variants.map((variant): Sample => ({ variant, seeds, journeys, passing, ...limit }));
  const answers = yield* together(samples.map((sample) => tippingOf(sample, setting)));
  const variants: TippingOfVariant[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    variants.push(answer.answer);
  }
  return { ok: true, answer: { target, length, within, passing, rate, variants, notes } };
}

/** Tries loads of one variant. The first loads that it is asked for have to hold the smallest. */
class Trials {
  readonly tried: Tried[] = [];
  #light: LightLoad | undefined;

  constructor(
    private readonly sample: Sample,
    private readonly outage: Outage,
  ) {}

  /** The reason why a run could not be done, if there is one. */
  *at(factors: readonly number[]): Question<string | undefined> {
    const { sample, outage } = this;
    const each = factors.map((factor) => trialOrders(sample, outage, factor));
    const runs = yield each.flat();
    const results = resultsOf(runs);
    if (typeof results === 'string') return results;
    let from = 0;
    for (const [i, factor] of factors.entries()) {
      const own = results.slice(from, from + (each[i]?.length ?? 0));
      from += own.length;
      this.#light ??= lightLoad(sample, own, outage);
      const long = own.find(({ tooLong }) => tooLong)?.stopped;
      if (long !== undefined && this.tried.length === 0) return long;
      if (![...this.#light.values()].some(({ hits }) => hits > 0)) return alwaysFailsText();
      this.tried.push({
        factor,
        outcome: outcomeOf(sample, own, outage, this.#light),
        recovers: recoveries(sample, own, outage, this.#light),
      });
    }
    this.tried.sort((a, b) => a.factor - b.factor);
    return undefined;
  }

  /** The first load that is not survived, and the one before it. */
  gap(): { readonly low: Tried | undefined; readonly high: Tried | undefined } {
    const first = this.tried.findIndex(({ outcome }) => outcome !== 'recovers');
    return first < 0 ? { low: this.tried.at(-1), high: undefined } : { low: this.tried[first - 1], high: this.tried[first] };
  }
}

function* tippingOf(sample: Sample, outage: Outage): Question<Answer<TippingOfVariant>> {
  const trials = new Trials(sample, outage);
  // What is too much even here is not worth trying anywhere else.
  let reason = yield* trials.at([lightest]);
  reason ??= yield* trials.at(firstFactors);
  for (const factor of moreFactors) {
    if (reason !== undefined || trials.tried.slice(-2).every(({ outcome }) => outcome !== 'recovers')) break;
    reason = yield* trials.at([factor]);
  }
  for (let { low, high } = trials.gap(); reason === undefined && low && high; { low, high } = trials.gap()) {
    if (high.factor - low.factor <= tolerance * low.factor) break;
    reason = yield* trials.at([(low.factor + high.factor) / 2]);
  }
  return reason === undefined ? { ok: true, answer: tippingFrom(sample.variant, trials) } : { ok: false, reason };
}

function tippingFrom(variant: Variant, trials: Trials): TippingOfVariant {
  const { tried } = trials;
  const { low, high } = trials.gap();
  const again = high ? tried.filter(({ factor, outcome }) => factor > high.factor && outcome === 'recovers') : [];
  return {
    variant,
    kind: !high ? 'beyond' : low ? 'between' : 'never',
    ...(low ? { survives: low.factor } : {}),
    ...(high ? { fails: high.factor } : {}),
    ...(high && high.outcome !== 'recovers' ? { limit: high.outcome } : {}),
    again: again.map(({ factor }) => factor),
    tried,
  };
}

/** What became of one load and one length of outage. */
export interface TippingCell extends Tried {
  readonly length: Seconds;
}

/** The loads and lengths that a picture of them has. */
export const pictured = { factors: [0.25, 0.5, 1, 1.5, 2, 3, 4], lengths: [5, 10, 30, 60, 120] } as const;

/** Load against length of the outage, for a picture: which of them recover. Row by row, the shortest outage first. */
export function* tippingPicture(
  system: System,
  setting: Omit<TippingSetting, 'length' | 'variants'> & { readonly variant: Variant },
  { factors, lengths }: { readonly factors: readonly number[]; readonly lengths: readonly Seconds[] } = pictured,
): Question<Answer<readonly TippingCell[]>> {
  const { target, within, seed, runs, variant, mostEvents } = setting;
  const found = passingBy(system, target);
  if (!found.ok) return found;
  const seeds = Array.from({ length: runs }, (_, i) => seed + i);
  const limit = mostEvents === undefined ? {} : { mostEvents };
  const sample: Sample = { variant, seeds, journeys: found.passing.journeys, passing: found.passing.passing, ...limit };
  const rows = lengths.map((length) => new Trials(sample, { target, length, within }));
  // What a heavier load is compared with comes first, and is no part of the picture.
  const reasons = yield* together(rows.map((row) => row.at([lightest, ...factors])));
  const reason = reasons.find((each) => each !== undefined);
  if (reason !== undefined) return { ok: false, reason };
  const cells = rows.flatMap(({ tried }, i) =>
    tried.filter(({ factor }) => factors.includes(factor)).map((cell) => ({ ...cell, length: lengths[i] ?? 0 })),
  );
  return { ok: true, answer: cells };
}
