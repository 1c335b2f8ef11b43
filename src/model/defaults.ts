import type { Call } from './call';
import type { Component, ServiceTime } from './component';
import { isStateful, type Kind } from './kinds';
import type { System, Zone } from './system';
import { type Availability, fromDown, type Seconds } from './units';

/** A value together with whether anybody wrote it. Everything shown that rests on an assumed one says so. */
export interface Stated<T> {
  readonly value: T;
  readonly assumed: boolean;
}

/** The numbers taken where nobody wrote one. All are settings. */
export interface Assumptions {
  readonly availability: Readonly<Record<Kind, Availability>>;
  readonly zone: Availability;
  readonly region: Availability;
  /** Seconds. */
  readonly mttr: Seconds;
  readonly serviceTime: Seconds;
  /** Slots of one replica in the simulation. */
  readonly concurrency: number;
  readonly failoverWithin: Seconds;
  readonly asyncLag: Seconds;
  readonly startup: Seconds;
}

export const assumptions: Assumptions = {
  availability: {
    client: fromDown(0),
    dns: fromDown(1e-4),
    cdn: fromDown(1e-4),
    'load-balancer': fromDown(1e-4),
    'object-store': fromDown(1e-4),
    gateway: fromDown(5e-4),
    function: fromDown(5e-4),
    queue: fromDown(5e-4),
    database: fromDown(5e-4),
    service: fromDown(1e-3),
    worker: fromDown(1e-3),
    cache: fromDown(1e-3),
    search: fromDown(1e-3),
    external: fromDown(1e-3),
    scheduler: fromDown(5e-3),
    deployer: fromDown(5e-3),
  },
  zone: fromDown(5e-4),
  region: fromDown(1e-4),
  mttr: 3600,
  serviceTime: 0.01,
  concurrency: 200,
  failoverWithin: 60,
  asyncLag: 5,
  startup: 10,
};

/** What is assumed about a system: what its team settled on, else the usual numbers. */
export function assumptionsOf({ settings }: Pick<System, 'settings'>): Assumptions {
  return settings?.assumptions ?? assumptions;
}

export function kindOf(component: Component): Kind {
  return component.kind ?? 'service';
}

/** A provider runs it redundantly: nothing is said about its replicas, zones, health checks or failover. */
export function isManaged(component: Component): boolean {
  return component.managed ?? kindOf(component) === 'external';
}

/** The number of replicas, 1 where nobody wrote one. A managed component counts as one. */
export function replicaCount(component: Component): number {
  if (isManaged(component)) return 1;
  const { replicas } = component;
  if (replicas === undefined) return 1;
  if (typeof replicas === 'number') return replicas;
  let sum = 0;
  for (const count of replicas.values()) sum += count;
  return sum;
}

/**
 * The zone of each replica in order, `undefined` where it is unknown. Replicas are dealt to the zones round robin;
 * the first replica of a stateful component is its primary.
 */
export function replicaZones(component: Component): readonly (string | undefined)[] {
  const { replicas, zones = [] } = component;
  if (isManaged(component)) return [undefined];
  if (replicas instanceof Map) {
    return [...replicas].flatMap(([zone, count]: [string, number]) => new Array<string>(count).fill(zone));
  }
  return Array.from({ length: replicaCount(component) }, (_, i) => (zones.length > 0 ? zones[i % zones.length] : undefined));
}

/** Availability of one replica: written, or MTBF / (MTBF + MTTR), or assumed by kind. */
export function replicaAvailability(component: Component, given: Assumptions = assumptions): Stated<Availability> {
  const { availability, mtbf, mttr } = component;
  if (availability) return { value: availability, assumed: false };
  if (mtbf !== undefined) {
    const repair = mttr ?? given.mttr;
    const total = mtbf + repair;
    const value = total > 0 ? { up: mtbf / total, down: repair / total } : fromDown(1);
    return { value, assumed: mttr === undefined };
  }
  return { value: given.availability[kindOf(component)], assumed: true };
}

export function zoneAvailability(zone: Zone | undefined, given: Assumptions = assumptions): Stated<Availability> {
  return zone?.availability ? { value: zone.availability, assumed: false } : { value: given.zone, assumed: true };
}

export function regionAvailability(
  region: { readonly availability?: Availability } | undefined,
  given: Assumptions = assumptions,
): Stated<Availability> {
  return region?.availability ? { value: region.availability, assumed: false } : { value: given.region, assumed: true };
}

export function serviceTimeOf(component: Component, given: Assumptions = assumptions): Stated<ServiceTime> {
  return component.serviceTime
    ? { value: component.serviceTime, assumed: false }
    : { value: { kind: 'constant', value: given.serviceTime }, assumed: true };
}

/** The standard normal quantile at 0.99, which relates p50 and p99 of a log-normal distribution. */
const z99 = 2.3263478740408408;

/** σ of the log-normal distribution with this median and 99th percentile: ln(p99 / p50) / z(0.99). */
export function logNormalSigma(p50: Seconds, p99: Seconds): number {
  return p50 > 0 && p99 > p50 ? Math.log(p99 / p50) / z99 : 0;
}

/** Mean service time in seconds; of a log-normal p50 · exp(σ² / 2). */
export function meanServiceTime(time: ServiceTime): Seconds {
  switch (time.kind) {
    case 'constant':
      return time.value;
    case 'exponential':
      return time.mean;
    case 'log-normal':
      return time.p50 * Math.exp(logNormalSigma(time.p50, time.p99) ** 2 / 2);
  }
}

/** The 99th percentile of a service time in seconds; of an exponential, mean · ln 100. */
export function p99ServiceTime(time: ServiceTime): Seconds {
  switch (time.kind) {
    case 'constant':
      return time.value;
    case 'exponential':
      return time.mean * Math.log(100);
    case 'log-normal':
      return Math.max(time.p50, time.p99);
  }
}

/** Slots of one replica: `Infinity` where unlimited is written, undefined where nothing is. */
export function concurrencyOf(component: Component): number | undefined {
  return component.concurrency === 'unlimited' ? Infinity : component.concurrency;
}

/**
 * How many replicas share the load: of a stateful component one, its primary, with a failover or without. The others keep
 * the data, and may take its place.
 */
export function servingReplicas(component: Component): number {
  return isStateful(kindOf(component)) && !isManaged(component) ? 1 : replicaCount(component);
}

/** Seconds until a dead replica is noticed; undefined without a health check. */
export function detectionTime(component: Component): Seconds | undefined {
  const check = component.healthCheck;
  if (check === undefined || check === 'none' || check.interval === undefined) return undefined;
  return check.interval * (check.unhealthyAfter ?? 3);
}

/**
 * The failover of a stateful component, or undefined when it has none. Written; or implied and automatic for a
 * quorum (`needs` of two or more). A manual failover with no `within` is none.
 */
export function failoverOf(component: Component, given: Assumptions = assumptions): (Stated<Seconds> & { automatic: boolean }) | undefined {
  const { failover } = component;
  if (!isStateful(kindOf(component)) || failover === 'none') return undefined;
  if (failover === undefined) {
    return (component.needs ?? 1) >= 2 ? { value: given.failoverWithin, assumed: true, automatic: true } : undefined;
  }
  const automatic = failover.automatic ?? true;
  if (failover.within !== undefined) return { value: failover.within, assumed: false, automatic };
  return automatic ? { value: given.failoverWithin, assumed: true, automatic } : undefined;
}

const idempotentVerbs: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
const otherVerbs: ReadonlySet<string> = new Set(['POST', 'PATCH']);

/** Whether an operation may be repeated safely: written, with a key, or told by its HTTP verb; undefined when unknown. */
export function isIdempotent(call: Pick<Call, 'idempotent' | 'idempotencyKey' | 'operation'>): boolean | undefined {
  if (call.idempotent !== undefined) return call.idempotent;
  if (call.idempotencyKey !== undefined) return true;
  const verb = /^[A-Z]+\b/.exec(call.operation ?? '')?.[0] ?? '';
  if (idempotentVerbs.has(verb)) return true;
  return otherVerbs.has(verb) ? false : undefined;
}

/** Delivery by a queue to its consumer: asynchronous unless written otherwise. */
export function isDelivery(call: Call, from: Component | undefined): boolean {
  return from !== undefined && kindOf(from) === 'queue' && call.async !== false;
}

/** Whether the caller does not wait for the work itself. */
export function isAsync(call: Call, from: Component | undefined): boolean {
  return call.async ?? (from !== undefined && kindOf(from) === 'queue');
}

/** Total attempts of a call: `Infinity` for a retry without a bound, 1 without a retry. */
export function maxAttempts(call: Pick<Call, 'retry'>): number {
  const { retry } = call;
  if (retry === undefined || retry === 'none') return 1;
  return typeof retry.maxAttempts === 'number' ? retry.maxAttempts : Infinity;
}

/** Seconds an attempt may take, undefined where nothing bounds it. */
export function bound(value: Seconds | 'none' | undefined): Seconds | undefined {
  return value === 'none' ? undefined : value;
}
