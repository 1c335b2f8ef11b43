import type { Call } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import type { Journey } from '../../src/model/journey';
import { emptySystem, type Region, type SharedFate, type System, type Zone } from '../../src/model/system';
import { type Availability, fromDown, readAvailability } from '../../src/model/units';

/** An availability as people write it, `99.9%`. */
export function percent(text: string): Availability {
  const read = readAvailability(text);
  return read.ok ? read.value : fromDown(1);
}

export interface Parts {
  readonly components: Readonly<Record<string, Omit<Component, 'name'>>>;
  /** `a -> b`, with what is written about the call. */
  readonly calls?: readonly (string | readonly [string, Partial<Call>])[];
  readonly journeys?: Readonly<Record<string, Omit<Journey, 'name' | 'implied'>>>;
  readonly zones?: Readonly<Record<string, Omit<Zone, 'name'>>>;
  readonly regions?: Readonly<Record<string, Omit<Region, 'name'>>>;
  readonly sharedFates?: Readonly<Record<string, Omit<SharedFate, 'name'>>>;
}

/** A small system for tests; calls have a timeout of a second and a breaker unless they say otherwise. */
export function systemOf(parts: Parts): System {
  const named = <T extends object>(record: Readonly<Record<string, T>> = {}): ReadonlyMap<string, T & { name: string }> =>
    new Map(Object.entries(record).map(([name, rest]) => [name, { name, ...rest }]));
  const calls = (parts.calls ?? []).map((given, number): Call => {
    const [edge, rest] = typeof given === 'string' ? [given, {}] : given;
    const [from = '', to = ''] = edge.split(' -> ');
    return {
      id: `${edge} ${number}`,
      from,
      to,
      timeout: 1,
      circuitBreaker: { failures: 5 },
      ownKeys: [],
      role: 'request',
      source: 'native',
      ...rest,
    };
  });
  const journeys = new Map(
    Object.entries(parts.journeys ?? {}).map(([name, rest]): [string, Journey] => [name, { name, implied: false, ...rest }]),
  );
  return {
    ...emptySystem('test'),
    components: named(parts.components),
    calls,
    journeys,
    zones: named(parts.zones),
    regions: named(parts.regions),
    sharedFates: named(parts.sharedFates),
  };
}
