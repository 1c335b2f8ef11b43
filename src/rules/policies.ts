import type { CallPolicy, Retry } from '../model/call';
import { bound, maxAttempts } from '../model/defaults';
import { longestWait } from '../remedies/retries';

/** Nothing ends the wait for an answer. */
export function waitsWithoutEnd({ timeout, deadline }: CallPolicy): boolean {
  return bound(timeout) === undefined && bound(deadline) === undefined;
}

/** A retry of which no attempt is the last. */
export function retriesWithoutEnd({ retry }: CallPolicy): boolean {
  return maxAttempts({ ...(retry && { retry }) }) === Infinity;
}

/** The retry of a call that waits before it tries again, each time for the same length; undefined where none does. */
export function retryInStep({ retry }: CallPolicy): Retry | undefined {
  if (retry === undefined || retry === 'none' || maxAttempts({ retry }) < 2) return undefined;
  if (retry.jitter !== undefined && retry.jitter !== 'none') return undefined;
  return longestWait(retry, 1) > 0 ? retry : undefined;
}
