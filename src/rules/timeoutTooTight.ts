import * as l10n from '@vscode/l10n';
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
    const gives = l10n.t('{0} gives up on {1} after {2}', call.from, calleeText(call), secondsText(limit));
    return cutOff >= 1
      ? l10n.t('{0}, but {1} takes {2} while all is well: every request is cut off{3}.', gives, call.to, secondsText(p99), often)
      : l10n.t(
          '{0}, but {1} takes {2} or more for one request in a hundred while all is well: {3} of them are cut off{4}.',
          gives,
          call.to,
          secondsText(p99),
          percentText(cutOff),
          often,
        );
  },
  related: ({ linked }, call) => related([componentPlace(linked, call.to), l10n.t('{0} is what takes this long', call.to)]),
  remedies({ linked }, calls) {
    const waits = calls.map((call) => patientTimeout(linked.system, call));
    const [first] = calls;
    if (!first || !waits.every((seconds) => seconds !== undefined)) return [];
    const seconds = Math.max(...waits);
    const title = l10n.t('Wait {0}, long enough for 999 of 1,000', printDuration(seconds));
    return [setForAll(linked, calls, limitedTo(first, seconds), { title, safe: false })];
  },
});
