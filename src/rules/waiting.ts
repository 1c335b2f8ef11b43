import { wiredLoads } from '../analysis/load/pool';
import type { Wire } from '../analysis/structure/wiring';
import type { Call } from '../model/call';
import { kindOf } from '../model/defaults';
import type { Journey } from '../model/journey';
import { isUnattended } from '../model/kinds';
import { latencyObjective } from '../model/objectives';
import { perSystem } from '../model/perSystem';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';

/** Journeys that pass the same calls, and wait for them. */
export interface Waiting {
  readonly journeys: readonly Journey[];
  /** The longest of their latency objectives; `Infinity` where one of them has none. */
  readonly longest: Seconds;
  /** A person may be waiting: they do not start at a worker, a scheduler or a deployer. */
  readonly attended: boolean;
}

/**
 * Who waits for a call: the journeys that are held up by it from their entry on, with nothing asynchronous in between.
 * Takes time in proportion to what the journeys pass, once for a system.
 */
export function waitingFor(system: System, call: Call): readonly Waiting[] {
  return waitingForAll(system).get(call.id) ?? [];
}

const waitingForAll = perSystem((system): ReadonlyMap<string, readonly Waiting[]> => {
  const all = new Map<string, Waiting[]>();
  for (const { journeys, components, calls } of wiredLoads(system).loads.routes) {
    const waiting: Waiting = { journeys, longest: longestObjective(system, journeys), attended: isAttended(system, journeys) };
    const places = new Map<number, number>();
    for (let at = 0; at < components.length; at++) places.set(components[at] as number, at);
    for (const { call } of awaitedFrom(components[0], (component) => calls[places.get(component) ?? -1] ?? [])) {
      const list = all.get(call.id);
      if (list) list.push(waiting);
      else all.set(call.id, [waiting]);
    }
  }
  return all;
});

function* awaitedFrom(entry: number | undefined, callsOf: (component: number) => readonly Wire[]): Generator<Wire> {
  if (entry === undefined) return;
  const reached = new Set([entry]);
  for (const component of reached) {
    for (const wire of callsOf(component)) {
      if (!wire.awaited) continue;
      yield wire;
      if (!wire.publish) reached.add(wire.to);
    }
  }
}

function longestObjective(system: System, journeys: readonly Journey[]): Seconds {
  let most = 0;
  for (const journey of journeys) most = Math.max(most, latencyObjective(system, journey) ?? Infinity);
  return most;
}

function isAttended(system: System, journeys: readonly Journey[]): boolean {
  const entry = system.components.get(journeys[0]?.entry ?? '');
  return entry !== undefined && !isUnattended(kindOf(entry));
}
