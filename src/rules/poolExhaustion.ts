import * as l10n from '@vscode/l10n';
import { callRate } from '../analysis/load/pool';
import type { Call } from '../model/call';
import { concurrencyOf, replicaCount } from '../model/defaults';
import { printDuration } from '../model/units';
import { countText, rateText, secondsText } from '../model/words';
import { insertBreaker } from '../remedies/call';
import type { Remedy } from '../remedies/change';
import { timeFrame } from '../remedies/latency';
import { limitedTo, timeoutWithin } from '../remedies/timeouts';
import { callRule, limitPlace, setForAll } from './callRule';
import { componentPlace, related, relatedJourneys } from './places';
import { forEntry } from './remedies';
import type { RuleContext } from './rule';
import { fillsPool } from './timeoutFaults';
import { calleeText, stoppedWithout, whenWaiting } from './words';

export const poolExhaustion = callRule({
  id: 'pool-exhaustion',
  summary: 'A timeout so long that the calls that wait for it fill the caller’s pool, with nothing to keep them from it.',
  keys: ['maxAttempts', 'backoff', 'base', 'cap'],
  fault: fillsPool,
  place: limitPlace,
  message(context, call, { holding, worst, endless }) {
    const rate = rateText((callRate(context.linked.system, call) ?? 0) * (call.count ?? 1));
    const wait = endless ? l10n.t('{0} and more', secondsText(worst)) : secondsText(worst);
    const slots = Math.ceil(holding - 1e-9);
    const then = whenWaiting(context, call, l10n.t('none is left'));
    const callee = calleeText(call);
    return countText(
      slots,
      l10n.t('If {0} hangs, {1} calls that wait {2} each hold 1 slot of {3}: {4}.', callee, rate, wait, call.from, then),
      l10n.t('If {0} hangs, {1} calls that wait {2} each hold {3} slots of {4}: {5}.', callee, rate, wait, slots, call.from, then),
    );
  },
  related: (context, call) => [
    ...related([componentPlace(context.linked, call.to), l10n.t('{0} answers this call', call.to)]),
    ...relatedJourneys(context.linked, stoppedWithout(context, call.to), (name) => l10n.t('{0} stops when {1} hangs', name, call.to)),
  ],
  remedies: (context, calls) => {
    const [call] = calls;
    if (!call) return [];
    return [...inTime(context, calls), ...(calls.length === 1 ? [...broken(context, call), ...fenced(context, call)] : [])];
  },
});

/** The longest timeout with which the calls that wait leave a tenth of the pool, if the callee can answer within it. */
function inTime({ linked }: RuleContext, calls: readonly Call[]): readonly Remedy[] {
  const { system } = linked;
  const [first] = calls;
  const longest = calls.map((call) => {
    const pool = fillsPool(system, call);
    const seconds = pool && timeoutWithin(call, (0.9 * pool.slots * pool.worst) / pool.holding);
    return seconds !== undefined && seconds >= (timeFrame(system, call).p99 ?? 0) ? seconds : undefined;
  });
  if (!first || !longest.every((seconds) => seconds !== undefined)) return [];
  const seconds = Math.min(...longest);
  return [setForAll(linked, calls, limitedTo(first, seconds), { title: l10n.t('Shorten to {0}', printDuration(seconds)), safe: false })];
}

/** A breaker. One around a retry without an end never sees a failure. */
function broken({ linked }: RuleContext, call: Call): readonly Remedy[] {
  return fillsPool(linked.system, call)?.endless ? [] : forEntry(linked, call, insertBreaker);
}

/**
 * A bulkhead for what the calls take as a rule: their mean number in use at the callee’s p99, three standard deviations
 * (Poisson) and one more. No more than half of the pool; just that where no service time tells.
 */
function fenced({ linked }: RuleContext, call: Call): readonly Remedy[] {
  const { system } = linked;
  const caller = system.components.get(call.from);
  const concurrency = caller && concurrencyOf(caller);
  const rate = callRate(system, call);
  const { p99 } = timeFrame(system, call);
  if (!caller || concurrency === undefined || concurrency < 2 || rate === undefined || call.bulkhead !== undefined) return [];
  const half = Math.floor(concurrency / 2);
  const mean = p99 === undefined ? undefined : (rate * (call.count ?? 1) * p99) / replicaCount(caller);
  const slots = mean === undefined ? half : Math.ceil(mean + 3 * Math.sqrt(mean) + 1);
  if (slots > half) return [];
  const title = l10n.t('Insert a bulkhead: at most {0} of the {1} slots of {2}', slots, concurrency, call.from);
  return [setForAll(linked, [call], { bulkhead: { concurrency: slots } }, { title, safe: false })];
}
