import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyse, analysisSteps } from '../../../src/analysis/analyse';
import { componentFigures } from '../../../src/analysis/availability/components';
import { eventImportance } from '../../../src/analysis/availability/events';
import { Prepared } from '../../../src/analysis/availability/prepared';
import { rankedFixes } from '../../../src/analysis/fixes/fixes';
import { savingsOf } from '../../../src/analysis/fixes/savings';
import { shortestWay } from '../../../src/analysis/fixes/shortest';
import type { System } from '../../../src/model/system';
import { fromDown } from '../../../src/model/units';
import type { Change } from '../../../src/remedies/change';
import { architectures } from '../arbitrary';
import { downOf, figuresOf, near } from '../near';
import { Oracle } from '../oracle';
import { percent, systemOf } from '../small';

function close(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= 1e-12, `${what}: ${actual} should be ${expected}`);
}

describe('what a figure depends on', function () {
  this.timeout(60_000);

  it('every variable: Birnbaum importance and risk worths, against all states', () => {
    fc.assert(
      fc.property(architectures(9), (system) => {
        const oracle = new Oracle(system);
        for (const journey of system.journeys.keys()) {
          const list = eventImportance(system, journey);
          assert.ok(list);
          for (const { event, birnbaum, probability, criticality, riskAchievement, riskReduction } of list) {
            const i = oracle.variables.findIndex(({ kind, name, replica }) => {
              if (event.kind === 'replica') return kind === 'replica' && name === event.component && replica === event.replica - 1;
              return (kind === 'common' ? 'commonCause' : kind) === event.kind && name === ('name' in event ? event.name : event.component);
            });
            const settled = (value: number): number => {
              let sum = 0;
              for (let state = 0; state < 1 << oracle.variables.length; state++) {
                let p = 1;
                for (const [j, { q }] of oracle.variables.entries()) {
                  const own = j === i ? value : q;
                  p *= ((state >> j) & 1) === 1 ? own : 1 - own;
                }
                if (p > 0 && oracle.down(state, 'up').includes(journey)) sum += p;
              }
              return sum;
            };
            const [best, worst, now] = [settled(0), settled(1), settled(probability)];
            close(birnbaum, worst - best, 'Birnbaum');
            if (now < 1e-6) continue;
            assert.ok(Math.abs(criticality - (birnbaum * probability) / now) < 1e-9);
            assert.ok(Math.abs(riskAchievement - worst / now) < 1e-6 * riskAchievement);
            if (best > 1e-6) assert.ok(Math.abs(riskReduction - now / best) < 1e-6 * riskReduction);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('measures of importance of a pair in series with one', () => {
    const system = systemOf({
      components: { api: { availability: percent('99.9%') }, db: { availability: percent('99%'), replicas: 2 } },
      calls: ['api -> db'],
      journeys: { visit: { entry: 'api' } },
    });
    const { contributions, up } = figuresOf(system);
    const [first, second] = contributions;
    const q = downOf(up);
    assert.deepEqual([first?.point.name, second?.point.name], ['api', 'db']);
    near(first?.birnbaum ?? 0, 1 - 1e-4);
    near(first?.hoursPerYear ?? 0, 8760 * 1e-3 * (1 - 1e-4));
    near(first?.criticality ?? 0, (1e-3 * (1 - 1e-4)) / q);
    near(first?.riskAchievement ?? 0, 1 / q);
    near(first?.riskReduction ?? 0, q / 1e-4, 1e-9);
    near(second?.fussellVesely ?? 0, (1e-4 * (1 - 1e-3)) / q);
    const alone = figuresOf(systemOf({ components: { api: {} }, journeys: { visit: { entry: 'api' } } }));
    assert.equal(alone.contributions[0]?.riskReduction, Infinity);
    near(alone.contributions[0]?.criticality ?? 0, 1);
  });

  it('assumptions, by how much they move the result', () => {
    const system = systemOf({
      components: {
        user: { kind: 'client' },
        api: { replicas: 2, zones: ['a', 'b'] },
        db: { kind: 'database', mtbf: 86400 * 30, replicas: 2, failover: { automatic: true } },
        pay: { kind: 'external', availability: percent('99%') },
      },
      calls: ['user -> api', 'api -> db', 'api -> pay'],
      journeys: { visit: { entry: 'user' } },
      zones: { a: {}, b: { availability: percent('99.9%') } },
    });
    const { assumptions } = figuresOf(system);
    const texts = assumptions.map(({ subject, text }) => `${subject}: ${text}`);
    assert.deepEqual([...texts].sort(), [
      'api: availability 99.9% (service)',
      'db: failover within 1m',
      'db: mttr 1h',
      'zone a: availability 99.95% (zone)',
    ]);
    const hours = assumptions.map(({ hoursPerYear }) => hoursPerYear);
    assert.deepEqual(
      hours,
      [...hours].sort((a, b) => b - a),
    );
    // Each is what perfection would gain.
    const api = system.components.get('api');
    assert.ok(api);
    const perfect = { ...system, components: new Map(system.components).set('api', { ...api, availability: fromDown(0) }) };
    const gain = 8760 * (downOf(figuresOf(system).up) - downOf(figuresOf(perfect).up));
    near(assumptions.find(({ subject }) => subject === 'api')?.hoursPerYear ?? 0, gain, 1e-6);
  });

  it('blast radius, against trying each loss', () => {
    fc.assert(
      fc.property(architectures(30), (system) => {
        const oracle = new Oracle(system);
        for (const { point, stops, degrades, stoppedRate } of analyse(system).blast) {
          const bits = oracle.variables.flatMap(({ kind, name }, i) => {
            const own = point.kind === 'component' ? kind === 'replica' || kind === 'release' || kind === 'switching' : kind === point.kind;
            return own && name === point.name ? [1 << i] : [];
          });
          const state = bits.reduce((a, b) => a | b, 0);
          const stopped = oracle.down(state, 'up');
          const missing = oracle.down(state, 'fullyFeatured').filter((journey) => !stopped.includes(journey));
          assert.deepEqual([...stops], stopped);
          assert.deepEqual([...degrades], missing);
          close(
            stoppedRate,
            stopped.reduce((sum, journey) => sum + (system.journeys.get(journey)?.rate ?? 0), 0),
            'rate',
          );
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('asking again', function () {
  this.timeout(60_000);

  it('with other figures gives what an analysis from the start gives', () => {
    fc.assert(
      fc.property(architectures(20), fc.constantFrom(0.001, 0.2, 0.5), fc.boolean(), (system, q, structural) => {
        const prepared = new Prepared(system);
        const [first] = system.components.values();
        assert.ok(first);
        const changed = {
          ...first,
          availability: fromDown(q),
          ...(structural ? { replicas: 4, releases: { every: 9, failureRate: 1, rollback: 1 } } : {}),
        };
        const fresh = analyse({ ...system, components: new Map(system.components).set(first.name, changed) });
        for (const { journey, up } of fresh.journeys) {
          const again = prepared.up(journey, [changed]);
          assert.ok(again);
          close(downOf(again), downOf(up), journey);
        }
        for (const { journey, up } of analyse(system).journeys) {
          const same = prepared.up(journey);
          assert.ok(same);
          close(downOf(same), downOf(up), journey);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('in steps gives the same, and the steps can be dropped', () => {
    const system = shop();
    const steps = analysisSteps(system);
    let pauses = 0;
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        assert.deepEqual(value, analyse(system));
        break;
      }
      pauses++;
    }
    assert.ok(pauses > 2);
    const dropped = analysisSteps(system);
    dropped.next();
    assert.equal(dropped.return(undefined as never).done, true);
  });
});

function shop(): System {
  return systemOf({
    components: {
      edge: { kind: 'load-balancer', availability: percent('99.99%') },
      api: { availability: percent('99.9%'), replicas: 2, zones: ['a', 'b'], healthCheck: { interval: 5 } },
      db: { kind: 'database', availability: percent('99.5%'), zones: ['a'] },
      pay: { kind: 'external', availability: percent('99%') },
    },
    calls: ['edge -> api', 'api -> db', ['api -> pay', { journeys: ['buy'] }]],
    journeys: { browse: { entry: 'edge', rate: 9 }, buy: { entry: 'edge', rate: 1, availability: percent('99.9%') } },
    zones: { a: { availability: percent('99.95%') }, b: { availability: percent('99.95%') } },
  });
}

describe('what to do', () => {
  const system = shop();
  const pay = [...system.calls].find(({ to }) => to === 'pay')?.id ?? '';
  const failover: { changes: readonly Change[] } = {
    changes: [
      { kind: 'set-component', component: 'db', fields: { replicas: 2, zones: ['a', 'b'], failover: { automatic: true, within: 30 } } },
    ],
  };
  const later: { changes: readonly Change[] } = {
    changes: [{ kind: 'set-call', call: pay, fields: { fallback: { kind: 'degrade', word: 'later' } } }],
  };
  const nothing: { changes: readonly Change[] } = { changes: [{ kind: 'set-component', component: 'pay', fields: { owner: 'them' } }] };

  it('first is what saves most', () => {
    const ranked = rankedFixes(system, [nothing, failover, later]).get('buy');
    assert.deepEqual(
      ranked?.map(({ fix }) => fix),
      [later, failover],
    );
    const before = downOf(figuresOf(system, 'buy').up);
    near(ranked?.[0]?.hoursPerYear ?? 0, 8760 * (before - (1 - (1 - before) / 0.99)), 1e-9);
    near(savingsOf(system, later).get('buy') ?? 0, ranked?.[0]?.hoursPerYear ?? 0, 1e-9);
    assert.equal(savingsOf(system, later).get('browse'), 0);
  });

  it('the shortest way to an objective takes the fewest', () => {
    const proposals = [nothing, failover, later];
    assert.deepEqual(shortestWay(system, 'buy', percent('98%'), proposals)?.fixes, []);
    assert.deepEqual(shortestWay(system, 'buy', percent('99.3%'), proposals)?.fixes, [later]);
    const both = shortestWay(system, 'buy', percent('99.9%'), proposals)?.fixes;
    assert.deepEqual(new Set(both), new Set([later, failover]));
    assert.equal(shortestWay(system, 'buy', percent('99.9999%'), proposals), undefined);
    assert.equal(shortestWay(system, 'buy', percent('99.9%'), []), undefined);
  });

  it('of one component: one replica, all of it, and with a common cause', () => {
    const figures = componentFigures(system);
    const api = figures.get('api');
    assert.ok(api);
    near(api.replica.value.down, 1e-3);
    const one = 1 - 0.999 * 0.9995;
    near(api.whole.down, one * one);
    assert.deepEqual([api.needs, api.needsDerived, api.counting], [1, false, 2]);
    const own = 1 - (1 - 0.95e-3) * 0.9995;
    near(api.ifCommonCause?.whole.down ?? 0, 0.05e-3 + (1 - 0.05e-3) * own * own, 1e-9);
    assert.equal(figures.get('db')?.counting, 1);
    assert.equal(figures.get('pay')?.ifCommonCause, undefined);
    near(figures.get('pay')?.whole.down ?? 0, 0.01);
  });
});

describe('expected success of requests', () => {
  const success = (system: System): number => {
    const { expectedSuccess, up } = figuresOf(system);
    return (expectedSuccess ?? Number.NaN) / (1 - downOf(up));
  };
  const two = (api: object, db: object, call: object, journey: object = {}): System =>
    systemOf({
      components: { api: { availability: percent('100%'), ...api }, db: { availability: percent('100%'), ...db } },
      calls: [['api -> db', { operation: 'GET /', ...call }]],
      journeys: { visit: { entry: 'api', ...journey } },
    });

  it('loses transient errors, fewer where idempotent calls are retried', () => {
    near(success(two({}, { errorRate: 0.1 }, {})), 0.9);
    near(success(two({ errorRate: 0.01 }, { errorRate: 0.1 }, {})), 0.99 * 0.9);
    near(success(two({}, { errorRate: 0.1 }, { retry: { maxAttempts: 3 } })), 1 - 1e-3);
    near(success(two({}, { errorRate: 0.1 }, { retry: { maxAttempts: 3 }, operation: 'POST /' })), 0.9);
    near(success(two({}, { errorRate: 0.1 }, { share: 0.5 })), 0.95);
    near(success(two({}, { errorRate: 0.1 }, { count: 2 })), 0.81);
    near(success(two({}, { errorRate: 0.1 }, { required: false })), 1);
    near(success(two({}, { errorRate: 0.1 }, { fallback: { kind: 'degrade', word: 'old' } })), 1);
  });

  it('loses what is later than a timeout, or than the journey may take', () => {
    const exponential = { serviceTime: { kind: 'exponential', mean: 0.1 } };
    const constant = { serviceTime: { kind: 'constant', value: 0 } };
    near(success(two(constant, exponential, { timeout: 0.2 })), 1 - Math.exp(-2));
    near(success(two(constant, exponential, { timeout: 'none' }, { latency: 0.3 })), 1 - Math.exp(-3));
    const p99 = { serviceTime: { kind: 'log-normal', p50: 0.02, p99: 0.12 } };
    assert.ok(Math.abs(success(two(constant, p99, { timeout: 0.12 })) - 0.99) < 1e-9);
    assert.ok(Math.abs(success(two(constant, p99, { timeout: 0.02 })) - 0.5) < 1e-12);
    near(success(two(constant, { serviceTime: { kind: 'constant', value: 0.5 } }, { timeout: 1 })), 1);
    assert.equal(success(two(constant, { serviceTime: { kind: 'constant', value: 2 } }, { timeout: 1 })), 0);
    near(success(two({}, {}, { timeout: 0.001 })), 1);
  });
});
