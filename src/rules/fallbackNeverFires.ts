import * as l10n from '@vscode/l10n';
import { poolOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import { keyPlace } from '../model/origin';
import type { System } from '../model/system';
import { insertWorkingBreaker } from '../remedies/breakers';
import { endWait } from '../remedies/call';
import { applyChanges, type Remedy } from '../remedies/change';
import { atOnePlace, callOf, callsWithPolicies, isHalfWritten } from './calls';
import { hangingOf } from './known';
import { callPlace, componentPlace, homeOf, related } from './places';
import { retriesWithoutEnd, waitsWithoutEnd } from './policies';
import { whereWritten } from './policyRemedies';
import type { Rule, RuleContext } from './rule';
import { calleeText } from './words';

export const fallbackNeverFires: Rule = {
  id: 'fallback-never-fires',
  category: 'Calls',
  severity: 'warning',
  summary: 'A fallback behind a call that can hang: nothing ever tells the caller to use it.',
  *check(context) {
    const { linked } = context;
    const behind = [...callsWithPolicies(context)].filter((call) => isBehindHang(context, call));
    yield* atOnePlace(
      context,
      behind,
      (call) => keyPlace(linked.origins, homeOf(linked, call, 'fallback'), 'fallback') ?? callPlace(linked, call),
      (call, place) => ({
        message: messageOf(call),
        place,
        subject: call.id,
        related: related(
          [callPlace(linked, call), l10n.t('{0} can hang', call.id)],
          [componentPlace(linked, call.to), l10n.t('{0} answers this call', call.to)],
        ),
      }),
    );
  },
  fixes(report, context) {
    const call = callOf(context, report);
    return call ? whereWritten(context.linked, call, 'fallback', ending) : [];
  },
};

/** Ends the wait; with a breaker where the calls that then wait for their timeouts would still fill the pool. */
function ending(system: System, id: string): Remedy | undefined {
  const end = endWait(system, id);
  const after = end && applyChanges(system, end.changes);
  const call = after?.calls.find((other) => other.id === id);
  const fills = after !== undefined && call !== undefined && poolOf(after, call)?.exhausts === true;
  return (fills ? insertWorkingBreaker(system, id) : undefined) ?? end;
}

function isBehindHang(context: RuleContext, call: Call): boolean {
  if (call.fallback === undefined || call.fallback === 'none') return false;
  if (hangingOf(context.linked.system).get(call.id) !== 'waits forever') return false;
  if (
    isHalfWritten(context, call, 'timeout') ||
    isHalfWritten(context, call, 'deadline') ||
    isHalfWritten(context, call, 'retry', 'maxAttempts')
  )
    return false;
  // Some products end a call by themselves.
  return waitsWithoutEnd(call) || retriesWithoutEnd(call);
}

function messageOf(call: Call): string {
  const why = waitsWithoutEnd(call) ? l10n.t('there is no timeout') : l10n.t('no attempt is the last one');
  const callee = calleeText(call);
  return typeof call.fallback === 'object' && call.fallback.kind === 'component'
    ? l10n.t(
        '{0} asks {1} instead when {2} answers with an error, but not when it hangs: {3}, so the fallback never fires.',
        call.from,
        call.fallback.to,
        callee,
        why,
      )
    : l10n.t(
        '{0} degrades when {1} answers with an error, but not when it hangs: {2}, so the fallback never fires.',
        call.from,
        callee,
        why,
      );
}
