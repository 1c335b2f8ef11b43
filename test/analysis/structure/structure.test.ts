import { strict as assert } from 'node:assert';
import { analyse } from '../../../src/analysis/analyse';
import type { Call } from '../../../src/model/call';
import type { Component } from '../../../src/model/component';
import { emptySystem, type System } from '../../../src/model/system';
import { downOf, figuresOf, near } from '../near';
import { type Parts, percent, systemOf } from '../small';

type About = Omit<Component, 'name'>;

function alone(component: About, rest: Partial<Parts> = {}): System {
  return systemOf({ components: { it: component }, journeys: { visit: { entry: 'it' } }, ...rest });
}

const q = 0.01;
const availability = percent('99%');

describe('one component', () => {
  it('takes part of its failures for all replicas together', () => {
    near(downOf(figuresOf(alone({ availability, replicas: 2, commonCause: 0.1 })).up), 1 - (1 - 0.1 * q) * (1 - (0.9 * q) ** 2));
  });

  it('is down while a bad release is out', () => {
    const releases = { every: 86400, failureRate: 0.05, rollback: 600 };
    near(downOf(figuresOf(alone({ availability, releases })).up), 1 - 0.99 * (1 - (0.05 * 600) / 86400));
    near(downOf(figuresOf(alone({ availability, releases: { every: 86400, failureRate: 0.05 } })).up), q);
  });

  it('is its primary when it holds data and does not fail over', () => {
    near(downOf(figuresOf(alone({ kind: 'database', availability, replicas: 3 })).up), q);
    near(downOf(figuresOf(alone({ kind: 'database', availability, replicas: 3, failover: 'none' })).up), q);
    near(downOf(figuresOf(alone({ kind: 'database', availability, replicas: 3, failover: { automatic: false } })).up), q);
    near(downOf(figuresOf(alone({ kind: 'database', managed: true, availability, replicas: 3 })).up), q);
  });

  it('is unavailable while it fails over', () => {
    // MTTR is an hour, assumed: the time between failures and repair is 100 h.
    const switching = 30 / 360_000;
    const store = { kind: 'database', availability, replicas: 2, failover: { automatic: true, within: 30 } } as const;
    near(downOf(figuresOf(alone(store)).up), 1 - (1 - switching) * (1 - q * q));
    const checked = { ...store, healthCheck: { interval: 10, unhealthyAfter: 6 } };
    near(downOf(figuresOf(alone(checked)).up), 1 - (1 - 90 / 360_000) * (1 - q * q));
    const written = { ...store, availability: undefined, mtbf: 86400, mttr: 600 };
    const { availability: _, ...byTimes } = written;
    const own = 600 / 87000;
    near(downOf(figuresOf(alone(byTimes)).up), 1 - (1 - 30 / 87000) * (1 - own * own));
  });

  it('is no better off with a failover slower than the repair', () => {
    const store = { kind: 'database', availability, replicas: 2, failover: { automatic: false, within: 36_000 } } as const;
    near(downOf(figuresOf(alone(store)).up), 1 - (1 - q) * (1 - q * q));
  });

  it('fails over by itself when it is a quorum', () => {
    const short = 3 * q * q * (1 - q) + q ** 3;
    near(downOf(figuresOf(alone({ kind: 'database', availability, replicas: 3, needs: 2 })).up), 1 - (1 - 60 / 360_000) * (1 - short));
  });

  it('stands in no zone when it is managed, and in none that nobody named', () => {
    near(downOf(figuresOf(alone({ kind: 'external', availability, zones: ['a'] })).up), q);
    const figures = figuresOf(alone({ availability }));
    assert.deepEqual(
      figures.contributions.map(({ point }) => point.kind),
      ['component'],
    );
  });

  it('stands in zones and regions with what nobody wrote about them', () => {
    const system = alone({ availability, zones: ['a'] }, { zones: { a: { region: 'r' } }, regions: { r: {} } });
    near(downOf(figuresOf(system).up), 1 - 0.99 * 0.9995 * 0.9999);
    assert.deepEqual(
      figuresOf(system).assumptions.map(({ subject, text }) => `${subject}: ${text}`),
      ['zone a: availability 99.95% (zone)', 'region r: availability 99.99% (region)'],
    );
  });

  it('fails with what it shares its fate with, managed or not', () => {
    const fate = { sharedFates: { certificate: { availability: percent('99.9%'), components: ['it'] } } };
    near(downOf(figuresOf(alone({ availability, replicas: 2 }, fate)).up), 1 - 0.999 * (1 - q * q));
    near(downOf(figuresOf(alone({ kind: 'external', availability }, fate)).up), 1 - 0.999 * 0.99);
  });

  it('counts replicas by zone', () => {
    const zones = { a: { availability: percent('99%') }, b: { availability: percent('99%') } };
    const replicas = new Map([
      ['a', 2],
      ['b', 1],
    ]);
    const system = alone({ availability: percent('100%'), replicas, needs: 2 }, { zones });
    near(downOf(figuresOf(system).up), q);
    assert.deepEqual(figuresOf(system).singlePoints, [{ kind: 'zone', name: 'a' }]);
  });

  it('needs as many replicas as carry the written load', () => {
    const journeys = { visit: { entry: 'it', rate: 100 } };
    const loaded = (concurrency: number): About => ({
      availability,
      replicas: 3,
      concurrency,
      serviceTime: { kind: 'constant', value: 0.1 },
    });
    // Ten requests at a time on average.
    near(downOf(figuresOf(alone(loaded(10), { journeys })).up), q ** 3);
    near(downOf(figuresOf(alone(loaded(9), { journeys })).up), 3 * q * q * (1 - q) + q ** 3);
    near(downOf(figuresOf(alone(loaded(4), { journeys })).up), 1 - 0.99 ** 3);
    near(downOf(figuresOf(alone(loaded(1), { journeys })).up), 1 - 0.99 ** 3);
    near(downOf(figuresOf(alone({ ...loaded(4), needs: 1 }, { journeys })).up), q ** 3);
    const { serviceTime: _, ...unknown } = loaded(4);
    near(downOf(figuresOf(alone(unknown, { journeys })).up), q ** 3);
    near(downOf(figuresOf(alone(loaded(4))).up), q ** 3);
  });
});

describe('calls', () => {
  const two = (call: Partial<Call>, callee: About = {}, more: Partial<Parts> = {}): System =>
    systemOf({
      components: { a: { availability: percent('100%') }, b: { availability, ...callee } },
      calls: [['a -> b', call]],
      journeys: { visit: { entry: 'a' } },
      ...more,
    });
  const figures = (system: System): readonly number[] => {
    const { up, fullyFeatured } = figuresOf(system);
    return [downOf(up), downOf(fullyFeatured)];
  };

  it('are needed unless they say otherwise', () => {
    assert.deepEqual(figures(two({})), [q, q]);
    assert.deepEqual(figures(two({ required: false })), [0, q]);
    assert.deepEqual(figures(two({ fallback: { kind: 'degrade', word: 'later' } })), [0, q]);
    assert.deepEqual(figures(two({ fallback: 'none' })), [q, q]);
    assert.deepEqual(figures(two({ async: true })), [0, q]);
  });

  it('are not: start-up order, telemetry, and whatever only observes', () => {
    assert.deepEqual(figures(two({ role: 'startup' })), [0, 0]);
    assert.deepEqual(figures(two({ role: 'telemetry' })), [0, 0]);
    assert.deepEqual(figures(two({}, { telemetry: true })), [0, 0]);
  });

  it('to another journey do not matter, if they cannot hang', () => {
    assert.deepEqual(figures(two({ journeys: ['other'] })), [0, 0]);
  });

  it('publish to a queue, which has to accept; what it delivers is awaited by nobody', () => {
    const system = systemOf({
      components: {
        a: { availability: percent('100%') },
        jobs: { kind: 'queue', availability },
        worker: { kind: 'worker', availability: percent('98%') },
      },
      calls: [['a -> jobs', { async: true }], 'jobs -> worker'],
      journeys: { visit: { entry: 'a' } },
    });
    const [up = 0, whole = 0] = figures(system);
    near(up, q);
    near(whole, 1 - 0.99 * 0.98);
  });

  it('fall back to another component, which has to work as a whole', () => {
    const system = systemOf({
      components: {
        a: { availability: percent('100%') },
        b: { availability },
        c: { availability: percent('98%') },
        d: { availability: percent('97%') },
      },
      calls: [['a -> b', { fallback: { kind: 'component', to: 'c' } }], 'c -> d'],
      journeys: { visit: { entry: 'a' } },
    });
    near(downOf(figuresOf(system).up), q * (1 - 0.98 * 0.97));
    near(downOf(figuresOf(system).fullyFeatured), q * (1 - 0.98 * 0.97));
  });

  it('in a ring fail nothing by themselves, and need every member', () => {
    const system = systemOf({
      components: { a: { availability }, b: { availability: percent('98%') }, c: { availability: percent('97%') } },
      calls: ['a -> b', 'b -> c', 'c -> a', 'b -> b'],
      journeys: { visit: { entry: 'a' } },
    });
    near(downOf(figuresOf(system).up), 1 - 0.99 * 0.98 * 0.97);
  });

  it('in a ring with fallbacks: the greatest fixed point', () => {
    // a needs b or c, b needs a or d: with a and b up the ring carries itself, d or not.
    const system = systemOf({
      components: {
        a: { availability: percent('100%') },
        b: { availability },
        c: { availability: percent('98%') },
        d: { availability: percent('97%') },
      },
      calls: [
        ['a -> b', { fallback: { kind: 'component', to: 'c' } }],
        ['b -> a', { fallback: { kind: 'component', to: 'd' } }],
      ],
      journeys: { visit: { entry: 'a' } },
    });
    near(downOf(figuresOf(system).up), q * 0.02);
  });
});

describe('journeys', () => {
  it('without a known entry have no figure, and say why', () => {
    const system = systemOf({
      components: { a: { availability }, metrics: { telemetry: true } },
      journeys: { lost: { entry: 'b' }, none: { entry: '' }, watch: { entry: 'metrics' }, fine: { entry: 'a' } },
    });
    const { journeys, unknown } = analyse(system);
    assert.deepEqual(
      journeys.map(({ journey }) => journey),
      ['fine'],
    );
    assert.deepEqual(
      unknown.map(({ journey }) => journey),
      ['lost', 'none', 'watch'],
    );
    assert.match(unknown[0]?.reason ?? '', /b is not a component/);
    for (const { reason } of unknown) assert.ok(reason.length > 10);
    const empty = { ...emptySystem('empty'), journeys: system.journeys };
    assert.match(analyse(empty).unknown[0]?.reason ?? '', /no components/);
  });

  it('weigh by their rates in the figure of the system', () => {
    const components = { a: { availability: percent('99%') }, b: { availability: percent('90%') }, c: { availability: percent('50%') } };
    const rated = systemOf({
      components,
      journeys: { one: { entry: 'a', rate: 30 }, two: { entry: 'b', rate: 10 }, three: { entry: 'c' } },
    });
    const { up } = analyse(rated);
    assert.ok(up);
    near(downOf(up), (30 * 0.01 + 10 * 0.1) / 40);
    const plain = systemOf({ components, journeys: { one: { entry: 'a' }, two: { entry: 'b' } } });
    const mean = analyse(plain).up;
    assert.ok(mean);
    near(downOf(mean), 0.055);
    assert.equal(analyse(systemOf({ components })).up, undefined);
  });

  it('take the objective of the system unless it is none or they are implied', () => {
    const base = systemOf({
      components: { a: { availability } },
      journeys: {
        own: { entry: 'a', availability: percent('99.9%') },
        general: { entry: 'a' },
        free: { entry: 'a', availability: 'none' },
      },
    });
    const system: System = {
      ...base,
      objectives: { availability: percent('98%') },
      journeys: new Map([...base.journeys, ['implied', { name: 'implied', entry: 'a', implied: true }]]),
    };
    const objectives = Object.fromEntries(analyse(system).journeys.map(({ journey, objective }) => [journey, objective?.down]));
    assert.deepEqual(objectives, { own: 0.001, general: 0.02, free: undefined, implied: undefined });
    near(figuresOf(system, 'own').budgetSpent ?? 0, 10);
    near(figuresOf(system, 'general').budgetSpent ?? 0, 0.5);
  });
});
