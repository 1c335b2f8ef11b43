import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { serviceGraph } from '../../../bench/analysis/architectures';
import { analyse } from '../../../src/analysis/analyse';
import type { Figure } from '../../../src/analysis/figures';
import { rankedFixes, rankedProposals } from '../../../src/analysis/fixes/fixes';
import { proposalsFor } from '../../../src/analysis/fixes/proposals';
import { savingsOf, upFigures } from '../../../src/analysis/fixes/savings';
import { adviceFor, shortestWay } from '../../../src/analysis/fixes/shortest';
import type { Call } from '../../../src/model/call';
import type { Component } from '../../../src/model/component';
import type { System } from '../../../src/model/system';
import { fromDown } from '../../../src/model/units';
import { applyChanges } from '../../../src/remedies/change';
import { type Proposal, proposalText } from '../../../src/remedies/proposals';
import { architectures } from '../arbitrary';
import { downOf, figuresOf, near } from '../near';
import { percent, systemOf } from '../small';

function downs(system: System): ReadonlyMap<string, number> {
  return new Map(analyse(system).journeys.map(({ journey, up }): [string, number] => [journey, downOf(up)]));
}

/** What a proposal saves of a journey's unavailability, by two whole analyses. */
function gain(system: System, fixes: readonly Proposal[], journey: string): number {
  const after = applyChanges(
    system,
    fixes.flatMap(({ changes }) => changes),
  );
  return (downs(system).get(journey) ?? 0) - (downs(after).get(journey) ?? 0);
}

function subsets<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 1 << items.length }, (_, set) => items.filter((_item, i) => ((set >> i) & 1) === 1));
}

describe('what to fix first', function () {
  this.timeout(60_000);

  it('ranks as a whole analysis of each proposal does, with nothing left out', () => {
    let compared = 0;
    fc.assert(
      fc.property(architectures(8), fc.constantFrom(1, 3, 100), (system, most) => {
        const proposals = proposalsFor(system);
        for (const [journey, ranked] of rankedFixes(system, proposals, most)) {
          const gains = proposals.map((proposal) => gain(system, [proposal], journey));
          const expected = gains.filter((value) => value > 1e-10).sort((a, b) => b - a);
          ranked.forEach(({ fix, hoursPerYear }, i) => {
            compared++;
            const own = gains[proposals.indexOf(fix)] ?? Number.NaN;
            assert.ok(Math.abs(hoursPerYear / 8760 - own) <= 1e-12, `${proposalText(fix)}: ${hoursPerYear / 8760} should be ${own}`);
            assert.ok(Math.abs(own - (expected[i] ?? 0)) <= 1e-10, `${i}: ${own} should be ${expected[i]}`);
          });
          assert.ok(ranked.length >= Math.min(most, expected.length), 'all that save something are there');
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(compared > 200, `only ${compared} compared`);
  });

  it('the shortest way is as short as the shortest of all subsets', () => {
    const lengths = new Set<number | undefined>();
    fc.assert(
      fc.property(architectures(7), fc.constantFrom(0.02, 0.1, 0.3, 0.5, 0.8), (system, part) => {
        const proposals = proposalsFor(system).slice(0, 7);
        const before = downs(system);
        const all = subsets(proposals);
        const down = all.map((fixes) => downs(applyChanges(system, fixes.flatMap(({ changes }) => changes)))); // biome-ignore format: one line
        for (const [journey, now] of before) {
          const objective = fromDown(now * part);
          const enough = all.filter((_, i) => (down[i]?.get(journey) ?? 1) <= objective.down * (1 + 1e-12));
          const fewest = Math.min(...enough.map(({ length }) => length));
          const way = shortestWay(system, journey, objective, proposals);
          lengths.add(way?.fixes.length);
          if (!way) {
            assert.ok((down.at(-1)?.get(journey) ?? 0) > objective.down, 'all together are not enough');
            continue;
          }
          assert.ok(way.fewest, 'few enough to be certain');
          assert.equal(way.fixes.length, fewest);
          assert.ok(downOf(way.up) <= objective.down * (1 + 1e-12));
          const plain = enough.filter((fixes) => fixes.length === fewest && fixes.every(({ kind }) => kind !== 'optional'));
          if (plain.length > 0)
            assert.ok(
              way.fixes.every(({ kind }) => kind !== 'optional'),
              'does without nothing where it need not',
            );
          assert.ok(Math.abs(way.hoursPerYear / 8760 - gain(system, way.fixes, journey)) <= 1e-12);
        }
      }),
      { numRuns: 250 },
    );
    for (const length of [0, 1, 2, undefined]) assert.ok(length === 0 || lengths.has(length), `some of length ${length}`);
  });
});

/** A service graph of some size in which some components stand alone, and some calls wait for ever. */
function frail(components: number, seed: number): System {
  const graph = serviceGraph({ components, fallbacks: 0.2, seed, window: 8 });
  const changed = [...graph.components].map(([name, { healthCheck, ...rest }], i): [string, Component] => {
    if (i % 3 === 0) return [name, { ...rest, replicas: 1, zones: ['a'] }];
    return [name, i % 3 === 1 ? rest : { ...rest, ...(healthCheck ? { healthCheck } : {}) }];
  });
  const calls = graph.calls.map((call, i): Call => {
    const { timeout, ...rest } = call;
    return i % 2 === 0 ? rest : i % 7 === 1 ? { ...call, required: false } : call;
  });
  const journeys = new Map(['c0', 'c1', 'c2'].map((entry) => [entry, { name: entry, entry, implied: false }]));
  return { ...graph, components: new Map(changed), calls, journeys };
}

/** The unavailability of the first journey with some of it done. */
function downWith(system: System, proposals: readonly Proposal[]): number {
  const after = applyChanges(
    system,
    proposals.flatMap(({ changes }) => changes),
  );
  return [...downs(after).values()][0] ?? 1;
}

describe('what to fix first, in larger systems', function () {
  this.timeout(60_000);

  for (const seed of [1, 2, 3]) {
    it(`evaluates many at once as it does one by one: graph ${seed}`, () => {
      const system = frail(24, seed);
      const proposals = proposalsFor(system);
      const ranked = rankedFixes(system, proposals, 8);
      const before = upFigures(system);
      const saved = proposals.map((proposal) => savingsOf(system, proposal, before));
      assert.ok(proposals.length > 30);
      for (const [journey, list] of ranked) {
        const expected = saved.map((hours) => hours.get(journey) ?? 0).sort((a, b) => b - a);
        assert.equal(list.length, Math.min(8, expected.filter((hours) => hours > 1e-6).length));
        list.forEach(({ fix, hoursPerYear }, i) => {
          near(hoursPerYear, saved[proposals.indexOf(fix)]?.get(journey) ?? 0, 1e-9);
          near(hoursPerYear, expected[i] ?? 0, 1e-9);
        });
      }
    });
  }

  for (const seed of [4, 5, 6, 7])
    it(`a way leaves nothing out that it could, be it the shortest or not: graph ${seed}`, () => {
      const system = frail(40, seed);
      const proposals = proposalsFor(system).filter(({ kind }) => kind !== 'optional');
      const [now] = [...upFigures(system).values()].map(downOf);
      const objective = fromDown(1.01 * downWith(system, proposals));
      assert.ok(now && now > 2 * objective.down);
      const way = shortestWay(system, 'c0', objective, proposals);
      assert.ok(way && way.fixes.length > 1, `${way?.fixes.length}`);
      const down = (fixes: readonly Proposal[]): number => downWith(system, fixes);
      near(downOf(way.up), down(way.fixes), 1e-9);
      assert.ok(down(way.fixes) <= objective.down);
      for (const fix of way.fixes) assert.ok(down(way.fixes.filter((other) => other !== fix)) > objective.down, proposalText(fix));
    });
});

const zones = { z1: { region: 'r' }, z2: { region: 'r' } };

describe('the shortest way to an objective', () => {
  it('takes a second replica and a second zone where it takes both', () => {
    const system = systemOf({
      components: {
        api: { replicas: 2, zones: ['z1'], healthCheck: { interval: 5 } },
        db: { kind: 'database', availability: percent('99.5%') },
      },
      calls: ['api -> db'],
      journeys: { visit: { entry: 'api', availability: percent('99.98%') } },
      zones,
      regions: { r: { availability: percent('100%') } },
    });
    const way = adviceFor(system, analyse(system)).ways.get('visit');
    assert.ok(way?.fewest);
    assert.deepEqual(way.fixes.map(({ kind, subject }) => `${kind} ${subject}`).sort(), ['replica db', 'zone api']);
    // Two replicas in two zones, and a database that fails over in a minute of an hour.
    const replica = 1 - 0.999 * 0.9995;
    const database = 1 - (1 - 0.005 / 60) * (1 - 0.005 ** 2);
    near(downOf(way.up), 1 - (1 - replica ** 2) * (1 - database), 1e-9);
  });

  it('takes a timeout where a timeout does it', () => {
    const system = systemOf({
      components: { api: { availability: percent('99.99%') }, mail: { kind: 'external', availability: percent('99%') } },
      calls: [['api -> mail', { timeout: 'none', required: false }]],
      journeys: { visit: { entry: 'api', availability: percent('99.95%') } },
    });
    const way = adviceFor(system, analyse(system)).ways.get('visit');
    assert.deepEqual(way?.fixes.map(proposalText), ['api -> mail 0: Insert timeout: 1s']);
    assert.equal(way?.fewest, true);
    near(way?.hoursPerYear ?? 0, 8760 * 0.9999 * 0.01, 1e-9);
    assert.equal(rankedProposals(system).get('visit')?.[0]?.fix.kind, 'timeout');
  });

  it('has nothing where nothing saves anything, and nothing to do where the objective is kept', () => {
    const parts = {
      components: { web: { kind: 'client' as const }, pay: { kind: 'external' as const, availability: percent('99%') } },
      calls: ['web -> pay'],
    };
    const missed = systemOf({ ...parts, journeys: { buy: { entry: 'web', availability: percent('99.9%') } } });
    assert.deepEqual(proposalsFor(missed), []);
    assert.deepEqual([...adviceFor(missed, analyse(missed)).ways], [['buy', undefined]]);
    assert.deepEqual(rankedProposals(missed).get('buy'), []);
    const kept = systemOf({ ...parts, journeys: { buy: { entry: 'web', availability: percent('98%') } } });
    assert.equal(adviceFor(kept, analyse(kept)).ways.size, 0);
  });

  it('puts a breaker beside a timeout that alone would fill the pool', () => {
    const system = systemOf({
      components: {
        api: { concurrency: 4, serviceTime: { kind: 'constant', value: 0.001 } },
        ads: { kind: 'external', availability: percent('99%') },
      },
      calls: [['api -> ads', { timeout: 'none', circuitBreaker: 'none', required: false }]],
      journeys: { visit: { entry: 'api', rate: 20 } },
    });
    const [proposal] = proposalsFor(system).filter(({ subject }) => subject.startsWith('api ->'));
    assert.equal(proposal?.title, 'Insert timeout: 1s, with a breaker');
    const after = applyChanges(system, proposal?.changes ?? []);
    near(downOf(figuresOf(after).up), 0.001);
  });

  it('sees what helps only beside something else', () => {
    const system = systemOf({
      components: { a: { availability: percent('90%') }, b: { availability: percent('0%') } },
      calls: ['a -> b'],
      journeys: { visit: { entry: 'a', availability: percent('98.9%') } },
    });
    const way = adviceFor(system, analyse(system)).ways.get('visit');
    assert.deepEqual(way?.fixes.map(({ kind, subject }) => `${kind} ${subject}`).sort(), ['optional b', 'replica a']);
    assert.equal(rankedProposals(system).get('visit')?.length, 1);
  });

  it('says that it is not certain where there are too many to be', () => {
    const names = Array.from({ length: 40 }, (_, i) => `s${i}`);
    const system = systemOf({
      components: Object.fromEntries(['api', ...names].map((name) => [name, { availability: percent('99.9%') }])),
      calls: names.map((name) => `api -> ${name}`),
      journeys: { visit: { entry: 'api', availability: percent('97%') } },
    });
    const proposals = proposalsFor(system).filter(({ kind }) => kind === 'replica');
    const way = shortestWay(system, 'visit', percent('97%'), proposals);
    // 41 components of 99.9%, of which 30 may stay as they are: 0.999^30 = 97.04%, 0.999^31 = 96.95%.
    assert.equal(way?.fixes.length, 11);
    assert.equal(way?.fewest, false);
    const up: Figure = way.up;
    assert.ok(downOf(up) <= 0.03);
  });
});
