import { strict as assert } from 'node:assert';
import { type LoadFigures, loadFigures } from '../../../src/analysis/load/figures';
import type { Call, Retry } from '../../../src/model/call';
import type { Component } from '../../../src/model/component';
import { assumptions } from '../../../src/model/defaults';
import type { System } from '../../../src/model/system';
import { near } from '../near';
import { systemOf } from '../small';
import { callOf, componentOf, sound } from './sound';

const constant = (value: number) => ({ kind: 'constant', value }) as const;

const usual: Retry = { maxAttempts: 3, backoff: 'exponential', base: 0.1, cap: 2, jitter: 'full', budget: { share: 0.1 } };

/** A shop with two journeys through one API, as in the description of the format. */
const storefront: System = {
  ...systemOf({
    components: {
      edge: { kind: 'load-balancer', replicas: 2, zones: ['a', 'b'] },
      api: { replicas: 3, zones: ['a', 'b'], concurrency: 8, serviceTime: { kind: 'log-normal', p50: 0.02, p99: 0.12 } },
      db: { kind: 'database', replicas: 2, zones: ['a', 'b'] },
      payment: { kind: 'external', concurrency: 5 },
      jobs: { kind: 'queue', managed: true },
      mailer: { kind: 'worker', replicas: 2 },
    },
    calls: [
      ['edge -> api', { timeout: 0.7 }],
      ['api -> db', { timeout: 0.5, retry: usual, journeys: ['browse'] }],
      ['api -> payment', { timeout: 0.3, retry: { maxAttempts: 2, base: 0.05, jitter: 'full' }, journeys: ['checkout'] }],
      ['api -> jobs', { timeout: 0.2, retry: usual, async: true, journeys: ['checkout'] }],
      ['jobs -> mailer', { timeout: 0.5, retry: usual }],
    ],
    journeys: { browse: { entry: 'edge', rate: 28 }, checkout: { entry: 'edge', rate: 12, latency: 2 } },
  }),
  objectives: { latency: 0.8 },
};

describe('the load of a shop', () => {
  const figures = sound(storefront);
  // 20 ms × exp(σ² / 2) with σ = ln 6 / 2.3263.
  const own = 0.0269057;
  const busy = 40 * (own + 0.01);

  it('arrives by the rates', () => {
    near(componentOf(figures, 'api').arrivals ?? 0, 40);
    near(componentOf(figures, 'db').arrivals ?? 0, 28);
    near(componentOf(figures, 'mailer').arrivals ?? 0, 12);
    assert.equal(componentOf(figures, 'api').partial, undefined);
  });

  it('holds slots for its own work and for what it waits for', () => {
    near(componentOf(figures, 'api').holding ?? 0, own + 0.01, 1e-5);
    near(componentOf(figures, 'edge').holding ?? 0, own + 0.02, 1e-5);
    assert.equal(componentOf(figures, 'api').assumed, true);
    near(componentOf(loadFigures(storefront, { ...assumptions, serviceTime: 0.1 }), 'api').holding ?? 0, own + 0.1, 1e-5);
  });

  it('leaves headroom, with a replica or a zone short too', () => {
    const api = componentOf(figures, 'api');
    assert.equal(api.slots, 24);
    near(api.utilisation ?? 0, busy / 24, 1e-5);
    near(api.utilisationOneDown ?? 0, busy / 16, 1e-5);
    assert.equal(api.utilisationZoneDown?.zone, 'a');
    near(api.utilisationZoneDown?.value ?? 0, busy / 8, 1e-5);
    assert.ok(api.waiting !== undefined && api.waiting > 0 && api.waiting < 1e-12);
  });

  it('says nothing of pools that nobody wrote, or that a provider runs', () => {
    for (const name of ['edge', 'db', 'payment', 'jobs']) assert.equal(componentOf(figures, name).slots, undefined);
  });

  it('grows by retries', () => {
    assert.equal(componentOf(figures, 'edge').amplification, 1);
    assert.equal(componentOf(figures, 'api').amplification, 1);
    near(componentOf(figures, 'db').amplification ?? 0, 1.1);
    near(componentOf(figures, 'payment').amplification ?? 0, 2);
    near(componentOf(figures, 'mailer').amplification ?? 0, 1.1);
  });

  it('takes as long as its calls may', () => {
    const edge = callOf(figures, 'edge -> api');
    near(edge.worstCase, 0.7);
    near(edge.left ?? 0, 0.8);
    assert.equal(edge.leftIn, 'browse');
    assert.equal(edge.fits, true);
    near(edge.wasted?.seconds ?? 0, 1.8 - 0.7);
    assert.ok(edge.wasted?.call.startsWith('api -> db'));
    const db = callOf(figures, 'api -> db');
    assert.equal(db.attempts, 3);
    near(db.worstCase, 1.8);
    near(db.left ?? 0, 0.7);
    assert.equal(db.fits, false);
    const payment = callOf(figures, 'api -> payment');
    near(payment.worstCase, 0.65);
    assert.equal(payment.leftIn, 'checkout');
    assert.equal(payment.fits, true);
    // A publish is waited for; nobody waits for a delivery.
    assert.equal(callOf(figures, 'api -> jobs').fits, false);
    assert.equal(callOf(figures, 'jobs -> mailer').left, undefined);
    assert.equal(callOf(figures, 'jobs -> mailer').pool, undefined);
  });

  it('fills pools when a callee hangs', () => {
    const pool = callOf(figures, 'api -> payment').pool;
    near(pool?.fullAfter ?? 0, 2);
    near(pool?.holding ?? 0, 12 * 0.65);
    assert.equal(pool?.exhausts, false);
  });
});

describe('pools', () => {
  const lab = (call: Partial<Call>, api: Omit<Component, 'name'> = {}, journeys = {}): LoadFigures =>
    sound(
      systemOf({
        components: { api: { concurrency: 8, ...api }, db: {}, payment: { kind: 'external' } },
        calls: [
          ['api -> db', { journeys: ['read'] }],
          ['api -> payment', { timeout: 'none', journeys: ['pay', 'other'], ...call }],
        ],
        journeys: { read: { entry: 'api', rate: 28 }, pay: { entry: 'api', rate: 12 }, ...journeys },
      }),
    );

  it('of eight are full after 0.667 s of twelve calls a second: 26.67 requests in all', () => {
    const figures = lab({});
    const pool = callOf(figures, 'api -> payment').pool;
    near(pool?.fullAfter ?? 0, 2 / 3);
    near((pool?.fullAfter ?? 0) * (componentOf(figures, 'api').arrivals ?? 0), 80 / 3);
    assert.equal(pool?.holding, Infinity);
    assert.equal(pool?.exhausts, true);
    assert.equal(pool?.orSooner, undefined);
  });

  it('are held by arrivals × attempts × timeout and waits, up to the deadline', () => {
    const holding = (call: Partial<Call>): number => callOf(lab(call), 'api -> payment').pool?.holding ?? -1;
    near(holding({ timeout: 0.5 }), 6);
    near(holding({ timeout: 0.2, retry: { maxAttempts: 3, base: 0.1 } }), 12 * 0.9);
    near(holding({ timeout: 0.2, deadline: 0.25, retry: { maxAttempts: 3, base: 0.1 } }), 3);
    near(holding({ timeout: 0.5, share: 0.5, count: 3 }), 9);
    assert.equal(callOf(lab({ timeout: 0.5 }), 'api -> payment').pool?.exhausts, false);
    assert.equal(callOf(lab({ timeout: 8 / 12 }), 'api -> payment').pool?.exhausts, true);
    assert.equal(callOf(lab({ timeout: 1 }, { replicas: 2 }), 'api -> payment').pool?.exhausts, false);
  });

  it('are only the bulkhead where there is a smaller one', () => {
    const pool = callOf(lab({ bulkhead: { concurrency: 3 } }, { replicas: 2 }), 'api -> payment').pool;
    assert.deepEqual([pool?.slots, pool?.bulkhead, pool?.fullAfter], [6, true, 0.5]);
    assert.equal(callOf(lab({ bulkhead: { concurrency: 9 } }), 'api -> payment').pool?.bulkhead, false);
    assert.equal(callOf(lab({ bulkhead: { concurrency: 3 } }, { concurrency: 'unlimited' }), 'api -> payment').pool?.slots, 3);
    assert.equal(callOf(lab({}, { concurrency: 'unlimited' }), 'api -> payment').pool, undefined);
  });

  it('may be full sooner where a journey has no rate', () => {
    const figures = lab({}, {}, { other: { entry: 'api' } });
    assert.equal(callOf(figures, 'api -> payment').pool?.orSooner, true);
    assert.equal(callOf(figures, 'api -> db').pool?.orSooner, undefined);
    assert.equal(componentOf(figures, 'api').partial, true);
    near(componentOf(figures, 'api').arrivals ?? 0, 40);
  });
});

describe('headroom', () => {
  const web = (about: Omit<Component, 'name'>, rate = 100) =>
    componentOf(
      sound(systemOf({ components: { web: { serviceTime: constant(0.1), ...about } }, journeys: { visit: { entry: 'web', rate } } })),
      'web',
    );

  it('waits as M/M/1 where one slot is all', () => {
    const one = web({ concurrency: 1 }, 8);
    near(one.utilisation ?? 0, 0.8);
    near(one.waiting ?? 0, (0.8 / 0.2) * 0.1);
    assert.equal(one.utilisationOneDown, Infinity);
    assert.equal(one.utilisationZoneDown, undefined);
    assert.equal(one.assumed, false);
  });

  it('is none, and waiting has no end, at full load', () => {
    const full = web({ concurrency: 5, replicas: 2 });
    near(full.utilisation ?? 0, 1);
    assert.equal(full.waiting, Infinity);
    assert.equal(web({ concurrency: 1, replicas: 2 }).utilisation, 5);
  });

  it('goes by replicas as they stand in zones', () => {
    const zone = (about: Omit<Component, 'name'>) => web({ concurrency: 10, ...about }).utilisationZoneDown;
    assert.deepEqual(zone({ replicas: 4, zones: ['a', 'b', 'c'] }), { zone: 'a', value: 0.5 });
    assert.deepEqual(
      zone({
        replicas: new Map([
          ['a', 1],
          ['b', 4],
        ]),
      }),
      { zone: 'b', value: 1 },
    );
    assert.deepEqual(zone({ replicas: 3, zones: ['a'] }), { zone: 'a', value: Infinity });
    assert.deepEqual(zone({ replicas: 4, zones: ['a', 'b', 'b'] }), { zone: 'a', value: 0.5 });
    assert.deepEqual(zone({ replicas: 5, zones: ['a', 'b', 'b'] }), { zone: 'b', value: 0.5 });
    assert.equal(zone({ replicas: 3 }), undefined);
  });

  it('is all there is of a pool without a limit, and none of no pool', () => {
    const unlimited = web({ concurrency: 'unlimited', replicas: 2 });
    assert.deepEqual([unlimited.slots, unlimited.utilisation, unlimited.utilisationOneDown, unlimited.waiting], [Infinity, 0, 0, 0]);
    const none = web({ concurrency: 0, replicas: 2 });
    assert.deepEqual([none.slots, none.utilisation, none.waiting], [0, Infinity, Infinity]);
    assert.equal(web({ concurrency: 5, replicas: 0 }).utilisation, Infinity);
    assert.deepEqual(web({ concurrency: 5 }, 0).utilisation, 0);
    assert.equal(web({ concurrency: 5, kind: 'client' }).slots, undefined);
    assert.equal(web({ concurrency: 5, managed: true }).slots, undefined);
  });

  it('of ten thousand replicas takes no time', () => {
    const many = web({ concurrency: 200, replicas: 10_000, zones: ['a', 'b', 'c'] }, 19_999_000);
    near(many.utilisation ?? 0, 0.99995);
    assert.ok(many.waiting !== undefined && many.waiting > 0 && many.waiting < 0.001);
    near(many.utilisationZoneDown?.value ?? 0, 1_999_900 / (200 * 6666));
  });

  it('counts every journey without a rate once, and none that never makes the call', () => {
    const system = systemOf({
      components: { a: { serviceTime: constant(1) }, b: { serviceTime: constant(0.4) } },
      calls: [
        ['a -> b', { journeys: ['one', 'two'] }],
        ['b -> a', { share: 0, journeys: ['other'] }],
      ],
      journeys: { one: { entry: 'a' }, two: { entry: 'a' }, three: { entry: 'a' }, four: { entry: 'a' }, five: { entry: 'a' } },
    });
    near(componentOf(sound(system), 'a').holding ?? 0, (2 * 1.4 + 3 * 1) / 5);
    const rated = new Map(system.journeys).set('one', { name: 'one', entry: 'a', rate: 3, implied: false });
    assert.equal(componentOf(sound({ ...system, journeys: rated }), 'a').partial, true);
    near(componentOf(sound({ ...system, journeys: rated }), 'a').holding ?? 0, 1.4);
    const only = new Map([...rated].filter(([name]) => name === 'one')).set('other', { name: 'other', entry: 'b', implied: false });
    assert.equal(componentOf(sound({ ...system, journeys: only }), 'a').partial, undefined);
  });

  it('is known in a ring that converges, and of the calls in it', () => {
    const figures = sound(
      systemOf({
        components: {
          shop: {},
          purchase: { concurrency: 10, replicas: 2, serviceTime: constant(0.1) },
          stock: { concurrency: 4, serviceTime: constant(0.02) },
          ledger: { serviceTime: constant(0.01) },
        },
        calls: [
          'shop -> purchase',
          ['purchase -> stock', { timeout: 0.5, circuitBreaker: 'none' }],
          ['stock -> purchase', { share: 0.02, timeout: 0.3 }],
          'purchase -> ledger',
        ],
        journeys: { buy: { entry: 'shop', rate: 15 } },
      }),
    );
    // Of fifteen a second 2% come round again: 15 / 0.98. Purchase is 0.11 + stock, stock 0.02 + 2% of purchase.
    const held = 0.13 / 0.98;
    const [purchase, stock] = ['purchase', 'stock'].map((name) => componentOf(figures, name));
    for (const load of [purchase, stock, componentOf(figures, 'ledger')]) near(load?.arrivals ?? 0, 15 / 0.98);
    near(purchase?.holding ?? 0, held);
    near(stock?.holding ?? 0, 0.02 + 0.02 * held);
    near(purchase?.utilisation ?? 0, (15 / 0.98) * (held / 20));
    assert.deepEqual([purchase?.assumed, purchase?.amplification], [false, 1]);
    near(callOf(figures, 'purchase -> stock').pool?.holding ?? 0, (15 / 0.98) * 0.5);
    near(callOf(figures, 'stock -> purchase').pool?.fullAfter ?? 0, 4 / ((15 / 0.98) * 0.02));
  });

  it('is not known in a ring that everything goes round, and without rates', () => {
    const ring = sound(
      systemOf({ components: { a: { concurrency: 5 }, b: {} }, calls: ['a -> b', 'b -> a'], journeys: { visit: { entry: 'a', rate: 1 } } }),
    );
    assert.deepEqual(componentOf(ring, 'a'), { assumed: true, slots: 5 });
    const unrated = sound(systemOf({ components: { a: { concurrency: 5 } }, journeys: { visit: { entry: 'a' } } }));
    assert.deepEqual(componentOf(unrated, 'a'), { holding: 0.01, assumed: true, slots: 5, amplification: 1 });
  });
});

describe('deadlines', () => {
  const hops = (rest: Partial<Call> = {}, latency = 2): LoadFigures =>
    sound(
      systemOf({
        components: { user: { kind: 'client' }, a: {}, b: {}, c: {} },
        calls: [
          ['user -> a', { timeout: 1.5 }],
          ['a -> b', { timeout: 0.3, retry: { maxAttempts: 3, backoff: 'constant', base: 0.1 } }],
          ['b -> c', { timeout: 0.1, retry: { maxAttempts: 3 }, ...rest }],
        ],
        journeys: { slow: { entry: 'user', latency: 9 }, visit: { entry: 'user', latency }, other: { entry: 'c', latency: 0.01 } },
      }),
    );

  it('shrink hop by hop', () => {
    const figures = hops();
    const [first, second, third] = ['user -> a', 'a -> b', 'b -> c'].map((edge) => callOf(figures, edge));
    assert.deepEqual([first?.left, first?.leftIn, first?.fits], [2, 'visit', true]);
    assert.deepEqual([second?.left, second?.fits], [1.5, true]);
    near(second?.worstCase ?? 0, 1.1);
    // Three attempts of 100 ms are exactly what one attempt of the caller lasts.
    assert.deepEqual([third?.left, third?.fits, second?.wasted], [0.3, true, undefined]);
    assert.equal(first?.wasted, undefined);
  });

  it('are broken by a callee that may work longer than its caller waits', () => {
    const figures = hops({ timeout: 0.2 });
    assert.equal(callOf(figures, 'b -> c').fits, false);
    near(callOf(figures, 'a -> b').wasted?.seconds ?? 0, 0.3);
    assert.ok(callOf(figures, 'a -> b').wasted?.call.startsWith('b -> c'));
    assert.equal(callOf(hops({ timeout: 'none' }), 'a -> b').wasted?.seconds, Infinity);
    assert.equal(callOf(hops({ timeout: 'none' }), 'b -> c').fits, false);
    assert.equal(callOf(hops({ timeout: 0.2, async: true }), 'a -> b').wasted, undefined);
    near(callOf(hops({ count: 2 }), 'a -> b').wasted?.seconds ?? 0, 0.3);
  });

  it('are not those of who only hands something to a queue, nor of other journeys', () => {
    const figures = sound(
      systemOf({
        components: { a: {}, q: { kind: 'queue' }, b: {}, c: {} },
        calls: [
          ['a -> q', { async: true, timeout: 0.1 }],
          ['q -> c', { async: false, timeout: 5 }],
          ['a -> b', { timeout: 0.2, journeys: ['one'] }],
          ['b -> c', { timeout: 3, journeys: ['two'] }],
          ['b -> q', { async: true, timeout: 0.3, journeys: ['one', 'two'] }],
        ],
        journeys: { one: { entry: 'a' }, two: { entry: 'b' } },
      }),
    );
    assert.equal(callOf(figures, 'a -> q').wasted, undefined);
    near(callOf(figures, 'a -> b').wasted?.seconds ?? 0, 0.1);
    assert.ok(callOf(figures, 'a -> b').wasted?.call.startsWith('b -> q'));
  });

  it('are those of the journeys that make the call', () => {
    const figures = hops({}, 0.2);
    assert.deepEqual([callOf(figures, 'b -> c').left, callOf(figures, 'b -> c').leftIn], [0.2, 'visit']);
    const apart = sound(
      systemOf({
        components: { a: {}, b: {}, c: {} },
        calls: [
          ['a -> b', { timeout: 0.5 }],
          ['b -> c', { timeout: 5, journeys: ['slow'] }],
        ],
        journeys: { quick: { entry: 'b', latency: 0.1 }, slow: { entry: 'b' } },
      }),
    );
    assert.equal(callOf(apart, 'b -> c').left, undefined);
    assert.equal(callOf(apart, 'b -> c').fits, undefined);
    // No journey enters at a, so that nobody waits there.
    assert.equal(callOf(apart, 'a -> b').left, undefined);
    assert.equal(callOf(apart, 'a -> b').worstCase, 0.5);
  });
});
