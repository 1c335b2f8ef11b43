import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import { bound } from '../model/defaults';
import { secondsText } from '../model/words';
import { boundRetry } from '../remedies/call';
import { atOnePlace, callOf, callsWithPolicies, isAwaited, isHalfWritten, retryPlace } from './calls';
import { componentPlace, related, relatedJourneys } from './places';
import { retriesWithoutEnd } from './policies';
import { forRetry } from './remedies';
import type { Report, Rule, RuleContext } from './rule';
import { calleeText, stoppedWithout, whenWaiting } from './words';

export const unboundedRetry: Rule = {
  id: 'unbounded-retry',
  category: 'Calls',
  severity: 'warning',
  summary: 'A retry that never gives up: `maxAttempts: unlimited`, or no `maxAttempts` at all.',
  *check(context) {
    const unbounded = [...callsWithPolicies(context)].filter(
      (call) => retriesWithoutEnd(call) && !isHalfWritten(context, call, 'retry', 'maxAttempts'),
    );
    yield* atOnePlace(
      context,
      unbounded,
      (call) => retryPlace(context, call, 'maxAttempts'),
      (call, place) => ({
        message: messageOf(context, call),
        place,
        subject: call.id,
        related: relatedOf(context, call),
      }),
    );
  },
  fixes(report, context) {
    const call = callOf(context, report);
    return call ? forRetry(context.linked, call, boundRetry) : [];
  },
};

function messageOf(context: RuleContext, call: Call): string {
  const written = call.retry !== undefined && call.retry !== 'none' && call.retry.maxAttempts === 'unlimited';
  const callee = calleeText(call);
  const what = written
    ? l10n.t('{0} retries {1} without a limit', call.from, callee)
    : l10n.t('{0} retries {1} without a limit (no `maxAttempts`)', call.from, callee);
  const deadline = bound(call.deadline);
  if (deadline !== undefined)
    return l10n.t('{0}: while {1} fails, only the deadline of {2} ends it.', what, call.to, secondsText(deadline));
  if (!isAwaited(context, call)) return l10n.t('{0}: while {1} fails, no attempt is the last one.', what, call.to);
  const then = whenWaiting(context, call, l10n.t('{0} waits all the while', call.from));
  return l10n.t('{0}: while {1} fails, no attempt is the last one; {2}.', what, call.to, then);
}

function relatedOf(context: RuleContext, call: Call): NonNullable<Report['related']> {
  const { linked } = context;
  return [
    ...related([componentPlace(linked, call.to), l10n.t('{0} is what is called again and again', call.to)]),
    ...relatedJourneys(linked, stoppedWithout(context, call.to), (name) => l10n.t('{0} stops when {1} hangs', name, call.to)),
  ];
}
