import { printDuration } from '../model/units';
import { listText, secondsText } from '../model/words';
import { largestThatFits, limitedTo } from '../remedies/timeouts';
import { callRule, limitPlace, setForAll } from './callRule';
import { policyPlace } from './calls';
import { related, relatedJourneys } from './places';
import { overObjective } from './timeoutFaults';
import { calleeText, journeyText, verb } from './words';

/** As many journeys are named. */
const journeysNamed = 3;

export const timeoutExceedsObjective = callRule({
  id: 'timeout-exceeds-objective',
  summary: 'A timeout that is not shorter than what the journeys that wait for the call may take.',
  fault: overObjective,
  place: limitPlace,
  message({ linked }, call, { limit, journeys }) {
    const [first] = journeys;
    const names = journeys.map(([{ name }]) => journeyText(linked.system, name));
    const same = journeys.every(([, seconds]) => seconds === first?.[1]);
    const failed = same
      ? `${listText(names, journeysNamed)} ${verb(names.length, 'has', 'have')} failed after ${secondsText(first?.[1] ?? 0)}`
      : listText(
          journeys.map(([, seconds], i) => `${names[i]} ${i === 0 ? 'has failed ' : ''}after ${secondsText(seconds)}`),
          journeysNamed,
        );
    return `${call.from} gives ${calleeText(call)} ${secondsText(limit)}, but ${failed}: whoever waits is gone before it ends.`;
  },
  related: (context, call, { journeys }) => [
    ...related([policyPlace(context, call, 'timeout'), `The policy ${call.policy} says so`]),
    ...relatedJourneys(
      context.linked,
      journeys.map(([{ name }]) => name),
      'waits for this call',
    ),
  ],
  remedies({ linked }, calls) {
    const fits = calls.map((call) => largestThatFits(linked.system, call));
    const [first] = calls;
    if (!first || !fits.every((seconds) => seconds !== undefined)) return [];
    const seconds = Math.min(...fits);
    return [
      setForAll(linked, calls, limitedTo(first, seconds), {
        title: `Shorten to ${printDuration(seconds)}, the longest that fits`,
        safe: false,
      }),
    ];
  },
});
