import type { Call } from '../model/call';
import type { Component } from '../model/component';
import type { Journey } from '../model/journey';
import type { Scenario, ScenarioEvent } from '../model/scenario';
import { emptySystem, type System, type Zone } from '../model/system';

export type CallFields = Partial<Call> & Pick<Call, 'from' | 'to'>;

/** A system in a few words; what is left out is as if nobody had written it. */
export function systemOf(parts: {
  components: readonly (Partial<Component> & Pick<Component, 'name'>)[];
  calls?: readonly CallFields[];
  journeys: readonly (Partial<Journey> & Pick<Journey, 'name' | 'entry'>)[];
  zones?: readonly Zone[];
}): System {
  return {
    ...emptySystem('test'),
    zones: new Map((parts.zones ?? []).map((zone) => [zone.name, zone])),
    components: new Map(parts.components.map((component) => [component.name, component])),
    calls: (parts.calls ?? []).map((call) => ({
      id: `${call.from} -> ${call.to}`,
      ownKeys: [],
      role: 'request',
      source: 'native',
      ...call,
    })),
    journeys: new Map(parts.journeys.map((journey) => [journey.name, { implied: false, ...journey }])),
  };
}

export function scenarioOf(events: readonly ScenarioEvent[], rest: Partial<Scenario> = {}): Scenario {
  return { name: 'test', events, expect: [], ...rest };
}

/** Service times; seconds. */
export const constant = (value: number) => ({ serviceTime: { kind: 'constant', value } }) as const;
export const exponential = (mean: number) => ({ serviceTime: { kind: 'exponential', mean } }) as const;
export const logNormal = (p50: number, p99: number) => ({ serviceTime: { kind: 'log-normal', p50, p99 } }) as const;

/** A component of so many slots and places to wait. */
export const pool = (concurrency: number | 'unlimited', queue = 0) => ({ concurrency, queue });

/** A queue that is never full. */
export const endless = 1_000_000;

export const component = (name: string) => ({ kind: 'component', name }) as const;

/** Eight threads; seven requests in ten need the database, three need payment. Nothing says how long to wait. */
export function lab(fields: { readonly pay?: Partial<Call>; readonly orders?: Partial<Call>; readonly queue?: number } = {}): System {
  return systemOf({
    components: [
      { name: 'api', kind: 'service', ...pool(8, fields.queue ?? 50), ...constant(0.001) },
      { name: 'db', kind: 'database', ...pool(50), ...logNormal(0.015, 0.06) },
      { name: 'payment', kind: 'external', ...logNormal(0.04, 0.15) },
    ],
    calls: [
      { from: 'api', to: 'db', operation: 'GET /orders', journeys: ['orders'], ...fields.orders },
      { from: 'api', to: 'payment', operation: 'POST /charge', journeys: ['pay'], ...fields.pay },
    ],
    journeys: [
      { name: 'orders', entry: 'api', rate: 70, latency: 0.5 },
      { name: 'pay', entry: 'api', rate: 30, latency: 2 },
    ],
  });
}
