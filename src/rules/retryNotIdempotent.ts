import * as l10n from '@vscode/l10n';
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
    const done = doneText(attempts);
    const what = names.length === 0 ? done : l10n.t('{0} for {1}', done, journeysText(linked.system, names));
    return call.idempotent === false
      ? l10n.t(
          '{0} retries {1}, which is written not to be idempotent: when only the answer is late or lost, {2}.',
          call.from,
          calleeText(call),
          what,
        )
      : l10n.t(
          '{0} retries {1}, which is not idempotent and has no key: when only the answer is late or lost, {2}.',
          call.from,
          calleeText(call),
          what,
        );
  },
  related: ({ linked }, call) =>
    related(
      [
        call.policy === undefined ? undefined : keyPlace(linked.origins, homeOf(linked, call, 'retry'), 'retry'),
        l10n.t('This is how it is retried'),
      ],
      [componentPlace(linked, call.to), l10n.t('{0} is asked again', call.to)],
    ),
  remedies({ linked }, calls) {
    const key = 'Idempotency-Key';
    return [
      calls.every(isKeyable)
        ? setForAll(linked, calls, { idempotencyKey: key }, { title: l10n.t('Send an idempotency key: {0}', key), safe: false })
        : undefined,
      setForAll(linked, calls, { retry: 'none' }, { title: l10n.t('Do not retry'), safe: false }),
    ];
  },
});

function doneText(attempts: number): string {
  if (attempts === Infinity) return l10n.t('it is done any number of times');
  return attempts === 2 ? l10n.t('it is done twice') : l10n.t('it is done up to {0} times', attempts);
}
