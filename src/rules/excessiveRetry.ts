import * as l10n from '@vscode/l10n';
import { countText } from '../model/words';
import { retryOf } from '../remedies/layers';
import { enoughAttempts } from '../remedies/numbers';
import { attemptsPerCall } from '../remedies/retries';
import { callRule, setForAll } from './callRule';
import { policyPlace, retryPlace } from './calls';
import { related } from './places';
import { excessiveAttempts } from './retryFaults';
import { waitingFor } from './waiting';
import { calleeText, journeysText } from './words';

export const excessiveRetry = callRule({
  id: 'excessive-retry',
  summary: 'More than three attempts of a call that somebody waits for.',
  keys: ['maxAttempts', 'budget'],
  fault: excessiveAttempts,
  place: (context, call) => retryPlace(context, call, 'maxAttempts'),
  message({ linked }, call, attempts) {
    const names = waitingFor(linked.system, call).flatMap(({ journeys, attended }) =>
      attended ? journeys.filter(({ implied }) => !implied).map(({ name }) => name) : [],
    );
    const tries = l10n.t('{0} tries {1} up to {2} times', call.from, calleeText(call), attempts);
    const what = names.length === 0 ? tries : whileText(tries, journeysText(linked.system, names), names.length);
    const times = attemptsPerCall(call);
    const count = Number(times.toPrecision(3));
    const sentences = [
      times > 2 ? l10n.t('{0}; when {1} fails, it gets {2} times the load.', what, call.to, count) : l10n.t('{0}.', what),
      l10n.t('After {0} attempts another one seldom helps.', enoughAttempts),
    ];
    return sentences.join(' ');
  },
  related: (context, call) => related([policyPlace(context, call, 'retry'), l10n.t('The policy {0} says so', call.policy ?? '')]),
  remedies({ linked }, calls) {
    const retry = calls[0] && retryOf(calls[0]);
    if (!retry) return [];
    return [
      setForAll(
        linked,
        calls,
        { retry: { ...retry, maxAttempts: enoughAttempts } },
        { title: l10n.t('Try {0} times', enoughAttempts), safe: false },
      ),
    ];
  },
});

function whileText(what: string, names: string, count: number): string {
  return countText(count, l10n.t('{0} while {1} waits', what, names), l10n.t('{0} while {1} wait', what, names));
}
