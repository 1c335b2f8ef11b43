import type { Component } from '../../model/component';
import { concurrencyOf, isManaged, kindOf, replicaCount } from '../../model/defaults';
import type { PerSecond, Seconds } from '../../model/units';
import { meanWait } from './erlang';

/** How much of a component's pool its normal load takes. A managed component and a client have none of these figures. */
export interface Headroom {
  /** Concurrency × replicas; `Infinity` where unlimited is written, undefined where nothing is. */
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

/**
 * The busy slots are arrivals × holding time (Little's law).
 *
 * @param holding mean seconds that a request holds a slot
 */
export function headroomOf(component: Component, arrivals: PerSecond | undefined, holding: Seconds | undefined): Headroom {
  if (isManaged(component) || kindOf(component) === 'client') return {};
  const each = concurrencyOf(component);
  if (each === undefined) return {};
  const replicas = replicaCount(component);
  const slots = slotsOf(each, replicas);
  const busy = arrivals === 0 ? 0 : (arrivals ?? Number.NaN) * (holding ?? Number.NaN);
  if (!Number.isFinite(busy)) return { slots };
  const zone = worstZone(component);
  return {
    slots,
    utilisation: shareOf(busy, slots),
    utilisationOneDown: shareOf(busy, slotsOf(each, replicas - 1)),
    ...(zone && { utilisationZoneDown: { zone: zone.name, value: shareOf(busy, slotsOf(each, replicas - zone.replicas)) } }),
    waiting: meanWait(slots, busy, holding ?? 0),
  };
}

function slotsOf(each: number, replicas: number): number {
  return replicas > 0 ? each * replicas : 0;
}

function shareOf(busy: number, slots: number): number {
  return slots > 0 ? busy / slots : Infinity;
}

/** The zone with most of a component's replicas; undefined where the zone of some replica is not known. */
function worstZone(component: Component): { readonly name: string; readonly replicas: number } | undefined {
  let worst: { readonly name: string; readonly replicas: number } | undefined;
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
