import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyse } from '../../../src/analysis/analyse';
import { journeyCutSets } from '../../../src/analysis/availability/journeycuts';
import type { SystemFigures } from '../../../src/analysis/figures';
import type { Component } from '../../../src/model/component';
import { emptySystem, type System } from '../../../src/model/system';
import { fromDown } from '../../../src/model/units';
import { downOf, figuresOf, near } from '../near';
import { type Parts, percent, systemOf } from '../small';

type About = Omit<Component, 'name'>;

/** No number anywhere is NaN, or a probability outside of 0 to 1. */
function assertSound(value: unknown, path = 'figures'): void {
  if (typeof value === 'number') {
    assert.ok(!Number.isNaN(value), `${path} is a number`);
    if (/\.(up|down|expectedSuccess|criticality)$/.test(path)) assert.ok(value >= 0 && value <= 1 + 1e-12, `${path} is ${value}`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) assertSound(inner, `${path}.${key}`);
  }
}

function sound(system: System): SystemFigures {
  const figures = analyse(system);
  assertSound(figures);
  return figures;
}

function chain(length: number, about: (i: number) => About = () => ({})): Parts {
  return {
    components: Object.fromEntries(Array.from({ length }, (_, i) => [`c${i}`, about(i)])),
    calls: Array.from({ length: length - 1 }, (_, i) => `c${i} -> c${i + 1}`),
    journeys: { visit: { entry: 'c0' } },
  };
}

describe('whatever the system looks like', function () {
  this.timeout(20_000);

  it('nothing at all, or no journeys', () => {
    assert.deepEqual(sound(emptySystem('x')), { journeys: [], unknown: [], blast: [] });
    assert.equal(sound(systemOf({ components: { a: {} } })).journeys.length, 0);
  });

  it('availability of 0% and of 100%', () => {
    const never = sound(systemOf({ components: { a: { availability: percent('0%') } }, journeys: { visit: { entry: 'a' } } }));
    assert.equal(never.journeys[0] && downOf(never.journeys[0].up), 1);
    const always = sound(
      systemOf({ components: { a: { availability: percent('100%'), replicas: 3 } }, journeys: { visit: { entry: 'a' } } }),
    );
    assert.equal(always.journeys[0] && downOf(always.journeys[0].up), 0);
    sound(
      systemOf({
        components: { a: { availability: percent('0%'), replicas: 2, zones: ['z'] }, b: { zones: ['z'] } },
        calls: [['a -> b', { fallback: { kind: 'component', to: 'a' } }]],
        journeys: { visit: { entry: 'a' } },
        zones: { z: { availability: percent('0%'), region: 'r' } },
        regions: { r: { availability: percent('100%') } },
      }),
    );
  });

  it('times of zero', () => {
    for (const about of [
      { mtbf: 0 },
      { mtbf: 0, mttr: 0 },
      { mtbf: 10, mttr: 0 },
      { mttr: 0, kind: 'database', failover: { within: 5 } },
    ] as const) {
      sound(systemOf({ components: { a: about }, journeys: { visit: { entry: 'a', rate: 0 } } }));
    }
    sound(systemOf({ components: { a: { releases: { every: 0, failureRate: 1, rollback: 1 } } }, journeys: { visit: { entry: 'a' } } }));
    sound(
      systemOf({
        components: { a: { concurrency: 0, serviceTime: { kind: 'constant', value: 0 } } },
        journeys: { visit: { entry: 'a', rate: 1 } },
      }),
    );
  });

  it('no replicas, or more needed than there are', () => {
    for (const about of [{ replicas: 0 }, { replicas: new Map() }, { replicas: 2, needs: 5 }, { kind: 'database', replicas: 0 }] as const) {
      const figures = sound(systemOf({ components: { a: about, b: {} }, calls: ['b -> a'], journeys: { visit: { entry: 'b' } } }));
      assert.equal(figures.journeys[0] && downOf(figures.journeys[0].up), 1);
    }
  });

  it('a component that calls itself, and names like __proto__', () => {
    const system = systemOf({
      components: { constructor: { availability: percent('99%') } },
      calls: [
        'constructor -> constructor',
        ['constructor -> constructor', { timeout: 'none', fallback: { kind: 'component', to: 'constructor' } }],
      ],
      journeys: { toString: { entry: 'constructor' } },
    });
    const named: System = { ...system, components: new Map(system.components).set('__proto__', { name: '__proto__' }) };
    near(downOf(figuresOf({ ...named, calls: system.calls }).up), 0.01);
    sound(named);
  });

  it('calls and fallbacks to what does not exist', () => {
    const system = systemOf({
      components: { a: { availability: percent('99%') }, b: { availability: percent('98%') } },
      calls: ['a -> nowhere', 'nowhere -> a', ['a -> b', { fallback: { kind: 'component', to: 'nowhere' } }]],
      journeys: { visit: { entry: 'a' } },
    });
    near(downOf(figuresOf(system).up), 1 - 0.99 * 0.98);
  });

  it('ten thousand replicas', () => {
    const replicas = 10_000;
    const zones = { z1: { availability: percent('99.9%') }, z2: { availability: percent('99.9%') } };
    const parts = (about: About): System =>
      systemOf({ components: { a: { availability: percent('99%'), replicas, ...about } }, journeys: { visit: { entry: 'a' } }, zones });
    assert.ok(downOf(figuresOf(parts({})).up) < 1e-300);
    near(downOf(figuresOf(parts({ zones: ['z1', 'z2'] })).up), 1e-6, 1e-9);
    // Half of the time fewer than the mean are up, by the normal law within a percent.
    assert.ok(Math.abs(downOf(figuresOf(parts({ needs: 9900 })).up) - 0.48) < 0.03);
    sound(parts({ zones: ['z1', 'z2'], needs: 4900 }));
    assert.equal(journeyCutSets(parts({}), 'visit'), undefined);
  });

  it('forty zones: of one component, shared by two, shared by many', () => {
    const names = Array.from({ length: 40 }, (_, i) => `z${i}`);
    const zones = Object.fromEntries(names.map((name) => [name, { availability: fromDown(0.1) }]));
    const spread = { replicas: 40, needs: 20, zones: names, availability: fromDown(0.1) };
    // 40 independent replicas of 1 − 0.9² each.
    const one = sound(systemOf({ components: { a: spread }, journeys: { visit: { entry: 'a' } }, zones }));
    const each = 1 - 0.81;
    let tail = 0;
    let term = 0.81 ** 40;
    for (let dead = 0; dead <= 40; dead++) {
      if (dead > 20) tail += term;
      term *= ((40 - dead) / (dead + 1)) * (each / 0.81);
    }
    assert.ok(one.journeys[0]);
    near(downOf(one.journeys[0].up), tail, 1e-9);

    const two = sound(systemOf({ components: { a: spread, b: spread }, calls: ['a -> b'], journeys: { visit: { entry: 'a' } }, zones }));
    assert.ok(two.journeys[0]?.up.exact);
    assert.ok(two.journeys[0].up.value.down > tail && two.journeys[0].up.value.down < 2 * tail);

    const cells = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`c${i}`, { replicas: 2, zones: [`z${i}`, `z${(i + 7) % 40}`], availability: fromDown(0.01) }]),
    );
    const calls = Object.keys(cells).map((name) => `user -> ${name}`);
    sound(systemOf({ components: { user: { kind: 'client' }, ...cells }, calls, journeys: { visit: { entry: 'user' } }, zones }));
  });

  it('a chain of ten thousand, without a stack as deep', () => {
    const system = systemOf(chain(10_000, () => ({ availability: fromDown(1e-6) })));
    near(downOf(figuresOf(system).up), 1 - (1 - 1e-6) ** 10_000, 1e-9);
    const hanging = systemOf({
      ...chain(3000),
      calls: chain(3000).calls?.map((call) => [String(call), { timeout: 'none', required: false }] as const) ?? [],
    });
    sound(hanging);
  });

  it('one ring of five hundred, and everybody calling everybody', () => {
    const ring = chain(500, () => ({ availability: fromDown(1e-4) }));
    const closed = systemOf({ ...ring, calls: [...(ring.calls ?? []), 'c499 -> c0'] });
    near(downOf(figuresOf(closed).up), 1 - (1 - 1e-4) ** 500, 1e-9);
    const names = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const calls = names.flatMap((a, i) =>
      names.map(
        (b, j) => [`${a} -> ${b}`, (i + j) % 3 === 0 ? { fallback: { kind: 'component', to: `c${(i * j) % 30}` } as const } : {}] as const,
      ),
    );
    sound(systemOf({ ...chain(30), calls }));
  });

  it('a ring in which every call has a fallback', () => {
    const names = Array.from({ length: 60 }, (_, i) => i);
    const calls = names.map((i) => [`c${i} -> c${(i + 1) % 60}`, { fallback: { kind: 'component', to: `c${(i + 17) % 60}` } }] as const);
    const figures = sound(systemOf({ ...chain(60, () => ({ availability: fromDown(0.01) })), calls }));
    assert.equal(figures.journeys.length, 1);
  });

  it('more fallbacks than an exact figure allows: certain bounds, soon', () => {
    let state = 5;
    const random = (below: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % below;
    };
    const count = 400;
    const calls = Array.from({ length: count * 2 }, () => {
      const from = random(count - 1);
      const later = (): string => `c${from + 1 + random(count - 1 - from)}`;
      return [`c${from} -> ${later()}`, random(10) < 5 ? { fallback: { kind: 'component', to: later() } as const } : {}] as const;
    });
    const system = systemOf({
      ...chain(count, (i) => ({ availability: fromDown(0.001 * (1 + (i % 7))) })),
      calls: [...calls, 'c0 -> c1', 'c1 -> c2'],
    });
    const [journey] = analyse(system, undefined, { nodes: 2000 }).journeys;
    assertSound(journey);
    assert.ok(journey && !journey.up.exact);
    const { lower, upper } = journey.up;
    assert.ok(lower.up <= upper.up && lower.down >= upper.down);
    assert.ok(lower.down < 2 * upper.down, 'and narrow enough to be of use');
  });

  it('any numbers a reader may let through', () => {
    const number = fc.constantFrom(0, 1, 1e-300, 1e300, 5, 0.5);
    const about = fc.record(
      {
        kind: fc.constantFrom('service', 'database', 'queue', 'client'),
        replicas: fc.constantFrom(0, 1, 2, 300),
        needs: fc.constantFrom(1, 2, 400),
        mtbf: number,
        mttr: number,
        commonCause: fc.constantFrom(0, 0.5, 1),
        concurrency: number,
        errorRate: fc.constantFrom(0, 0.5, 1),
        releases: fc.record({ every: number, failureRate: fc.constantFrom(0, 1), rollback: number }),
        failover: fc.record({ within: number }),
        serviceTime: fc.oneof(
          fc.record({ kind: fc.constant('constant'), value: number }),
          fc.record({ kind: fc.constant('exponential'), mean: number }),
          fc.record({ kind: fc.constant('log-normal'), p50: number, p99: number }),
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<About>;
    const call = fc.record(
      {
        timeout: number,
        deadline: number,
        count: number,
        share: fc.constantFrom(0, 1),
        retry: fc.record({ maxAttempts: fc.constantFrom(1, 3, 1e9), base: number, factor: number }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(about, about, call, number, number, (a, b, fields, rate, latency) => {
        sound(
          systemOf({
            components: { a, b },
            calls: [
              ['a -> b', { circuitBreaker: 'none', ...fields }],
              ['b -> a', { required: false, ...fields }],
            ],
            journeys: { visit: { entry: 'a', rate, latency } },
          }),
        );
      }),
      { numRuns: 400 },
    );
  });
});
