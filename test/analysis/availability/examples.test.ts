import { strict as assert } from 'node:assert';
import type { Component } from '../../../src/model/component';
import type { System } from '../../../src/model/system';
import { downOf, figuresOf, near } from '../near';
import { percent, systemOf } from '../small';

function unavailability(system: System): number {
  return downOf(figuresOf(system).up);
}

/** A perfect entry that needs all of these. */
function inSeries(components: Readonly<Record<string, Omit<Component, 'name'>>>): System {
  return systemOf({
    components: { user: { kind: 'client' }, ...components },
    calls: Object.keys(components).map((name) => `user -> ${name}`),
    journeys: { visit: { entry: 'user' } },
  });
}

describe('worked examples', () => {
  it('five of 99.9% in series', () => {
    const availability = percent('99.9%');
    const system = inSeries({ a: { availability }, b: { availability }, c: { availability }, d: { availability }, e: { availability } });
    near(1 - unavailability(system), 0.99500999, 1e-8);
    near(unavailability(system), 0.004990009995001, 1e-12);
    near(unavailability(system) * 8760, 43.7, 1e-3);
  });

  it('three hard dependencies of 99.99%', () => {
    const availability = percent('99.99%');
    near(unavailability(inSeries({ a: { availability }, b: { availability }, c: { availability } })), 2.9997e-4, 1e-5);
  });

  it('replicas: two of 99%, two of 99.9%, two of three of 99%', () => {
    near(unavailability(inSeries({ a: { availability: percent('99%'), replicas: 2 } })), 1e-4, 1e-12);
    near(unavailability(inSeries({ a: { availability: percent('99.9%'), replicas: 2 } })), 1e-6, 1e-12);
    near(unavailability(inSeries({ a: { availability: percent('99%'), replicas: 3, needs: 2 } })), 2.98e-4, 1e-12);
  });

  it('MTBF of 150 days, MTTR of an hour', () => {
    near(unavailability(inSeries({ a: { mtbf: 150 * 86400, mttr: 3600 } })), 1 / 3601, 1e-12);
  });

  it('an app with a database, and with a database or a queue', () => {
    const app = { availability: percent('99.95%') };
    const sql = { kind: 'database', availability: percent('99.99%') } as const;
    const queue = { kind: 'queue', availability: percent('99.9%') } as const;
    near(1 - unavailability(inSeries({ app, sql })), 0.99940005, 1e-14);
    const either = systemOf({
      components: { app, sql, queue },
      calls: [['app -> sql', { fallback: { kind: 'component', to: 'queue' } }]],
      journeys: { visit: { entry: 'app' } },
    });
    near(1 - unavailability(either), 0.99949990005, 1e-14);
  });

  it('two alternatives that both need one database', () => {
    const availability = percent('99.9%');
    const system = systemOf({
      components: {
        user: { kind: 'client' },
        a: { availability },
        b: { availability },
        db: { kind: 'database', availability: percent('99.99%') },
      },
      calls: [['user -> a', { fallback: { kind: 'component', to: 'b' } }], 'a -> db', 'b -> db'],
      journeys: { visit: { entry: 'user' } },
    });
    near(unavailability(system), 1.00999e-4, 1e-5);
    near(unavailability(system), 1e-4 + (1 - 1e-4) * 1e-6, 1e-12);
  });

  const zoned = (zones: readonly string[], needs: number): System => {
    const availability = percent('99.99%');
    return systemOf({
      components: { api: { availability: percent('99.9%'), replicas: 3, needs, zones } },
      journeys: { visit: { entry: 'api' } },
      zones: { a: { availability }, b: { availability }, c: { availability } },
    });
  };

  it('three replicas in three zones, and in one', () => {
    near(unavailability(zoned(['a', 'b', 'c'], 1)), 1.3306e-9, 1e-4);
    near(unavailability(zoned(['a', 'b', 'c'], 1)), (1e-4 + 0.9999 * 1e-3) ** 3, 1e-12);
    near(unavailability(zoned(['a'], 1)), 1.00001e-4, 1e-6);
  });

  it('a quorum of two of three in three zones, and in two', () => {
    near(unavailability(zoned(['a', 'b', 'c'], 2)), 3.6267e-6, 1e-4);
    near(unavailability(zoned(['a', 'b'], 2)), 1.03197e-4, 1e-5);
    assert.deepEqual(figuresOf(zoned(['a', 'b'], 2)).singlePoints, [{ kind: 'zone', name: 'a' }]);
    assert.deepEqual(figuresOf(zoned(['a', 'b', 'c'], 2)).singlePoints, []);
  });

  it('the same five dependencies reached by two paths are counted once', () => {
    const availability = percent('99.9%');
    const names = ['a', 'b', 'c', 'd', 'e'];
    const system = systemOf({
      components: {
        user: { kind: 'client' },
        left: { availability: percent('100%') },
        right: { availability: percent('100%') },
        ...Object.fromEntries(names.map((name) => [name, { availability }])),
      },
      calls: ['user -> left', 'user -> right', ...names.flatMap((name) => [`left -> ${name}`, `right -> ${name}`])],
      journeys: { visit: { entry: 'user' } },
    });
    near(1 - unavailability(system), 0.999 ** 5, 1e-14);
  });

  it('nine nines in, nine nines out', () => {
    near(unavailability(inSeries({ a: { availability: percent('99.9999999%') } })), 1e-9, 1e-15);
    near(
      unavailability(inSeries({ a: { availability: percent('99.9999999%') }, b: { availability: percent('99.999999999%') } })),
      1.01e-9,
      1e-11,
    );
  });
});
