import * as l10n from '@vscode/l10n';
import { journeysOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import { p99ServiceTime } from '../model/defaults';
import { printDuration } from '../model/units';
import { listText, secondsText } from '../model/words';
import type { Remedy } from '../remedies/change';
import { limitedTo, timeoutToOutlast, timeoutWithin } from '../remedies/timeouts';
import { callRule, limitPlace, setForAll } from './callRule';
import { callPlace, related } from './places';
import type { RuleContext } from './rule';
import { inversion, type Longer } from './timeoutFaults';
import { calleeText, journeysText } from './words';

export const timeoutInversion = callRule({
  id: 'timeout-inversion',
  summary: 'A call that is given up while its callee may still wait for a call of its own.',
  keys: ['maxAttempts', 'backoff', 'base', 'cap'],
  fault: inversion,
  place: limitPlace,
  message({ linked }, call, { limit, worst }) {
    const { making } = journeysOf(linked.system, call);
    const behind = journeysOf(linked.system, worst.call).making;
    const both = [...making].filter((name) => behind.has(name) && linked.system.journeys.get(name)?.implied === false);
    const what = l10n.t(
      '{0} gives up on {1} after {2}, but {3} goes on waiting for {4} {5}',
      call.from,
      calleeText(call),
      secondsText(limit),
      call.to,
      calleeText(worst.call),
      waitText(worst),
    );
    return both.length === 0
      ? l10n.t('{0}: nobody receives that work.', what)
      : l10n.t('{0}: nobody receives that work of {1}.', what, journeysText(linked.system, both));
  },
  related: ({ linked }, _, { inner }) =>
    related(
      ...inner.slice(0, 8).map((one) => [callPlace(linked, one.call), l10n.t('{0} waits {1} here', one.call.from, waitText(one))] as const),
    ),
  remedies: (context, calls) => [shorterInside(context, calls), longerOutside(context, calls)],
});

function waitText({ seconds, endless }: Longer): string {
  return endless ? l10n.t('{0} and more', secondsText(seconds)) : l10n.t('up to {0}', secondsText(seconds));
}

/** The callee's calls made to fit what its caller waits, the callee's own work taken off. */
function shorterInside({ linked }: RuleContext, calls: readonly Call[]): Remedy | undefined {
  const [call] = calls;
  const found = call && inversion(linked.system, call);
  if (!call || !found || calls.length > 1) return undefined;
  const { limit, inner } = found;
  const own = linked.system.components.get(call.to)?.serviceTime;
  const left = limit - (own ? p99ServiceTime(own) : 0);
  const made = inner.map((one) => {
    const seconds = timeoutWithin(one.call, left / (one.call.count ?? 1));
    if (seconds === undefined) return undefined;
    const title = l10n.t('{0} for {1}', printDuration(seconds), one.call.to);
    return setForAll(linked, [one.call], limitedTo(one.call, seconds), { title, safe: false });
  });
  if (!made.every((remedy) => remedy !== undefined)) return undefined;
  const waits = listText(made.map(({ title }) => title));
  return { title: l10n.t('Let {0} wait no longer: {1}', call.to, waits), changes: made.flatMap(({ changes }) => changes), safe: false };
}

/** The caller made to wait as long as its callee does. */
function longerOutside({ linked }: RuleContext, calls: readonly Call[]) {
  const waits = calls.map((call) => timeoutToOutlast(linked.system, call));
  const [first] = calls;
  if (!first || !waits.every((seconds) => seconds !== undefined)) return undefined;
  const seconds = Math.max(...waits);
  return setForAll(linked, calls, limitedTo(first, seconds), {
    title: l10n.t('Wait {0}, as long as the callee may take', printDuration(seconds)),
    safe: false,
  });
}
