import { callRate } from '../analysis/load/pool';
import { printDuration } from '../model/units';
import { rateText, secondsText } from '../model/words';
import { limitedTo, patientTimeout } from '../remedies/timeouts';
import { callRule, limitPlace, setForAll } from './callRule';
import { componentPlace, related } from './places';
import { tooTight } from './timeoutFaults';
import { calleeText, percentText } from './words';

export const timeoutTooTight = callRule({
  id: 'timeout-too-tight',
  summary: 'A timeout below the 99th percentile of what is called, so that healthy requests are cut off.',
  fault: tooTight,
  place: limitPlace,
  message({ linked }, call, { limit, p99, cutOff }) {
    const rate = callRate(linked.system, call);
    const often = rate === undefined ? '' : ` (${rateText(rate * (call.count ?? 1) * cutOff)})`;
    const needs = cutOff >= 1 ? `takes ${secondsText(p99)}` : `takes ${secondsText(p99)} or more for one request in a hundred`;
    const cut = cutOff >= 1 ? 'every request is' : `${percentText(cutOff)} of them are`;
    return `${call.from} gives up on ${calleeText(call)} after ${secondsText(limit)}, but ${call.to} ${needs} while all is well: ${cut} cut off${often}.`;
  },
  related: ({ linked }, call) => related([componentPlace(linked, call.to), `${call.to} is what takes this long`]),
  remedies({ linked }, calls) {
    const waits = calls.map((call) => patientTimeout(linked.system, call));
    const [first] = calls;
    if (!first || !waits.every((seconds) => seconds !== undefined)) return [];
    const seconds = Math.max(...waits);
    const title = `Wait ${printDuration(seconds)}, long enough for 999 of 1,000`;
    return [setForAll(linked, calls, limitedTo(first, seconds), { title, safe: false })];
  },
});
