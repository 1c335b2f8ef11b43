import * as l10n from '@vscode/l10n';
import { callRate } from '../analysis/load/pool';
import { printDuration } from '../model/units';
import { countText, rateText } from '../model/words';
import { retryOf, withWaits } from '../remedies/layers';
import { plainWait, shorterWaits } from '../remedies/numbers';
import { attemptsPerCall } from '../remedies/retries';
import { callRule, setForAll } from './callRule';
import { retryPlace } from './calls';
import { componentPlace, related } from './places';
import { attemptsAtOnce } from './retryFaults';
import { calleeText } from './words';

export const retryWithoutBackoff = callRule({
  id: 'retry-without-backoff',
  summary: 'A retry that tries again at once, without a wait.',
  keys: ['maxAttempts', 'backoff', 'base', 'cap', 'on'],
  fault: (_, call) => attemptsAtOnce(call),
  place: (context, call) =>
    retryPlace(context, call, retryOf(call)?.backoff === undefined && retryOf(call)?.base !== undefined ? 'base' : 'backoff'),
  message({ linked }, call, attempts) {
    const rate = callRate(linked.system, call);
    const times = attemptsPerCall(call);
    const each = (rate ?? 0) * (call.count ?? 1);
    const why =
      rate === undefined || times === Infinity || retryOf(call)?.budget !== undefined
        ? l10n.t('What made the first attempt fail has not passed yet, and all attempts are used up within the same moment.')
        : l10n.t(
            'What made the first attempt fail has not passed yet: {0} become {1} at the moment it is weakest.',
            rateText(each),
            rateText(each * times),
          );
    return `${againText(call.from, calleeText(call), attempts)} ${why}`;
  },
  related: ({ linked }, call) => related([componentPlace(linked, call.to), l10n.t('{0} is called again at once', call.to)]),
  onlyFirst: true,
  remedies({ linked }, calls) {
    const retry = calls[0] && retryOf(calls[0]);
    if (!retry) return [];
    const tried = retry.base !== undefined && retry.base > 0 ? [retry.base] : [plainWait, ...shorterWaits];
    return tried.map((base) =>
      setForAll(
        linked,
        calls,
        { retry: withWaits(retry, base) },
        { title: l10n.t('Add exponential back-off from {0}, with full jitter', printDuration(base)), safe: true },
      ),
    );
  },
});

function againText(caller: string, callee: string, attempts: number): string {
  if (attempts === Infinity) return l10n.t('{0} retries {1} again and again with no wait in between.', caller, callee);
  const many = l10n.t('{0} retries {1} up to {2} times with no wait in between.', caller, callee, attempts - 1);
  return countText(attempts - 1, l10n.t('{0} retries {1} once with no wait in between.', caller, callee), many);
}
