import * as l10n from '@vscode/l10n';
import type { Call, Retry } from '../model/call';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import type { Remedy } from './change';
import { attemptsWithin } from './timeouts';

/** As many attempts are enough where somebody waits: the first one and two more. */
export const enoughAttempts = 3;

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

/** A budget for the retries of a call that has none: together no more than a tenth of its calls. */
export function addBudget(system: System, id: string): Remedy | undefined {
  const call = system.calls.find((other) => other.id === id);
  const retry = call && retryOf(call);
  if (!retry || retry.budget !== undefined) return undefined;
  return {
    title: l10n.t('Add a {0} budget', '10%'),
    changes: [{ kind: 'set-call', call: id, fields: { retry: { ...retry, budget: { share: 0.1 } } } }],
    safe: false,
  };
}
