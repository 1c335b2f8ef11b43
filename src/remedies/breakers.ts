import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import type { System } from '../model/system';
import { endWait, insertBreaker } from './call';
import { applyChanges, type Remedy } from './change';

/** A breaker, together with what ends the wait of the call: without an end of the wait it would never see a failure. */
export function insertWorkingBreaker(system: System, id: string): Remedy | undefined {
  const breaker = insertBreaker(system, id);
  const end = breaker && endWait(system, id);
  if (!breaker || !end) return breaker;
  return { title: withBreakerText(end.title), changes: mergedCall(id, [...end.changes, ...breaker.changes]), safe: false };
}

export function withBreakerText(title: string): string {
  return l10n.t('{0}, with a breaker', title);
}

/** Steps on one call as one step: an entry is written once. */
function mergedCall(call: string, changes: Remedy['changes']): Remedy['changes'] {
  let fields = {};
  for (const change of changes) if (change.kind === 'set-call' && change.call === call) fields = { ...fields, ...change.fields };
  return [{ kind: 'set-call', call, fields }];
}

/**
 * How many calls one window of a breaker holds at most while all of them hang: each slot of the caller ends one for every
 * wait, concurrency × replicas × window / wait. `Infinity` where the window is not a length of time, or the slots are not
 * known.
 *
 * @param slots all slots that make the call
 */
export function callsInWindow(call: Pick<Call, 'circuitBreaker' | 'timeout' | 'deadline' | 'retry'>, slots: number, wait: number): number {
  const { circuitBreaker } = call;
  if (typeof circuitBreaker !== 'object' || !circuitBreaker.window || !('seconds' in circuitBreaker.window)) return Infinity;
  return wait > 0 ? (slots * circuitBreaker.window.seconds) / wait : Infinity;
}

/** A breaker that asks for fewer calls before it judges: half of what its window holds. */
export function lowerMinimum(system: System, id: string, holds: number): Remedy | undefined {
  const call = system.calls.find((other) => other.id === id);
  if (typeof call?.circuitBreaker !== 'object') return undefined;
  const minimumCalls = Math.max(1, Math.floor(holds / 2));
  if (!(minimumCalls <= holds)) return undefined;
  const changes: Remedy['changes'] = [{ kind: 'set-call', call: id, fields: { circuitBreaker: { ...call.circuitBreaker, minimumCalls } } }];
  const clause = l10n.t('lower {0} to {1}', 'minimumCalls', minimumCalls);
  return { title: l10n.t('Lower {0} to {1}', 'minimumCalls', minimumCalls), clause, changes, safe: false };
}

/** The remedy `then`, made for the system after `first`, and both as one. */
export function followedBy(system: System, id: string, first: Remedy, then: (after: System) => Remedy | undefined): Remedy {
  const second = then(applyChanges(system, first.changes));
  if (!second) return first;
  return {
    title: l10n.t('{0}; {1}', first.title, second.clause ?? second.title),
    changes: mergedCall(id, [...first.changes, ...second.changes]),
    safe: false,
  };
}
