import type { Scenario } from '../model/scenario';
import type { Seconds } from '../model/units';
import type { JourneyResult, RunResult } from './result';
import { arrivedBetween, successOf } from './windows';

/** The shortest stretch of time that says whether a journey is back. */
const shortest: Seconds = 5;

/** Less than this share of what it was before counts as gone. */
const half = 0.5;

/**
 * The journeys that collapse in a run: from the scenario's last event on, no stretch of at least five seconds up to the
 * end of the run has half the success of the time before the first event. A fault that is never repaired counts as
 * well. Nothing is known (undefined) of a run without events, with less than five seconds left after the last one, or
 * that took too long to be finished.
 */
export function collapses(result: RunResult, { events }: Scenario): readonly string[] | undefined {
  const { durationSeconds: end, tooLong } = result;
  const times = events.map(({ at }) => Math.min(Math.max(0, at), end));
  const last = Math.max(...times);
  if (times.length === 0 || end - last < shortest || tooLong) return undefined;
  const first = Math.floor(Math.min(...times));
  const gone = ([, journey]: [string, JourneyResult]) => {
    const before = arrivedBetween(journey, 0, first);
    const best = bestSuffix(journey, last, end);
    // Nothing arrives any more in a run that was stopped because nothing in it ended.
    if (best === undefined) return result.stopped !== undefined;
    return best < half * (successOf(before) ?? 1);
  };
  return Object.entries(result.journeys)
    .filter(gone)
    .map(([name]) => name);
}

/** The largest success of all stretches of enough seconds that begin at `from` or later and last to the end. */
function bestSuffix({ series }: JourneyResult, from: Seconds, end: Seconds): number | undefined {
  let offered = 0;
  let answered = 0;
  let best: number | undefined;
  for (let i = series.second.length - 1; i >= 0; i--) {
    const second = series.second[i] ?? 0;
    if (second < from) break;
    offered += series.offered[i] ?? 0;
    answered += (series.succeeded[i] ?? 0) + (series.degraded[i] ?? 0);
    if (offered > 0 && end - second >= shortest) best = Math.max(best ?? 0, answered / offered);
  }
  return best;
}
