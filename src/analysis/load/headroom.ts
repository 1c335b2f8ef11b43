import type { Component } from '../../model/component';
import { concurrencyOf, failoverOf, isManaged, kindOf, replicaCount, replicaZones, servingReplicas } from '../../model/defaults';
import { isStateful } from '../../model/kinds';
import type { PerSecond, Seconds } from '../../model/units';
import { meanWait } from './erlang';

/** How much of a component's pool its normal load takes. A managed component and a client have none of these figures. */
export interface Headroom {
  /** Concurrency × the replicas that share the load; `Infinity` where unlimited is written, undefined where nothing is. */
  readonly slots?: number;
  /** Mean busy slots over slots, 1 is full; more than 1 cannot be served. `Infinity` when there are no slots. */
  readonly utilisation?: number;
  /** The same with one replica short; `Infinity` when nothing is left. */
  readonly utilisationOneDown?: number;
  /** The same with the zone short that hurts most. Only where the zones of all its replicas are known. */
  readonly utilisationZoneDown?: { readonly zone: string; readonly value: number };
  /** Mean seconds that a request waits for a slot, by Erlang C over the whole pool: approximate. `Infinity` when overloaded. */
  readonly waiting?: Seconds;
}

/** What came out last for a component: while somebody types, most of them stay as they were. */
const known = new WeakMap<Component, Known>();

interface Known {
  readonly arrivals: PerSecond | undefined;
  readonly holding: Seconds | undefined;
  readonly headroom: Headroom;
}

/**
 * The busy slots are arrivals × holding time (Little's law).
 *
 * @param holding mean seconds that a request holds a slot
 */
export function headroomOf(component: Component, arrivals: PerSecond | undefined, holding: Seconds | undefined): Headroom {
  const found = known.get(component);
  if (found && found.arrivals === arrivals && found.holding === holding) return found.headroom;
  const headroom = computedHeadroom(component, arrivals, holding);
  known.set(component, { arrivals, holding, headroom });
  return headroom;
}

function computedHeadroom(component: Component, arrivals: PerSecond | undefined, holding: Seconds | undefined): Headroom {
  if (isManaged(component) || kindOf(component) === 'client') return {};
  const each = concurrencyOf(component);
  if (each === undefined) return {};
  const slots = slotsOf(each, servingReplicas(component));
  const busy = arrivals === 0 ? 0 : (arrivals ?? Number.NaN) * (holding ?? Number.NaN);
  if (!Number.isFinite(busy)) return { slots };
  const zone = worstZone(component);
  return {
    slots,
    utilisation: shareOf(busy, slots),
    utilisationOneDown: shareOf(busy, slotsOf(each, servingWithout(component, 1))),
    ...(zone && {
      utilisationZoneDown: { zone: zone.name, value: shareOf(busy, slotsOf(each, servingWithout(component, zone.replicas))) },
    }),
    waiting: meanWait(slots, busy, holding ?? 0),
  };
}

/**
 * The replicas that share the load with so many lost. Of a stateful component one, whoever is the primary then, as long as
 * there is a failover and enough are left.
 */
function servingWithout(component: Component, lost: number): number {
  const left = replicaCount(component) - lost;
  if (!isStateful(kindOf(component))) return left;
  return failoverOf(component) !== undefined && left >= Math.max(1, component.needs ?? 1) ? 1 : 0;
}

function slotsOf(each: number, replicas: number): number {
  return replicas > 0 ? each * replicas : 0;
}

function shareOf(busy: number, slots: number): number {
  return slots > 0 ? busy / slots : Infinity;
}

/**
 * The zone with most of a component's replicas, or that of the one that counts where nobody takes over from it; undefined
 * where the zone of some replica is not known.
 */
function worstZone(component: Component): { readonly name: string; readonly replicas: number } | undefined {
  let worst: { readonly name: string; readonly replicas: number } | undefined;
  const [primary] = isStateful(kindOf(component)) && failoverOf(component) === undefined ? replicaZones(component) : [];
  if (primary !== undefined) return { name: primary, replicas: 1 };
  for (const [name, replicas] of replicasByZone(component)) {
    if (replicas > (worst?.replicas ?? 0)) worst = { name, replicas };
  }
  return worst;
}

/** Replicas are dealt to the zones round robin, unless written by zone. */
function replicasByZone(component: Component): ReadonlyMap<string, number> {
  const { replicas, zones = [] } = component;
  if (typeof replicas === 'object') return replicas;
  const count = replicaCount(component);
  const dealt = new Map<string, number>();
  zones.forEach((zone, i) => {
    const here = Math.floor(count / zones.length) + (i < count % zones.length ? 1 : 0);
    dealt.set(zone, (dealt.get(zone) ?? 0) + here);
  });
  return dealt;
}
