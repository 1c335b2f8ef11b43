import { attemptsPerCall } from '../analysis/load/amplification';
import { callRate } from '../analysis/load/pool';
import { printDuration } from '../model/units';
import { rateText } from '../model/words';
import { retryOf, withWaits } from '../remedies/layers';
import { callRule, setForAll } from './callRule';
import { retryPlace } from './calls';
import { componentPlace, related } from './places';
import { attemptsAtOnce } from './retryFaults';
import { calleeText } from './words';

/** First waits to propose, in seconds: the first one with which all attempts still fit. */
const bases = [0.1, 0.05, 0.02, 0.01];

export const retryWithoutBackoff = callRule({
  id: 'retry-without-backoff',
  summary: 'A retry that tries again at once, without a wait.',
  keys: ['maxAttempts', 'backoff', 'base', 'cap', 'on'],
  fault: (_, call) => attemptsAtOnce(call),
  place: (context, call) =>
    retryPlace(context, call, retryOf(call)?.backoff === undefined && retryOf(call)?.base !== undefined ? 'base' : 'backoff'),
  message({ linked }, call, attempts) {
    const again = attempts === Infinity ? 'again and again' : attempts === 2 ? 'once' : `up to ${attempts - 1} times`;
    const rate = callRate(linked.system, call);
    const times = attemptsPerCall(call);
    const each = (rate ?? 0) * (call.count ?? 1);
    const figure =
      rate === undefined || times === Infinity || retryOf(call)?.budget !== undefined
        ? ', and all attempts are used up within the same moment'
        : `: ${rateText(each)} become ${rateText(each * times)} at the moment it is weakest`;
    return `${call.from} retries ${calleeText(call)} ${again} with no wait in between. What made the first attempt fail has not passed yet${figure}.`;
  },
  related: ({ linked }, call) => related([componentPlace(linked, call.to), `${call.to} is called again at once`]),
  onlyFirst: true,
  remedies({ linked }, calls) {
    const retry = calls[0] && retryOf(calls[0]);
    if (!retry) return [];
    const tried = retry.base !== undefined && retry.base > 0 ? [retry.base] : bases;
    return tried.map((base) =>
      setForAll(
        linked,
        calls,
        { retry: withWaits(retry, base) },
        { title: `Add exponential back-off from ${printDuration(base)}, with full jitter`, safe: true },
      ),
    );
  },
});
