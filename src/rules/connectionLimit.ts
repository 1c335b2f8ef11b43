import * as l10n from '@vscode/l10n';
import { elementId, keyPlace } from '../model/origin';
import { countText, listText } from '../model/words';
import { applyChanges, type Change, type Remedy } from '../remedies/change';
import { whyNever } from './breakerNeverOpens';
import { type OverConnected, overConnected, totalOf } from './connections';
import { callPlace, callsOfEntry, componentPlace, related } from './places';
import type { Rule, RuleContext } from './rule';

export const connectionLimit: Rule = {
  id: 'connection-limit',
  category: 'Calls',
  severity: 'warning',
  summary: 'Callers that can open more connections together than the callee accepts.',
  *check({ linked }) {
    for (const over of overConnected(linked.system)) {
      const place = keyPlace(linked.origins, elementId('component', over.callee), 'connections') ?? componentPlace(linked, over.callee);
      if (!place) continue;
      yield {
        message: messageOf(over),
        place,
        subject: over.callee,
        related: related(
          ...over.held.flatMap(({ calls }) =>
            calls.slice(0, 2).map((call) => [callPlace(linked, call), l10n.t('{0} is one of them', call.id)] as const),
          ),
        ).slice(0, 8),
      };
    }
  },
  fixes({ subject }, context) {
    const over = overConnected(context.linked.system).find(({ callee }) => callee === subject);
    const remedy = over && shared(context, over);
    return over && remedy && leavesBreakers(context, over, remedy) ? [remedy] : [];
  },
};

/** Whether no breaker stops to work, for a bulkhead lets fewer calls into its window. */
function leavesBreakers(context: RuleContext, { held }: OverConnected, { changes }: Remedy): boolean {
  const after = { ...context, linked: { ...context.linked, system: applyChanges(context.linked.system, changes) } };
  const changed = new Map(after.linked.system.calls.map((call) => [call.id, call]));
  return held.every(({ calls }) =>
    calls.every((call) => {
      const then = changed.get(call.id);
      return then === undefined || whyNever(after, then) === undefined || whyNever(context, call) !== undefined;
    }),
  );
}

function messageOf({ callee, limit, total, held }: OverConnected): string {
  const who = held.map(({ caller, replicas, each }) => (replicas === 1 ? `${caller} ${each}` : `${caller} ${replicas} × ${each}`));
  const names = listText(who);
  const one = l10n.t('{0} accepts 1 connection, and its callers can open {1} when it is slow ({2})', callee, total, names);
  const many = l10n.t('{0} accepts {1} connections, and its callers can open {2} when it is slow ({3})', callee, limit, total, names);
  return l10n.t('{0}: the {1} above the limit are refused, whoever they are for.', countText(limit, one, many), total - limit);
}

/**
 * Bulkheads that share the connections out, in proportion to what each caller could hold. Not where a call has one already,
 * for somebody chose it, nor where one entry stands for several calls.
 */
function shared({ linked }: RuleContext, { callee, limit, total, held }: OverConnected): Remedy | undefined {
  const changes: Change[] = [];
  for (const one of held) {
    const { calls, replicas } = one;
    const concurrency = Math.floor((limit * totalOf(one)) / total / replicas / calls.length + 1e-9);
    for (const call of calls) {
      if (concurrency < 1 || typeof call.bulkhead === 'object' || call.source !== 'native') return undefined;
      if (callsOfEntry(linked, call).length > 1) return undefined;
      changes.push({ kind: 'set-call', call: call.id, fields: { bulkhead: { concurrency } } });
    }
  }
  if (changes.length === 0) return undefined;
  const sizes = new Set(
    changes.map((change) =>
      change.kind === 'set-call' && typeof change.fields.bulkhead === 'object' ? change.fields.bulkhead.concurrency : 0,
    ),
  );
  return { title: shareText(callee, limit, changes.length, [...sizes]), changes, safe: false };
}

function shareText(callee: string, limit: number, calls: number, [size, ...others]: readonly number[]): string {
  if (calls === 1) return l10n.t('Insert a bulkhead of {0}', size ?? 0);
  return others.length === 0
    ? l10n.t('Share the {0} connections of {1}: bulkhead of {2} on {3} calls', limit, callee, size ?? 0, calls)
    : l10n.t('Share the {0} connections of {1}: bulkheads on {2} calls', limit, callee, calls);
}
