import type { Call } from '../model/call';
import { bound } from '../model/defaults';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import { insertedRetry } from './budgets';
import { insertRetryText, suggestedTimeout } from './call';
import type { Remedy } from './change';
import { timeFrame } from './latency';
import { boundedRetry } from './numbers';
import { worstCaseTime } from './retries';

/**
 * As many attempts of the bounded retry, at most three, as end within the time that is left and `accepts` allows; undefined
 * where not even two do. A call without an end of its own is taken with the timeout that would be suggested.
 *
 * @param left seconds, `Infinity` where nothing bounds them
 */
export function fittingAttempts(system: System, call: Call, left: Seconds, accepts: (call: Call) => boolean): number | undefined {
  const { retry: _, ...once } = call;
  const ends = bound(call.timeout) ?? bound(call.deadline) ?? suggestedTimeout(timeFrame(system, call));
  const timed = bound(call.timeout) === undefined ? { ...once, timeout: ends } : once;
  for (const maxAttempts of [3, 2]) {
    const retry = { ...boundedRetry, maxAttempts };
    const made = { ...timed, retry };
    // With a deadline the attempts that do not fit are cut off, which is no gain.
    const { deadline: __, ...open } = made;
    const limit = Math.min(left, bound(call.deadline) ?? Infinity);
    if (worstCaseTime(open) <= limit * (1 + 1e-9) && accepts(made)) return maxAttempts;
  }
  return undefined;
}

export function insertFittingRetry(system: System, call: Call, attempts: number): Remedy {
  const retry = insertedRetry(system, call, attempts);
  return { title: insertRetryText(retry), changes: [{ kind: 'set-call', call: call.id, fields: { retry } }], safe: false };
}
