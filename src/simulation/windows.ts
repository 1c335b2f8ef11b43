import type { Seconds, Share } from '../model/units';
import type { JourneyResult, RunResult } from './result';
import { shareInterval } from './statistics';

/** The requests of a journey that arrived in one stretch of time. */
export interface Arrived {
  readonly offered: number;
  /** Answered, with everything or degraded. */
  readonly answered: number;
  /** Answered with everything. */
  readonly full: number;
}

/** Counts the requests that arrived from one time on until before another; whole seconds, for series have no more. */
export function arrivedBetween({ series }: JourneyResult, from: Seconds, to: Seconds): Arrived {
  let offered = 0;
  let full = 0;
  let degraded = 0;
  series.second.forEach((second, i) => {
    if (second < from || second >= to) return;
    offered += series.offered[i] ?? 0;
    full += series.succeeded[i] ?? 0;
    degraded += series.degraded[i] ?? 0;
  });
  return { offered, answered: full + degraded, full };
}

/** The requests of a journey that arrived in this stretch of time in any of several runs of it. */
export function arrivedIn(results: readonly RunResult[], name: string, from: Seconds, to: Seconds): Arrived {
  return total(results.flatMap((result) => journeyIn(result, name).map((journey) => arrivedBetween(journey, from, to))));
}

/** A journey of a result by its name, which may be any word; a list of one, or of none. */
export function journeyIn({ journeys }: RunResult, name: string): readonly JourneyResult[] {
  const found = Object.hasOwn(journeys, name) ? journeys[name] : undefined;
  return found ? [found] : [];
}

/** The same stretch of several runs, as one. */
function total(parts: readonly Arrived[]): Arrived {
  const sum = (of: (part: Arrived) => number) => parts.reduce((all, part) => all + of(part), 0);
  return { offered: sum((part) => part.offered), answered: sum((part) => part.answered), full: sum((part) => part.full) };
}

/** The share that is answered, or undefined where nothing arrived. */
export function successOf({ answered, offered }: Arrived): Share | undefined {
  return offered > 0 ? answered / offered : undefined;
}

/** What is left of a success for it to count as back, and for a journey to count as untouched. */
const nearlyAll: Share = 0.99;

/** One journey in ten thousand trials may look worse than it is; there are many trials. */
const cautious = 4;

/** So many hits of so many. */
export interface Hits {
  readonly hits: number;
  readonly of: number;
}

/**
 * Whether a share falls short of nearly all of what it should be and chance does not explain it: even the upper end of
 * its interval (Wilson, four standard errors) is below 99% of the lower end of the other one's (Wilson, 95%).
 */
export function fallsShort({ hits, of }: Hits, usual: Hits): boolean {
  return of > 0 && shareInterval(hits, of, cautious).high < nearlyAll * shareInterval(usual.hits, usual.of).low;
}

/** What is answered of all that arrived. */
export function answeredOf({ answered, offered }: Arrived): Hits {
  return { hits: answered, of: offered };
}

/** What is answered with nothing left out of all that arrived. */
export function fullOf({ full, offered }: Arrived): Hits {
  return { hits: full, of: offered };
}
