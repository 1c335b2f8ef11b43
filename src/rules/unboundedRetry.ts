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
  const what = `${call.from} retries ${calleeText(call)} without a limit${written ? '' : ' (no `maxAttempts`)'}`;
  const deadline = bound(call.deadline);
  if (deadline !== undefined) return `${what}: while ${call.to} fails, only the deadline of ${secondsText(deadline)} ends it.`;
  if (!isAwaited(context, call)) return `${what}: while ${call.to} fails, no attempt is the last one.`;
  return `${what}: while ${call.to} fails, no attempt is the last one; ${whenWaiting(context, call, `${call.from} waits all the while`)}.`;
}

function relatedOf(context: RuleContext, call: Call): NonNullable<Report['related']> {
  const { linked } = context;
  return [
    ...related([componentPlace(linked, call.to), `${call.to} is what is called again and again`]),
    ...relatedJourneys(linked, stoppedWithout(context, call.to), `stops when ${call.to} hangs`),
  ];
}
