import type { Call, Retry } from '../model/call';
import type { Component } from '../model/component';
import { isAsync, isManaged, kindOf, replicaCount, replicaZones } from '../model/defaults';
import { isStateful } from '../model/kinds';
import type { System } from '../model/system';
import type { Share } from '../model/units';
import { callsFrom } from './latency';
import { boundedRetry, leastBudget } from './numbers';
import { type PeakLoad, peakLoads, servingSlots } from './pools';
import { attemptsPerCall } from './retries';

/** Retries may fill a callee up to this share of what it can do, so that it comes back by itself while they go on. */
const fullest: Share = 0.8;
/** One retry for each first attempt: more than that repeats what has been seen to fail. */
const mostBudget: Share = 1;

/**
 * The budget to suggest for the retries of a call, as a share of its first attempts: as many as the callee, and what it waits
 * for, can bear at the peak rates that are written, at most one a call. Where nothing tells what the callee bears, as many as
 * it takes to go round the loss of one replica, or of one zone, of what is behind the call; and a tenth where there is no
 * such thing to go round. Never less than a tenth, and at most half of the retries that the attempts allow: a budget for all
 * of them holds nothing down, and with two attempts a half goes round the loss of every other replica.
 *
 * With a share f of the replicas silent each attempt fails with probability f, and f + f² + … = f / (1 − f) retries are
 * wanted for a call. Replicas that can do without so many of them bear as much: (1 − f) of the slots carry all of the load,
 * so that all of the slots carry 1 / (1 − f) of it.
 *
 * @param attempts of the retry, at least 2; `Infinity` where nothing bounds them
 */
export function suggestedBudget(system: System, call: Call, attempts: number): Share {
  const loads = peakLoads(system, (other) => (other.id === call.id ? 1 : timesWithBudget(other)));
  let room = Infinity;
  let lost = 0;
  for (const name of behind(system, call)) {
    const component = system.components.get(name);
    if (!component) continue;
    const own = roomOf(component, loads(name));
    if (name === call.to && own < Infinity) lost = 1;
    lost = Math.max(lost, lostTogether(component));
    room = Math.min(room, own);
  }
  const share = Math.min(room, lost / (1 - lost), mostBudget, (attempts - 1) / 2);
  // Whole twentieths, as a person would write them.
  return Math.max(leastBudget, Math.floor(share * 20 + 1e-9) / 20);
}

/** The bounded retry that fixes insert, with so many attempts and the budget that suits the call. */
export function insertedRetry(system: System, call: Call, attempts: number): Retry {
  return { ...boundedRetry, maxAttempts: attempts, budget: { share: suggestedBudget(system, call, attempts) } };
}

/** The share that a retry's budget is written as; undefined where it has none, or one in tokens. */
export function budgetShare({ budget }: Retry): Share | undefined {
  return budget !== undefined && 'share' in budget ? budget.share : undefined;
}

/** How often a call is made for once, where a retry without a budget has the least of them coming to it. */
function timesWithBudget(call: Call): number {
  const times = attemptsPerCall(call);
  return typeof call.retry === 'object' && call.retry.budget === undefined ? Math.min(times, 1 + leastBudget) : times;
}

/** The callee of a call, and everything that it waits for. */
function behind(system: System, call: Call): ReadonlySet<string> {
  const names = new Set([call.to]);
  for (const name of names) {
    for (const other of callsFrom(system).get(name) ?? []) {
      if (!isAsync(other, system.components.get(name))) names.add(other.to);
    }
  }
  return names;
}

/** The largest share of the replicas that serve which one failure takes, one replica or one of several zones; 0 where none are left. */
function lostTogether(component: Component): Share {
  const count = replicaCount(component);
  if (isManaged(component) || isStateful(kindOf(component)) || count < 2) return 0;
  const zones = new Map<string | undefined, number>();
  for (const zone of replicaZones(component)) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  return zones.size > 1 && !zones.has(undefined) ? Math.max(...zones.values()) / count : 1 / count;
}

/** How many more requests than its own, for each of them, a component can do at peak; `Infinity` where that is not known. */
function roomOf(component: Component, load: PeakLoad | undefined): number {
  const { arrivals = 0, busy = 0 } = load ?? {};
  const slots = servingSlots(component) ?? Infinity;
  const bySlots = busy > 0 ? (fullest * slots) / busy : Infinity;
  const byQuota = arrivals > 0 ? (fullest * (component.quota ?? Infinity)) / arrivals : Infinity;
  const times = Math.min(bySlots, byQuota);
  // A load without bound, on slots without.
  return Number.isNaN(times) ? 0 : times - 1;
}
