import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { journeyCutSets } from '../../../src/analysis/availability/journeycuts';
import { pairsAndTriples } from '../../../src/analysis/availability/together';
import { architectures } from '../arbitrary';
import { percent, systemOf } from '../small';

describe('pairs and triples', () => {
  it('of three replicas in two zones, two of which are needed', () => {
    const system = systemOf({
      components: {
        api: { availability: percent('99%'), replicas: 3, needs: 1, zones: ['a', 'b', 'c'], healthCheck: { interval: 5 } },
        db: {
          kind: 'database',
          availability: percent('99.8%'),
          replicas: 2,
          zones: ['a', 'b'],
          failover: { automatic: true, within: 60 },
          mttr: 3600,
        },
      },
      calls: ['api -> db'],
      zones: { a: { availability: percent('99.95%') }, b: { availability: percent('99.95%') }, c: { availability: percent('99.95%') } },
      journeys: { visit: { entry: 'api' } },
    });
    const cuts = journeyCutSets(system, 'visit');
    assert.ok(cuts);
    const together = pairsAndTriples(cuts, 20);
    const texts = together.map(({ members }) => members.map((m) => (m.kind === 'replica' ? `${m.count} ${m.name}` : m.name)).join(' + '));
    assert.equal(texts[0], '2 db');
    // The replica of db in b with the zone of the other.
    const half = together[texts.indexOf('1 db + a')];
    assert.equal(half?.sets, 1);
    assert.ok(Math.abs((half?.probability ?? 0) - 0.002 * 0.0005) < 1e-15);
    assert.equal(texts.includes('3 api'), true);
    // Two zones stop the database; three would stop the rest too, which is then to spare.
    assert.equal(texts.includes('a + b'), true);
    assert.equal(texts.includes('a + b + c'), false);
    const three = together[texts.indexOf('3 api')];
    assert.ok(Math.abs((three?.probability ?? 0) - 1e-6) < 1e-15);
  });

  it('stand for every likely cut set of two or three, on random architectures', () => {
    fc.assert(
      fc.property(architectures(12), (system) => {
        for (const journey of system.journeys.keys()) {
          const cuts = journeyCutSets(system, journey);
          assert.ok(cuts);
          const small = (cuts.upTo(3) ?? []).filter(({ events, probability }) => events.length > 1 && probability > 0);
          const together = pairsAndTriples(cuts, 1000);
          const sum = (list: readonly { probability: number }[]) => list.reduce((total, { probability }) => total + probability, 0);
          assert.equal(
            together.reduce((count, { sets }) => count + sets, 0),
            small.length,
          );
          assert.ok(Math.abs(sum(together) - sum(small)) <= 1e-12);
          for (const [i, { probability }] of together.entries()) assert.ok(probability <= (together[i - 1]?.probability ?? 1));
        }
      }),
      { numRuns: 200 },
    );
  });
});
