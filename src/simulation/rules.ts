import type { Backoff, Call, CircuitBreaker, Jitter, Retry, RetryBudget } from '../model/call';
import { bound } from '../model/defaults';
import type { BreakerRules } from './breaker';
import { Cause, toNanoseconds } from './outcome';

/** How a call is made, in the engine's terms: times in nanoseconds, nothing left to default. */
export interface CallRules {
  /** Of one attempt, and of the call with all its attempts; Infinity: none. */
  readonly timeout: number;
  readonly deadline: number;
  readonly retry: RetryRules;
  readonly breaker: BreakerRules | undefined;
  /** Whether the breaker is around each attempt, and not around the retry. */
  readonly perAttempt: boolean;
  /** How many of them one replica of the caller may have open; Infinity: no bulkhead. */
  readonly bulkhead: number;
}

export interface RetryRules {
  /** The first included; Infinity: no bound. */
  readonly attempts: number;
  readonly backoff: Backoff;
  readonly base: number;
  readonly factor: number;
  readonly cap: number;
  readonly jitter: Jitter;
  /** By {@link Cause}, whether it is retried. */
  readonly retries: readonly boolean[];
  readonly budget: BudgetRules | undefined;
}

/** A token bucket that starts full. */
export interface BudgetRules {
  readonly capacity: number;
  /** What a retry costs, what a first attempt and what a success put back. */
  readonly cost: number;
  readonly perCall: number;
  readonly perSuccess: number;
}

export function callRules(call: Call): CallRules {
  const breaker = call.circuitBreaker === 'none' ? undefined : call.circuitBreaker;
  return {
    timeout: limit(bound(call.timeout)),
    deadline: limit(bound(call.deadline)),
    retry: retryRules(call.retry === 'none' ? undefined : call.retry),
    breaker: breaker && breakerRules(breaker),
    perAttempt: breaker?.counts === 'attempts',
    bulkhead: call.bulkhead === undefined || call.bulkhead === 'none' ? Number.POSITIVE_INFINITY : Math.max(1, call.bulkhead.concurrency),
  };
}

/** The rules of a call to a fallback component: this call's timeout, deadline and breaker, without retry. */
export function fallbackRules(rules: CallRules): CallRules {
  return { ...rules, retry: retryRules(undefined), bulkhead: Number.POSITIVE_INFINITY };
}

function limit(seconds: number | undefined): number {
  return seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(0, toNanoseconds(seconds));
}

function retryRules(retry: Retry | undefined): RetryRules {
  const attempts = retry === undefined ? 1 : typeof retry.maxAttempts === 'number' ? retry.maxAttempts : Number.POSITIVE_INFINITY;
  const on = retry?.on;
  const retries = [false, isIn('timeout'), isIn('rejected'), false, isIn('refused'), isIn('error')];
  return {
    attempts: Math.max(1, attempts),
    backoff: retry?.backoff ?? (retry?.base === undefined ? 'none' : 'exponential'),
    base: toNanoseconds(retry?.base ?? 0.1),
    factor: retry?.factor ?? 2,
    cap: retry?.cap === undefined ? Number.POSITIVE_INFINITY : toNanoseconds(retry.cap),
    jitter: retry?.jitter ?? 'none',
    retries,
    budget: retry?.budget && budgetRules(retry.budget),
  };

  function isIn(cause: 'timeout' | 'refused' | 'rejected' | 'error'): boolean {
    return on === undefined || on.includes(cause);
  }
}

/** A budget of p adds p a first attempt, a retry costs 1, at most 10. */
function budgetRules(budget: RetryBudget): BudgetRules {
  if ('share' in budget) return { capacity: 10, cost: 1, perCall: budget.share, perSuccess: 0 };
  return { capacity: budget.tokens, cost: budget.cost ?? 1, perCall: 0, perSuccess: budget.refund ?? 0 };
}

const never = Number.POSITIVE_INFINITY;
/** The window of a breaker on a rate where none is written. */
const assumedWindow = toNanoseconds(10);
const mostWindowCalls = 100_000;

function breakerRules(breaker: CircuitBreaker): BreakerRules {
  const { window } = breaker;
  const windowCalls = window && 'calls' in window ? Math.min(Math.max(1, Math.round(window.calls)), mostWindowCalls) : 0;
  const least = breaker.minimumCalls ?? 20;
  return {
    failures: breaker.failures ?? never,
    errorRate: breaker.errorRate ?? never,
    slowRate: breaker.slowCall === undefined ? never : (breaker.slowRate ?? 1),
    slowCall: breaker.slowCall === undefined ? never : toNanoseconds(breaker.slowCall),
    // A window of fewer calls than that would never trip.
    minimumCalls: windowCalls > 0 ? Math.min(least, windowCalls) : least,
    windowTime: window && 'seconds' in window ? Math.max(1, toNanoseconds(window.seconds)) : assumedWindow,
    windowCalls,
    cooldown: toNanoseconds(breaker.cooldown ?? 30),
    trialCalls: Math.max(1, breaker.trialCalls ?? 1),
  };
}

/**
 * How long to wait before the n-th retry (from 1), in nanoseconds: the back-off, no more than its cap, spread by its
 * jitter. `u` is uniform in (0, 1); `previous` is the last wait, for decorrelated jitter (the base before the first).
 */
export function waitBefore(retry: RetryRules, n: number, u: number, previous: number): number {
  const { base, cap, jitter } = retry;
  if (retry.backoff === 'none') return 0;
  if (jitter === 'decorrelated') return Math.round(Math.min(cap, base + u * (3 * previous - base)));
  const plain = Math.min(backoff(retry, n), cap, longestWait);
  switch (jitter) {
    case 'none':
      return Math.round(plain);
    case 'full':
      return Math.round(u * plain);
    case 'equal':
      return Math.round(plain * (0.5 + 0.5 * u));
    case 'proportional':
      return Math.round(plain * (0.5 + u));
  }
}

/** A thousand years: further than any run. */
const longestWait = toNanoseconds(1000 * 365 * 86400);

function backoff(retry: RetryRules, n: number): number {
  switch (retry.backoff) {
    case 'none':
      return 0;
    case 'constant':
      return retry.base;
    case 'linear':
      return retry.base * n;
    case 'exponential': {
      let wait = retry.base;
      for (let i = 1; i < n && i < 2000 && wait < retry.cap && wait < longestWait; i++) wait *= retry.factor;
      return wait;
    }
  }
}

/** Whether jitter draws a random number. */
export function draws(retry: RetryRules): boolean {
  return retry.backoff !== 'none' && retry.jitter !== 'none';
}

/** Where the cause of a failed attempt is one that retries can name. */
export function isRetried(retry: RetryRules, cause: Cause): boolean {
  return cause !== Cause.Breaker && (retry.retries[cause] ?? false);
}
