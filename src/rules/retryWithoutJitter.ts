import * as l10n from '@vscode/l10n';
import { callRate } from '../analysis/load/pool';
import type { Call, Retry } from '../model/call';
import { maxAttempts } from '../model/defaults';
import { listText, rateText, secondsText } from '../model/words';
import { addJitter } from '../remedies/call';
import { longestWait } from '../remedies/retries';
import { atOnePlace, callOf, callsWithPolicies, isHalfWritten, retryPlace } from './calls';
import { componentPlace, related } from './places';
import { retryInStep } from './policies';
import { forRetry } from './remedies';
import type { Rule, RuleContext } from './rule';
import { calleeText } from './words';

/** As many waits are named; the pattern is clear by then. */
const waitsNamed = 3;

export const retryWithoutJitter: Rule = {
  id: 'retry-without-jitter',
  category: 'Calls',
  severity: 'warning',
  summary: 'A retry whose waits are the same for every caller, so that all come back at once.',
  *check(context) {
    const inStep = [...callsWithPolicies(context)].filter(
      (call) => retryInStep(call) !== undefined && !isHalfWritten(context, call, 'retry', 'jitter'),
    );
    yield* atOnePlace(
      context,
      inStep,
      (call) => retryPlace(context, call, 'jitter'),
      (call, place) => ({
        message: messageOf(context, call),
        place,
        subject: call.id,
        related: related([componentPlace(context.linked, call.to), l10n.t('{0} is hit by the wave', call.to)]),
      }),
    );
  },
  fixes(report, context) {
    const call = callOf(context, report);
    return call ? forRetry(context.linked, call, addJitter) : [];
  },
};

function messageOf({ linked }: RuleContext, call: Call): string {
  const retry = retryInStep(call);
  const rate = callRate(linked.system, call);
  const callee = calleeText(call);
  const what =
    rate === undefined
      ? l10n.t('{0} retries {1} in step: calls that fail together come back together, as one wave', call.from, callee)
      : l10n.t(
          '{0} retries {1} in step: calls ({2}) that fail together come back together, as one wave',
          call.from,
          callee,
          rateText(rate),
        );
  if (retry?.base === undefined) return l10n.t('{0}.', what);
  return l10n.t('{0}, each time after exactly {1}.', what, waitsText(retry, maxAttempts(call) - 1));
}

/** `100 ms and 200 ms`; `100 ms, 200 ms, 400 ms…` where there are more; once where they are all the same. */
function waitsText(retry: Retry, retries: number): string {
  const shown = Array.from({ length: Math.min(retries, waitsNamed) }, (_, i) => secondsText(longestWait(retry, i + 1)));
  if (new Set(shown).size === 1) return shown[0] ?? '';
  return retries > waitsNamed ? `${shown.join(', ')}…` : listText(shown, waitsNamed);
}
