import * as l10n from '@vscode/l10n';
import { callRate } from '../analysis/load/pool';
import type { Call } from '../model/call';
import { concurrencyOf, isDelivery, kindOf, maxAttempts } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { rateText, secondsText } from '../model/words';
import { insertWorkingBreaker } from '../remedies/breakers';
import { addBudget } from '../remedies/layers';
import { worstCaseTime } from '../remedies/retries';
import { atOnePlace, callOf, callsWithPolicies, isAwaited, isHalfWritten, retryPlace } from './calls';
import { callPlace, componentPlace, related } from './places';
import { whereWritten } from './policyRemedies';
import { forEntry, forRetry } from './remedies';
import type { Report, Rule, RuleContext } from './rule';
import { calleeText } from './words';

export const missingCircuitBreaker: Rule = {
  id: 'missing-circuit-breaker',
  category: 'Calls',
  severity: 'warning',
  summary: 'A call to an external provider with no circuit breaker, or (a hint) a retry with neither a breaker nor a budget.',
  *check(context) {
    const retrying: Call[] = [];
    for (const call of callsWithPolicies(context)) {
      if (!leavesTheHouse(context, call)) {
        if (retriesFreely(context, call) && lacksBreaker(context, call)) retrying.push(call);
      } else if (lacksBreaker(context, call)) yield* report(context, call);
    }
    yield* atOnePlace(
      context,
      retrying,
      (call) => retryPlace(context, call, ''),
      (call, place) => ({ message: hintOf(call), place, subject: call.id, hint: true }),
    );
  },
  fixes(report, context) {
    const call = callOf(context, report);
    if (!call) return [];
    const { linked } = context;
    if (!report.hint) return forEntry(linked, call, insertWorkingBreaker);
    return [...forRetry(linked, call, addBudget), ...whereWritten(linked, call, 'retry', insertWorkingBreaker)];
  },
};

function lacksBreaker(context: RuleContext, call: Call): boolean {
  if (call.circuitBreaker !== undefined && call.circuitBreaker !== 'none') return false;
  const { components } = context.linked.system;
  const caller = components.get(call.from);
  if (!caller || !components.has(call.to) || isDelivery(call, caller)) return false;
  // A client is not ours to give a breaker.
  const kind = kindOf(caller);
  if (kind === 'client' || kind === 'dns' || isHalfWritten(context, call, 'circuitBreaker')) return false;
  return !isFenced(context, call);
}

/** A bulkhead keeps what waits for the callee within bounds as well. */
function isFenced({ linked }: RuleContext, { bulkhead, from }: Call): boolean {
  const caller = linked.system.components.get(from);
  return typeof bulkhead === 'object' && bulkhead.concurrency < ((caller && concurrencyOf(caller)) ?? Infinity);
}

/** A call to a provider that somebody waits for. What runs by the clock comes too seldom for a breaker to learn anything. */
function leavesTheHouse(context: RuleContext, call: Call): boolean {
  const { components } = context.linked.system;
  const [from, to] = [components.get(call.from), components.get(call.to)];
  if (!from || !to || kindOf(to) !== 'external' || !isAwaited(context, call)) return false;
  return kindOf(from) !== 'scheduler' && kindOf(from) !== 'deployer';
}

function retriesFreely(context: RuleContext, call: Call): boolean {
  const { retry } = call;
  if (retry === undefined || retry === 'none' || maxAttempts(call) < 2 || retry.budget !== undefined) return false;
  // Envoy has no more than three retries in flight to a cluster by default, for which there is no word here.
  return call.preset !== 'envoy' && !isHalfWritten(context, call, 'retry', 'budget');
}

function* report(context: RuleContext, call: Call): Generator<Report> {
  const { linked } = context;
  const written = call.circuitBreaker === 'none';
  const own = written ? keyPlace(linked.origins, elementId('call', call.id), 'circuitBreaker') : undefined;
  const place = own ?? callPlace(linked, call);
  if (!place) return;
  const [callee, then] = [calleeText(call), whatHappens(context, call)];
  yield {
    message: written
      ? l10n.t('{0} calls a provider, {1}, without a breaker (`circuitBreaker: none`): while it is down, {2}.', call.from, callee, then)
      : l10n.t('{0} calls a provider, {1}, without a breaker: while it is down, {2}.', call.from, callee, then),
    place,
    subject: call.id,
    related: related([componentPlace(linked, call.to), l10n.t('{0} is not ours to repair', call.to)]),
  };
}

function whatHappens({ linked }: RuleContext, call: Call): string {
  const rate = callRate(linked.system, call);
  const which = rate === undefined ? l10n.t('every call') : l10n.t('every one of {0}', rateText(rate));
  const wait = worstCaseTime(call);
  return wait === Infinity ? l10n.t('{0} waits', which) : l10n.t('{0} waits up to {1} to fail', which, secondsText(wait));
}

function hintOf(call: Call): string {
  const attempts = maxAttempts(call);
  const tries =
    attempts === Infinity
      ? l10n.t('{0} tries {1} without a limit', call.from, calleeText(call))
      : l10n.t('{0} tries {1} up to {2} times', call.from, calleeText(call), attempts);
  return l10n.t('{0}, with neither a breaker nor a budget: while {1} is in trouble, every call adds to it.', tries, call.to);
}
