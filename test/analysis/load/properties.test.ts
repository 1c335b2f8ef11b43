import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { busySlots, loadsOf } from '../../../src/analysis/load/load';
import { wiringOf } from '../../../src/analysis/structure/wiring';
import type { Component } from '../../../src/model/component';
import { assumptions } from '../../../src/model/defaults';
import type { Journey } from '../../../src/model/journey';
import { isMadeBy } from '../../../src/model/paths';
import { emptySystem, type System } from '../../../src/model/system';
import { deadlines } from '../../../src/remedies/latency';
import { architectures } from '../arbitrary';
import { near } from '../near';
import { systemOf } from '../small';
import { componentOf, sound } from './sound';

const usual = { maxAttempts: 3, backoff: 'exponential', base: 0.1, cap: 2, jitter: 'full', budget: { share: 0.1 } } as const;

describe('whatever the system looks like, what is left for a call', () => {
  it('is the least over the journeys that make it', () => {
    const latencies = fc.array(fc.constantFrom(undefined, 0.1, 0.4, 2), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(architectures(40), latencies, (system, [one, two, three, four]) => {
        const [first, second] = [...system.journeys.values()];
        assert.ok(first && second);
        const timed = [one, two, three, four].map((latency, i): Journey => {
          const journey = { ...(i < 2 ? first : second), ...(latency === undefined ? {} : { latency }) };
          return i % 2 === 0 ? journey : { ...journey, name: `${journey.name} again` };
        });
        const all: System = { ...system, journeys: new Map(timed.map((journey) => [journey.name, journey])) };
        const figures = sound(all);
        for (const { call, awaited } of wiringOf(all).from.flat()) {
          const left = Math.min(
            ...timed.filter(({ name }) => isMadeBy(call, name)).map((journey) => deadlines(all, journey).get(call.from) ?? Infinity),
          );
          assert.equal(figures.calls.get(call.id)?.left ?? Infinity, awaited ? left : Infinity);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever the system looks like, its load', function () {
  this.timeout(20_000);

  it('has figures without NaN: nothing at all, no journeys, no entry', () => {
    assert.equal(sound(emptySystem('x')).components.size, 0);
    const lonely = sound(systemOf({ components: { a: {}, b: {} }, calls: ['a -> b', 'b -> b', 'a -> nowhere'] }));
    assert.deepEqual(componentOf(lonely, 'a'), { assumed: true });
    assert.equal(lonely.calls.size, 2);
    sound(systemOf({ components: { a: { concurrency: 1 } }, calls: ['a -> a'], journeys: { visit: { entry: 'nobody', rate: 1 } } }));
  });

  it('of random architectures, with rings', () => {
    fc.assert(
      fc.property(architectures(40), (system) => {
        const figures = sound(system);
        const wiring = wiringOf(system);
        const loads = loadsOf(wiring, assumptions);
        wiring.names.forEach((name, number) => {
          const { slots = 0, utilisation } = componentOf(figures, name);
          if (utilisation !== undefined && slots < Infinity) near(utilisation * slots, busySlots(loads, number) ?? 0, 1e-9);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('of any numbers a reader may let through', () => {
    const number = fc.constantFrom(0, 1, 1e-300, 1e300, 5, 0.5);
    const about = fc.record(
      {
        kind: fc.constantFrom('service', 'database', 'queue', 'client'),
        replicas: fc.constantFrom(0, 1, 2, 10_000),
        zones: fc.constantFrom([], ['a'], ['a', 'b'], ['a', 'a']),
        concurrency: fc.oneof(number, fc.constant('unlimited')),
        serviceTime: fc.oneof(
          fc.record({ kind: fc.constant('constant'), value: number }),
          fc.record({ kind: fc.constant('exponential'), mean: number }),
          fc.record({ kind: fc.constant('log-normal'), p50: number, p99: number }),
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Omit<Component, 'name'>>;
    const call = fc.record(
      {
        timeout: number,
        deadline: number,
        count: number,
        share: fc.constantFrom(0, 1),
        async: fc.boolean(),
        bulkhead: fc.record({ concurrency: number }),
        retry: fc.record(
          {
            maxAttempts: fc.constantFrom<(number | 'unlimited')[]>(0, 1, 3, 1e9, 'unlimited'),
            base: number,
            factor: number,
            budget: fc.oneof(fc.record({ share: number }), fc.record({ tokens: number, cost: number, refund: number })),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(about, about, call, number, number, fc.boolean(), (a, b, fields, rate, latency, back) => {
        sound(
          systemOf({
            components: { a, b, c: a },
            calls: [
              ['a -> b', { circuitBreaker: 'none', ...fields }],
              ['b -> c', fields],
              [`b -> ${back ? 'a' : 'c'}`, { required: false, ...fields }],
            ],
            journeys: { visit: { entry: 'a', rate, latency }, other: { entry: 'b' } },
          }),
        );
      }),
      { numRuns: 600 },
    );
  });

  it('of three hundred journeys over a thousand components is there soon', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
    const system = systemOf({
      components: Object.fromEntries(names.map((name) => [name, { concurrency: 10 }])),
      calls: [
        ...names.slice(1).map((name, i) => [`c${Math.floor(i / 2)} -> ${name}`, { retry: usual }] as const),
        ...Array.from({ length: 300 }, (_, i) => [`c0 -> c${i + 2}`, { journeys: [`j${i}`] }] as const),
      ],
      journeys: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`j${i}`, { entry: 'c0', rate: 1, latency: 1 }])),
    });
    const figures = sound(system);
    near(componentOf(figures, 'c0').arrivals ?? 0, 300);
    near(componentOf(figures, 'c999').arrivals ?? 0, 300 + [...Array(300).keys()].filter((i) => leadsTo(i + 2, 999)).length);
  });
});

/** In a binary tree numbered row by row. */
function leadsTo(from: number, to: number): boolean {
  let at = to;
  while (at > from) at = Math.floor((at - 1) / 2);
  return at === from;
}
