import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type CutSet, journeyCutSets } from '../../../src/analysis/availability/journeycuts';
import type { FailureEvent } from '../../../src/analysis/structure/explicit';
import type { System } from '../../../src/model/system';
import { architectures } from '../arbitrary';
import { Oracle, type Variable } from '../oracle';
import { percent, systemOf } from '../small';

function nameOf(event: FailureEvent): string {
  if (event.kind === 'replica') return `replica ${event.component} ${event.replica}`;
  return `${event.kind} ${'name' in event ? event.name : event.component}`;
}

function oracleName({ kind, name, replica }: Variable): string {
  if (kind === 'replica') return `replica ${name} ${replica + 1}`;
  return `${kind === 'common' ? 'commonCause' : kind} ${name}`;
}

/** All minimal sets of variables that stop a journey, by trying every set; clients only ask. */
function byTrial(system: System, oracle: Oracle, journey: string): readonly string[] {
  const { variables } = oracle;
  const used = variables.flatMap(({ kind, name, q }, i) =>
    kind === 'replica' && system.components.get(name)?.kind === 'client' && q === 0 ? [] : [1 << i],
  );
  const all = used.reduce((a, b) => a | b, 0);
  const stops = new Uint8Array(1 << variables.length);
  const minimal: number[] = [];
  for (let state = 0; state < stops.length; state++) {
    if ((state & ~all) !== 0 || !oracle.down(state, 'up').includes(journey)) continue;
    stops[state] = 1;
    if (used.every((bit) => (state & bit) === 0 || stops[state ^ bit] === 0)) minimal.push(state);
  }
  const name = (state: number): string =>
    variables
      .flatMap((v, i) => (((state >> i) & 1) === 1 ? [oracleName(v)] : []))
      .sort()
      .join(' + ');
  return minimal.map(name).sort();
}

function names(sets: readonly CutSet[]): readonly string[] {
  return sets.map(({ events }) => events.map(nameOf).sort().join(' + ')).sort();
}

describe('minimal cut sets', function () {
  this.timeout(120_000);

  it('are those found by trying all sets, on random architectures', () => {
    fc.assert(
      fc.property(architectures(12), (system) => {
        const oracle = new Oracle(system);
        for (const journey of system.journeys.keys()) {
          const cuts = journeyCutSets(system, journey);
          assert.ok(cuts);
          const expected = byTrial(system, oracle, journey);
          assert.equal(cuts.completeTo, undefined);
          assert.equal(
            cuts.counts.reduce((sum, count) => sum + count, 0n),
            BigInt(expected.length),
          );
          assert.deepEqual(names(cuts.upTo(Infinity) ?? []), expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('of small order are the same when the whole diagram is too large', () => {
    fc.assert(
      fc.property(architectures(14), (system) => {
        for (const journey of system.journeys.keys()) {
          const whole = journeyCutSets(system, journey);
          const small = journeyCutSets(system, journey, undefined, { nodes: 0 });
          assert.ok(whole && small);
          if (small.completeTo === undefined) continue;
          assert.deepEqual(names(small.upTo(Infinity) ?? []), names(whole.upTo(small.completeTo) ?? []));
          for (let order = 0; order <= small.completeTo; order++) assert.equal(small.counts[order] ?? 0n, whole.counts[order] ?? 0n);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are listed by probability, the likeliest first', () => {
    fc.assert(
      fc.property(architectures(12), (system) => {
        for (const journey of system.journeys.keys()) {
          const cuts = journeyCutSets(system, journey);
          assert.ok(cuts);
          const all = (cuts.upTo(Infinity) ?? [])
            .map(({ probability }) => probability)
            .filter((p) => p > 0)
            .sort((a, b) => b - a);
          const five = cuts.likeliest(5).map(({ probability }) => probability);
          assert.equal(five.length, Math.min(5, all.length));
          for (const [i, p] of five.entries()) assert.ok(Math.abs(p - (all[i] ?? 0)) <= 1e-12 * p);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of a small system are what one would write down', () => {
    const system = systemOf({
      components: {
        user: { kind: 'client' },
        api: { availability: percent('99%'), replicas: 2, zones: ['a', 'b'] },
        db: {
          kind: 'database',
          availability: percent('99.9%'),
          zones: ['a'],
          releases: { every: 86400, failureRate: 0.01, rollback: 600 },
        },
      },
      calls: ['user -> api', ['api -> db', { fallback: { kind: 'degrade', word: 'cached' } }]],
      journeys: { visit: { entry: 'user' } },
      zones: { a: { availability: percent('99.9%') }, b: { availability: percent('99.9%') } },
    });
    const cuts = journeyCutSets(system, 'visit');
    assert.deepEqual(names(cuts?.upTo(2) ?? []), [
      'replica api 1 + replica api 2',
      'replica api 1 + zone b',
      'replica api 2 + zone a',
      'zone a + zone b',
    ]);
    assert.deepEqual(cuts?.counts, [0n, 0n, 4n]);
    const [first] = cuts?.likeliest(1) ?? [];
    assert.ok(first && Math.abs(first.probability - 1e-4) < 1e-16);
  });

  it('are none where nothing can stop a journey, and unknown for an unknown one', () => {
    const system = systemOf({ components: { user: { kind: 'client' } }, journeys: { visit: { entry: 'user' } } });
    const cuts = journeyCutSets(system, 'visit');
    assert.deepEqual(cuts?.upTo(3), []);
    assert.deepEqual(cuts?.likeliest(3), []);
    assert.equal(journeyCutSets(system, 'other'), undefined);
  });
});
