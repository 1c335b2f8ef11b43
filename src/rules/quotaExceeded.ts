import * as l10n from '@vscode/l10n';
import { callRate, journeysOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { maxAttempts } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import type { System } from '../model/system';
import { printRate } from '../model/units';
import { countText, listText, rateText } from '../model/words';
import type { Change, Remedy } from '../remedies/change';
import { attemptsPerCall } from '../remedies/retries';
import { callPlace, callsOfEntry, componentPlace, related } from './places';
import type { Rule, RuleContext } from './rule';

export const quotaExceeded: Rule = {
  id: 'quota-exceeded',
  category: 'Calls',
  severity: 'warning',
  summary: 'Calls at peak, with all attempts when they fail, above the rate that the callee accepts.',
  *check({ linked }) {
    for (const over of overQuota(linked.system)) {
      const { name } = over.callee;
      const place = keyPlace(linked.origins, elementId('component', name), 'quota') ?? componentPlace(linked, name);
      if (!place) continue;
      yield {
        message: messageOf(over),
        place,
        subject: name,
        related: related(
          ...over.calls.slice(0, 8).map(({ call }) => [callPlace(linked, call), l10n.t('{0} is one of them', call.id)] as const),
        ),
      };
    }
  },
  fixes({ subject }, context) {
    const over = overQuota(context.linked.system).find(({ callee }) => callee.name === subject);
    const remedy = over && budgeted(context, over);
    return remedy ? [remedy] : [];
  },
};

export interface Over {
  readonly callee: Component;
  readonly quota: number;
  /** A second: first attempts, and with all that are made when every one fails. */
  readonly normal: number;
  readonly worst: number;
  readonly partial: boolean;
  readonly calls: readonly { readonly call: Call; readonly rate: number }[];
}

/** For sums of decimal fractions: what fills a quota exactly is within it. */
const full = 1 + 1e-9;

/** The components that get more than they accept when calls to them fail. */
export function overQuota(system: System): readonly Over[] {
  const limited = new Map<string, { call: Call; rate: number }[]>();
  for (const { name, quota } of system.components.values()) if (quota !== undefined) limited.set(name, []);
  if (limited.size === 0) return [];
  for (const call of system.calls) {
    const calls = call.role === 'request' ? limited.get(call.to) : undefined;
    const rate = calls && callRate(system, call);
    if (calls && rate !== undefined) calls.push({ call, rate: rate * (call.count ?? 1) });
  }
  return [...limited].flatMap(([name, calls]) => {
    const callee = system.components.get(name);
    const quota = callee?.quota;
    if (!callee || quota === undefined) return [];
    const normal = calls.reduce((sum, { rate }) => sum + rate, 0);
    const worst = calls.reduce((sum, { call, rate }) => sum + rate * attemptsPerCall(call), 0);
    const partial = calls.some(({ call }) => [...journeysOf(system, call).making].some((journey) => !system.journeys.get(journey)?.rate));
    return worst > quota * full ? [{ callee, quota, normal, worst, partial, calls }] : [];
  });
}

function messageOf({ callee: { name }, quota, normal, worst, partial, calls }: Over): string {
  const gets = partial ? l10n.t('at least {0}', rateText(normal)) : rateText(normal);
  if (normal > quota * full) return l10n.t('{0} accepts {1}, and gets {2} at peak: the rest is refused.', name, printRate(quota), gets);
  const retrying = calls.filter(({ call }) => attemptsPerCall(call) > 1).map(({ call }) => `${call.from} (${attemptsText(call)})`);
  const callers = [...new Set(retrying)];
  const who = listText(callers);
  return l10n.t(
    '{0} accepts {1}; it gets {2} at peak, and {3} when calls fail and {4}: it then refuses what it could have answered.',
    name,
    printRate(quota),
    gets,
    worst === Infinity ? l10n.t('without end') : rateText(worst),
    countText(callers.length, l10n.t('{0} tries again', who), l10n.t('{0} try again', who)),
  );
}

function attemptsText(call: Call): string {
  const attempts = maxAttempts(call);
  return attempts === Infinity ? l10n.t('unlimited attempts') : l10n.t('{0} attempts', attempts);
}

/** Budgets to choose from, the usual one first. */
const shares = [0.1, 0.05, 0.02, 0.01];

/** The largest budget that keeps all attempts together within the quota; nothing where first attempts exceed it. */
function budgeted({ linked }: RuleContext, { callee, quota, calls }: Over): Remedy | undefined {
  const retrying = calls.filter(({ call }) => attemptsPerCall(call) > 1 && typeof call.retry === 'object');
  if (retrying.some(({ call }) => call.source !== 'native' || callsOfEntry(linked, call).length > 1)) return undefined;
  for (const share of shares) {
    const made = retrying.map(({ call }) => ({ ...call, retry: { ...(typeof call.retry === 'object' && call.retry), budget: { share } } }));
    const byId = new Map(made.map((call) => [call.id, call]));
    const worst = calls.reduce((sum, { call, rate }) => sum + rate * attemptsPerCall(byId.get(call.id) ?? call), 0);
    if (made.length === 0 || worst > quota * full) continue;
    const changes = made.map(({ id, retry }): Change => ({ kind: 'set-call', call: id, fields: { retry } }));
    const title =
      made.length === 1
        ? l10n.t('Limit retries to a budget of {0}', `${share * 100}%`)
        : l10n.t('Limit retries to a budget of {0} on {1} calls to {2}', `${share * 100}%`, made.length, callee.name);
    return { title, changes, safe: false };
  }
  return undefined;
}
