import * as l10n from '@vscode/l10n';
import { callRate, journeysOf, poolOf } from '../analysis/load/pool';
import type { Call, CircuitBreaker } from '../model/call';
import { bound, concurrencyOf, servingReplicas } from '../model/defaults';
import { keyPlace } from '../model/origin';
import { isByPreset } from '../model/presets/fill';
import type { System } from '../model/system';
import { printRate, type Seconds } from '../model/units';
import { countText, secondsText } from '../model/words';
import { callsInWindow, followedBy, lowerMinimum } from '../remedies/breakers';
import { endWait } from '../remedies/call';
import { applyChanges, type Remedy } from '../remedies/change';
import { worstCaseTime } from '../remedies/retries';
import { atOnePlace, callOf, callsWithPolicies, isAwaited, isHalfWritten, presetPlace } from './calls';
import { callPlace, componentPlace, homeOf, related } from './places';
import { retriesWithoutEnd, waitsWithoutEnd } from './policies';
import { whereWritten } from './policyRemedies';
import type { Rule, RuleContext } from './rule';
import { calleeText } from './words';

/** How many times over a pool may fill with calls that wait before its breaker has seen enough of them. */
const poolfuls = 5;

export const breakerNeverOpens: Rule = {
  id: 'breaker-never-opens',
  category: 'Calls',
  severity: 'warning',
  summary: 'A circuit breaker that sees no failure, or too few of them, when the callee hangs.',
  *check(context) {
    const { linked } = context;
    const why = new Map<string, Why>();
    const calls = [...callsWithPolicies(context)].filter((call) => {
      const reason = whyNever(context, call);
      if (reason) why.set(call.id, reason);
      return reason !== undefined;
    });
    yield* atOnePlace(
      context,
      calls,
      (call) => {
        const home = homeOf(linked, call, 'circuitBreaker');
        const key = why.get(call.id)?.key ?? '';
        return (
          keyPlace(linked.origins, home, `circuitBreaker.${key}`) ??
          keyPlace(linked.origins, home, 'circuitBreaker', 'key') ??
          presetPlace(linked, call, 'circuitBreaker') ??
          callPlace(linked, call)
        );
      },
      (call, place) => ({
        message: why.get(call.id)?.message ?? '',
        place,
        subject: call.id,
        related: related([componentPlace(linked, call.to), l10n.t('{0} answers this call', call.to)]),
      }),
    );
  },
  fixes(report, context) {
    const call = callOf(context, report);
    if (!call) return [];
    // Calls of one entry have one breaker, and what opens it for one need not be enough for another.
    const opens = ({ changes }: Remedy): boolean => {
      const system = applyChanges(context.linked.system, changes);
      const after = system.calls.find(({ id }) => id === call.id);
      return after !== undefined && whyNever({ ...context, linked: { ...context.linked, system } }, after) === undefined;
    };
    return whereWritten(context.linked, call, 'circuitBreaker', (system, id) => opening(context, system, id)).filter(opens);
  },
};

export interface Why {
  /** The key of the breaker that is at fault; none where it is the wait. */
  readonly key?: 'minimumCalls' | 'failures' | 'errorRate';
  readonly message: string;
}

/** Why the breaker of a call does not open when its callee hangs; undefined where it does, or there is none. */
export function whyNever(context: RuleContext, call: Call): Why | undefined {
  const breaker = breakerOf(context, call);
  const why = breaker && neverOpens(context.linked.system, call, breaker);
  // Few breakers have a fault, and looking for keys in the text takes longer than looking for it.
  if (!why || !isWaitReadable(context, call)) return undefined;
  return why.key !== undefined && isHalf(context, call, breaker) ? undefined : why;
}

function breakerOf(context: RuleContext, call: Call): CircuitBreaker | undefined {
  const { circuitBreaker } = call;
  return typeof circuitBreaker === 'object' && isAwaited(context, call) ? circuitBreaker : undefined;
}

function neverOpens(system: System, call: Call, breaker: CircuitBreaker): Why | undefined {
  if (waitsWithoutEnd(call)) return { message: l10n.t('{0}: no timeout ends the call, so it never opens.', blindText(call)) };
  if (breaker.counts !== 'attempts' && bound(call.deadline) === undefined && retriesWithoutEnd(call)) {
    const blind = blindText(call);
    return { message: l10n.t('{0}: it is around a retry without a limit, which never gives up, so it never opens.', blind) };
  }
  return tooMany(system, call, breaker) ?? tooLate(system, call, breaker);
}

function blindText(call: Call): string {
  return l10n.t('The breaker of {0} for {1} sees no failure when {2} hangs', call.from, calleeText(call), call.to);
}

/** Whether nothing that ends the wait is written so that it cannot be read, which is reported as such. */
function isWaitReadable(context: RuleContext, call: Call): boolean {
  return !(
    isHalfWritten(context, call, 'timeout') ||
    isHalfWritten(context, call, 'deadline') ||
    isHalfWritten(context, call, 'retry', 'maxAttempts')
  );
}

/** Whether a number of the breaker is written that cannot be read. */
function isHalf({ linked }: RuleContext, call: Call, breaker: CircuitBreaker): boolean {
  const home = homeOf(linked, call, 'circuitBreaker');
  return (['failures', 'errorRate', 'slowRate', 'window', 'minimumCalls'] as const).some(
    (key) =>
      (breaker[key] === undefined || isByPreset(call, 'circuitBreaker', key)) &&
      keyPlace(linked.origins, home, `circuitBreaker.${key}`) !== undefined,
  );
}

/** What the window of a breaker can hold, and why not more. */
interface Held {
  readonly calls: number;
  readonly because: () => string;
}

function heldIn(system: System, call: Call, breaker: CircuitBreaker): Held | undefined {
  if (!breaker.window || !('seconds' in breaker.window)) return undefined;
  const { seconds } = breaker.window;
  const caller = system.components.get(call.from);
  const concurrency = caller && concurrencyOf(caller);
  const each = Math.min(concurrency ?? Infinity, typeof call.bulkhead === 'object' ? call.bulkhead.concurrency : Infinity);
  const slots = caller ? each * servingReplicas(caller) : Infinity;
  const wait = waitOf(call, breaker);
  const stuck = slots === Infinity ? Infinity : callsInWindow(call, slots, wait);
  const rate = unrated(system, call) ? Infinity : (callRate(system, call) ?? Infinity) * (call.count ?? 1);
  const coming = rate * seconds;
  if (stuck <= coming) return { calls: stuck, because: () => waitingText(slots, call.from, wait) };
  return { calls: coming, because: () => l10n.t('{0} at peak', printRate(rate)) };
}

function waitingText(slots: number, component: string, seconds: Seconds): string {
  const wait = secondsText(seconds);
  const many = l10n.t('{0} slots of {1} that each wait {2}', slots, component, wait);
  return countText(slots, l10n.t('1 slot of {0} that each wait {1}', component, wait), many);
}

function waitOf(call: Call, breaker: CircuitBreaker): number {
  return breaker.counts === 'attempts' ? Math.min(bound(call.timeout) ?? Infinity, worstCaseTime(call)) : worstCaseTime(call);
}

/** Whether some journey that makes a call has no rate, so that more may come. */
function unrated(system: System, call: Call): boolean {
  return [...journeysOf(system, call).making].some((name) => system.journeys.get(name)?.rate === undefined);
}

function tooMany(system: System, call: Call, breaker: CircuitBreaker): Why | undefined {
  const onRate = breaker.errorRate !== undefined || breaker.slowRate !== undefined;
  // Failures in a row are counted without a window.
  if (!onRate || breaker.failures !== undefined) return undefined;
  const minimum = breaker.minimumCalls ?? 20;
  const held = heldIn(system, call, breaker);
  if (!held || !(held.calls < minimum) || !breaker.window || !('seconds' in breaker.window)) return undefined;
  const window = secondsText(breaker.window.seconds);
  const asks = asksText(call, breaker, minimum, window);
  const most = Math.floor(held.calls);
  return {
    key: 'minimumCalls',
    message: l10n.t('{0}, and when {1} hangs at most {2} end in that time ({3}): it never opens.', asks, call.to, most, held.because()),
  };
}

function asksText(call: Call, breaker: CircuitBreaker, minimum: number, window: string): string {
  const callee = calleeText(call);
  if (call.preset !== undefined && isByPreset(call, 'circuitBreaker', 'minimumCalls')) {
    return l10n.t(
      'The breaker of {0} for {1} asks for {2} calls in {3} (the default of {4})',
      call.from,
      callee,
      minimum,
      window,
      call.preset,
    );
  }
  return breaker.minimumCalls === undefined
    ? l10n.t('The breaker of {0} for {1} asks for {2} calls in {3} (its default)', call.from, callee, minimum, window)
    : l10n.t('The breaker of {0} for {1} asks for {2} calls in {3}', call.from, callee, minimum, window);
}

/** How many failures open a breaker at the least, where that is a number of calls and not a matter of time. */
interface Needed {
  readonly key: 'failures' | 'errorRate';
  readonly failures: number;
  readonly text: () => string;
}

function neededBy(call: Call, { failures, errorRate, window, minimumCalls = 20 }: CircuitBreaker): Needed | undefined {
  if (failures !== undefined) {
    if (errorRate !== undefined && !isByPreset(call, 'circuitBreaker', 'errorRate')) return undefined;
    const text = () => l10n.t('The breaker of {0} for {1} opens after {2} failures', call.from, calleeText(call), failures);
    return { key: 'failures', failures, text };
  }
  if (errorRate === undefined || !window || !('calls' in window)) return undefined;
  const calls = Math.min(minimumCalls, window.calls);
  const needed = Math.ceil(errorRate * calls - 1e-9);
  const text = () =>
    call.preset !== undefined && isByPreset(call, 'circuitBreaker', 'errorRate')
      ? l10n.t(
          'The breaker of {0} for {1} opens when {2} of {3} calls have failed (the default of {4})',
          call.from,
          calleeText(call),
          needed,
          calls,
          call.preset,
        )
      : l10n.t('The breaker of {0} for {1} opens when {2} of {3} calls have failed', call.from, calleeText(call), needed, calls);
  return { key: 'errorRate', failures: needed, text };
}

/** Failures come one for each slot and wait, so that the pool stands full for as long as that takes. */
function tooLate(system: System, call: Call, breaker: CircuitBreaker): Why | undefined {
  const caller = system.components.get(call.from);
  const slots = caller && concurrencyOf(caller);
  const needed = neededBy(call, breaker);
  if (!needed || slots === undefined || typeof call.bulkhead === 'object') return undefined;
  const { failures } = needed;
  if (!(failures > poolfuls * slots) || !poolOf(system, call)?.exhausts) return undefined;
  const wait = waitOf(call, breaker);
  const takes = secondsText(Math.ceil(failures / slots) * wait);
  const many = l10n.t('{0} slots that each wait {1} take {2} for them', slots, secondsText(wait), takes);
  const how = countText(slots, l10n.t('1 slot that each wait {0} take {1} for them', secondsText(wait), takes), many);
  return { key: needed.key, message: l10n.t('{0}, and {1}: the pool is full long before.', needed.text(), how) };
}

/** Ends the wait where nothing does, and asks for no more calls than then come. */
function opening(context: RuleContext, system: System, id: string): Remedy | undefined {
  const call = system.calls.find((other) => other.id === id);
  const breaker = call && breakerOf(context, call);
  if (!breaker || !isWaitReadable(context, call)) return undefined;
  const end = endWait(system, id);
  if (end) return isHalf(context, call, breaker) ? end : followedBy(system, id, end, (after) => lowered(after, id));
  return lowered(system, id);
}

function lowered(system: System, id: string): Remedy | undefined {
  const call = system.calls.find((other) => other.id === id);
  const breaker = call?.circuitBreaker;
  if (!call || typeof breaker !== 'object') return undefined;
  if (tooMany(system, call, breaker)) return lowerMinimum(system, id, heldIn(system, call, breaker)?.calls ?? 0);
  if (!tooLate(system, call, breaker)) return undefined;
  const changes: Remedy['changes'] = [{ kind: 'set-call', call: id, fields: { circuitBreaker: { ...breaker, failures: 5 } } }];
  return { title: l10n.t('Open after {0} failures', 5), clause: l10n.t('open after {0} failures', 5), changes, safe: false };
}
