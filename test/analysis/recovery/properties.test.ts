import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Recovered, RecoveryTime } from '../../../src/analysis/recovery/figures';
import { recoveryFigures } from '../../../src/analysis/recovery/recovery';
import type { Component } from '../../../src/model/component';
import { replicaZones } from '../../../src/model/defaults';
import { isStateful, type Kind } from '../../../src/model/kinds';
import { systemOf } from '../small';
import { maybe, written } from './arbitrary';

const zones = { a: { region: 'east' }, b: { region: 'east' }, c: { region: 'west' }, d: { region: 'west' }, e: {} };
const regionOf = (zone: string | undefined): string | undefined => systemOf({ components: {}, zones }).zones.get(zone ?? '')?.region;

const seconds = fc.constantFrom(0, 1, 5, 60, 600, 3600, 86400);
const region = fc.constantFrom('east', 'west', 'north');

const block = <T extends Record<string, unknown>>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.oneof({ weight: 1, arbitrary: fc.constant('none' as const) }, { weight: 4, arbitrary: fc.record<T>(shape).map(written) });

/** Replicas by zone, so that more of them in another zone leave the first where it is. */
const replicasByZone = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 3 })), {
  selector: ([zone]) => zone,
  minLength: 1,
  maxLength: 4,
});

const basic = {
  kind: fc.constantFrom<Kind>('service', 'worker', 'database', 'database', 'queue', 'cache', 'object-store'),
  needs: maybe(fc.integer({ min: 1, max: 4 })),
  mttr: maybe(seconds),
  healthCheck: maybe(block({ interval: maybe(seconds), unhealthyAfter: maybe(fc.constantFrom(1, 3)) })),
  failover: maybe(block({ automatic: maybe(fc.boolean()), within: maybe(seconds) })),
  replication: maybe(block({ mode: maybe(fc.constantFrom('sync', 'async')), lag: maybe(seconds) })),
};
const plain = fc.record(basic).map((value) => written(value) as Omit<Component, 'name'>);
const full = fc
  .record({
    ...basic,
    backup: maybe(block({ every: maybe(seconds), restore: maybe(seconds), region: maybe(region) })),
    recovery: maybe(
      block({
        strategy: maybe(fc.constantFrom('backup-restore', 'pilot-light', 'active-active')),
        region: maybe(region),
        rto: maybe(seconds),
        rpo: maybe(seconds),
      }),
    ),
  })
  .map((value) => written(value) as Omit<Component, 'name'>);

function figuresOf(
  component: Omit<Component, 'name'>,
  moreZones: Readonly<Record<string, { region?: string }>> = {},
): readonly Recovered[] {
  const system = systemOf({
    components: { dns: { kind: 'dns', managed: true }, it: component },
    calls: ['dns -> it'],
    zones: { ...zones, ...moreZones },
    journeys: { visit: { entry: 'dns' } },
  });
  return recoveryFigures({ ...system, objectives: { rto: 60, rpo: 60 } });
}

function named(figures: readonly Recovered[], kind: Recovered['loss']['kind'], name?: string): Recovered | undefined {
  return figures.find(({ loss }) => loss.kind === kind && (name === undefined || ('name' in loss && loss.name === name)));
}

/** Whether one time is at most another, where both are known. */
function atMost(a: RecoveryTime, b: RecoveryTime): boolean {
  if (a === undefined || b === undefined || b === 'never') return true;
  return a !== 'never' && a <= b;
}

function isReplicationKnown({ replication }: Omit<Component, 'name'>): boolean {
  return replication === 'none' || replication?.mode !== undefined || replication?.lag !== undefined;
}

describe('recovery properties', () => {
  it('a time is known and at least 0, or never, or unknown; and it is met exactly when it is at most the objective', () => {
    fc.assert(
      fc.property(full, replicasByZone, (component, counts) => {
        for (const one of figuresOf({ ...component, replicas: new Map(counts) })) {
          for (const time of [one.rto, one.rpo]) {
            assert.ok(time === undefined || time === 'never' || (Number.isFinite(time) && time >= 0), String(time));
          }
          assert.equal(one.rtoMet, one.rto === undefined ? undefined : atMost(one.rto, 60));
          assert.equal(one.rpoMet, one.rpo === undefined ? undefined : atMost(one.rpo, 60));
          assert.equal(one.how.kind === 'nothing', one.rto === 'never');
        }
      }),
    );
  });

  it('a loss that contains another is never better', () => {
    fc.assert(
      fc.property(full, replicasByZone, (component, counts) => {
        const replicas = new Map(counts);
        const figures = figuresOf({ ...component, replicas });
        const [primary] = replicaZones({ name: 'it', replicas });
        const stateful = isStateful(component.kind ?? 'service');
        const replica = named(figures, 'replica');
        for (const zone of replicas.keys()) {
          const inZone = named(figures, 'zone', zone);
          if (!inZone) continue;
          // The worst replica is the primary, and a zone of standbys is not worse than it.
          if (replica && (!stateful || zone === primary)) assert.ok(atMost(replica.rto, inZone.rto), 'zone');
          const around = named(figures, 'region', regionOf(zone) ?? '-');
          if (!around) continue;
          assert.ok(atMost(inZone.rto, around.rto), 'region');
          // Where nobody wrote how it is replicated, less is known the more is left.
          if (isReplicationKnown(component) && typeof inZone.rto === 'number' && inZone.rto === around.rto)
            assert.ok(atMost(inZone.rpo, around.rpo), 'data of a region');
        }
      }),
    );
  });

  it('more replicas elsewhere never make it slower', () => {
    fc.assert(
      fc.property(
        full,
        replicasByZone,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('east', 'north', undefined),
        (component, counts, more, place) => {
          fc.pre(counts.some(([, count]) => count > 0));
          const moreZones = { extra: place === undefined ? {} : { region: place } };
          const before = figuresOf({ ...component, replicas: new Map(counts) }, moreZones);
          const after = figuresOf({ ...component, replicas: new Map([...counts, ['extra', more]]) }, moreZones);
          for (const one of before) {
            if (one.loss.kind === 'region' && one.loss.name === place) continue;
            const same = named(after, one.loss.kind, 'name' in one.loss ? one.loss.name : undefined);
            assert.ok(same, 'the same loss is looked at');
            assert.ok(atMost(same.rto, one.rto), `${one.rto} became ${same.rto}`);
          }
        },
      ),
    );
  });

  it('enough is left exactly when a list of the replicas says so', () => {
    const dealt = fc.oneof(
      replicasByZone.map((counts) => ({ replicas: new Map(counts) })),
      fc.record({ replicas: fc.integer({ min: 0, max: 9 }), zones: fc.array(fc.constantFrom('a', 'b', 'c', 'e'), { maxLength: 4 }) }),
    );
    fc.assert(
      fc.property(plain, dealt, (component, placed) => {
        const whole = { name: 'it', ...component, ...placed };
        const replicas = replicaZones(whole);
        const figures = figuresOf(whole).filter(({ subject, loss }) => subject === 'it' && loss.kind !== 'data');
        const places = new Set(
          replicas.filter((zone) => zone !== undefined).flatMap((zone) => [`zone ${zone}`, `region ${regionOf(zone)}`]),
        );
        places.delete('region undefined');
        assert.equal(figures.length, replicas.length === 0 ? 0 : 1 + places.size);
        for (const { loss, replicas: counted, rto } of figures) {
          const isLost = (zone: string | undefined, i: number): boolean => {
            if (loss.kind === 'replica') return i === 0;
            return 'name' in loss && loss.name === (loss.kind === 'zone' ? zone : regionOf(zone));
          };
          const left = replicas.filter((zone, i) => !isLost(zone, i)).length;
          assert.deepEqual([counted?.left, counted?.lost], [left, replicas.length - left]);
          assert.deepEqual(rto, expectedTime(whole, loss.kind, left, isLost(replicas[0], 0)));
        }
      }),
    );
  });
});

/** The recovery time without backup and strategy, read off the document a second time. */
function expectedTime(component: Component, loss: string, left: number, losesFirst: boolean): RecoveryTime {
  const { kind = 'service', needs = 1, mttr = 3600, healthCheck = 'none', failover } = component;
  const check = healthCheck === 'none' ? undefined : healthCheck;
  const detection = check?.interval === undefined ? undefined : check.interval * (check.unhealthyAfter ?? 3);
  if (!isStateful(kind)) {
    if (left < needs) return loss === 'replica' ? mttr : 'never';
    if (!check) return mttr;
    return detection === undefined ? undefined : Math.min(detection, mttr);
  }
  const again = loss === 'replica' && (kind === 'queue' || kind === 'cache') ? mttr : Infinity;
  let within: number | undefined;
  if (failover === undefined) within = needs >= 2 ? 60 : undefined;
  else if (failover !== 'none') within = failover.within ?? (failover.automatic === false ? undefined : 60);
  const never = again === Infinity ? 'never' : again;
  if (within === undefined) return losesFirst ? never : 0;
  if (left < Math.max(1, needs)) return never;
  return losesFirst ? Math.min(again, (detection ?? 0) + within) : 0;
}

describe('recovery of large systems', () => {
  it('counts replicas and does not list them', () => {
    const [replica, first] = figuresOf({ replicas: 1e15, zones: ['a', 'b', 'c'], healthCheck: { interval: 1 } });
    assert.deepEqual([replica?.rto, first?.replicas?.lost], [3, 333333333333334]);
  });

  it('goes once through a long chain, whatever the number of journeys', () => {
    const size = 3000;
    const chain = Array.from({ length: size }, (_, i) => `s${i}`);
    const system = systemOf({
      components: Object.fromEntries(chain.map((name) => [name, { zones: ['a', 'c'], replicas: 4 }])),
      calls: chain.slice(1).map((name, i) => `s${i} -> ${name}`),
      journeys: Object.fromEntries(chain.map((name) => [name, { entry: name }])),
      zones,
    });
    const figures = recoveryFigures({ ...system, objectives: { rto: 1 } });
    assert.equal(figures.length, size * 5);
    assert.ok(figures.every(({ rtoObjective }) => rtoObjective?.journey === 's0'));
  });

  it('is sound where nothing stands anywhere', () => {
    for (const replicas of [0, -1, Number.NaN, new Map<string, number>(), new Map([['a', 0]])]) {
      assert.deepEqual(
        figuresOf({ kind: 'database', replicas }).map(({ loss, rto, rpo }) => [loss.kind, rto, rpo]),
        [['data', 'never', 'never']],
      );
    }
    const [replica] = figuresOf({ replicas: 2, needs: 5 });
    assert.deepEqual([replica?.how.kind, replica?.rto], ['repair', 3600]);
  });
});
