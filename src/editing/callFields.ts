import type { CallPolicy, CircuitBreaker, Fallback, Retry, RetryBudget } from '../model/call';
import { printDuration, printShare } from '../model/units';
import { mapping, token, type Written, type WrittenEntry, word } from './written';

/** The keys of a call in the order in which people write them; a new key goes behind those that come before it. */
export const callOrder = [
  'from',
  'to',
  'operation',
  'journeys',
  'count',
  'share',
  'parallel',
  'required',
  'async',
  'idempotent',
  'idempotencyKey',
  'policy',
  'preset',
  'timeout',
  'deadline',
  'retry',
  'circuitBreaker',
  'bulkhead',
  'fallback',
] as const;

/** The keys of a call (or of a policy) as they are written, in order; only those that have a value. */
export function callEntries(fields: CallPolicy & { readonly required?: boolean }): readonly WrittenEntry[] {
  const { timeout, deadline, retry, circuitBreaker, bulkhead, fallback } = fields;
  const entries: readonly (readonly [string, Written | undefined])[] = [
    ['required', optional(fields.required, token)],
    ['idempotent', optional(fields.idempotent, token)],
    ['idempotencyKey', optional(fields.idempotencyKey, word)],
    ['preset', optional(fields.preset, token)],
    ['timeout', orNone(timeout, duration)],
    ['deadline', orNone(deadline, duration)],
    ['retry', orNone(retry, retryWritten)],
    ['circuitBreaker', orNone(circuitBreaker, breakerWritten)],
    ['bulkhead', orNone(bulkhead, ({ concurrency }) => mapping([['concurrency', token(concurrency)]]))],
    ['fallback', orNone(fallback, fallbackWritten)],
  ];
  return entries.filter((entry): entry is WrittenEntry => entry[1] !== undefined);
}

export function duration(seconds: number): Written {
  return token(printDuration(seconds));
}

export function share(value: number): Written {
  return token(printShare(value));
}

export function optional<T>(value: T | undefined, write: (value: T) => Written): Written | undefined {
  return value === undefined ? undefined : write(value);
}

/** `none` is a written decision. */
export function orNone<T>(value: T | 'none' | undefined, write: (value: T) => Written): Written | undefined {
  if (value === undefined) return undefined;
  return value === 'none' ? token('none') : write(value);
}

function retryWritten(retry: Retry): Written {
  return mapping([
    ['maxAttempts', optional(retry.maxAttempts, token)],
    ['backoff', optional(retry.backoff, token)],
    ['base', optional(retry.base, duration)],
    ['factor', optional(retry.factor, token)],
    ['cap', optional(retry.cap, duration)],
    ['jitter', optional(retry.jitter, token)],
    ['budget', optional(retry.budget, budgetWritten)],
    ['on', optional(retry.on, (causes): Written => ({ kind: 'list', items: causes.map(token) }))],
  ]);
}

function budgetWritten(budget: RetryBudget): Written {
  if ('share' in budget) return share(budget.share);
  return mapping([
    ['tokens', token(budget.tokens)],
    ['cost', optional(budget.cost, token)],
    ['refund', optional(budget.refund, token)],
  ]);
}

function breakerWritten(breaker: CircuitBreaker): Written {
  return mapping([
    ['failures', optional(breaker.failures, token)],
    ['errorRate', optional(breaker.errorRate, share)],
    ['window', optional(breaker.window, (window) => ('seconds' in window ? duration(window.seconds) : token(window.calls)))],
    ['minimumCalls', optional(breaker.minimumCalls, token)],
    ['slowRate', optional(breaker.slowRate, share)],
    ['slowCall', optional(breaker.slowCall, duration)],
    ['cooldown', optional(breaker.cooldown, duration)],
    ['trialCalls', optional(breaker.trialCalls, token)],
    ['counts', optional(breaker.counts, token)],
  ]);
}

function fallbackWritten(fallback: Fallback): Written {
  return fallback.kind === 'degrade' ? word(fallback.word) : mapping([['to', word(fallback.to)]]);
}
