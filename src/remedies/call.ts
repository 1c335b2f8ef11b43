import * as l10n from '@vscode/l10n';
import type { Call, CallPolicy, CircuitBreaker, Retry } from '../model/call';
import { bound, isAsync, isDelivery, isIdempotent, maxAttempts } from '../model/defaults';
import type { System } from '../model/system';
import { printDuration, printShare, type Seconds } from '../model/units';
import { budgetShare, insertedRetry, suggestedBudget } from './budgets';
import type { Change, Remedy } from './change';
import { callsFrom, isRetriedElsewhere, type TimeFrame, timeFrame } from './latency';
import {
  boundedRetry,
  breaker,
  enoughAttempts,
  leastBudget,
  leastTimeout,
  plainTimeout,
  plainWait,
  roundDown,
  roundUp,
  shorterWaits,
} from './numbers';
import { waitingFillsPool } from './pools';
import { longestBackoff } from './retries';

function find(system: System, id: string): Call | undefined {
  return system.calls.find((call) => call.id === id && call.role === 'request');
}

function setCall(call: Call, fields: CallPolicy): readonly Change[] {
  return [{ kind: 'set-call', call: call.id, fields }];
}

/**
 * The timeout to suggest for one attempt: twice the callee's p99 with its calls, rounded up, but no more than what the
 * caller's own deadline leaves for it. Attempts that share what is left get no less than that p99 while it fits: to cut
 * off healthy requests is worse than a last attempt that comes too late. Where no service time is written: nine tenths of
 * what is left, else a second. Seconds.
 *
 * @param share what is left for each of several attempts; seconds
 */
export function suggestedTimeout({ p99, left }: TimeFrame, share = left): Seconds {
  if (p99 === undefined) return share !== undefined && share > 0 ? Math.max(roundDown(0.9 * share), leastTimeout) : plainTimeout;
  const wanted = Math.max(roundUp(2 * p99), leastTimeout);
  if (left === undefined || share === undefined || left <= 0) return wanted;
  return Math.max(Math.min(wanted, Math.max(roundDown(share), Math.min(roundUp(p99), roundDown(left)))), leastTimeout);
}

/** What one attempt may take of what is left for all of them, with the waits in between; seconds. */
function shareOfAttempt({ left }: TimeFrame, written: Call['retry']): Seconds | undefined {
  if (left === undefined || written === undefined || written === 'none') return left;
  const retry = typeof written.maxAttempts === 'number' ? written : boundedFrom(written);
  const attempts = maxAttempts({ retry });
  const share = (left - longestBackoff(retry, attempts)) / attempts;
  return share > 0 ? share : left;
}

export function insertTimeout(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call || typeof call.timeout === 'number') return undefined;
  const frame = timeFrame(system, call);
  const timeout = suggestedTimeout(frame, shareOfAttempt(frame, call.retry));
  return { title: l10n.t('Insert timeout: {0}', printDuration(timeout)), changes: setCall(call, { timeout }), safe: false };
}

/** The most attempts, at most three, that fit what the caller's deadline leaves. */
function attemptsThatFit({ left = Infinity }: TimeFrame, timeout: Seconds, retry: Retry): number {
  for (const attempts of [3, 2]) {
    if (attempts * timeout + longestBackoff(retry, attempts) <= left) return attempts;
  }
  return 1;
}

/** Bounds an unbounded retry and gives it back-off and jitter where it has none; what is written stays. */
export function boundRetry(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call?.retry || call.retry === 'none') return undefined;
  const { retry } = call;
  if (typeof retry.maxAttempts === 'number') return undefined;
  return {
    title: l10n.t('Bound the retry: 3 attempts, exponential back-off, full jitter'),
    changes: setCall(call, { retry: boundedFrom(retry) }),
    safe: true,
  };
}

/** A retry with three attempts, and with back-off and jitter where it has none; what else is written stays. */
export function boundedFrom(retry: Retry): Retry {
  return { ...retry, maxAttempts: 3, ...withBackoff(retry), jitter: jitterOf(retry) };
}

function withBackoff(retry: Retry): Pick<Retry, 'backoff' | 'base'> {
  const kept = retry.backoff === undefined || retry.backoff === 'none' ? 'exponential' : retry.backoff;
  return { backoff: kept, base: retry.base ?? plainWait };
}

function jitterOf(retry: Retry): NonNullable<Retry['jitter']> {
  return retry.jitter === undefined || retry.jitter === 'none' ? 'full' : retry.jitter;
}

/**
 * What ends the wait of a call that may wait for ever: a timeout where nothing bounds one attempt, a bound where nothing
 * bounds their number, and both where both are missing. Undefined where the wait ends anyway.
 */
export function endWait(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call || bound(call.deadline) !== undefined) return undefined;
  const timeout = bound(call.timeout) === undefined ? insertTimeout(system, id) : undefined;
  const retry = maxAttempts(call) === Infinity ? boundRetry(system, id) : undefined;
  if (!timeout || !retry) return timeout ?? retry;
  const title = l10n.t('{0}, and bound the retry: 3 attempts', timeout.title);
  return { title, changes: [...timeout.changes, ...retry.changes], safe: false };
}

/** A breaker, which frees the caller's pool from calls that wait for their timeouts. */
export function insertBreaker(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call || (call.circuitBreaker !== undefined && call.circuitBreaker !== 'none')) return undefined;
  const cooldown = printDuration(breaker.cooldown ?? 0);
  const title = l10n.t('Insert a breaker: opens after {0} failures, tries again after {1}', breaker.failures ?? 0, cooldown);
  return { title, changes: setCall(call, { circuitBreaker: breaker }), safe: false };
}

export function addJitter(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call?.retry || call.retry === 'none') return undefined;
  if (call.retry.jitter !== undefined && call.retry.jitter !== 'none') return undefined;
  return { title: l10n.t('Add full jitter'), changes: setCall(call, { retry: { ...call.retry, jitter: 'full' } }), safe: true };
}

/**
 * A bounded retry on a call that has none. Not offered where repeating it is known to be unsafe, nor where another
 * layer retries already.
 */
export function insertRetry(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call || (call.retry !== undefined && call.retry !== 'none') || isIdempotent(call) === false) return undefined;
  if (isDelivery(call, system.components.get(call.from)) || isRetriedElsewhere(system, call)) return undefined;
  const retry = insertedRetry(system, call, enoughAttempts);
  return { title: insertRetryText(retry), changes: setCall(call, { retry }), safe: false };
}

export function insertRetryText(retry: Retry): string {
  const budget = printShare(budgetShare(retry) ?? leastBudget);
  return l10n.t('Insert a retry: {0} attempts, exponential back-off, full jitter, {1} budget', maxAttempts({ retry }), budget);
}

/**
 * What the complete picture would add to a call: a timeout, a bounded retry where it is safe and the only one, and a breaker
 * where it does no harm.
 */
export function missingPolicy(system: System, call: Call): CallPolicy {
  if (isDelivery(call, system.components.get(call.from))) return {};
  const frame = timeFrame(system, call);
  // How often a retry without a bound tries is ours to say, so that the healthy request goes first.
  const share = maxAttempts(call) === Infinity ? frame.left : shareOfAttempt(frame, call.retry);
  const timeout = typeof call.timeout === 'number' ? call.timeout : suggestedTimeout(frame, share);
  const retry = completedRetry(system, call, frame, timeout);
  const circuitBreaker = missingBreaker(system, { ...call, timeout, ...(retry && { retry }) });
  return {
    ...(typeof call.timeout === 'number' ? {} : { timeout }),
    ...(retry ? { retry } : {}),
    ...(circuitBreaker ? { circuitBreaker } : {}),
  };
}

/**
 * A breaker where it opens for what is wrong with this callee: one that waits for no calls of its own, or one whose silence
 * fills the caller's pool. Further out a breaker opens for all requests that pass because of the one dependency that some
 * of them have, and when that is back it keeps the path shut until its own cool-down is over.
 */
function missingBreaker(system: System, call: Call): CircuitBreaker | undefined {
  if (call.circuitBreaker !== undefined && call.circuitBreaker !== 'none') return undefined;
  const waits = (callsFrom(system).get(call.to) ?? []).some((other) => !isAsync(other, system.components.get(other.from)));
  return waits && !waitingFillsPool(system, call) ? undefined : breaker;
}

/** The retry that a call gets; undefined where what is written stays, and none where not even a second attempt fits. */
function completedRetry(system: System, call: Call, frame: TimeFrame, timeout: Seconds): Retry | 'none' | undefined {
  const written = call.retry === undefined || call.retry === 'none' ? undefined : call.retry;
  const completed = written && completeRetry(system, call, written, frame, timeout);
  if (written && completed !== 'none') return completed;
  if (isIdempotent(call) !== true || isRetriedElsewhere(system, call)) return completed;
  const attempts = attemptsThatFit(frame, timeout, boundedRetry);
  return attempts > 1 ? insertedRetry(system, call, attempts) : completed;
}

/** A written retry with what it lacks; undefined when it lacks nothing, and none when one attempt alone is left of it. */
function completeRetry(system: System, call: Call, retry: Retry, frame: TimeFrame, timeout: Seconds): Retry | 'none' | undefined {
  const complete =
    typeof retry.maxAttempts === 'number' &&
    retry.budget !== undefined &&
    jitterOf(retry) === retry.jitter &&
    withBackoff(retry).backoff === retry.backoff;
  // Where there is no second attempt there is nothing to wait for, and nothing to hold down.
  if (complete || maxAttempts({ retry }) < 2) return undefined;
  const waits = { ...withBackoff(retry), ...(retry.base === undefined && { base: fittingWait(retry, frame, timeout) }) };
  const waiting: Retry = { ...retry, ...waits, jitter: jitterOf(retry) };
  const attempts = typeof retry.maxAttempts === 'number' ? retry.maxAttempts : attemptsThatFit(frame, timeout, waiting);
  if (attempts < 2) return 'none';
  return { budget: { share: suggestedBudget(system, call, attempts) }, ...waiting, maxAttempts: attempts };
}

/** The longest first wait with which as many attempts as are written fit what is left, else the shortest. */
function fittingWait(retry: Retry, { left = Infinity }: TimeFrame, timeout: Seconds): Seconds {
  const attempts = maxAttempts({ retry });
  if (attempts === Infinity) return plainWait;
  let base = plainWait;
  for (const shorter of shorterWaits) {
    if (attempts * timeout + longestBackoff({ ...retry, ...withBackoff(retry), base }, attempts) <= left) break;
    base = shorter;
  }
  return base;
}

/** Inserts at once all that a call lacks: timeout, retry, breaker. No fallback, for only a person knows one. */
export function completeCall(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call) return undefined;
  const fields = missingPolicy(system, call);
  const added = Object.keys(fields).map((key) => {
    if (key === 'circuitBreaker') return l10n.t('breaker');
    return key === 'retry' && fields.retry === 'none' ? l10n.t('no retry') : key;
  });
  if (added.length === 0) return undefined;
  return { title: l10n.t('Complete the call: {0}', added.join(', ')), changes: setCall(call, fields), safe: false };
}

/** The complete picture as a named policy, for calls that shall share it. */
export function completeCallByPolicy(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call || call.policy !== undefined) return undefined;
  const policy = missingPolicy(system, call);
  if (Object.keys(policy).length === 0) return undefined;
  const name = freeName(system.policies);
  return byPolicy(call, name, policy, l10n.t('Complete the call with a new policy: {0}', name));
}

/** The retry that {@link insertRetry} writes, as a named policy for calls that shall share it. */
export function insertRetryByPolicy(system: System, id: string): Remedy | undefined {
  const call = find(system, id);
  if (!call || call.policy !== undefined || call.retry !== undefined || !insertRetry(system, id)) return undefined;
  const name = freeName(system.policies);
  return byPolicy(
    call,
    name,
    { retry: insertedRetry(system, call, enoughAttempts) },
    l10n.t('Insert a retry with a new policy: {0}', name),
  );
}

function byPolicy(call: Call, name: string, policy: CallPolicy, title: string): Remedy {
  return {
    title,
    changes: [
      { kind: 'define-policy', name, policy },
      { kind: 'use-policy', call: call.id, name },
    ],
    safe: false,
  };
}

/** Uses a policy that is there already and has a timeout. */
export function usePolicy(system: System, id: string): readonly Remedy[] {
  const call = find(system, id);
  if (!call || call.policy !== undefined) return [];
  return [...system.policies]
    .filter(([, policy]) => typeof policy.timeout === 'number')
    .slice(0, 3)
    .map(([name]) => ({ title: l10n.t('Use policy: {0}', name), changes: [{ kind: 'use-policy', call: call.id, name }], safe: false }));
}

function freeName(policies: ReadonlyMap<string, CallPolicy>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'careful' : `careful-${n}`;
    if (!policies.has(name)) return name;
  }
}
