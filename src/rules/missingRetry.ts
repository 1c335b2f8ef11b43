import * as l10n from '@vscode/l10n';
import { callRate, poolOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import { isIdempotent } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { perSystem } from '../model/perSystem';
import type { System } from '../model/system';
import { printShare } from '../model/units';
import { rateText } from '../model/words';
import { completeCall } from '../remedies/call';
import { applyChanges, type Remedy } from '../remedies/change';
import { fittingAttempts, insertFittingRetry } from '../remedies/fittingRetry';
import { isRetriedElsewhere } from '../remedies/latency';
import { callOf, callsWithPolicies, isAwaited, isHalfWritten } from './calls';
import { loadOf } from './known';
import { callPlace, callsOfEntry, related } from './places';
import { waitsWithoutEnd } from './policies';
import { overQuota } from './quotaExceeded';
import { forEntry } from './remedies';
import type { Rule, RuleContext } from './rule';

export const missingRetry: Rule = {
  id: 'missing-retry',
  category: 'Calls',
  severity: 'hint',
  summary: 'A call that could be repeated safely, to something that fails now and then, with no retry on its way.',
  *check(context) {
    const { linked } = context;
    for (const call of callsWithPolicies(context)) {
      const place = couldRetry(context, call) ? callPlace(linked, call) : undefined;
      if (!place) continue;
      const where = keyPlace(linked.origins, elementId('component', call.to), 'errorRate');
      yield {
        message: messageOf(linked.system, call),
        place,
        subject: call.id,
        related: related([where, l10n.t('{0} fails this often while it is up', call.to)]),
      };
    }
  },
  fixes(report, context) {
    const call = callOf(context, report);
    if (!call) return [];
    const { linked } = context;
    // One entry has one retry for all its calls.
    if (!callsOfEntry(linked, call).every((other) => couldRetry(context, other))) return [];
    const limited = new Set(overQuota(linked.system).map(({ callee }) => callee.name));
    const helps = ({ changes }: Remedy): boolean => {
      const after = applyChanges(linked.system, changes);
      const made = after.calls.find(({ id }) => id === call.id);
      return made?.retry !== undefined && overQuota(after).every(({ callee }) => limited.has(callee.name));
    };
    // Attempts that nothing ends are no help.
    if (waitsWithoutEnd(call)) return forEntry(linked, call, completeCall).filter(helps);
    const remedies = forEntry(linked, call, (system, id) => {
      const one = system.calls.find((other) => other.id === id);
      const attempts = one && attemptsFor(system, one);
      return one && attempts !== undefined ? insertFittingRetry(system, one, attempts) : undefined;
    });
    return remedies.filter(helps);
  },
};

function couldRetry(context: RuleContext, call: Call): boolean {
  const { system } = context.linked;
  if (call.retry !== undefined || isIdempotent(call) !== true || !isAwaited(context, call)) return false;
  if (!((system.components.get(call.to)?.errorRate ?? 0) > 0) || !system.components.has(call.from)) return false;
  if ((['retry', 'timeout', 'deadline'] as const).some((key) => isHalfWritten(context, call, key))) return false;
  // Following the path is what takes long, and there is nothing to find where nobody retries.
  return attemptsFor(system, call) !== undefined && !(retriesAnything(system) && isRetriedElsewhere(system, call));
}

const retriesAnything = perSystem((system) => system.calls.some(({ retry }) => retry !== undefined && retry !== 'none'));

/** The attempts of a retry that ends in time, and does not fill the caller's pool while the callee hangs. */
function attemptsFor(system: System, call: Call): number | undefined {
  const left = loadOf(system).calls.get(call.id)?.left ?? Infinity;
  return fittingAttempts(system, call, left, (made) => poolOf(system, made)?.exhausts !== true);
}

function messageOf(system: System, call: Call): string {
  const rate = callRate(system, call);
  const share = system.components.get(call.to)?.errorRate ?? 0;
  const fails = printShare(share);
  const what =
    call.operation === undefined
      ? l10n.t('{0} fails {1} of its calls while it is up, and {2} does not try them again', call.to, fails, call.from)
      : l10n.t('{0} fails {1} of its calls while it is up, and {2} does not try {3} again', call.to, fails, call.from, call.operation);
  if (rate === undefined) return l10n.t('{0}.', what);
  const lost = rateText(rate * (call.count ?? 1) * share);
  return l10n.t('{0}: of the {1} that fail, a second attempt would save nearly all.', what, lost);
}
