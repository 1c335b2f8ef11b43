import type { Component } from '../../model/component';
import { type Assumptions, detectionTime, failoverOf, isManaged, kindOf, replicaAvailability, replicaZones } from '../../model/defaults';
import { isStateful } from '../../model/kinds';
import { type Availability, fromDown } from '../../model/units';
import type { Domains } from './domains';

/** Replicas of one component that share a zone; `zone` is the number of the domain, −1 where it is unknown. */
export interface Cluster {
  readonly zone: number;
  readonly count: number;
}

/**
 * The replicas of a component that count, with everything that only they depend on (analysis of one component: k of
 * n, common cause, bad releases, switching), under the failure domains that they share with others.
 */
export interface ReplicaGroup {
  readonly component: Component;
  /** Of one replica, whole. */
  readonly replica: Availability;
  /** Of a replica by itself: it is unavailable for (1 − β)q. */
  readonly own: Availability;
  /** Unavailability of all replicas together, βq. */
  readonly common: number;
  /** Unavailability for a bad release. */
  readonly release: number;
  /** Unavailability while a stateful component fails over. */
  readonly switching: number;
  readonly needs: number;
  /** The zone of each replica that counts, in order; −1 where it is unknown. */
  readonly zones: readonly number[];
  /** The same by zone. */
  readonly clusters: readonly Cluster[];
  /** Shared fates, as numbers of domains. */
  readonly fates: readonly number[];
  /** It has replicas to spare, but nobody takes a dead one out: it answers every call only while all are up. */
  readonly unwatched: boolean;
}

/** The group made last of a component as it is written. */
const known = new WeakMap<Component, Known>();

interface Known {
  readonly needs: number;
  readonly domains: Domains;
  readonly given: Assumptions;
  readonly group: ReplicaGroup;
}

/** As {@link replicaGroup}, and the very same group for the same component, needs, domains and assumptions as the last time. */
export function writtenGroup(component: Component, needs: number, domains: Domains, given: Assumptions): ReplicaGroup {
  const found = known.get(component);
  if (found && found.needs === needs && found.domains === domains && found.given === given) return found.group;
  const group = replicaGroup(component, needs, domains, given);
  known.set(component, { needs, domains, given, group });
  return group;
}

/** @param needs how many replicas must be up */
export function replicaGroup(component: Component, needs: number, domains: Domains, given: Assumptions): ReplicaGroup {
  const managed = isManaged(component);
  const replica = replicaAvailability(component, given).value;
  const beta = managed ? 0 : clamp(component.commonCause ?? 0);
  const failover = managed ? undefined : failoverOf(component, given);
  const primaryOnly = !managed && isStateful(kindOf(component)) && failover === undefined;
  const named = primaryOnly ? replicaZones(component).slice(0, 1) : replicaZones(component);
  const zones = named.map((name) => (name === undefined ? -1 : domains.zone(name)));
  const check = component.healthCheck;
  const needed = primaryOnly || managed ? 1 : Math.max(1, needs);
  return {
    component,
    replica,
    own: beta === 0 ? replica : fromDown((1 - beta) * replica.down),
    common: beta * replica.down,
    release: releaseUnavailability(component),
    switching: failover === undefined ? 0 : switchingUnavailability(component, replica, failover.value, given),
    needs: needed,
    zones,
    clusters: clustersOf(zones),
    fates: domains.fatesOf(component.name),
    unwatched: !managed && !isStateful(kindOf(component)) && zones.length > needed && (check === undefined || check === 'none'),
  };
}

function clustersOf(zones: readonly number[]): readonly Cluster[] {
  const counts = new Map<number, number>();
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].map(([zone, count]) => ({ zone, count }));
}

/** failureRate × rollback / every; 0 where one of them is not written. */
export function releaseUnavailability(component: Component): number {
  const { every, failureRate, rollback } = component.releases ?? {};
  if (every === undefined || failureRate === undefined || rollback === undefined) return 0;
  return every > 0 ? clamp((failureRate * rollback) / every) : clamp(failureRate);
}

/** min(q, (detection + within) / (MTBF + MTTR)), where MTBF + MTTR = MTTR / q. */
function switchingUnavailability(component: Component, replica: Availability, within: number, given: Assumptions): number {
  const { mtbf, availability } = component;
  const mttr = component.mttr ?? given.mttr;
  const outage = (detectionTime(component) ?? 0) + within;
  if (availability === undefined && mtbf !== undefined) {
    return mtbf + mttr > 0 ? Math.min(replica.down, outage / (mtbf + mttr)) : replica.down;
  }
  return mttr > 0 ? Math.min(replica.down, (replica.down * outage) / mttr) : replica.down;
}

/** All that the chances of a group rest on, among groups of one system. */
export function shapeOf({ own, common, release, switching, needs, unwatched, zones, fates }: ReplicaGroup): string {
  return `${own.down} ${own.up} ${common} ${release} ${switching} ${needs} ${unwatched} ${zones.join()} ${fates.join()}`;
}

/** The number of replicas that count. */
export function sizeOf(group: ReplicaGroup): number {
  return group.zones.length;
}

function clamp(value: number): number {
  return value >= 0 ? Math.min(value, 1) : 0;
}
