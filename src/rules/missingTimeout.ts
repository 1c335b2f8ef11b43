import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import { isDelivery, kindOf } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import type { System } from '../model/system';
import { withBreakerText } from '../remedies/breakers';
import { completeCall, completeCallByPolicy, insertBreaker, insertTimeout, usePolicy } from '../remedies/call';
import { applyChanges, type Remedy } from '../remedies/change';
import { callOf, callsWithPolicies, isAwaited, isHalfWritten, policyPlace } from './calls';
import { callPlace, callsOfEntry, componentPlace, related, relatedJourneys } from './places';
import { retriesWithoutEnd, retryInStep, waitsWithoutEnd } from './policies';
import { forEntry, onEntry } from './remedies';
import type { Report, Rule, RuleContext } from './rule';
import { fillsPool } from './timeoutFaults';
import { calleeText, stoppedWithout, whenWaiting } from './words';

export const missingTimeout: Rule = {
  id: 'missing-timeout',
  category: 'Calls',
  severity: 'warning',
  summary: 'A call that its caller waits for, with no timeout and no deadline.',
  *check(context) {
    for (const call of callsWithPolicies(context)) {
      if (waitsForever(context, call)) yield* report(context, call);
    }
  },
  fixes(report, context) {
    const call = callOf(context, report);
    if (!call) return [];
    const { linked } = context;
    const remedies = [
      ...forEntry(linked, call, callsOfEntry(linked, call).length > 1 ? insertTimeout : timeoutThatHelps),
      ...onEntry(linked, call, usePolicy(linked.system, call.id)),
      ...forEntry(linked, call, completeCall),
      ...forEntry(linked, call, completeCallByPolicy),
    ];
    // A policy does not help a call that writes `timeout: none` itself, and may bring in another flaw.
    const helps = (remedy: Remedy) => {
      const after = applyChanges(linked.system, remedy.changes).calls.find(({ id }) => id === call.id);
      return after !== undefined && !waitsWithoutEnd(after) && !addsFlaw(call, after);
    };
    return remedies.filter(helps);
  },
};

/** A timeout, and a breaker where calls that wait for the timeout still fill their caller's pool: alone it would be no help. */
function timeoutThatHelps(system: System, id: string): Remedy | undefined {
  const remedy = insertTimeout(system, id);
  const after = remedy && applyChanges(system, remedy.changes);
  const timed = after?.calls.find((call) => call.id === id);
  if (!remedy || !after || !timed || !fillsPool(after, timed)) return remedy;
  const breaker = insertBreaker(after, id);
  return breaker && { title: withBreakerText(remedy.title), changes: [...remedy.changes, ...breaker.changes], safe: false };
}

function waitsForever(context: RuleContext, call: Call): boolean {
  // Looking for keys in the text takes longer than all else, and few calls have none.
  if (!waitsWithoutEnd(call)) return false;
  const { components } = context.linked.system;
  const caller = components.get(call.from);
  if (!caller || !components.has(call.to) || isDelivery(call, caller)) return false;
  const kind = kindOf(caller);
  if (kind === 'client' || kind === 'dns' || !isAwaited(context, call)) return false;
  return !isHalfWritten(context, call, 'timeout') && !isHalfWritten(context, call, 'deadline');
}

function addsFlaw(before: Call, after: Call): boolean {
  if (retriesWithoutEnd(after) && !retriesWithoutEnd(before)) return true;
  return retryInStep(after) !== undefined && retryInStep(before) === undefined;
}

function* report(context: RuleContext, call: Call): Generator<Report> {
  const { linked } = context;
  const written = call.timeout === 'none';
  const place = (written ? keyPlace(linked.origins, elementId('call', call.id), 'timeout') : undefined) ?? callPlace(linked, call);
  if (!place) return;
  const waits = written
    ? l10n.t('{0} waits for {1} for as long as it takes (`timeout: none`)', call.from, calleeText(call))
    : l10n.t('{0} waits for {1} without a timeout', call.from, calleeText(call));
  const then = whenWaiting(context, call, l10n.t('so does {0}', call.from));
  yield {
    message: l10n.t('{0}; if {1} hangs, {2}.', waits, call.to, then),
    place,
    subject: call.id,
    related: [
      ...related(
        [policyPlace(context, call, 'timeout'), l10n.t('The policy {0} says so', call.policy ?? '')],
        [componentPlace(linked, call.to), l10n.t('{0} answers this call', call.to)],
      ),
      ...relatedJourneys(linked, stoppedWithout(context, call.to), (name) => l10n.t('{0} stops when {1} hangs', name, call.to)),
    ],
  };
}
