import * as l10n from '@vscode/l10n';
import type { System } from '../model/system';
import { printDuration } from '../model/units';
import { countText, listText, secondsText } from '../model/words';
import { largestThatFits, limitedTo } from '../remedies/timeouts';
import { callRule, limitPlace, setForAll } from './callRule';
import { policyPlace } from './calls';
import { related, relatedJourneys } from './places';
import { type OverObjective, overObjective } from './timeoutFaults';
import { calleeText, journeyText } from './words';

/** As many journeys are named. */
const journeysNamed = 3;

export const timeoutExceedsObjective = callRule({
  id: 'timeout-exceeds-objective',
  summary: 'A timeout that is not shorter than what the journeys that wait for the call may take.',
  fault: overObjective,
  place: limitPlace,
  message({ linked }, call, { limit, journeys }) {
    const failed = failedText(linked.system, journeys);
    const time = secondsText(limit);
    return l10n.t('{0} gives {1} {2}, but {3}: whoever waits is gone before it ends.', call.from, calleeText(call), time, failed);
  },
  related: (context, call, { journeys }) => [
    ...related([policyPlace(context, call, 'timeout'), l10n.t('The policy {0} says so', call.policy ?? '')]),
    ...relatedJourneys(
      context.linked,
      journeys.map(([{ name }]) => name),
      (name) => l10n.t('{0} waits for this call', name),
    ),
  ],
  remedies({ linked }, calls) {
    const fits = calls.map((call) => largestThatFits(linked.system, call));
    const [first] = calls;
    if (!first || !fits.every((seconds) => seconds !== undefined)) return [];
    const seconds = Math.min(...fits);
    return [
      setForAll(linked, calls, limitedTo(first, seconds), {
        title: l10n.t('Shorten to {0}, the longest that fits', printDuration(seconds)),
        safe: false,
      }),
    ];
  },
});

/** `browse and checkout have failed after 1 s`; `browse has failed after 1 s and checkout after 2 s`. */
function failedText(system: System, journeys: OverObjective['journeys']): string {
  const names = journeys.map(([{ name }]) => journeyText(system, name));
  const shortest = journeys[0]?.[1] ?? 0;
  if (!journeys.every(([, seconds]) => seconds === shortest)) {
    const texts = journeys.map(([, seconds], i) => {
      const [name = '', time] = [names[i], secondsText(seconds)];
      return i === 0 ? l10n.t('{0} has failed after {1}', name, time) : l10n.t('{0} after {1}', name, time);
    });
    return listText(texts, journeysNamed);
  }
  const [who, time] = [listText(names, journeysNamed), secondsText(shortest)];
  return countText(names.length, l10n.t('{0} has failed after {1}', who, time), l10n.t('{0} have failed after {1}', who, time));
}
