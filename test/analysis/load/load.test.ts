import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { busySlots, derivedNeeds, type Loads, loadsOf, visitsOf } from '../../../src/analysis/load/load';
import { wiringOf } from '../../../src/analysis/structure/wiring';
import type { Call } from '../../../src/model/call';
import { assumptions } from '../../../src/model/defaults';
import type { System } from '../../../src/model/system';
import { near } from '../near';
import { systemOf } from '../small';

const constant = (value: number) => ({ kind: 'constant', value }) as const;

const shop: System = systemOf({
  components: {
    web: { serviceTime: constant(0.01), concurrency: 4, replicas: 4 },
    db: { kind: 'database', serviceTime: constant(0.02) },
    cache: { kind: 'cache', serviceTime: constant(0.001) },
    jobs: { kind: 'queue' },
    worker: { kind: 'worker', serviceTime: constant(1) },
  },
  calls: [
    ['web -> cache', {}],
    ['web -> db', { count: 3, share: 0.2 }],
    ['web -> jobs', { async: true, journeys: ['buy'] }],
    ['jobs -> worker', { count: 2 }],
  ],
  journeys: { browse: { entry: 'web', rate: 90 }, buy: { entry: 'web', rate: 10 } },
});

describe('load', () => {
  const wiring = wiringOf(shop);
  const loads = loadsOf(wiring, assumptions);
  const at = (name: string): number => wiring.numbers.get(name) ?? -1;
  const arrivals = (name: string): number =>
    visitsOf(loads, at(name)).reduce((sum, { route, at: place }) => sum + (route.rate ?? 0) * (route.visits[place] ?? 0), 0);
  const holdings = (of: Loads, component: number): readonly number[] =>
    visitsOf(of, component).map(({ route, at: place }) => route.holding[place] ?? 0);

  it('is rate × count × share along the calls, through queues too', () => {
    near(arrivals('web'), 100);
    near(arrivals('db'), 60);
    near(arrivals('cache'), 100);
    near(arrivals('worker'), 20);
  });

  it('holds a slot for its own work and for the calls it waits for', () => {
    const hold = 0.01 + 0.001 + 3 * 0.2 * 0.02;
    const held = holdings(loads, at('web'));
    assert.equal(held.length, 2);
    for (const seconds of held) near(seconds, hold);
    near(busySlots(loads, at('web')) ?? 0, 100 * hold);
    near(busySlots(loads, at('web'), at('db'), () => 5) ?? 0, 100 * (0.011 + 3));
    near(busySlots(loads, at('web'), at('jobs'), () => 5) ?? 0, 100 * hold + 10 * 5);
  });

  it('makes calls of one parallel group at once', () => {
    const together = systemOf({
      components: { a: { serviceTime: constant(0.01) }, b: { serviceTime: constant(0.2) }, c: { serviceTime: constant(0.3) } },
      calls: [
        ['a -> b', { parallel: 'x' }],
        ['a -> c', { parallel: 'x' }],
      ],
      journeys: { visit: { entry: 'a', rate: 1 } },
    });
    near(holdings(loadsOf(wiringOf(together), assumptions), 0)[0] ?? 0, 0.31);
  });

  it('has no bound in a ring of calls whose gain is 1, and none is derived from it', () => {
    const ring = systemOf({
      components: { a: { concurrency: 1, serviceTime: constant(0.01), replicas: 2 }, b: { serviceTime: constant(0.01) } },
      calls: ['a -> b', 'b -> a'],
      journeys: { visit: { entry: 'a', rate: 1 } },
    });
    const ringWiring = wiringOf(ring);
    const ringLoads = loadsOf(ringWiring, assumptions);
    assert.ok(Number.isNaN(ringLoads.routes[0]?.visits[0]));
    assert.ok(Number.isNaN(busySlots(ringLoads, 0)));
    assert.equal(derivedNeeds(ringWiring, ringLoads, 0), undefined);
  });

  it('is kept for what a journey passes, and once for journeys that do the same', () => {
    const chains = Array.from({ length: 1000 }, (_, i) => [`a${i}`, `b${i}`, `c${i}`] as const);
    const apart = systemOf({
      components: Object.fromEntries(chains.flat().map((name) => [name, {}])),
      calls: chains.flatMap(([a, b, c]) => [`${a} -> ${b}`, `${b} -> ${c}`]),
      journeys: Object.fromEntries(chains.map(([a]) => [a, { entry: a, rate: 2 }])),
    });
    const many = loadsOf(wiringOf(apart), assumptions);
    assert.equal(many.routes.length, 1000);
    assert.equal(many.routeOf.length, 3000);
    assert.ok(
      many.routes.every((route) => [route.components, route.visits, route.holding, route.calls].every(({ length }) => length === 3)),
    );

    const journeys = new Map(Array.from({ length: 300 }, (_, i) => [`j${i}`, { name: `j${i}`, entry: 'a0', rate: 2, implied: false }]));
    const one = loadsOf(wiringOf({ ...apart, journeys }), assumptions);
    assert.equal(one.routes.length, 1);
    near(one.routes[0]?.rate ?? 0, 600);
    const { rate: _, ...unrated } = journeys.get('j7') ?? { name: 'j7', entry: 'a0', implied: false };
    const partly = loadsOf(wiringOf({ ...apart, journeys: new Map([...journeys, ['j7', unrated]]) }), assumptions);
    assert.deepEqual([partly.routes.length, partly.routes[0]?.rate, partly.routes[0]?.unrated], [1, 598, true]);
  });

  it('decides how many replicas are needed only when everything is written', () => {
    const web = shop.components.get('web');
    assert.ok(web);
    const needs = (system: System): number | undefined => {
      const made = wiringOf(system);
      return derivedNeeds(made, loadsOf(made, assumptions), made.numbers.get('web') ?? -1);
    };
    // 2.3 requests at a time; one replica holds four.
    assert.equal(needs(shop), 1);
    assert.equal(needs({ ...shop, components: new Map(shop.components).set('web', { ...web, concurrency: 1 }) }), 3);
    assert.equal(needs({ ...shop, components: new Map(shop.components).set('web', { ...web, concurrency: 'unlimited' }) }), undefined);
    const { rate: _, ...unrated } = shop.journeys.get('buy') ?? { name: 'buy', entry: 'web', implied: false };
    assert.equal(needs({ ...shop, journeys: new Map(shop.journeys).set('buy', unrated) }), undefined);
    const { rate: ___, ...alike } = shop.journeys.get('browse') ?? { name: 'browse', entry: 'web', implied: false };
    // The same calls as another journey, and no rate.
    assert.equal(needs({ ...shop, journeys: new Map(shop.journeys).set('look', { ...alike, name: 'look' }) }), undefined);
    const elsewhere = new Map(shop.components).set('other', { name: 'other' });
    const never = { ...shop.calls[0], id: 'never', from: 'other', to: 'web', share: 0 } as Call;
    const unseen = new Map(shop.journeys).set('unseen', { name: 'unseen', entry: 'other', implied: false });
    assert.equal(needs({ ...shop, components: elsewhere, calls: [...shop.calls, never], journeys: unseen }), 1);
    assert.equal(needs({ ...shop, components: elsewhere, calls: [...shop.calls, { ...never, share: 1 }], journeys: unseen }), undefined);
    const { serviceTime: __, ...unknown } = shop.components.get('db') ?? { name: 'db' };
    assert.equal(needs({ ...shop, components: new Map(shop.components).set('db', unknown) }), undefined);
  });
});

/** Visits and holding times by component, of the only route. */
function routeOf(system: System): {
  readonly loads: Loads;
  of(name: string): { readonly visits: number; readonly holding: number; readonly written: boolean };
} {
  const wiring = wiringOf(system);
  const loads = loadsOf(wiring, assumptions);
  return {
    loads,
    of: (name) => {
      const [visit] = visitsOf(loads, wiring.numbers.get(name) ?? -1);
      assert.ok(visit, name);
      const { route, at } = visit;
      return { visits: route.visits[at] ?? -1, holding: route.holding[at] ?? -1, written: route.written[at] === 1 };
    },
  };
}

const own = { serviceTime: constant(0.01) };

describe('load in a ring that converges', () => {
  const two = (share: number, more: Partial<Call> = {}): System =>
    systemOf({
      components: { in: own, a: { ...own, concurrency: 1, replicas: 9 }, b: own, db: { serviceTime: constant(0.1) } },
      calls: ['in -> a', 'a -> b', ['b -> a', { share, ...more }], ['b -> db', { count: 2 }]],
      journeys: { visit: { entry: 'in', rate: 10 } },
    });

  it('is what comes, and what comes back of it again and again', () => {
    const { loads, of } = routeOf(two(0.5));
    near(of('in').visits, 1);
    near(of('a').visits, 2);
    near(of('b').visits, 2);
    near(of('db').visits, 4);
    // b = 0.01 + 0.2 + a / 2 and a = 0.01 + b.
    near(of('a').holding, 0.44);
    near(of('b').holding, 0.43);
    near(of('in').holding, 0.45);
    assert.ok(of('in').written);
    near(busySlots(loads, 1) ?? 0, 20 * 0.44);
    // Only its own calls to who is dead take longer: those that b makes meanwhile go on as ever.
    near(busySlots(loads, 1, 2, () => 3) ?? 0, 20 * 3.01);
    assert.equal(derivedNeeds(wiringOf(two(0.5)), loads, 1), 9);
    assert.equal(derivedNeeds(wiringOf(two(0.02)), routeOf(two(0.02)).loads, 1), 3);
  });

  it('of a fiftieth is 1 / 0.98', () => {
    near(routeOf(two(0.02)).of('a').visits, 1 / 0.98);
    near(routeOf(two(0.02)).of('a').holding, 0.22 / 0.98);
  });

  it('has no bound from a gain of 1 − 10⁻⁶', () => {
    for (const share of [1 - 1e-7, 1]) {
      const { of } = routeOf(two(share));
      for (const name of ['a', 'b', 'db']) assert.ok(Number.isNaN(of(name).visits), name);
      for (const name of ['in', 'a', 'b']) assert.ok(Number.isNaN(of(name).holding), name);
      near(of('in').visits, 1);
      near(of('db').holding, 0.1);
    }
    assert.ok(Number.isNaN(routeOf(two(0.5, { count: 2 })).of('a').visits));
    near(routeOf(two(1 - 1e-5)).of('a').visits, 1e5, 1e-6);
  });

  it('may enter in the ring, and a component may call itself', () => {
    const itself = systemOf({ components: { a: own }, calls: [['a -> a', { share: 0.75 }]], journeys: { visit: { entry: 'a', rate: 1 } } });
    near(routeOf(itself).of('a').visits, 4);
    near(routeOf(itself).of('a').holding, 0.04);
    const { of } = routeOf({ ...two(0.5), journeys: new Map([['visit', { name: 'visit', entry: 'b', implied: false, rate: 1 }]]) });
    near(of('b').visits, 2);
    near(of('a').visits, 1);
  });

  it('holds nobody up where it goes through a queue', () => {
    const { of } = routeOf(
      systemOf({
        components: { a: own, q: { kind: 'queue', serviceTime: constant(5) }, w: { serviceTime: constant(1) } },
        calls: [['a -> q', { async: true }], 'q -> w', ['w -> a', { share: 0.25 }]],
        journeys: { visit: { entry: 'a', rate: 1 } },
      }),
    );
    for (const name of ['a', 'q', 'w']) near(of(name).visits, 4 / 3);
    near(of('a').holding, 0.01);
    near(of('w').holding, 1.0025);
    const endless = routeOf(
      systemOf({
        components: { a: own, q: { kind: 'queue' }, w: { serviceTime: constant(1) } },
        calls: [['a -> q', { async: true }], 'q -> w', 'w -> a'],
        journeys: { visit: { entry: 'a', rate: 1 } },
      }),
    );
    assert.ok(Number.isNaN(endless.of('w').visits));
    near(endless.of('w').holding, 1.01);
  });

  it('counts the longest of calls made at once', () => {
    const system = (share: number, seconds: number): System =>
      systemOf({
        components: { a: own, b: own, other: { serviceTime: constant(seconds) } },
        calls: [
          ['a -> b', { parallel: 'x' }],
          ['a -> other', { parallel: 'x' }],
          ['b -> a', { share }],
        ],
        journeys: { visit: { entry: 'a', rate: 1 } },
      });
    // a = 0.01 + b and b = 0.01 + a / 2, or a = 0.01 + 5.
    near(routeOf(system(0.5, 0.001)).of('a').holding, 0.04);
    near(routeOf(system(0.5, 5)).of('a').holding, 5.01);
    near(routeOf(system(0.5, 5)).of('b').holding, 0.01 + 5.01 / 2);
    // At first the other one takes longer, but what comes round takes longer still.
    near(routeOf(system(0.95, 0.1)).of('a').holding, 0.4);
    assert.ok(Number.isNaN(routeOf(system(1, 5)).of('a').holding));
  });

  it('is written where every time in it and behind it is', () => {
    const system = two(0.5);
    const without = (name: string): System => ({ ...system, components: new Map(system.components).set(name, { name }) });
    for (const name of ['a', 'b', 'db']) assert.deepEqual([name, routeOf(without(name)).of('in').written], [name, false]);
    assert.equal(routeOf(without('b')).of('a').written, false);
    assert.equal(routeOf(without('in')).of('a').written, true);
    assert.equal(derivedNeeds(wiringOf(without('b')), routeOf(without('b')).loads, 1), undefined);
  });

  it('is nothing where nothing gets in, whatever its gain', () => {
    const system = systemOf({
      components: { in: own, a: own, b: own, db: own },
      calls: [['in -> a', { share: 0 }], 'a -> b', 'b -> a', 'b -> db', 'in -> db'],
      journeys: { visit: { entry: 'in', rate: 1 } },
    });
    for (const [name, visits] of [
      ['a', 0],
      ['b', 0],
      ['db', 1],
    ] as const)
      assert.equal(routeOf(system).of(name).visits, visits);
  });

  it('does not depend on journeys without a rate, or with none', () => {
    const endless = (rate: number | undefined): System => {
      const { calls, ...rest } = two(0.5);
      const [first] = calls;
      assert.ok(first);
      const other = { name: 'other', entry: 'b', implied: false, ...(rate === undefined ? {} : { rate }) };
      return {
        ...rest,
        calls: [...calls, { ...first, id: 'more', from: 'b', to: 'a', journeys: ['other'] }],
        journeys: new Map(rest.journeys).set('other', other),
      };
    };
    for (const rate of [undefined, 0]) near(busySlots(routeOf(endless(rate)).loads, 1) ?? 0, 20 * 0.44);
    assert.ok(Number.isNaN(busySlots(routeOf(endless(1)).loads, 1)));
  });

  it('has a bound among 64 members, and none is looked for among more', () => {
    const ring = (size: number): System => {
      const names = Array.from({ length: size }, (_, i) => `c${i}`);
      return systemOf({
        components: Object.fromEntries(names.map((name) => [name, own])),
        calls: names.map((name, i) => [`${name} -> c${(i + 1) % size}`, { share: i === 0 ? 0.5 : 1 }] as const),
        journeys: { visit: { entry: 'c0', rate: 1 } },
      });
    };
    near(routeOf(ring(64)).of('c63').visits, 1);
    near(routeOf(ring(64)).of('c0').visits, 2);
    near(routeOf(ring(64)).of('c0').holding, 0.01 * (2 + 63));
    assert.ok(Number.isNaN(routeOf(ring(65)).of('c0').visits));
    assert.ok(Number.isNaN(routeOf(ring(65)).of('c0').holding));
  });

  it('is what is left after many rounds, at random', () => {
    const names = ['a', 'b', 'c', 'd', 'e'] as const;
    const call = fc.record({
      from: fc.constantFrom(...names),
      to: fc.constantFrom(...names),
      count: fc.constantFrom(1, 1, 1, 2),
      share: fc.constantFrom(1, 0.43, 0.19, 0.07, 0),
      async: fc.constantFrom(false, false, false, true),
      parallel: fc.constantFrom(undefined, undefined, 'x', 'y'),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 3, maxLength: 10 }), (calls) => {
        const system = systemOf({
          components: Object.fromEntries(names.map((name, i) => [name, { serviceTime: constant(2 ** i) }])),
          calls: calls.map(({ from, to, parallel, ...rest }) => [`${from} -> ${to}`, { ...rest, ...(parallel && { parallel }) }] as const),
          journeys: { visit: { entry: 'a', rate: 1 } },
        });
        const visits = settled((before) =>
          names.map(
            (name, i) =>
              (i === 0 ? 1 : 0) +
              sum(
                calls.filter(({ to }) => to === name).map(({ from, count, share }) => count * share * (before[names.indexOf(from)] ?? 0)),
              ),
          ),
        );
        const holding = settled((before) =>
          names.map((name, i) => {
            const made = calls.filter(({ from, async }) => from === name && !async);
            const time = ({ to, count, share }: (typeof made)[number]): number => count * share * (before[names.indexOf(to)] ?? 0);
            const groups = ['x', 'y'].map((word) => Math.max(0, ...made.filter(({ parallel }) => parallel === word).map(time)));
            return 2 ** i + sum(made.filter(({ parallel }) => parallel === undefined).map(time)) + sum(groups);
          }),
        );
        const { loads } = routeOf(system);
        const [route] = loads.routes;
        assert.ok(route);
        route.components.forEach((component, at) => {
          const isReached = calls.every(({ share }) => share > 0);
          for (const [found, of] of [
            [route.visits[at] ?? -1, visits],
            [route.holding[at] ?? -1, holding],
          ] as const) {
            const { value, isSettled } = of[component] ?? { value: 0, isSettled: false };
            // A bound is looked for in all of a ring at once, also where nothing comes to a part of it.
            if (isReached && of.every((other) => other.isSettled)) assert.ok(Number.isFinite(found));
            if (Number.isNaN(found)) continue;
            if (isSettled) near(found, value, 1e-9);
            else assert.ok(value < 1e100 && found > value * (1 - 1e-9), `${found}, after many rounds ${value}`);
          }
        });
      }),
      { numRuns: 600 },
    );
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** From nothing upwards, round after round; what is not settled in the end may have a bound or none. */
function settled(
  round: (before: readonly number[]) => readonly number[],
): readonly { readonly value: number; readonly isSettled: boolean }[] {
  let before: readonly number[] = [0, 0, 0, 0, 0];
  for (let n = 0; n < 3000; n++) {
    const after = round(before).map((value) => Math.min(1e200, value));
    if (after.every((value, i) => value === before[i])) break;
    before = after;
  }
  const last = round(before);
  return before.map((value, i) => ({ value, isSettled: Math.abs((last[i] ?? 0) - value) <= 1e-13 * value && value < 1e100 }));
}
