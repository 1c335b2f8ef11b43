import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import { printDuration, type Seconds } from '../model/units';
import { countText, secondsText } from '../model/words';
import type { Remedy } from '../remedies/change';
import { mostLeft, timeFrame } from '../remedies/latency';
import { fewerAttempts, retryOf } from '../remedies/layers';
import { enoughAttempts } from '../remedies/numbers';
import { limitedTo, timeoutWithin } from '../remedies/timeouts';
import { callRule, setForAll } from './callRule';
import { retryPlace } from './calls';
import { relatedJourneys } from './places';
import { exceedsDeadline, isEndless } from './retryFaults';
import type { RuleContext } from './rule';
import { calleeText, journeyText } from './words';

export const retryExceedsDeadline = callRule({
  id: 'retry-exceeds-deadline',
  summary: 'A retry that goes on for longer than anybody waits for the call.',
  keys: ['maxAttempts', 'backoff', 'base', 'cap', 'jitter'],
  fault: exceedsDeadline,
  place: (context, call) => retryPlace(context, call, 'maxAttempts'),
  message({ linked }, call, { attempts, worst, left, journey, fitting }) {
    const declared = linked.system.journeys.get(journey)?.implied === false;
    const fit = countText(fitting, l10n.t('only the first attempt fits'), l10n.t('only {0} attempts fit', fitting));
    const takes = takesText(call, attempts, worst);
    return declared
      ? l10n.t('{0}, but {1} has only {2} in {3}: {4}.', takes, call.from, secondsText(left), journeyText(linked.system, journey), fit)
      : l10n.t('{0}, but {1} has only {2}: {3}.', takes, call.from, secondsText(left), fit);
  },
  related: ({ linked }, _, { journey }) => relatedJourneys(linked, [journey], (name) => l10n.t('{0} does not wait that long', name)),
  remedies(context, calls) {
    const remedies = [...fewer(context, calls), ...shorter(context, calls)];
    return remedies.length > 0 ? remedies : once(context, calls);
  },
});

function takesText(call: Call, attempts: number, worst: Seconds): string {
  const [callee, time] = [calleeText(call), secondsText(worst)];
  if (attempts === Infinity && !isEndless(call)) return l10n.t('All attempts of {0} at {1} take up to {2}', call.from, callee, time);
  const count = attempts < Infinity ? attempts : enoughAttempts;
  return l10n.t('{0} attempts of {1} at {2} take up to {3}', count, call.from, callee, time);
}

/** As many attempts as fit in all journeys, else in the one that leaves most. */
function fewer({ linked }: RuleContext, calls: readonly Call[]): readonly Remedy[] {
  const retry = calls[0] && retryOf(calls[0]);
  if (!retry) return [];
  const fitting = [
    calls.map((call) => fewerAttempts(call, exceedsDeadline(linked.system, call)?.left ?? 0)),
    calls.map((call) => fewerAttempts(call, mostLeft(linked.system, call) ?? 0)),
  ];
  for (const all of fitting) {
    if (!all.every((attempts) => attempts !== undefined)) continue;
    const maxAttempts = Math.min(...all);
    return [
      setForAll(
        linked,
        calls,
        { retry: { ...retry, maxAttempts } },
        { title: l10n.t('Try {0} times: as often as fits', maxAttempts), safe: false },
      ),
    ];
  }
  return [];
}

/** No retry, where no other attempt fits; one is missed where requests fail now and then by themselves. */
function once({ linked }: RuleContext, calls: readonly Call[]): readonly Remedy[] {
  if (calls.some(({ to }) => (linked.system.components.get(to)?.errorRate ?? 0) > 0)) return [];
  return [setForAll(linked, calls, { retry: 'none' }, { title: l10n.t('Do not retry: only the first attempt fits'), safe: false })];
}

/** A timeout with which all attempts fit, if the callee answers within it as a rule. */
function shorter({ linked }: RuleContext, calls: readonly Call[]): readonly Remedy[] {
  const { system } = linked;
  const [first] = calls;
  const longest = calls.map((call) => {
    const { left, p99 = 0 } = timeFrame(system, call);
    const seconds = left === undefined ? undefined : timeoutWithin(call, left);
    return seconds !== undefined && seconds >= p99 ? seconds : undefined;
  });
  if (!first || !longest.every((seconds) => seconds !== undefined)) return [];
  const seconds = Math.min(...longest);
  return [
    setForAll(linked, calls, limitedTo(first, seconds), {
      title: l10n.t('Shorten each attempt to {0}', printDuration(seconds)),
      safe: false,
    }),
  ];
}
