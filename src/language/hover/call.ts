import type { Call, CircuitBreaker } from '../../model/call';
import { isAsync, isDelivery, isIdempotent, kindOf } from '../../model/defaults';
import { printShare } from '../../model/units';
import { countText, listText, secondsText } from '../../model/words';
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
  if (isDelivery(call, caller)) return paragraphs(headText(call), 'The queue delivers; nobody waits for it.');
  const load = view.load.calls.get(id);
  const lines = [
    attemptsText(call),
    [timeText(call), load && deadlineText(load, literal)].filter(Boolean).join(' '),
    breakerText(call),
    fallbackText(call),
    repeatText(call),
    load && wastedText(load, call, literal),
  ];
  return paragraphs(headText(call), lines.filter((line) => line !== undefined).join('  \n'), hangText(view, call));
}

function headText(call: Call): string {
  const parts = [`${bold(call.from)} → ${bold(call.to)}`];
  if (call.operation !== undefined) parts.push(literal(call.operation));
  if (call.journeys) parts.push(`only for ${literal(listText(call.journeys, 4))}`);
  if (call.async) parts.push('asynchronous');
  if (call.required === false) parts.push('not required');
  if (call.policy !== undefined) parts.push(`policy ${literal(call.policy)}`);
  if (call.preset !== undefined) parts.push(call.preset);
  return parts.join(' · ');
}

function roleText(call: Call): string {
  return call.role === 'startup' ? 'Only an order of starting: no request goes this way.' : 'Telemetry: no journey depends on it.';
}

function timeText(call: Call): string {
  const worst = worstCaseTime(call);
  if (worst < Infinity)
    return `Takes at most ${secondsText(worst)}${call.retry && call.retry !== 'none' ? ' with all attempts and waits' : ''}.`;
  if (call.timeout === 'none') return 'Waits as long as it takes: `timeout: none` is written.';
  return call.timeout === undefined
    ? 'Waits forever: neither a timeout nor a deadline is written.'
    : 'Never gives up: the retry has no bound.';
}

function breakerText({ circuitBreaker: breaker }: Call): string | undefined {
  if (breaker === undefined || breaker === 'none') return undefined;
  return `The breaker opens ${opensText(breaker)}, for ${secondsText(breaker.cooldown ?? 30)}.`;
}

function opensText(breaker: CircuitBreaker): string {
  if (breaker.failures !== undefined) return `after ${countText(breaker.failures, 'failure')} in a row`;
  if (breaker.errorRate === undefined) return 'when calls fail or are slow';
  const { window } = breaker;
  const over = window === undefined ? '' : ` over ${'calls' in window ? countText(window.calls, 'call') : secondsText(window.seconds)}`;
  return `when ${printShare(breaker.errorRate)} fail${over}, from ${countText(breaker.minimumCalls ?? 20, 'call')} on`;
}

function fallbackText({ fallback }: Call): string | undefined {
  if (fallback === undefined || fallback === 'none') return undefined;
  return fallback.kind === 'component'
    ? `When it fails, ${bold(fallback.to)} answers instead.`
    : `When it fails, the caller goes on: ${literal(fallback.word)}.`;
}

/** Said only where repeating the call is known to be unsafe and it is repeated all the same. */
function repeatText(call: Call): string | undefined {
  const repeated = call.retry !== undefined && call.retry !== 'none' && call.retry.maxAttempts !== 1;
  return repeated && isIdempotent(call) === false ? 'It is **not idempotent**: a retry may do its work twice.' : undefined;
}

function hangText(view: SystemView, call: Call): string | undefined {
  const { system } = view.linked;
  const caller = system.components.get(call.from);
  const callee = system.components.get(call.to);
  if (isAsync(call, caller) && !(callee && kindOf(callee) === 'queue')) return undefined;
  const reason = hangingOf(system).get(call.id);
  const when = `When ${bold(call.to)} hangs`;
  if (reason !== undefined) {
    const although = reason === 'fills the pool' ? `, although it gives up after ${secondsText(worstCaseTime(call))}` : '';
    return `${when}, ${literal(whenWaiting(view, call, `so does ${call.from}`))}${although}.`;
  }
  const pool = view.load.calls.get(call.id)?.pool;
  const waiting = pool?.holding === undefined ? undefined : Math.min(pool.slots, Math.ceil(pool.holding));
  if (pool && waiting !== undefined) {
    const breaker = call.circuitBreaker !== undefined && call.circuitBreaker !== 'none' ? ' until the breaker opens' : '';
    return `${when}, up to ${waiting} of the ${countText(pool.slots, 'slot')} of ${bold(call.from)} wait for it${breaker}.`;
  }
  return `${when}, ${bold(call.from)} gives up and goes on with other requests.`;
}
