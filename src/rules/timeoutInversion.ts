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
    const whose = both.length === 0 ? '' : ` of ${journeysText(linked.system, both)}`;
    return `${call.from} gives up on ${calleeText(call)} after ${secondsText(limit)}, but ${call.to} goes on waiting for ${calleeText(worst.call)} ${waitText(worst)}: nobody receives that work${whose}.`;
  },
  related: ({ linked }, _, { inner }) =>
    related(...inner.slice(0, 8).map((one) => [callPlace(linked, one.call), `${one.call.from} waits ${waitText(one)} here`] as const)),
  remedies: (context, calls) => [shorterInside(context, calls), longerOutside(context, calls)],
});

function waitText({ seconds, endless }: Longer): string {
  return endless ? `${secondsText(seconds)} and more` : `up to ${secondsText(seconds)}`;
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
    const title = `${printDuration(seconds)} for ${one.call.to}`;
    return setForAll(linked, [one.call], limitedTo(one.call, seconds), { title, safe: false });
  });
  if (!made.every((remedy) => remedy !== undefined)) return undefined;
  const waits = listText(made.map(({ title }) => title));
  return { title: `Let ${call.to} wait no longer: ${waits}`, changes: made.flatMap(({ changes }) => changes), safe: false };
}

/** The caller made to wait as long as its callee does. */
function longerOutside({ linked }: RuleContext, calls: readonly Call[]) {
  const waits = calls.map((call) => timeoutToOutlast(linked.system, call));
  const [first] = calls;
  if (!first || !waits.every((seconds) => seconds !== undefined)) return undefined;
  const seconds = Math.max(...waits);
  return setForAll(linked, calls, limitedTo(first, seconds), {
    title: `Wait ${printDuration(seconds)}, as long as the callee may take`,
    safe: false,
  });
}
