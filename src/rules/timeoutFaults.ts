import { inTime, spreadOf } from '../analysis/availability/spread';
import { callRate, type Pool } from '../analysis/load/pool';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { concurrencyOf, isAsync, isDelivery, kindOf, p99ServiceTime } from '../model/defaults';
import type { Journey } from '../model/journey';
import { latencyObjective } from '../model/objectives';
import { isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import type { Seconds, Share } from '../model/units';
import { callLimit, callsFrom } from '../remedies/latency';
import { loadOf } from './known';
import { boundedTime, exceedsDeadline, isEndless } from './retryFaults';
import { waitingFor } from './waiting';

/** For sums and products of decimal fractions. */
const tolerance = 1 + 1e-9;

export interface OverObjective {
  readonly limit: Seconds;
  /** Those that have failed by then, the strictest first. */
  readonly journeys: readonly (readonly [Journey, Seconds])[];
}

/**
 * A call whose timeout is not shorter than the latency objective of any journey that waits for it. One timeout serves
 * all of them, so it is in its place while one of them may take longer, or has no objective.
 */
export function overObjective(system: System, call: Call): OverObjective | undefined {
  const limit = callLimit(call);
  const waiting = limit === undefined ? [] : waitingFor(system, call);
  if (limit === undefined || waiting.length === 0 || waiting.some(({ longest }) => longest > limit * tolerance)) return undefined;
  const journeys = waiting.flatMap((all) => all.journeys.map((journey) => [journey, latencyObjective(system, journey) ?? 0] as const));
  return { limit, journeys: journeys.sort(([, a], [, b]) => a - b) };
}

export interface TooTight {
  readonly limit: Seconds;
  readonly p99: Seconds;
  /** The share of the callee's requests that take longer than the timeout, while it is healthy. */
  readonly cutOff: Share;
}

/** A timeout below the 99th percentile of the callee's own work, where that is written. */
export function tooTight(system: System, call: Call): TooTight | undefined {
  const time = system.components.get(call.to)?.serviceTime;
  const limit = callLimit(call);
  if (!time || limit === undefined || isAsync(call, system.components.get(call.from))) return undefined;
  const p99 = p99ServiceTime(time);
  if (!(limit * tolerance < p99)) return undefined;
  return { limit, p99, cutOff: 1 - inTime(spreadOf(time), limit) };
}

/** A call of the callee that goes on for longer than the caller waits. */
export interface Longer {
  readonly call: Call;
  /** How long it can take, as often as one request makes it; of a retry without an end so many attempts as it should have. */
  readonly seconds: Seconds;
  readonly endless: boolean;
}

export interface Inversion {
  readonly limit: Seconds;
  readonly worst: Longer;
  /** All of them. */
  readonly inner: readonly Longer[];
}

/**
 * A call that is given up while its callee may still wait for a call of its own. Where only the attempts behind the first
 * one make that too long, it is `retry-exceeds-deadline`; where nothing bounds it, `missing-timeout` or `unbounded-retry`.
 */
export function inversion(system: System, call: Call): Inversion | undefined {
  const limit = callLimit(call);
  if (limit === undefined || loadOf(system).calls.get(call.id)?.wasted === undefined) return undefined;
  const inner = (callsFrom(system).get(call.to) ?? []).flatMap((other) => longerThan(system, limit, call, other) ?? []);
  const [first] = inner;
  if (!first) return undefined;
  return { limit, inner, worst: inner.reduce((a, b) => (b.seconds > a.seconds ? b : a), first) };
}

function longerThan(system: System, limit: Seconds, outer: Call, call: Call): Longer | undefined {
  if (!outlasts(system, call, outer)) return undefined;
  const times = call.count ?? 1;
  const isByRetry = times * (callLimit(call) ?? 0) <= limit * tolerance;
  if (isByRetry && exceedsDeadline(system, call) !== undefined) return undefined;
  return { call, seconds: times * boundedTime(call), endless: isEndless(call) };
}

/** Whether a callee may wait for one of its calls, all attempts together, for longer than its caller waits for it. */
export function outlasts(system: System, inner: Call, outer: Call): boolean {
  const limit = callLimit(outer);
  const times = inner.count ?? 1;
  if (limit === undefined || callLimit(inner) === undefined || times === 0 || inner.id === outer.id) return false;
  if (isAsync(outer, system.components.get(outer.from)) || !isWaitedFor(system, inner) || !inOneJourney(outer, inner)) return false;
  return times * boundedTime(inner) > limit * tolerance;
}

function isWaitedFor(system: System, call: Call): boolean {
  const from = system.components.get(call.from);
  const to = system.components.get(call.to);
  return !isAsync(call, from) || (!isDelivery(call, from) && to !== undefined && kindOf(to) === 'queue');
}

function inOneJourney(a: Call, b: Call): boolean {
  return a.journeys === undefined || a.journeys.some((name) => isMadeBy(b, name));
}

export interface FullPool extends Pool {
  readonly holding: number;
  /** The longest that one of the calls holds a slot; of a retry without an end as long as it should at most. */
  readonly worst: Seconds;
  readonly endless: boolean;
}

/** A call with an end that, while its callee hangs, fills its caller's pool all the same; nothing else keeps it from that. */
export function fillsPool(system: System, call: Call): FullPool | undefined {
  const caller = system.components.get(call.from);
  if (!caller || kindOf(caller) === 'client' || kindOf(caller) === 'dns') return undefined;
  const pool = loadOf(system).calls.get(call.id)?.pool;
  const rate = callRate(system, call);
  const worst = boundedTime(call);
  if (!pool || rate === undefined || !Number.isFinite(worst) || hasBreaker(call) || isFenced(call, caller)) return undefined;
  const holding = rate * (call.count ?? 1) * worst;
  return holding >= pool.slots * (1 - 1e-12) ? { ...pool, holding, worst, endless: isEndless(call) } : undefined;
}

function isFenced({ bulkhead }: Call, caller: Component): boolean {
  return bulkhead !== undefined && bulkhead !== 'none' && bulkhead.concurrency < (concurrencyOf(caller) ?? Infinity);
}

function hasBreaker({ circuitBreaker }: Call): boolean {
  return circuitBreaker !== undefined && circuitBreaker !== 'none';
}
