import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { failoverOf, isManaged, kindOf, replicaCount } from '../model/defaults';
import { isStateful, type Kind } from '../model/kinds';
import type { System } from '../model/system';
import { printDuration } from '../model/units';
import { countText, listText } from '../model/words';
import { applyChanges, type Remedy } from './change';

/** A zone that a component does not use yet: of the same region first, in the order of the file. */
export function anotherZone(system: System, component: Component): string | undefined {
  const used = new Set([...(component.zones ?? []), ...(component.replicas instanceof Map ? component.replicas.keys() : [])]);
  if (used.size === 0) return undefined;
  const regions = new Set([...used].map((name) => system.zones.get(name)?.region));
  const free = [...system.zones.values()].filter((zone) => !used.has(zone.name));
  return (free.find((zone) => zone.region !== undefined && regions.has(zone.region)) ?? free[0])?.name;
}

/**
 * A second replica, in another zone where one is known; with an automatic failover where the component holds data,
 * for a standby that nobody switches to does not serve.
 */
export function secondReplica(system: System, name: string): Remedy | undefined {
  const component = system.components.get(name);
  if (!component || isManaged(component) || kindOf(component) === 'client') return undefined;
  if (component.replicas instanceof Map) return undefined;
  const zone = anotherZone(system, component);
  const count = replicaCount(component);
  const failover = isStateful(kindOf(component)) && failoverOf(component) === undefined;
  if (count > 1 && !failover && zone === undefined) return undefined;
  const fields: Omit<Component, 'name'> = {
    ...(count < 2 ? { replicas: 2 } : {}),
    ...(zone === undefined || new Set(component.zones).size > 1 ? {} : { zones: [...(component.zones ?? []), zone] }),
    ...(failover ? { failover: { automatic: true, within: 60 } } : {}),
    // A second scheduler would run every job twice.
    ...(count < 2 && kindOf(component) === 'scheduler' && !component.leaderElection ? { leaderElection: true } : {}),
  };
  if (Object.keys(fields).length === 0) return undefined;
  return { title: secondText(fields, zone ?? ''), changes: [{ kind: 'set-component', component: name, fields }], safe: false };
}

function secondText({ replicas, zones, failover, leaderElection }: Omit<Component, 'name'>, zone: string): string {
  if (replicas === undefined && !zones) return l10n.t('Fail over automatically');
  const inZone = zones ? l10n.t('Run a second replica in {0}', zone) : l10n.t('Run a second replica');
  const title = replicas === undefined ? l10n.t('Spread over {0} too', zone) : inZone;
  if (failover) return l10n.t('{0} with automatic failover', title);
  return leaderElection ? l10n.t('{0} with leader election', title) : title;
}

/**
 * Makes the callers do without a component: every call to it that journeys need becomes optional. Nothing where one of
 * them falls back to the component itself, for that is no help.
 */
export function degradeWithout(system: System, name: string): Remedy | undefined {
  const needed = system.calls.filter((call) => call.to === name && call.role === 'request' && call.required !== false);
  const calls = needed.filter(({ fallback }) => fallback === undefined || fallback === 'none');
  if (calls.length === 0) return undefined;
  if (needed.some(({ fallback }) => typeof fallback === 'object' && fallback.kind === 'component' && fallback.to === name))
    return undefined;
  const written = 'required: false';
  const many = l10n.t('Do without {0}: {1} on {2} calls', name, written, calls.length);
  return {
    title: countText(calls.length, l10n.t('Do without {0}: {1} on its call', name, written), many),
    changes: calls.map((call) => ({ kind: 'set-call', call: call.id, fields: { required: false } })),
    safe: false,
  };
}

/** How often a replica is checked, in seconds, and how many times in a row it has to fail before it is taken out. */
const healthCheck = { interval: 5, unhealthyAfter: 2 } as const;

/** The same remedy with a health check for everything that it changes. */
export function watched({ title, changes, safe }: Remedy): Remedy {
  return {
    title: l10n.t('{0}, with a health check', title),
    changes: changes.map((change) => (change.kind === 'set-component' ? { ...change, fields: { ...change.fields, healthCheck } } : change)),
    safe,
  };
}

/** Kinds whose replicas are picked from request by request: somebody has to know which of them are dead. */
const picked: ReadonlySet<Kind> = new Set<Kind>(['cdn', 'load-balancer', 'gateway', 'service']);

/** Several replicas that requests are spread over, and nobody to notice that one of them is dead. */
export function lacksHealthCheck(component: Component): boolean {
  const { healthCheck: check } = component;
  if (isManaged(component) || !picked.has(kindOf(component)) || replicaCount(component) < 2) return false;
  return check === undefined || check === 'none';
}

/** More replicas of one component, with the health check that they need where it has none. */
export function lookedAfter(system: System, name: string, remedy: Remedy): Remedy {
  const component = applyChanges(system, remedy.changes).components.get(name);
  return component && lacksHealthCheck(component) ? watched(remedy) : remedy;
}

/** Somebody who takes dead replicas out. */
export function insertHealthCheck(names: readonly string[]): Remedy {
  const { interval, unhealthyAfter } = healthCheck;
  const title = l10n.t('Insert a health check: every {0}, out after {1} failures', printDuration(interval), unhealthyAfter);
  return {
    title: names.length > 1 ? `${title} (${listText(names)})` : title,
    changes: names.map((component) => ({ kind: 'set-component', component, fields: { healthCheck } })),
    safe: false,
  };
}

/** Replicas to spare, but nobody takes a dead one out: calls that reach it hang. */
export function isUnwatched(component: Component): boolean {
  const { healthCheck: check, needs = 1 } = component;
  const watched = check !== undefined && check !== 'none';
  return !watched && !isManaged(component) && !isStateful(kindOf(component)) && replicaCount(component) > Math.max(1, needs);
}

/** What an automatic failover takes, in seconds. */
const switchWithin = 60;

/** An automatic failover for a component that holds data and has replicas which nobody switches to, or only by hand. */
export function automaticFailover(system: System, name: string): Remedy | undefined {
  const component = system.components.get(name);
  if (!component || isManaged(component) || !isStateful(kindOf(component))) return undefined;
  const now = failoverOf(component);
  if (replicaCount(component) < 2 || now?.automatic || (now && now.value <= switchWithin)) return undefined;
  const fields = { failover: { automatic: true, within: switchWithin } };
  const title = now ? l10n.t('Fail over automatically, within {0}', printDuration(switchWithin)) : l10n.t('Fail over automatically');
  return { title, changes: [{ kind: 'set-component', component: name, fields }], safe: false };
}
