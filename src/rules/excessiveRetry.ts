import { attemptsPerCall } from '../analysis/load/amplification';
import { enoughAttempts, retryOf } from '../remedies/layers';
import { callRule, setForAll } from './callRule';
import { policyPlace, retryPlace } from './calls';
import { related } from './places';
import { excessiveAttempts } from './retryFaults';
import { waitingFor } from './waiting';
import { calleeText, journeysText, verb } from './words';

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
    const meanwhile = names.length === 0 ? '' : ` while ${journeysText(linked.system, names)} ${verb(names.length, 'waits', 'wait')}`;
    const times = attemptsPerCall(call);
    const load = times > 2 ? `; when ${call.to} fails, it gets ${Number(times.toPrecision(3))} times the load` : '';
    return `${call.from} tries ${calleeText(call)} up to ${attempts} times${meanwhile}${load}. After ${enoughAttempts} attempts another one seldom helps.`;
  },
  related: (context, call) => related([policyPlace(context, call, 'retry'), `The policy ${call.policy} says so`]),
  remedies({ linked }, calls) {
    const retry = calls[0] && retryOf(calls[0]);
    if (!retry) return [];
    return [
      setForAll(linked, calls, { retry: { ...retry, maxAttempts: enoughAttempts } }, { title: `Try ${enoughAttempts} times`, safe: false }),
    ];
  },
});
