import fc from 'fast-check';
import { backoffs, type CallPolicy, jitters, type Retry } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import type { Fault, Scenario } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import { type CallFields, scenarioOf, systemOf } from './systems';

const seconds = (least: number, most: number) =>
  fc.integer({ min: Math.round(least * 1000), max: Math.round(most * 1000) }).map((ms) => ms / 1000);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Leaves out what is undefined, as an absent key. */
function compact<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

const retry: fc.Arbitrary<Retry> = fc
  .record({
    maxAttempts: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant('unlimited' as const)),
    backoff: fc.constantFrom(...backoffs),
    base: seconds(0.001, 0.5),
    cap: maybe(seconds(0.1, 1)),
    jitter: fc.constantFrom(...jitters),
    budget: maybe(
      fc.oneof(
        fc.record({ share: fc.constantFrom(0.1, 0.5) }),
        fc.record({ tokens: fc.integer({ min: 1, max: 20 }), cost: fc.constantFrom(1, 5), refund: fc.constantFrom(0, 1) }),
      ),
    ),
  })
  .map(compact);

const policy: fc.Arbitrary<CallPolicy> = fc
  .record({
    timeout: maybe(seconds(0.01, 1)),
    deadline: maybe(seconds(0.05, 2)),
    retry: maybe(retry),
    circuitBreaker: maybe(
      fc.oneof(
        fc.record({
          failures: fc.integer({ min: 1, max: 6 }),
          cooldown: seconds(0.1, 2),
          counts: fc.constantFrom('calls' as const, 'attempts' as const),
        }),
        fc.record({
          errorRate: fc.constantFrom(0.3, 0.5),
          minimumCalls: fc.integer({ min: 1, max: 10 }),
          window: fc.oneof(fc.record({ seconds: seconds(0.5, 5) }), fc.record({ calls: fc.integer({ min: 1, max: 20 }) })),
          cooldown: seconds(0.1, 2),
          trialCalls: fc.integer({ min: 1, max: 3 }),
        }),
        fc.record({
          slowRate: fc.constantFrom(0.5, 1),
          slowCall: seconds(0.01, 0.2),
          minimumCalls: fc.integer({ min: 1, max: 10 }),
          cooldown: seconds(0.1, 1),
        }),
      ),
    ),
    bulkhead: maybe(fc.record({ concurrency: fc.integer({ min: 1, max: 4 }) })),
    idempotent: maybe(fc.boolean()),
  })
  .map(compact);

const names = ['a', 'b', 'c', 'd', 'q', 'w'] as const;

const component = (name: string): fc.Arbitrary<Component> =>
  fc
    .record({
      replicas: fc.integer({ min: 1, max: 3 }),
      concurrency: maybe(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant('unlimited' as const))),
      queue: fc.integer({ min: 0, max: 5 }),
      errorRate: maybe(fc.constantFrom(0.05, 0.5)),
      serviceTime: fc.oneof(
        fc.record({ kind: fc.constant('constant' as const), value: fc.constantFrom(0, 0.001, 0.02) }),
        fc.record({ kind: fc.constant('exponential' as const), mean: fc.constantFrom(0.005, 0.05) }),
        fc.record({ kind: fc.constant('log-normal' as const), p50: fc.constant(0.01), p99: fc.constant(0.1) }),
      ),
      healthCheck: maybe(fc.record({ interval: seconds(0.1, 1), unhealthyAfter: fc.integer({ min: 1, max: 3 }) })),
      onOverload: maybe(fc.constantFrom('reject' as const, 'crash' as const)),
      startup: seconds(0.1, 2),
      quota: maybe(fc.integer({ min: 1, max: 200 })),
      kind: fc.constantFrom(
        ...(name === 'q' ? (['queue'] as const) : name === 'd' ? (['database', 'external'] as const) : (['service', 'worker'] as const)),
      ),
    })
    .map((fields) => ({ name, ...compact(fields) }));

const call: fc.Arbitrary<CallFields> = fc
  .record({
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
    policy,
    count: maybe(fc.constantFrom(0, 1.5, 2, 3)),
    share: maybe(fc.constantFrom(0, 0.3, 1)),
    parallel: maybe(fc.constant('all')),
    required: maybe(fc.boolean()),
    async: maybe(fc.boolean()),
    fallback: maybe(
      fc.oneof(
        fc.constant({ kind: 'degrade' as const, word: 'less' }),
        fc.constantFrom(...names).map((to) => ({ kind: 'component' as const, to })),
      ),
    ),
  })
  .map(({ policy: { ...rules }, ...fields }) => ({ ...rules, ...compact(fields) }) as CallFields);

const target = fc.oneof(
  fc.constantFrom(...names).map((name) => ({ kind: 'component' as const, name })),
  fc.constantFrom(...names).map((name) => ({ kind: 'replica' as const, name, replica: 1 })),
);

export const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('kill' as const, 'crash' as const, 'restore' as const, 'restore' as const), target }),
  fc.record({ kind: fc.constant('slow' as const), target, factor: fc.constantFrom(1, 10), add: seconds(0, 0.2) }),
  fc.record({ kind: fc.constant('errors' as const), target, share: fc.constantFrom(0.2, 1) }),
  fc.record({
    kind: fc.constant('partition' as const),
    sides: fc.constantFrom([['a'], ['b', 'd']], [['a', 'q'], ['w']]).map(([left, right]) => [left ?? [], right ?? []] as const),
  }),
  fc.record({ kind: fc.constant('load' as const), journey: fc.constant('one'), factor: fc.constantFrom(0, 0.5, 3) }),
);

/** Any system of six components, sound or not, rings and calls to itself included. */
export const anySystem: fc.Arbitrary<System> = fc
  .record({
    components: fc.tuple(...names.map(component)),
    calls: fc.array(call, { minLength: 3, maxLength: 12 }),
    latency: maybe(seconds(0.02, 1)),
    rates: fc.tuple(fc.constantFrom(20, 100), fc.constantFrom(0, 50)),
  })
  .map(({ components, calls, latency, rates }) =>
    systemOf({
      components,
      calls: calls.map((one, i) => ({ ...one, id: `${one.from} -> ${one.to} ${i}` })),
      journeys: [
        { name: 'one', entry: 'a', rate: rates[0], ...(latency === undefined ? {} : { latency }) },
        { name: 'two', entry: 'b', rate: rates[1] },
      ],
    }),
  );

/** Up to eight faults in the first five seconds, and sometimes clients instead of a rate. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    events: fc.array(fc.record({ at: seconds(0, 5), fault }), { maxLength: 8 }),
    clients: maybe(fc.constantFrom(1, 30)),
    think: fc.constantFrom(0, 0.01),
  })
  .map(({ events, clients, think }) => scenarioOf(events, clients === undefined ? {} : { clients: new Map([['two', clients]]), think }));
