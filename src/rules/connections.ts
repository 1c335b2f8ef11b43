import type { Call } from '../model/call';
import { concurrencyOf, replicaCount } from '../model/defaults';
import type { System } from '../model/system';

/** The connections that one caller can hold to a component, all its replicas together. */
export interface Held {
  readonly caller: string;
  readonly calls: readonly Call[];
  readonly replicas: number;
  /** Of one replica: its slots, or the bulkheads of its calls where those are fewer. */
  readonly each: number;
}

export interface OverConnected {
  readonly callee: string;
  readonly limit: number;
  readonly total: number;
  readonly held: readonly Held[];
}

/**
 * Components whose callers can open more connections than they accept, by what is written: a caller whose concurrency
 * nobody wrote, or wrote as unlimited, is left out.
 */
export function overConnected(system: System): readonly OverConnected[] {
  const limited = new Map<string, Map<string, Call[]>>();
  for (const { name, connections } of system.components.values()) if (connections !== undefined) limited.set(name, new Map());
  if (limited.size === 0) return [];
  for (const call of system.calls) {
    const callers = call.role === 'request' ? limited.get(call.to) : undefined;
    if (!callers) continue;
    const group = callers.get(call.from);
    if (group) group.push(call);
    else callers.set(call.from, [call]);
  }
  return [...limited].flatMap(([callee, callers]) => {
    const limit = system.components.get(callee)?.connections ?? Infinity;
    const held = [...callers].flatMap(([caller, calls]) => heldBy(system, caller, calls) ?? []).sort((a, b) => totalOf(b) - totalOf(a));
    const total = held.reduce((sum, one) => sum + totalOf(one), 0);
    return total > limit ? [{ callee, limit, total, held }] : [];
  });
}

export function totalOf({ replicas, each }: Held): number {
  return replicas * each;
}

function heldBy(system: System, caller: string, calls: readonly Call[]): Held | undefined {
  const component = system.components.get(caller);
  if (!component) return undefined;
  const slots = concurrencyOf(component);
  const fenced = calls.reduce((sum, { bulkhead }) => sum + (typeof bulkhead === 'object' ? bulkhead.concurrency : Infinity), 0);
  const each = Math.min(slots ?? Infinity, fenced);
  return each > 0 && Number.isFinite(each) ? { caller, calls, replicas: replicaCount(component), each } : undefined;
}
