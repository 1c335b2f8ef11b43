import type { Component } from '../../model/component';
import { isManaged, replicaCount } from '../../model/defaults';
import type { System } from '../../model/system';

/** Where the replicas of a component stand: counts by place, where the place is known. */
export interface Standing {
  readonly total: number;
  readonly zones: ReadonlyMap<string, number>;
  readonly regions: ReadonlyMap<string, number>;
  /** The zone of the first replica, which is a stateful component's primary. */
  readonly primaryZone: string | undefined;
  readonly primaryRegion: string | undefined;
}

/**
 * Counts a component's replicas by zone and region, without listing them. Nothing stands anywhere for a managed
 * component. A zone whose region nobody wrote is in none.
 */
export function standingOf(component: Component, system: System): Standing {
  const zones = isManaged(component) ? new Map<string, number>() : zoneCounts(component);
  const regions = new Map<string, number>();
  for (const [zone, count] of zones) {
    const region = system.zones.get(zone)?.region;
    if (region !== undefined) regions.set(region, (regions.get(region) ?? 0) + count);
  }
  // Maps keep the order of insertion, and a zone without a replica is not in this one.
  const [primaryZone] = zones.keys();
  return {
    total: isManaged(component) ? 0 : total(component),
    zones,
    regions,
    primaryZone,
    primaryRegion: primaryZone === undefined ? undefined : system.zones.get(primaryZone)?.region,
  };
}

function total(component: Component): number {
  const { replicas } = component;
  if (!(replicas instanceof Map)) return whole(replicaCount(component));
  let sum = 0;
  for (const count of replicas.values()) sum += whole(count);
  return sum;
}

/** Replicas by zone as they are dealt round robin, zones without one left out. */
function zoneCounts(component: Component): Map<string, number> {
  const { replicas, zones = [] } = component;
  const counts = new Map<string, number>();
  const add = (zone: string, count: number): void => {
    if (count > 0) counts.set(zone, (counts.get(zone) ?? 0) + count);
  };
  if (replicas instanceof Map) {
    for (const [zone, count] of replicas) add(zone, whole(count));
    return counts;
  }
  const all = total(component);
  const each = Math.floor(all / zones.length);
  zones.forEach((zone, i) => {
    add(zone, each + (i < all % zones.length ? 1 : 0));
  });
  return counts;
}

function whole(count: number): number {
  return Number.isFinite(count) && count > 0 ? Math.floor(count) : 0;
}
