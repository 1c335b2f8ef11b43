import * as l10n from '@vscode/l10n';
import type { Call, Retry } from '../model/call';
import { maxAttempts } from '../model/defaults';
import type { System } from '../model/system';
import { printShare, type Seconds, type Share } from '../model/units';
import { suggestedBudget } from './budgets';
import type { Remedy } from './change';
import { enoughAttempts } from './numbers';
import { attemptsWithin } from './timeouts';

export function retryOf(call: Pick<Call, 'retry'>): Retry | undefined {
  return call.retry === undefined || call.retry === 'none' ? undefined : call.retry;
}

/** Exponential back-off and full jitter for a retry that waits for nothing; what else is written stays. */
export function withWaits(retry: Retry, base: number): Retry {
  const { jitter } = retry;
  const waits = retry.base !== undefined && retry.base > 0 ? retry.base : base;
  return { ...retry, backoff: 'exponential', base: waits, jitter: jitter === undefined || jitter === 'none' ? 'full' : jitter };
}

/** The most attempts of a call, fewer than it has, that fit a time in seconds; undefined where not even a second one does. */
export function fewerAttempts(call: Call, seconds: Seconds): number | undefined {
  const retry = retryOf(call);
  if (!retry) return undefined;
  const most = typeof retry.maxAttempts === 'number' ? retry.maxAttempts - 1 : enoughAttempts;
  const attempts = attemptsWithin(call, seconds, most);
  return attempts > 1 ? attempts : undefined;
}

/** Whether a header of a call can make it idempotent: a request by an HTTP verb that nobody wrote to be otherwise. */
export function isKeyable(call: Pick<Call, 'idempotent' | 'operation'>): boolean {
  return call.idempotent === undefined && /^(POST|PATCH)\b/.test(call.operation ?? '');
}

/**
 * A budget for the retries of a call that has none: together no more than a share of its calls. Undefined where there is no
 * second attempt that it could hold down.
 *
 * @param share the one that suits the call where nothing is said
 */
export function addBudget(system: System, id: string, share?: Share): Remedy | undefined {
  const call = system.calls.find((other) => other.id === id);
  const retry = call && retryOf(call);
  const attempts = call ? maxAttempts(call) : 1;
  if (!call || !retry || retry.budget !== undefined || attempts < 2) return undefined;
  const budget = { share: share ?? suggestedBudget(system, call, attempts) };
  return {
    title: l10n.t('Add a budget of {0}', printShare(budget.share)),
    changes: [{ kind: 'set-call', call: id, fields: { retry: { ...retry, budget } } }],
    safe: false,
  };
}
