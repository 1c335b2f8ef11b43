import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { hopsTo } from '../../../src/analysis/load/amplification';
import { loadFigures } from '../../../src/analysis/load/figures';
import type { Call } from '../../../src/model/call';
import type { Component } from '../../../src/model/component';
import type { System } from '../../../src/model/system';
import { near } from '../near';
import { type Parts, systemOf } from '../small';

const tries = (maxAttempts: number | 'unlimited', more: object = {}): Partial<Call> => ({ retry: { maxAttempts, ...more } });

function timesOf(system: System, name: string): number | undefined {
  return loadFigures(system).components.get(name)?.amplification;
}

/** Every call path, one by one: its weight with and without what retries make of it, and their product. */
interface Path {
  readonly to: string;
  readonly normal: number;
  readonly raised: number;
  readonly product: number;
}

function pathsFrom(system: System, name: string, journey: string): readonly Path[] {
  const walk = (at: string, normal: number, product: number): readonly Path[] => [
    { to: at, normal, raised: normal * product, product },
    ...system.calls
      .filter((call) => call.from === at && (call.journeys?.includes(journey) ?? true))
      .flatMap((call) => {
        const queue = (end: string): boolean => system.components.get(end)?.kind === 'queue';
        const asynchronous = call.async ?? queue(call.from);
        const waits = !asynchronous || (call.async === true && queue(call.to) && !queue(call.from));
        const often = (call.count ?? 1) * (call.share ?? 1);
        const retry = call.retry === 'none' || call.retry === undefined ? { maxAttempts: 1 } : call.retry;
        const cap = retry.budget !== undefined && 'share' in retry.budget ? 1 + retry.budget.share : Infinity;
        const times = Math.min(Number(retry.maxAttempts), cap);
        return walk(call.to, normal * often, (waits ? product : 1) * times);
      }),
  ];
  return walk(name, 1, 1);
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

const layered: fc.Arbitrary<System> = fc
  .record({
    kinds: fc.tuple(...names.map(() => fc.constantFrom<Component['kind']>('service', 'service', 'service', 'queue'))),
    calls: fc.array(
      fc.record({
        from: fc.nat(4),
        ahead: fc.integer({ min: 1, max: 5 }),
        attempts: fc.constantFrom(1, 1, 2, 3, 4),
        budget: fc.constantFrom(undefined, undefined, { share: 0.1 }, { share: 0.5 }),
        count: fc.constantFrom(1, 1, 2, 3),
        share: fc.constantFrom(1, 1, 0.5, 0.1, 0),
        async: fc.constantFrom(undefined, undefined, true, false),
        journeys: fc.constantFrom(undefined, undefined, ['one'], ['two']),
      }),
      { maxLength: 14 },
    ),
    entries: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)),
    rates: fc.tuple(...names.slice(0, 3).map(() => fc.constantFrom(undefined, undefined, 0, 1, 5))),
  })
  .map(({ kinds, calls, entries, rates }) =>
    systemOf({
      components: Object.fromEntries(names.map((name, i) => [name, { kind: kinds[i] ?? 'service' }])),
      calls: calls.map(({ from, ahead, attempts, budget, count, share, async, journeys }) => [
        `${names[from]} -> ${names[Math.min(5, from + ahead)]}`,
        {
          count,
          share,
          ...(async === undefined ? {} : { async }),
          ...(journeys ? { journeys } : {}),
          retry: { maxAttempts: attempts, ...(budget ? { budget } : {}) },
        },
      ]),
      journeys: Object.fromEntries(
        ['one', 'two', 'three'].map((name, i) => {
          const rate = rates[i];
          return [name, { entry: names[entries[i] ?? 0] ?? 'a', ...(rate === undefined ? {} : { rate }) }];
        }),
      ),
    }),
  );

describe('random architectures', () => {
  it('amplify as the sum over all their call paths says', () => {
    fc.assert(
      fc.property(layered, (system) => {
        const figures = loadFigures(system);
        for (const name of names) {
          const all = [...system.journeys.values()].map((journey) => ({
            rate: journey.rate,
            paths: pathsFrom(system, journey.entry, journey.name).filter(({ to, normal }) => to === name && normal > 0),
          }));
          const rated = all.filter(({ rate, paths }) => rate !== undefined && rate > 0 && paths.length > 0);
          let normal = 0;
          let raised = 0;
          let most = 0;
          for (const { rate, paths } of rated.length > 0 ? rated : all) {
            for (const path of paths) {
              normal += path.normal * (rated.length > 0 ? (rate ?? 0) : 1);
              raised += path.raised * (rated.length > 0 ? (rate ?? 0) : 1);
              most = Math.max(most, path.product);
            }
          }
          const found = figures.components.get(name);
          assert.ok(found);
          if (normal === 0) {
            assert.equal(found.amplification, undefined);
            continue;
          }
          near(found.amplification ?? 0, raised / normal, 1e-9);
          const arrivals = all.reduce((sum, { rate, paths }) => sum + (rate ?? 0) * paths.reduce((each, path) => each + path.normal, 0), 0);
          if (rated.length > 0) near(found.arrivals ?? 0, arrivals, 1e-9);
          const product = hopsTo(found.amplifiedBy).reduce((times, hop) => times * hop.times, 1);
          near(product, most, 1e-9);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('amplify round rings as round after round of calls says', () => {
    const call = fc.record({
      from: fc.constantFrom(...names.slice(0, 4)),
      to: fc.constantFrom(...names.slice(0, 4)),
      attempts: fc.constantFrom(1, 1, 2, 3),
      share: fc.constantFrom(1, 0.43, 0.19, 0.07),
      async: fc.constantFrom(false, false, false, true),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 2, maxLength: 8 }), (calls) => {
        const system = systemOf({
          components: { a: {}, b: {}, c: {}, d: {} },
          calls: calls.map(({ from, to, attempts, ...rest }) => [`${from} -> ${to}`, { ...rest, ...tries(attempts) }] as const),
          journeys: { visit: { entry: 'a', rate: 1 } },
        });
        // What is on its way in each round: [normally, with all attempts].
        let moving = new Map<string, readonly [number, number]>([['a', [1, 1]]]);
        const sums = new Map<string, readonly [number, number]>();
        const more = (map: Map<string, readonly [number, number]>, name: string, [normal, raised]: readonly [number, number]): void => {
          const [n, r] = map.get(name) ?? [0, 0];
          map.set(name, [Math.min(1e100, n + normal), Math.min(1e100, r + raised)]);
        };
        for (let round = 0; round < 2000 && moving.size > 0; round++) {
          const next = new Map<string, readonly [number, number]>();
          for (const [name, amount] of moving) {
            more(sums, name, amount);
            const [normal, raised] = amount;
            for (const { from, to, attempts, share, async } of calls) {
              if (from === name && raised > 1e-16) more(next, to, [normal * share, (async ? normal : raised) * share * attempts]);
            }
          }
          moving = next;
        }
        const isOver = moving.size === 0;
        const figures = loadFigures(system);
        for (const [name, [normal, raised]] of sums) {
          const { amplification, arrivals } = figures.components.get(name) ?? {};
          if (isOver) {
            near(arrivals ?? -1, normal, 1e-9);
            near(amplification ?? -1, raised / normal, 1e-9);
          } else if (amplification !== undefined && arrivals !== undefined) {
            // It goes on, to a bound or to none.
            assert.ok(arrivals > normal * (1 - 1e-9), name);
            assert.ok(amplification * arrivals > raised * (1 - 1e-9), name);
          }
          if (normal > 1e30) assert.equal(arrivals, undefined, name);
          if (normal > 1e30) assert.ok(amplification === undefined || amplification === Infinity, name);
          else if (raised > 1e30) assert.equal(amplification, Infinity, name);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('do not depend on a ring that no journey passes', () => {
    fc.assert(
      fc.property(layered, (system) => {
        const ring = systemOf({ components: { x: {}, y: {} }, calls: ['x -> y', 'y -> x', 'x -> a'] });
        const both = { ...system, components: new Map([...system.components, ...ring.components]) };
        const figures = loadFigures(system);
        const beside = loadFigures({
          ...both,
          calls: [...system.calls, ...ring.calls.map((call) => ({ ...call, id: `ring ${call.id}` }))],
        });
        for (const name of names) {
          const { amplifiedBy: _, ...plain } = figures.components.get(name) ?? { assumed: false };
          const { amplifiedBy: __, ...other } = beside.components.get(name) ?? { assumed: false };
          for (const key of ['arrivals', 'holding', 'amplification'] as const) near(other[key] ?? -1, plain[key] ?? -1, 1e-9);
          assert.deepEqual(Object.keys(other), Object.keys(plain));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are passed call by call, not path by path', () => {
    // Two calls to each of two in the next layer: 4^40 paths.
    const layers = 40;
    const parts: Parts = {
      components: Object.fromEntries(Array.from({ length: layers }, (_, i) => [[`l${i}`, {}] as const, [`r${i}`, {}] as const]).flat()),
      calls: Array.from({ length: layers - 1 }, (_, i) =>
        [`l${i} -> l${i + 1}`, `l${i} -> r${i + 1}`, `r${i} -> l${i + 1}`, `r${i} -> r${i + 1}`].map((edge) => [edge, tries(2)] as const),
      ).flat(),
      journeys: { visit: { entry: 'l0', rate: 1 } },
    };
    assert.equal(timesOf(systemOf(parts), `r${layers - 1}`), 2 ** (layers - 1));
  });
});
