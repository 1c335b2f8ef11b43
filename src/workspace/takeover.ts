import type { Call } from '../model/call';
import type { System } from '../model/system';
import { isSame } from './merge';

/**
 * The system with everything that is as it was before being the very object it was, down to single components and calls,
 * and up to the whole: what was computed of an object holds for as long as the object is there.
 */
export function takenOver(before: System, now: System): System {
  const same: System = {
    ...now,
    objectives: oldIfSame(before.objectives, now.objectives),
    regions: mapTakenOver(before.regions, now.regions),
    zones: mapTakenOver(before.zones, now.zones),
    sharedFates: mapTakenOver(before.sharedFates, now.sharedFates),
    components: mapTakenOver(before.components, now.components),
    policies: mapTakenOver(before.policies, now.policies),
    calls: callsTakenOver(before.calls, now.calls),
    journeys: mapTakenOver(before.journeys, now.journeys),
    scenarios: mapTakenOver(before.scenarios, now.scenarios),
  };
  const keys = Object.keys(same) as (keyof System)[];
  return keys.length === Object.keys(before).length && keys.every((key) => before[key] === same[key]) ? before : same;
}

function oldIfSame<T>(before: T, now: T): T {
  return isSame(before, now) ? before : now;
}

function mapTakenOver<V>(before: ReadonlyMap<string, V>, now: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  const names = before.keys();
  let isWhole = before.size === now.size;
  let changed: Map<string, V> | undefined;
  for (const [name, value] of now) {
    if (isWhole && names.next().value !== name) isWhole = false;
    const old = before.get(name);
    if (old === value) continue;
    if (old === undefined || !isSame(old, value)) isWhole = false;
    else {
      changed ??= new Map(now);
      changed.set(name, old);
    }
  }
  return isWhole ? before : (changed ?? now);
}

/** Calls have an order: those before and behind what was inserted, taken out or changed. */
function callsTakenOver(before: readonly Call[], now: readonly Call[]): readonly Call[] {
  const calls = [...now];
  const shared = Math.min(before.length, now.length);
  let head = 0;
  for (; head < shared; head++) {
    const [old, call] = [before[head], now[head]];
    if (!old || !call || !isSame(old, call)) break;
    calls[head] = old;
  }
  if (head === before.length && head === now.length) return before;
  for (let tail = 1; tail <= shared - head; tail++) {
    const [old, call] = [before[before.length - tail], now[now.length - tail]];
    if (!old || !call || !isSame(old, call)) break;
    calls[now.length - tail] = old;
  }
  return calls;
}
