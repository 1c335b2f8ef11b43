import type { Call } from '../model/call';
import { isAsync } from '../model/defaults';
import type { System } from '../model/system';
import { applyChanges, type Remedy } from '../remedies/change';
import { callsFrom, callsTo } from '../remedies/latency';
import { retriesWithoutEnd, retryInStep, waitsWithoutEnd } from './policies';
import { attemptsAtOnce, exceedsDeadline, excessiveAttempts, repeatsEffects } from './retryFaults';
import { fillsPool, outlasts, overObjective, tooTight } from './timeoutFaults';

type Check = (system: System, call: Call, changed: ReadonlyMap<string, Call>) => boolean;

/**
 * What can be wrong with one call by its timeout or its retry, by rule. They look at the call as it is given, and at the
 * system for what is around it: so a call can be tried as a remedy would leave it.
 */
const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['missing-timeout', (system, call) => !isAsync(call, system.components.get(call.from)) && waitsWithoutEnd(call)],
  ['timeout-exceeds-objective', (system, call) => overObjective(system, call) !== undefined],
  ['timeout-too-tight', (system, call) => tooTight(system, call) !== undefined],
  ['pool-exhaustion', (system, call) => fillsPool(system, call) !== undefined],
  ['unbounded-retry', (_, call) => retriesWithoutEnd(call)],
  ['excessive-retry', (system, call) => excessiveAttempts(system, call) !== undefined],
  ['retry-without-backoff', (_, call) => attemptsAtOnce(call) !== undefined],
  ['retry-without-jitter', (_, call) => retryInStep(call) !== undefined],
  ['retry-not-idempotent', (_, call) => repeatsEffects(call) !== undefined],
  ['retry-exceeds-deadline', (system, call) => exceedsDeadline(system, call) !== undefined],
]);

/** The calls that a remedy changes, by id, as they are afterwards. */
function changedCalls(system: System, remedy: Remedy): ReadonlyMap<string, Call> {
  const changed = new Map<string, Call>();
  const { calls } = applyChanges(system, remedy.changes);
  system.calls.forEach((call, i) => {
    const after = calls[i];
    if (after && after !== call) changed.set(call.id, after);
  });
  return changed;
}

/**
 * The remedies, no more than so many, that do away with a fault of all these calls and bring in no other one; each title
 * once. Only the calls that change are looked at, and those before and behind them: a report asks this of every finding.
 */
export function settling(
  system: System,
  remedies: readonly Remedy[],
  rule: string,
  subjects: readonly Call[],
  most = Infinity,
): readonly Remedy[] {
  const settled = new Map<string, Remedy>();
  for (const remedy of remedies) {
    if (settled.size >= most) break;
    if (settled.has(remedy.title)) continue;
    const changed = changedCalls(system, remedy);
    const own: Check | undefined = rule === 'timeout-inversion' ? outlastsAny : checks.get(rule);
    const helps = own === undefined || subjects.every((call) => !own(system, changed.get(call.id) ?? call, changed));
    if (helps && !bringsFault(system, changed)) settled.set(remedy.title, remedy);
  }
  return [...settled.values()];
}

/** Whether the callee of a call waits for any of its own calls for longer. */
function outlastsAny(system: System, outer: Call, changed: ReadonlyMap<string, Call>): boolean {
  return (callsFrom(system).get(outer.to) ?? []).some((inner) => outlasts(system, changed.get(inner.id) ?? inner, outer));
}

function bringsFault(system: System, changed: ReadonlyMap<string, Call>): boolean {
  for (const call of system.calls) {
    const after = changed.get(call.id);
    if (!after) continue;
    for (const check of checks.values()) if (check(system, after, changed) && !check(system, call, changed)) return true;
    const pairs = [
      ...(callsFrom(system).get(call.to) ?? []).map((inner) => [inner, call] as const),
      ...(callsTo(system).get(call.from) ?? []).map((outer) => [call, outer] as const),
    ];
    for (const [inner, outer] of pairs) {
      const isLonger = outlasts(system, changed.get(inner.id) ?? inner, changed.get(outer.id) ?? outer);
      if (isLonger && (!outlasts(system, inner, outer) || isLeftOver(system, inner, changed))) return true;
    }
  }
  return false;
}

/** Whether what was said of a retried call is to be said of its caller's timeout now. */
function isLeftOver(system: System, inner: Call, changed: ReadonlyMap<string, Call>): boolean {
  const after = changed.get(inner.id);
  return after !== undefined && exceedsDeadline(system, inner) !== undefined && exceedsDeadline(system, after) === undefined;
}
