import { journeysOf } from '../analysis/load/pool';
import { keyPlace } from '../model/origin';
import { isKeyable } from '../remedies/layers';
import { callRule, setForAll } from './callRule';
import { retryPlace } from './calls';
import { callPlace, componentPlace, homeOf, related } from './places';
import { repeatsEffects } from './retryFaults';
import { calleeText, journeysText } from './words';

export const retryNotIdempotent = callRule({
  id: 'retry-not-idempotent',
  summary: 'A retry of an operation that must not be done twice, and has no idempotency key.',
  keys: ['maxAttempts', 'on'],
  fault: (_, call) => repeatsEffects(call),
  place(context, call) {
    // A policy does not know what it is used for: what is missing is a key of the call.
    const own = homeOf(context.linked, call, 'retry').startsWith('call ');
    return own ? retryPlace(context, call, 'on') : callPlace(context.linked, call);
  },
  message({ linked }, call, attempts) {
    const names = [...journeysOf(linked.system, call).making].filter((name) => linked.system.journeys.get(name)?.implied === false);
    const whose = names.length === 0 ? '' : ` for ${journeysText(linked.system, names)}`;
    const why = call.idempotent === false ? 'which is written not to be idempotent' : 'which is not idempotent and has no key';
    const again = attempts === Infinity ? 'any number of times' : attempts === 2 ? 'twice' : `up to ${attempts} times`;
    return `${call.from} retries ${calleeText(call)}, ${why}: when only the answer is late or lost, it is done ${again}${whose}.`;
  },
  related: ({ linked }, call) =>
    related(
      [
        call.policy === undefined ? undefined : keyPlace(linked.origins, homeOf(linked, call, 'retry'), 'retry'),
        'This is how it is retried',
      ],
      [componentPlace(linked, call.to), `${call.to} is asked again`],
    ),
  remedies({ linked }, calls) {
    const key = 'Idempotency-Key';
    return [
      calls.every(isKeyable)
        ? setForAll(linked, calls, { idempotencyKey: key }, { title: `Send an idempotency key: ${key}`, safe: false })
        : undefined,
      setForAll(linked, calls, { retry: 'none' }, { title: 'Do not retry', safe: false }),
    ];
  },
});
