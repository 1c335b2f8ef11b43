import * as l10n from '@vscode/l10n';
import { loadFigures } from '../analysis/load/figures';
import type { Call } from '../model/call';
import { concurrencyOf, kindOf, replicaCount } from '../model/defaults';
import type { Kind } from '../model/kinds';
import { callsByCaller, isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import { countText, rateText } from '../model/words';
import { replicasToCarry } from '../remedies/capacity';
import { applyChanges, type Remedy } from '../remedies/change';
import { isUnwatched, watched } from '../remedies/component';
import { overConnected } from './connections';
import { loadOf } from './known';
import { callPlace, callsOfEntry, componentPlace, related } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { serviceTimeText } from './words';

export const coldCache: Rule = {
  id: 'cold-cache',
  category: 'Calls',
  severity: 'warning',
  summary: 'A cache without which, or empty after a restart, what is behind it gets more than it can carry.',
  *check(context) {
    const { system } = context.linked;
    for (const cold of coldCaches(system)) {
      const report = reportOf(context, cold);
      if (report) yield report;
    }
  },
  fixes({ subject }, context) {
    const { system } = context.linked;
    const cold = coldCaches(system).find(({ cache }) => cache === subject);
    if (!cold) return [];
    const candidates = [moreReplicas(system, cold), shed(context, cold)];
    return candidates
      .filter((remedy) => remedy !== undefined)
      .filter(({ changes }) => {
        const after = applyChanges(system, changes);
        return overConnected(after).length <= overConnected(system).length && !coldCaches(after).some(({ cache }) => cache === subject);
      });
  },
};

export interface Cold {
  readonly cache: string;
  readonly behind: string;
  /** Requests a second at peak, with the cache and without it. */
  readonly warm: number;
  readonly cold: number;
  /** Slots in use on average without the cache, and how many there are. */
  readonly busy: number;
  readonly slots: number;
  /** The calls that only the misses make. */
  readonly misses: readonly Call[];
  readonly assumed: boolean;
}

/** What holds the data that a cache stands in front of. */
const origins: ReadonlySet<Kind> = new Set<Kind>(['database', 'object-store', 'search']);

/** What may fetch that data for the caller. */
const fetchers: ReadonlySet<Kind> = new Set<Kind>(['service', 'function', 'gateway']);

/** For sums of decimal fractions: what fills the slots exactly is carried. */
const full = 1 + 1e-9;

/** Where all caches together overload something, this many are tried one by one. */
const mostCaches = 20;

/** By cache, what is behind it and hurts most; only what carries its load while the cache is warm. */
export function coldCaches(system: System): readonly Cold[] {
  const misses = missesByCache(system);
  if (misses.size === 0 || [...loadOf(system).components.values()].every(({ utilisation }) => utilisation === undefined)) return [];
  // Whatever one cold cache overloads, all of them overload.
  if (overloadedWithout(system, '', [...misses.values()].flat()) === undefined) return [];
  return [...misses].slice(0, mostCaches).flatMap(([cache, calls]) => overloadedWithout(system, cache, calls) ?? []);
}

function missesByCache(system: System): ReadonlyMap<string, readonly Call[]> {
  const caches = [...system.components.values()].filter((component) => kindOf(component) === 'cache').map(({ name }) => name);
  const found = new Map<string, Call[]>();
  if (caches.length === 0) return found;
  const from = callsByCaller(system);
  const readers = new Map<string, Set<string>>(caches.map((name) => [name, new Set()]));
  for (const [reader, calls] of from) for (const { to } of calls) readers.get(to)?.add(reader);
  for (const cache of caches) {
    const own = (from.get(cache) ?? []).filter((call) => isMiss(system, call));
    const beside = [...(readers.get(cache) ?? [])].flatMap((reader) => missesOf(system, cache, from.get(reader) ?? []));
    if (own.length + beside.length > 0) found.set(cache, [...own, ...beside]);
  }
  return found;
}

/** The calls of a cache's reader that only its misses make: as far as nothing else can be meant. */
function missesOf(system: System, cache: string, calls: readonly Call[]): readonly Call[] {
  const caches = calls.filter(({ to }) => kindOf(system.components.get(to) ?? { name: to }) === 'cache');
  const shared = calls.filter(({ share }) => share !== undefined && share < 1);
  return calls.filter((call) => {
    if (!isMiss(system, call) || !caches.some((other) => other.to === cache && meet(other, call))) return false;
    if (caches.some((other) => other.to !== cache && meet(other, call))) return false;
    // To a service it may as well be one branch of several.
    const isOrigin = origins.has(kindOf(system.components.get(call.to) ?? { name: call.to }));
    return isOrigin || ((call.share ?? 1) <= 0.5 && !shared.some((other) => other !== call && meet(other, call)));
  });
}

/** A read that only a share of the requests makes. A write is not what a cache saves. */
function isMiss(system: System, { share, operation, to }: Call): boolean {
  const callee = system.components.get(to);
  if (share === undefined || !(share > 0 && share < 1) || !callee) return false;
  const kind = kindOf(callee);
  return !/^(POST|PUT|PATCH|DELETE)\b/.test(operation ?? '') && (origins.has(kind) || fetchers.has(kind));
}

/** Whether some journey makes both calls of one caller. */
function meet(a: Call, b: Call): boolean {
  return a.journeys === undefined || a.journeys.some((journey) => isMadeBy(b, journey));
}

/** What is overloaded most when every request makes the calls of the misses. */
function overloadedWithout(system: System, cache: string, misses: readonly Call[]): Cold | undefined {
  const warm = loadOf(system);
  const open = misses.filter((call) => !sheds(system, call, warm.components.get(call.to)?.slots ?? 0));
  const ids = new Set(open.map(({ id }) => id));
  if (ids.size === 0) return undefined;
  const calls = system.calls.map((call) => (ids.has(call.id) ? { ...call, share: 1 } : call));
  let worst: Cold | undefined;
  for (const [behind, load] of loadFigures({ ...system, calls }).components) {
    const before = warm.components.get(behind);
    const { utilisation = 0, slots = 0, arrivals = 0 } = load;
    if (!(utilisation > full) || !Number.isFinite(utilisation) || !before || !((before.utilisation ?? 1) <= full)) continue;
    if (!(arrivals > (before.arrivals ?? 0) * full)) continue;
    if (worst && utilisation <= worst.busy / worst.slots) continue;
    worst = {
      cache,
      behind,
      warm: before.arrivals ?? 0,
      cold: arrivals,
      busy: utilisation * slots,
      slots,
      misses: open,
      assumed: load.assumed,
    };
  }
  return worst;
}

/** A bulkhead that lets no more through than there are slots. */
function sheds(system: System, { bulkhead, from }: Call, slots: number): boolean {
  const caller = system.components.get(from);
  return typeof bulkhead === 'object' && caller !== undefined && bulkhead.concurrency * replicaCount(caller) <= slots;
}

function reportOf({ linked }: RuleContext, { cache, behind, warm, cold, busy, slots, misses, assumed }: Cold): Report | undefined {
  const place = componentPlace(linked, cache);
  if (!place) return undefined;
  const gets = l10n.t('{0} gets {1} instead of {2}', behind, rateText(cold), rateText(warm));
  // What asks through the cache does not ask at all while the cache is gone.
  const what = misses.every(({ from }) => from === cache)
    ? l10n.t('While {0} is empty, {1}', cache, gets)
    : l10n.t('Without {0}, or while it is empty, {1}', cache, gets);
  const taken = Number(busy.toPrecision(3));
  const one = l10n.t('{0}: that takes {1} slots at once, and it has 1 slot.', what, taken);
  const message = countText(slots, one, l10n.t('{0}: that takes {1} slots at once, and it has {2} slots.', what, taken, slots));
  return {
    message: assumed ? `${message} ${serviceTimeText(linked.system)}` : message,
    place,
    subject: cache,
    related: [
      ...related([componentPlace(linked, behind), l10n.t('{0} gets what {1} does not answer', behind, cache)]),
      ...related(
        ...misses.slice(0, 6).map((call) => [callPlace(linked, call), l10n.t("{0} becomes every request's call", call.id)] as const),
      ),
    ],
    ...(assumed ? { assumed: true } : {}),
  };
}

function moreReplicas(system: System, { behind, busy }: Cold): Remedy | undefined {
  const remedy = replicasToCarry(system, behind, busy);
  const component = remedy && applyChanges(system, remedy.changes).components.get(behind);
  if (!remedy || !component) return undefined;
  const made = isUnwatched(component) ? watched(remedy) : remedy;
  return { ...made, title: `${behind}: ${made.title}` };
}

/** Lets no more through than what is behind can hold, and refuses the rest at once. */
function shed({ linked }: RuleContext, { behind, slots, misses }: Cold): Remedy | undefined {
  const [call] = misses;
  const caller = call && linked.system.components.get(call.from);
  if (!call || !caller || call.to !== behind || misses.length > 1 || call.bulkhead !== undefined || call.source !== 'native')
    return undefined;
  const concurrency = Math.floor(slots / replicaCount(caller));
  if (callsOfEntry(linked, call).length > 1 || concurrency < 1 || concurrency >= (concurrencyOf(caller) ?? Infinity)) return undefined;
  const title = l10n.t('Shed what {0} cannot carry: a bulkhead of {1} on {2}', behind, concurrency, call.id);
  return { title, changes: [{ kind: 'set-call', call: call.id, fields: { bulkhead: { concurrency } } }], safe: false };
}
