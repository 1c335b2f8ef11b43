import { strict as assert } from 'node:assert';
import { hopsTo } from '../../../src/analysis/load/amplification';
import { type ComponentLoad, loadFigures } from '../../../src/analysis/load/figures';
import type { Call } from '../../../src/model/call';
import type { System } from '../../../src/model/system';
import { attemptsPerCall } from '../../../src/remedies/retries';
import { near } from '../near';
import { type Parts, systemOf } from '../small';

const tries = (maxAttempts: number | 'unlimited', more: object = {}): Partial<Call> => ({ retry: { maxAttempts, ...more } });

function timesOf(system: System, name: string): number | undefined {
  return loadFigures(system).components.get(name)?.amplification;
}

function componentOf(system: System, name: string): ComponentLoad | undefined {
  return loadFigures(system).components.get(name);
}

function pathTo(system: System, name: string): string {
  const hops = hopsTo(loadFigures(system).components.get(name)?.amplifiedBy);
  return hops.map(({ call, times, ring }) => `${call.replace(/ \d+$/, '')} ${times}×${ring ? ' round' : ''}`).join(' · ');
}

describe('retries on top of retries', () => {
  const three: Parts = {
    components: { edge: {}, api: {}, store: {}, db: { kind: 'database' } },
    calls: [
      ['edge -> api', tries(4)],
      ['api -> store', tries(4)],
      ['store -> db', tries(4)],
    ],
    journeys: { visit: { entry: 'edge', rate: 10 } },
  };

  it('multiply: 4 × 4 × 4 = 64', () => {
    const system = systemOf(three);
    assert.equal(timesOf(system, 'edge'), 1);
    assert.equal(timesOf(system, 'api'), 4);
    assert.equal(timesOf(system, 'store'), 16);
    assert.equal(timesOf(system, 'db'), 64);
    assert.equal(pathTo(system, 'db'), 'edge -> api 4× · api -> store 4× · store -> db 4×');
    assert.equal(pathTo(system, 'edge'), '');
  });

  it('add a tenth a hop with a budget of 10%', () => {
    const budget = tries(4, { budget: { share: 0.1 } });
    const system = systemOf({ ...three, calls: ['edge -> api', 'api -> store', 'store -> db'].map((edge) => [edge, budget] as const) });
    near(timesOf(system, 'db') ?? 0, 1.1 ** 3);
  });

  it('do so whether a breaker is there or not, and without a rate too', () => {
    const system = systemOf({
      ...three,
      calls: three.calls?.map((call) => [String(call[0]), { ...tries(4), circuitBreaker: 'none' }] as const) ?? [],
      journeys: { visit: { entry: 'edge' } },
    });
    assert.equal(timesOf(system, 'db'), 64);
  });

  it('stop multiplying where nobody waits', () => {
    const system = systemOf({
      components: { edge: {}, api: {}, jobs: { kind: 'queue' }, mailer: { kind: 'worker' }, smtp: { kind: 'external' }, log: {} },
      calls: [
        ['edge -> api', tries(3)],
        ['api -> jobs', { async: true, ...tries(2) }],
        ['jobs -> mailer', tries(5)],
        ['mailer -> smtp', tries(2)],
        ['api -> log', { async: true, ...tries(7) }],
      ],
      journeys: { visit: { entry: 'edge', rate: 1 } },
    });
    // A publish is waited for, the delivery is not.
    assert.equal(timesOf(system, 'jobs'), 6);
    assert.equal(timesOf(system, 'mailer'), 5);
    assert.equal(timesOf(system, 'smtp'), 10);
    assert.equal(timesOf(system, 'log'), 7);
    assert.equal(pathTo(system, 'smtp'), 'jobs -> mailer 5× · mailer -> smtp 2×');
  });

  it('weigh the paths of a diamond by what goes over them', () => {
    const system = systemOf({
      components: { a: {}, b: {}, c: {}, d: {} },
      calls: [
        ['a -> b', { ...tries(3), count: 2, required: false }],
        ['a -> c', { share: 0.5 }],
        ['b -> d', { ...tries(2), fallback: { kind: 'degrade', word: 'none' } }],
        'c -> d',
      ],
      journeys: { visit: { entry: 'a', rate: 7 } },
    });
    near(timesOf(system, 'd') ?? 0, (2 * 6 + 0.5) / 2.5);
    assert.equal(pathTo(system, 'd'), 'a -> b 3× · b -> d 2×');
  });

  it('weigh journeys by their rates, and alike where none that passes has one', () => {
    const parts = (first: object, second: object): Parts => ({
      components: { a: {}, b: {}, c: {} },
      calls: [
        ['a -> c', tries(3)],
        ['b -> c', tries(1)],
      ],
      journeys: { one: { entry: 'a', ...first }, two: { entry: 'b', ...second } },
    });
    near(timesOf(systemOf(parts({ rate: 1 }, { rate: 9 })), 'c') ?? 0, (3 + 9) / 10);
    near(timesOf(systemOf(parts({}, {})), 'c') ?? 0, 2);
    near(timesOf(systemOf(parts({ rate: 5 }, {})), 'c') ?? 0, 3);
    near(timesOf(systemOf(parts({}, { rate: 5 })), 'c') ?? 0, 1);
    near(timesOf(systemOf(parts({ rate: 0 }, { rate: 0 })), 'c') ?? 0, 2);
    assert.equal(timesOf(systemOf(parts({}, { rate: 5 })), 'a'), 1);
  });

  it('have no bound when unlimited, but for those who do not wait', () => {
    const system = systemOf({
      components: { a: {}, b: {}, q: { kind: 'queue' }, w: {}, none: {} },
      calls: [['a -> b', tries('unlimited')], ['b -> q', { async: true }], 'q -> w', ['b -> none', { share: 0 }]],
      journeys: { visit: { entry: 'a', rate: 1 } },
    });
    assert.equal(timesOf(system, 'b'), Infinity);
    assert.equal(timesOf(system, 'q'), Infinity);
    assert.equal(timesOf(system, 'w'), 1);
    assert.equal(timesOf(system, 'none'), undefined);
    assert.equal(pathTo(system, 'q'), 'a -> b Infinity×');
  });

  it('have no bound in a ring that everything goes round, nor behind it; a ring without retries is not compared with itself', () => {
    const ring = (retried: Partial<Call>): System =>
      systemOf({
        components: { a: {}, b: {}, c: {}, d: {}, alone: {} },
        calls: ['a -> b', ['b -> c', retried], 'c -> b', ['c -> d', tries(2)]],
        journeys: { visit: { entry: 'a', rate: 1 } },
      });
    for (const name of ['b', 'c', 'd']) {
      assert.equal(timesOf(ring(tries(2)), name), Infinity);
      assert.equal(timesOf(ring({}), name), undefined);
    }
    assert.equal(timesOf(ring(tries(2)), 'a'), 1);
    assert.equal(timesOf(ring(tries(2)), 'alone'), undefined);
    assert.equal(pathTo(ring(tries(2)), 'c'), 'b -> c 2× round');
    assert.equal(pathTo(ring(tries(2)), 'd'), 'b -> c 2× round');
    const itself = systemOf({ components: { a: {} }, calls: [['a -> a', tries(2)]], journeys: { visit: { entry: 'a' } } });
    assert.equal(timesOf(itself, 'a'), Infinity);
  });

  it('have no bound behind a ring with retries, whatever other rings are on the way', () => {
    const system = systemOf({
      components: Object.fromEntries(['in', 'a', 'b', 'c', 'd', 'e', 'x', 'y', 'end'].map((name) => [name, {}])),
      calls: [
        'in -> a',
        ['a -> b', tries(2)],
        'b -> a',
        // A ring behind it, and another one beside it, without retries.
        'b -> c',
        ['c -> d', { async: true }],
        'd -> c',
        'd -> end',
        'in -> x',
        'x -> y',
        'y -> x',
        'y -> e',
        'y -> end',
      ],
      journeys: { visit: { entry: 'in', rate: 1 } },
    });
    for (const name of ['a', 'b', 'c', 'd', 'end']) {
      assert.equal(timesOf(system, name), Infinity, name);
      assert.equal(pathTo(system, name), 'a -> b 2× round');
    }
    for (const name of ['x', 'y', 'e']) assert.equal(timesOf(system, name), undefined, name);
    // The other way round in the file.
    const reversed = { ...system, calls: [...system.calls].reverse() };
    assert.equal(timesOf(reversed, 'end'), Infinity);
  });

  it('in a ring that converges are finite as long as its gain with attempts is below 1', () => {
    const ring = (share: number, there: Partial<Call> = {}, back: Partial<Call> = {}): System =>
      systemOf({
        components: { in: {}, a: {}, b: {}, c: {} },
        calls: [['in -> a', tries(3)], ['a -> b', there], ['b -> a', { share, ...back }], 'b -> c'],
        journeys: { visit: { entry: 'in', rate: 1 } },
      });
    // Normally 1 / (1 − 0.1) come to each; with four attempts 3 / (1 − 0.4) come to a, and four times that to b.
    const four = ring(0.1, tries(4));
    near(timesOf(four, 'a') ?? 0, (3 / 0.6) * 0.9);
    near(timesOf(four, 'b') ?? 0, 4 * (3 / 0.6) * 0.9);
    near(timesOf(four, 'c') ?? 0, 4 * (3 / 0.6) * 0.9);
    assert.equal(pathTo(four, 'a'), 'in -> a 3×');
    assert.equal(pathTo(four, 'c'), 'in -> a 3× · a -> b 4× round');
    // Without attempts in it, it grows as much as it does anyway.
    for (const name of ['a', 'b', 'c']) {
      near(timesOf(ring(0.9), name) ?? 0, 3);
      assert.equal(pathTo(ring(0.9), name), 'in -> a 3×');
    }
    const both = ring(0.1, tries(2), tries(3));
    near(timesOf(both, 'a') ?? 0, (3 / 0.4) * 0.9);
    assert.equal(pathTo(both, 'a'), 'in -> a 3×');
    // A gain of 0.25 × 4, of 0.3 × 4.
    for (const share of [0.25, 0.3]) {
      for (const name of ['a', 'b', 'c']) {
        assert.equal(timesOf(ring(share, tries(4)), name), Infinity);
        assert.equal(pathTo(ring(share, tries(4)), name), 'a -> b 4× round');
      }
      near(componentOf(ring(share, tries(4)), 'a')?.arrivals ?? 0, 1 / (1 - share));
    }
    near(timesOf(ring(0.249, tries(4)), 'a') ?? 0, (3 / 0.004) * 0.751, 1e-9);
    assert.equal(timesOf(ring(0.1, tries('unlimited')), 'a'), Infinity);
    const budget = tries(4, { budget: { share: 0.5 } });
    near(timesOf(ring(0.5, budget), 'a') ?? 0, (3 / 0.25) * 0.5);
  });

  it('in a ring do not come from those who do not wait', () => {
    const ring = (back: number | 'unlimited'): System =>
      systemOf({
        components: { a: {}, b: {}, c: {} },
        calls: [
          ['a -> b', tries(4)],
          ['b -> a', { share: 0.5, async: true, ...tries(back) }],
          ['b -> c', tries(2)],
        ],
        journeys: { visit: { entry: 'a', rate: 1 } },
      });
    // Two come to each; of the second one to a, only the attempts of the call itself count.
    near(timesOf(ring(1), 'a') ?? 0, 1);
    near(timesOf(ring(1), 'b') ?? 0, 4);
    near(timesOf(ring(3), 'a') ?? 0, (1 + 3) / 2);
    near(timesOf(ring(3), 'c') ?? 0, 8 * 2);
    assert.equal(timesOf(ring('unlimited'), 'a'), Infinity);
    const never = systemOf({
      components: { a: {}, b: {} },
      calls: [
        ['a -> b', tries('unlimited')],
        ['b -> a', { share: 0 }],
      ],
      journeys: { visit: { entry: 'a', rate: 1 } },
    });
    assert.deepEqual([timesOf(never, 'a'), timesOf(never, 'b')], [1, Infinity]);
  });

  it('in a ring that converges are not known behind one that does not, but for its own growth', () => {
    const behind = (first: Partial<Call>, second: Partial<Call>, share = 0.1): System =>
      systemOf({
        components: { a: {}, b: {}, c: {}, d: {} },
        calls: [['a -> b', first], 'b -> a', 'b -> c', ['c -> d', second], ['d -> c', { share }]],
        journeys: { visit: { entry: 'a', rate: 1 } },
      });
    assert.equal(timesOf(behind({}, {}), 'd'), undefined);
    assert.equal(timesOf(behind({}, tries(4)), 'd'), undefined);
    assert.equal(timesOf(behind({}, tries(4), 0.25), 'd'), Infinity);
    assert.equal(pathTo(behind({}, tries(4), 0.25), 'd'), 'c -> d 4× round');
    assert.equal(timesOf(behind(tries(2), {}), 'd'), Infinity);
    assert.equal(pathTo(behind(tries(2), tries(4)), 'd'), 'a -> b 2× round');
    assert.equal(componentOf(behind({}, {}), 'd')?.arrivals, undefined);
  });

  it('have no bound behind a ring with too many retries, even where the load has none anyway', () => {
    const system = systemOf({
      components: { a: {}, b: {}, c: {}, d: {} },
      calls: [['a -> a', { share: 0.43, ...tries(3) }], 'a -> b', 'b -> b', 'a -> c', 'b -> d', 'c -> d'],
      journeys: { visit: { entry: 'a', rate: 1 } },
    });
    for (const name of ['a', 'b', 'c', 'd']) {
      assert.equal(timesOf(system, name), Infinity, name);
      assert.equal(pathTo(system, name), 'a -> a 3× round');
    }
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((name) => componentOf(system, name)?.arrivals?.toFixed(6)),
      ['1.754386', undefined, '1.754386', undefined],
    );
  });

  it('in a ring that only a journey without a rate goes round do not count beside journeys with one', () => {
    const system = systemOf({
      components: { a: {}, b: {}, c: {} },
      calls: [['a -> b', tries(2)], ['b -> a', { journeys: ['unrated'] }], ['b -> c', { journeys: ['rated'] }], 'c -> c'],
      journeys: { rated: { entry: 'a', rate: 1 }, unrated: { entry: 'a' } },
    });
    assert.equal(timesOf(system, 'b'), 2);
    assert.equal(timesOf(system, 'c'), undefined);
    const round = { ...system, calls: system.calls.map((call) => (call.from === 'c' ? { ...call, ...tries(3) } : call)) };
    assert.equal(timesOf(round, 'c'), Infinity);
    const mixed = systemOf({
      components: { a: {}, b: {} },
      calls: [
        ['a -> b', { journeys: ['rated'] }],
        ['b -> a', { journeys: ['rated'] }],
        ['b -> b', { ...tries(2), journeys: ['unrated'] }],
      ],
      journeys: { rated: { entry: 'a', rate: 1 }, unrated: { entry: 'b' } },
    });
    assert.equal(timesOf(mixed, 'b'), undefined);
  });

  it('of start-up order and telemetry do not count, nor those of other journeys', () => {
    const system = systemOf({
      components: { a: {}, b: {}, c: {} },
      calls: [
        ['a -> b', { ...tries(9), role: 'startup' }],
        ['a -> b', { ...tries(2), journeys: ['one'] }],
        ['a -> b', { ...tries(5), journeys: ['two'] }],
        ['a -> c', { ...tries(9), role: 'telemetry' }],
      ],
      journeys: { one: { entry: 'a', rate: 3 }, two: { entry: 'a', rate: 1 } },
    });
    near(timesOf(system, 'b') ?? 0, (3 * 2 + 5) / 4);
    assert.equal(timesOf(system, 'c'), undefined);
  });
});

describe('the attempts of a call', () => {
  it('are held down by a budget', () => {
    assert.equal(attemptsPerCall({}), 1);
    assert.equal(attemptsPerCall({ retry: 'none' }), 1);
    assert.equal(attemptsPerCall({ retry: {} }), Infinity);
    assert.equal(attemptsPerCall({ retry: { budget: { share: 0.2 } } }), 1.2);
    assert.equal(attemptsPerCall({ retry: { maxAttempts: 3, budget: { share: 5 } } }), 3);
    assert.equal(attemptsPerCall({ retry: { maxAttempts: 3, budget: { tokens: 500, cost: 5, refund: 1 } } }), 1.2);
    assert.equal(attemptsPerCall({ retry: { maxAttempts: 3, budget: { tokens: 500 } } }), 1);
    assert.equal(attemptsPerCall({ retry: { maxAttempts: 3, budget: { tokens: 1, cost: 0, refund: 0 } } }), 3);
    assert.equal(attemptsPerCall({ retry: { maxAttempts: 0 } }), 1);
  });
});
