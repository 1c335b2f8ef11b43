import * as l10n from '@vscode/l10n';
import { callEntries } from '../../editing/callFields';
import { printFlow } from '../../editing/print';
import type { Call, CircuitBreaker } from '../../model/call';
import { isAsync, isDelivery, isIdempotent, kindOf } from '../../model/defaults';
import { givenByPreset } from '../../model/presets/fill';
import { printShare } from '../../model/units';
import { callsText, countText, listText, secondsText } from '../../model/words';
import { worstCaseTime } from '../../remedies/retries';
import { hangingOf } from '../../rules/known';
import { whenWaiting } from '../../rules/words';
import { attemptsText } from '../attempts';
import { deadlineText, wastedText } from '../loadText';
import { bold, literal, paragraphs } from '../markdown';
import type { SystemView } from '../view';

/** How a call is made and what becomes of its caller. Undefined for an id that no call has. */
export function callText(view: SystemView, id: string): string | undefined {
  const { system } = view.linked;
  const call = system.calls.find((other) => other.id === id);
  if (!call) return undefined;
  const caller = system.components.get(call.from);
  if (call.role !== 'request') return paragraphs(headText(call), roleText(call));
  if (isDelivery(call, caller)) return paragraphs(headText(call), l10n.t('The queue delivers; nobody waits for it.'));
  const load = view.load.calls.get(id);
  const lines = [
    attemptsText(call),
    [timeText(call), load && deadlineText(load, literal)].filter(Boolean).join(' '),
    breakerText(call),
    fallbackText(call),
    repeatText(call),
    presetText(call),
    load && wastedText(load, call, literal),
  ];
  return paragraphs(headText(call), lines.filter((line) => line !== undefined).join('  \n'), hangText(view, call));
}

function headText(call: Call): string {
  const parts = [`${bold(call.from)} → ${bold(call.to)}`];
  if (call.operation !== undefined) parts.push(literal(call.operation));
  if (call.journeys) parts.push(l10n.t('only for {0}', literal(listText(call.journeys, 4))));
  if (call.async) parts.push(l10n.t('asynchronous'));
  if (call.required === false) parts.push(l10n.t('not required'));
  if (call.policy !== undefined) parts.push(l10n.t('policy {0}', literal(call.policy)));
  if (call.preset !== undefined) parts.push(call.preset);
  return parts.join(' · ');
}

function roleText(call: Call): string {
  return call.role === 'startup'
    ? l10n.t('Only an order of starting: no request goes this way.')
    : l10n.t('Telemetry: no journey depends on it.');
}

function timeText(call: Call): string {
  const worst = worstCaseTime(call);
  if (worst < Infinity)
    return call.retry && call.retry !== 'none'
      ? l10n.t('Takes at most {0} with all attempts and waits.', secondsText(worst))
      : l10n.t('Takes at most {0}.', secondsText(worst));
  if (call.timeout === 'none') return l10n.t('Waits as long as it takes: `timeout: none` is written.');
  return call.timeout === undefined
    ? l10n.t('Waits forever: neither a timeout nor a deadline is written.')
    : l10n.t('Never gives up: the retry has no bound.');
}

function breakerText({ circuitBreaker: breaker }: Call): string | undefined {
  if (breaker === undefined || breaker === 'none') return undefined;
  return l10n.t('The breaker opens {0}, for {1}.', opensText(breaker), secondsText(breaker.cooldown ?? 30));
}

function opensText(breaker: CircuitBreaker): string {
  const { failures, errorRate, window, minimumCalls = 20 } = breaker;
  if (failures !== undefined)
    return countText(failures, l10n.t('after 1 failure in a row'), l10n.t('after {0} failures in a row', failures));
  if (errorRate === undefined) return l10n.t('when calls fail or are slow');
  const [rate, from] = [printShare(errorRate), callsText(minimumCalls)];
  if (window === undefined) return l10n.t('when {0} fail, from {1} on', rate, from);
  const over = 'calls' in window ? callsText(window.calls) : secondsText(window.seconds);
  return l10n.t('when {0} fail over {1}, from {2} on', rate, over, from);
}

function fallbackText({ fallback }: Call): string | undefined {
  if (fallback === undefined || fallback === 'none') return undefined;
  return fallback.kind === 'component'
    ? l10n.t('When it fails, {0} answers instead.', bold(fallback.to))
    : l10n.t('When it fails, the caller goes on: {0}.', literal(fallback.word));
}

/** Said only where repeating the call is known to be unsafe and it is repeated all the same. */
function repeatText(call: Call): string | undefined {
  const repeated = call.retry !== undefined && call.retry !== 'none' && call.retry.maxAttempts !== 1;
  return repeated && isIdempotent(call) === false ? l10n.t('It is **not idempotent**: a retry may do its work twice.') : undefined;
}

/** What of all that nobody wrote on the call or its policy. */
function presetText(call: Call): string | undefined {
  const given = callEntries(givenByPreset(call));
  if (call.preset === undefined || given.length === 0) return undefined;
  const style = { padded: true, quoted: false, blocks: false, step: '' };
  const keys = given.map(([key, value]) => `\`${key}: ${printFlow(value, style)}\``);
  return l10n.t('By the defaults of {0}: {1}.', call.preset, listText(keys, keys.length));
}

function hangText(view: SystemView, call: Call): string | undefined {
  const { system } = view.linked;
  const caller = system.components.get(call.from);
  const callee = system.components.get(call.to);
  if (isAsync(call, caller) && !(callee && kindOf(callee) === 'queue')) return undefined;
  const reason = hangingOf(system).get(call.id);
  const [from, to] = [bold(call.from), bold(call.to)];
  if (reason !== undefined) {
    const what = literal(whenWaiting(view, call, l10n.t('so does {0}', call.from)));
    return reason === 'fills the pool'
      ? l10n.t('When {0} hangs, {1}, although it gives up after {2}.', to, what, secondsText(worstCaseTime(call)))
      : l10n.t('When {0} hangs, {1}.', to, what);
  }
  const pool = view.load.calls.get(call.id)?.pool;
  const waiting = pool?.holding === undefined ? undefined : Math.min(pool.slots, Math.ceil(pool.holding));
  if (pool && waiting !== undefined) {
    const slots = countText(pool.slots, l10n.t('1 slot'), l10n.t('{0} slots', pool.slots));
    return call.circuitBreaker !== undefined && call.circuitBreaker !== 'none'
      ? l10n.t('When {0} hangs, up to {1} of the {2} of {3} wait for it until the breaker opens.', to, waiting, slots, from)
      : l10n.t('When {0} hangs, up to {1} of the {2} of {3} wait for it.', to, waiting, slots, from);
  }
  return l10n.t('When {0} hangs, {1} gives up and goes on with other requests.', to, from);
}
