import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Recovered } from '../../../src/analysis/recovery/figures';
import { dnsInFront, neededBy } from '../../../src/analysis/recovery/reach';
import { recoveryFigures } from '../../../src/analysis/recovery/recovery';
import { wiringOf } from '../../../src/analysis/structure/wiring';
import type { Call } from '../../../src/model/call';
import type { Component } from '../../../src/model/component';
import type { Objectives } from '../../../src/model/journey';
import type { Kind } from '../../../src/model/kinds';
import type { System } from '../../../src/model/system';
import { type Parts, systemOf } from '../small';
import { maybe, written } from './arbitrary';
import { database, figureOf, figures, lone } from './small';

describe('recovery behind a DNS', () => {
  const warm = { zones: ['a'], recovery: { strategy: 'warm-standby', region: 'west', rto: 100 } } as const;
  const at = (
    loss: string,
    ttl: Readonly<Record<string, number | undefined>>,
    calls: Parts['calls'] = ['dns -> web', 'web -> it'],
  ): Recovered =>
    figureOf(warm, loss, {
      components: {
        web: {},
        ...Object.fromEntries(
          Object.entries(ttl).map(([name, value]) => [name, { kind: 'dns', ...(value === undefined ? {} : { ttl: value }) }]),
        ),
      },
      calls,
    });

  it('waits for its answers to expire when a region is lost', () => {
    const found = at('region east', { dns: 30 });
    assert.equal(found.rto, 130);
    assert.deepEqual(found.assumed, []);
    assert.deepEqual(found.how, {
      kind: 'recovery',
      strategy: 'warm-standby',
      region: 'west',
      rto: 100,
      ttl: { dns: 'dns', seconds: 30, assumed: false },
    });
  });

  it('takes a minute where nobody wrote it', () => {
    const found = at('region east', { dns: undefined });
    assert.deepEqual([found.rto, found.assumed], [160, ['DNS ttl 1m']]);
  });

  it('waits for none when a zone is lost', () => {
    assert.equal(at('zone a', { dns: 30 }).rto, 100);
  });

  it('waits for the longest of several, and only for those in front', () => {
    const all = { dns: 30, other: 300, aside: 900 };
    assert.equal(at('region east', all, ['dns -> web', 'other -> web', 'web -> it', 'it -> aside']).rto, 400);
    assert.equal(at('region east', all, [['aside -> it', { role: 'startup' }], 'dns -> it']).rto, 130);
    assert.equal(at('region east', all, ['web -> it']).rto, 100);
  });

  it('follows the other component that answers, and rings', () => {
    const fallback = { kind: 'component', to: 'it' } as const;
    assert.equal(at('region east', { dns: 30 }, [['dns -> web', { fallback }], 'web -> dns']).rto, 130);
  });
});

describe('recovery objectives', () => {
  const parts = (calls: Parts['calls'], journeys: Parts['journeys']): Parts => ({
    components: { web: {}, job: { kind: 'queue' }, db: { ...lone, backup: { every: 300, restore: 600 } }, other: {} },
    ...(calls ? { calls } : {}),
    ...(journeys ? { journeys } : {}),
  });
  const journeyOf = (calls: Parts['calls'], journeys: Parts['journeys'] = { visit: { entry: 'web' } }): string | undefined =>
    figures(parts(calls, journeys), { rto: 60 }).find((one) => one.subject === 'db')?.rtoObjective?.journey;

  it('are those of a journey that needs the component', () => {
    assert.equal(journeyOf(['web -> db']), 'visit');
    assert.equal(journeyOf(['web -> other', 'other -> db']), 'visit');
    assert.equal(journeyOf(['other -> db']), undefined);
    assert.equal(journeyOf([['web -> db', { required: false }]]), undefined);
    assert.equal(journeyOf([['web -> db', { fallback: { kind: 'degrade', word: 'later' } }]]), undefined);
    assert.equal(journeyOf([['web -> db', { fallback: { kind: 'component', to: 'other' } }]]), undefined);
    assert.equal(journeyOf([['web -> job', { async: true }], 'job -> db']), undefined);
    assert.equal(journeyOf([['web -> db', { role: 'startup' }]]), undefined);
  });

  it('follow the calls that each journey makes', () => {
    const journeys = { first: { entry: 'web' }, second: { entry: 'web' }, third: { entry: 'other' } };
    assert.equal(journeyOf([['web -> db', { journeys: ['second'] }]], journeys), 'second');
    assert.equal(journeyOf(['web -> other', ['other -> db', { journeys: ['third'] }]], journeys), 'third');
    assert.equal(journeyOf(['web -> other', 'other -> db'], journeys), 'first');
  });

  it('are none where they are written to be none, and for implied journeys', () => {
    const system = systemOf(parts(['web -> db'], { visit: { entry: 'web' } }));
    const none = recoveryFigures({ ...system, objectives: { rto: 'none' } });
    assert.ok(none.every((one) => one.rtoObjective === undefined && one.rtoMet === undefined && one.rpoMet === undefined));
    const journeys = new Map([['web', { name: 'web', entry: 'web', implied: true }]]);
    assert.ok(recoveryFigures({ ...system, journeys, objectives: { rto: 60 } }).every((one) => one.rtoObjective === undefined));
  });

  it('are met by exactly as much, and never by what cannot be recovered; nothing is said of what is not known', () => {
    const met = (db: Omit<Component, 'name'>, objectives: Objectives) => {
      const found = figures({ components: { db }, journeys: { visit: { entry: 'db' } } }, objectives).find(
        (one) => one.loss.kind === 'data',
      );
      return [found?.rtoMet, found?.rpoMet];
    };
    const saved = { ...database, backup: { every: 300, restore: 0.1 * 3 } };
    assert.deepEqual(met(saved, { rto: 0.3, rpo: 300 }), [true, true]);
    assert.deepEqual(met(saved, { rto: 0.29, rpo: 299 }), [false, false]);
    assert.deepEqual(met(saved, { rpo: 300 }), [undefined, true]);
    assert.deepEqual(met(database, { rto: 1e9, rpo: 1e9 }), [false, false]);
    assert.deepEqual(met({ ...database, backup: {} }, { rto: 1, rpo: 1 }), [undefined, undefined]);
  });
});

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const anyName = fc.constantFrom(...names);
const calls = fc.array(
  fc
    .record({
      from: anyName,
      to: anyName,
      journeys: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.subarray(['x', 'y', 'z']) }),
      required: fc.constantFrom(undefined, undefined, undefined, false),
      fallback: fc.oneof(
        { weight: 4, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: anyName.map((to) => ({ kind: 'component', to }) as const) },
      ),
    })
    .map(({ from, to, ...rest }): [string, Partial<Call>] => [`${from} -> ${to}`, written(rest)]),
  { maxLength: 12 },
);

describe('recovery reach', () => {
  const systems: fc.Arbitrary<System> = fc
    .record({
      calls,
      ttl: fc.array(maybe(fc.constantFrom(1, 30, 60, 90)), { minLength: names.length, maxLength: names.length }),
      kinds: fc.array(fc.constantFrom<Kind>('service', 'service', 'dns'), { minLength: names.length, maxLength: names.length }),
      entries: fc.tuple(anyName, anyName, anyName),
    })
    .map(({ calls, ttl, kinds, entries: [x, y, z] }) =>
      systemOf({
        components: Object.fromEntries(names.map((name, i) => [name, written({ kind: kinds[i], ttl: ttl[i] })])),
        calls,
        journeys: { x: { entry: x }, y: { entry: y }, z: { entry: z } },
      }),
    );

  /** What is reached in one step or more, by going round until nothing is new. */
  const reached = (system: System, starts: readonly string[], follows: (call: Call) => readonly string[]): ReadonlySet<string> => {
    const all = new Set<string>();
    for (let size = -1; size !== all.size; ) {
      size = all.size;
      for (const call of system.calls) {
        if (!starts.includes(call.from) && !all.has(call.from)) continue;
        for (const next of follows(call)) all.add(next);
      }
    }
    return all;
  };
  const otherOf = ({ fallback }: Call): readonly string[] =>
    fallback !== undefined && fallback !== 'none' && fallback.kind === 'component' ? [fallback.to] : [];

  it('the first journey that needs a component is the same as by following each alone', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const found = neededBy(wiringOf(system));
        names.forEach((name, number) => {
          const first = [...system.journeys.values()].find((journey) => {
            const needed = reached(system, [journey.entry], (call) =>
              call.required === false || call.journeys?.includes(journey.name) === false || otherOf(call).some((other) => other !== call.to)
                ? []
                : [call.to],
            );
            return journey.entry === name || needed.has(name);
          });
          assert.equal(found.get(number), first?.name, name);
        });
      }),
    );
  });

  it('the DNS in front is that of the longest time to live from which requests arrive', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const found = dnsInFront(wiringOf(system));
        names.forEach((name, number) => {
          const times = [...system.components.values()]
            .filter((dns) => dns.kind === 'dns')
            .filter((dns) => reached(system, [dns.name], (call) => [call.to, ...otherOf(call)]).has(name))
            .map(({ ttl = 60 }) => ttl);
          assert.equal(found.get(number)?.seconds, times.length > 0 ? Math.max(...times) : undefined, name);
        });
      }),
    );
  });
});
