import type { Call } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import { emptySystem, type System } from '../../src/model/system';
import { fromDown } from '../../src/model/units';

/** A small generator of random numbers (mulberry32), so that every run measures the same systems. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Shape {
  readonly components: number;
  /** Share of the calls that have a fallback to another component. */
  readonly fallbacks: number;
  readonly seed: number;
  /** How far down the list a component's calls reach; the whole list where it is not given. */
  readonly window?: number;
}

/**
 * A service graph: every component calls one to three later ones and is called by an earlier one, has two or three
 * replicas in three zones of one region, and every call has a timeout and a breaker.
 */
export function serviceGraph({ components: count, fallbacks, seed, window = count }: Shape): System {
  const random = randomFrom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const zones = ['a', 'b', 'c'];
  const components = new Map<string, Component>();
  for (let i = 0; i < count; i++) {
    components.set(`c${i}`, {
      name: `c${i}`,
      replicas: 2 + below(2),
      zones,
      availability: fromDown(10 ** -(2 + 2 * random())),
      healthCheck: { interval: 5 },
    });
  }
  const calls: Call[] = [];
  const later = (i: number): number => i + 1 + below(Math.min(window, count - 1 - i));
  const add = (from: number, to: number): void => {
    const other = later(from);
    const fallback = random() < fallbacks && other !== to ? ({ kind: 'component', to: `c${other}` } as const) : undefined;
    calls.push({
      id: `${from} -> ${to} ${calls.length}`,
      from: `c${from}`,
      to: `c${to}`,
      timeout: 1,
      circuitBreaker: { failures: 5 },
      ...(fallback ? { fallback } : {}),
      ownKeys: [],
      role: 'request',
      source: 'native',
    });
  };
  for (let i = 1; i < count; i++) add(Math.max(0, i - 1 - below(Math.min(window, i))), i);
  for (let i = 0; i < count - 1; i++) if (random() < 0.5) add(i, later(i));
  return {
    ...emptySystem(`graph of ${count}`),
    components,
    calls,
    zones: new Map(zones.map((name) => [name, { name, region: 'r', availability: fromDown(5e-4) }])),
    regions: new Map([['r', { name: 'r', availability: fromDown(1e-4) }]]),
    journeys: new Map([['visit', { name: 'visit', entry: 'c0', implied: false }]]),
  };
}
