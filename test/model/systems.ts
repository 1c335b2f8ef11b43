import type { Call } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import type { Journey } from '../../src/model/journey';
import { emptySystem, type System } from '../../src/model/system';

/** A system from lists, for tests. Calls are named `from -> to`. */
export function systemOf(parts: {
  readonly components: readonly Component[];
  readonly calls?: readonly (Partial<Call> & Pick<Call, 'from' | 'to'>)[];
  readonly journeys?: readonly (Partial<Journey> & Pick<Journey, 'name' | 'entry'>)[];
  readonly rest?: Partial<System>;
}): System {
  return {
    ...emptySystem('test'),
    components: new Map(parts.components.map((component) => [component.name, component])),
    calls: (parts.calls ?? []).map((call) => ({
      id: `${call.from} -> ${call.to}`,
      ownKeys: [],
      role: 'request',
      source: 'native',
      ...call,
    })),
    journeys: new Map((parts.journeys ?? []).map((journey) => [journey.name, { implied: false, ...journey }])),
    ...parts.rest,
  };
}

/** The lab: an API with eight threads in front of a database and a payment service, with nothing said about its calls. */
export function lab(): System {
  return systemOf({
    components: [
      { name: 'api', concurrency: 8, queue: 50, serviceTime: { kind: 'constant', value: 0.001 }, availability: { up: 0.9995, down: 5e-4 } },
      { name: 'db', kind: 'database', concurrency: 50, serviceTime: { kind: 'log-normal', p50: 0.015, p99: 0.06 } },
      { name: 'payment', kind: 'external', serviceTime: { kind: 'log-normal', p50: 0.04, p99: 0.15 } },
    ],
    calls: [
      { from: 'api', to: 'db', operation: 'GET /orders', journeys: ['orders'] },
      { from: 'api', to: 'payment', operation: 'POST /charge', journeys: ['pay'] },
    ],
    journeys: [
      { name: 'orders', entry: 'api', rate: 70, latency: 0.5 },
      { name: 'pay', entry: 'api', rate: 30, latency: 2 },
    ],
  });
}
