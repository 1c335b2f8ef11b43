import type { Call } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import { kinds } from '../../src/model/kinds';
import type { System } from '../../src/model/system';
import { systemOf } from './systems';

/** Numbers between 0 and 1 that are the same for the same seed (a linear congruential generator). */
export function randomOf(seed: number): () => number {
  let state = (seed * 2654435761) % 4294967296;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

export interface Wishes {
  readonly components: number;
  /** Zones; none where 0. */
  readonly zones: number;
  readonly regions: number;
  readonly callsEach?: number;
  /** Share of components that stand in one zone only. */
  readonly single?: number;
}

/** A system as somebody might write it: tiers, hubs, some cycles, some self-calls, several zones. */
export function generate(seed: number, wishes: Wishes): System {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const regionOf = (zone: number): string => `region-${zone % wishes.regions}`;
  const zoneNames = Array.from({ length: wishes.zones }, (_, i) => `zone-${String.fromCharCode(97 + i)}`);
  const components: Record<string, Omit<Component, 'name'>> = {};
  const names = Array.from({ length: wishes.components }, (_, i) => {
    const long = random() < 0.1 ? '-with-a-rather-long-name-for-a-card' : '';
    return `${pick(['api', 'orders', 'mail', 'user', 'db', 'cart'])}-${i}${long}`;
  });
  for (const name of names) {
    const kind = pick(kinds) ?? 'service';
    const zones =
      kind === 'external' || zoneNames.length === 0 || random() < 0.15
        ? []
        : random() < (wishes.single ?? 0.6)
          ? [pick(zoneNames) ?? '']
          : zoneNames.filter(() => random() < 0.7);
    components[name] = { kind, replicas: 1 + Math.floor(random() * 4), ...(zones.length > 0 ? { zones } : {}) };
  }
  const calls: (Pick<Call, 'from' | 'to'> & Partial<Call>)[] = [];
  const seen = new Set<string>();
  const count = Math.round(names.length * (wishes.callsEach ?? 1.6));
  for (let i = 0; i < count; i++) {
    const from = Math.floor(random() * names.length);
    const forward = random() < 0.93;
    const reach = 1 + Math.floor(random() * random() * names.length * 0.6);
    const to = forward ? from + reach : from - Math.floor(random() * 4);
    const caller = names[from];
    const callee = names[Math.min(Math.max(to, 0), names.length - 1)];
    const operation = random() < 0.2 ? `GET /${i}` : '';
    if (caller === undefined || callee === undefined || seen.has(`${caller} ${callee} ${operation}`)) continue;
    seen.add(`${caller} ${callee} ${operation}`);
    calls.push({
      from: caller,
      to: callee,
      ...(operation ? { operation } : {}),
      ...(random() < 0.7 ? { timeout: pick([0.3, 2, 0.05]) ?? 1 } : {}),
      ...(random() < 0.4 ? { retry: { maxAttempts: 3 } } : {}),
      ...(random() < 0.3 ? { circuitBreaker: { failures: 5 } } : {}),
      ...(random() < 0.15 ? { async: true } : {}),
    });
  }
  return systemOf(`generated ${seed}`, components, calls, {
    zones: new Map(zoneNames.map((name, i) => [name, wishes.regions > 0 ? { name, region: regionOf(i) } : { name }])),
    regions: new Map(Array.from({ length: wishes.regions }, (_, i) => [`region-${i}`, { name: `region-${i}` }])),
  });
}

/** The same system with everything written in another order. */
export function reordered(system: System, seed: number): System {
  const random = randomOf(seed);
  const shuffled = <T>(list: Iterable<T>): T[] => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const a = copy[i];
      const b = copy[j];
      if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a];
    }
    return copy;
  };
  return {
    ...system,
    components: new Map(shuffled(system.components)),
    calls: shuffled(system.calls),
    zones: new Map(shuffled(system.zones)),
    regions: new Map(shuffled(system.regions)),
  };
}
