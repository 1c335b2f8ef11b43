import { attemptsPerCall } from '../analysis/load/amplification';
import { callRate, journeysOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { maxAttempts } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import type { System } from '../model/system';
import { printRate } from '../model/units';
import { listText, rateText } from '../model/words';
import type { Change, Remedy } from '../remedies/change';
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
        related: related(...over.calls.slice(0, 8).map(({ call }) => [callPlace(linked, call), `${call.id} is one of them`] as const)),
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
  const least = partial ? 'at least ' : '';
  if (normal > quota * full)
    return `${name} accepts ${printRate(quota)}, and gets ${least}${rateText(normal)} at peak: the rest is refused.`;
  const retrying = calls.filter(({ call }) => attemptsPerCall(call) > 1).map(({ call }) => `${call.from} (${attemptsText(call)})`);
  const more = worst === Infinity ? 'without end' : rateText(worst);
  const tries = `${listText([...new Set(retrying)])} ${new Set(retrying).size === 1 ? 'tries' : 'try'} again`;
  return `${name} accepts ${printRate(quota)}; it gets ${least}${rateText(normal)} at peak, and ${more} when calls fail and ${tries}: it then refuses what it could have answered.`;
}

function attemptsText(call: Call): string {
  const attempts = maxAttempts(call);
  return attempts === Infinity ? 'unlimited attempts' : `${attempts} attempts`;
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
    const where = made.length === 1 ? '' : ` on ${made.length} calls to ${callee.name}`;
    return { title: `Limit retries to a budget of ${share * 100}%${where}`, changes, safe: false };
  }
  return undefined;
}
