import { strict as assert } from 'node:assert';
import { busySlots, derivedNeeds, loadsOf } from '../../src/analysis/load';
import { wiringOf } from '../../src/analysis/wiring';
import type { Retry } from '../../src/model/call';
import { assumptions } from '../../src/model/defaults';
import type { System } from '../../src/model/system';
import { longestBackoff, worstCaseTime } from '../../src/remedies/retries';
import { near } from './near';
import { systemOf } from './small';

const constant = (value: number) => ({ kind: 'constant', value }) as const;

const shop: System = systemOf({
  components: {
    web: { serviceTime: constant(0.01), concurrency: 4, replicas: 4 },
    db: { kind: 'database', serviceTime: constant(0.02) },
    cache: { kind: 'cache', serviceTime: constant(0.001) },
    jobs: { kind: 'queue' },
    worker: { kind: 'worker', serviceTime: constant(1) },
  },
  calls: [
    ['web -> cache', {}],
    ['web -> db', { count: 3, share: 0.2 }],
    ['web -> jobs', { async: true, journeys: ['buy'] }],
    ['jobs -> worker', { count: 2 }],
  ],
  journeys: { browse: { entry: 'web', rate: 90 }, buy: { entry: 'web', rate: 10 } },
});

describe('load', () => {
  const wiring = wiringOf(shop);
  const loads = loadsOf(wiring, assumptions);
  const at = (name: string): number => wiring.numbers.get(name) ?? -1;
  const arrivals = (name: string): number => loads.reduce((sum, load) => sum + (load.arrivals[at(name)] ?? 0), 0);

  it('is rate × count × share along the calls, through queues too', () => {
    near(arrivals('web'), 100);
    near(arrivals('db'), 60);
    near(arrivals('cache'), 100);
    near(arrivals('worker'), 20);
  });

  it('holds a slot for its own work and for the calls it waits for', () => {
    const hold = 0.01 + 0.001 + 3 * 0.2 * 0.02;
    for (const load of loads) near(load.holding[at('web')] ?? 0, hold);
    near(busySlots(loads, at('web')) ?? 0, 100 * hold);
    near(busySlots(loads, at('web'), at('db'), () => 5) ?? 0, 100 * (0.011 + 3));
    near(busySlots(loads, at('web'), at('jobs'), () => 5) ?? 0, 100 * hold + 10 * 5);
  });

  it('makes calls of one parallel group at once', () => {
    const together = systemOf({
      components: { a: { serviceTime: constant(0.01) }, b: { serviceTime: constant(0.2) }, c: { serviceTime: constant(0.3) } },
      calls: [
        ['a -> b', { parallel: 'x' }],
        ['a -> c', { parallel: 'x' }],
      ],
      journeys: { visit: { entry: 'a', rate: 1 } },
    });
    near(loadsOf(wiringOf(together), assumptions)[0]?.holding[0] ?? 0, 0.31);
  });

  it('has no bound in a ring of calls, and none is derived from it', () => {
    const ring = systemOf({
      components: { a: { concurrency: 1, serviceTime: constant(0.01), replicas: 2 }, b: { serviceTime: constant(0.01) } },
      calls: ['a -> b', 'b -> a'],
      journeys: { visit: { entry: 'a', rate: 1 } },
    });
    const ringWiring = wiringOf(ring);
    const [load] = loadsOf(ringWiring, assumptions);
    assert.ok(Number.isNaN(load?.arrivals[0]));
    assert.equal(derivedNeeds(ringWiring, load ? [load] : [], 0), undefined);
  });

  it('decides how many replicas are needed only when everything is written', () => {
    const web = shop.components.get('web');
    assert.ok(web);
    const needs = (system: System): number | undefined => {
      const made = wiringOf(system);
      return derivedNeeds(made, loadsOf(made, assumptions), made.numbers.get('web') ?? -1);
    };
    // 2.3 requests at a time; one replica holds four.
    assert.equal(needs(shop), 1);
    assert.equal(needs({ ...shop, components: new Map(shop.components).set('web', { ...web, concurrency: 1 }) }), 3);
    assert.equal(needs({ ...shop, components: new Map(shop.components).set('web', { ...web, concurrency: 'unlimited' }) }), undefined);
    const { rate: _, ...unrated } = shop.journeys.get('buy') ?? { name: 'buy', entry: 'web', implied: false };
    assert.equal(needs({ ...shop, journeys: new Map(shop.journeys).set('buy', unrated) }), undefined);
    const { serviceTime: __, ...unknown } = shop.components.get('db') ?? { name: 'db' };
    assert.equal(needs({ ...shop, components: new Map(shop.components).set('db', unknown) }), undefined);
  });
});

describe('the worst case of a call', () => {
  const slow = (retry: Retry, attempts: number): number => {
    let sum = 0;
    for (let n = 1; n < attempts; n++) sum += Math.min(retry.cap ?? Infinity, (retry.base ?? 0.1) * 2 ** (n - 1));
    return sum;
  };

  it('adds attempts and waits', () => {
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1 } }), 0.9 + 0.3);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, backoff: 'none' } }), 0.9);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, backoff: 'constant', base: 0.2 } }), 0.9 + 0.4);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 4, backoff: 'linear', base: 0.2 } }), 1.2 + 1.2);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1, jitter: 'full' } }), 1.2);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1, jitter: 'decorrelated' } }), 0.9 + 0.3 + 0.9);
    near(worstCaseTime({ timeout: 0.3, retry: { maxAttempts: 3, base: 0.1, jitter: 'proportional' } }), 0.9 + 0.45);
    near(worstCaseTime({ timeout: 0.3, deadline: 1, retry: { maxAttempts: 9, base: 0.1 } }), 1);
  });

  it('has no end without timeout or with unlimited attempts, but for a deadline', () => {
    assert.equal(worstCaseTime({}), Infinity);
    assert.equal(worstCaseTime({ timeout: 'none', deadline: 'none' }), Infinity);
    assert.equal(worstCaseTime({ timeout: 1, retry: {} }), Infinity);
    assert.equal(worstCaseTime({ timeout: 1, deadline: 7, retry: { maxAttempts: 'unlimited' } }), 7);
    assert.equal(worstCaseTime({ deadline: 7 }), 7);
  });

  it('takes no time to add up many waits', () => {
    const capped = { base: 0.1, cap: 20 } as const;
    near(longestBackoff(capped, 5000), slow(capped, 5000), 1e-9);
    near(longestBackoff(capped, 1e9), slow(capped, 9) + 20 * (1e9 - 9), 1e-9);
    assert.equal(longestBackoff({ base: 0.1 }, 1e9), Infinity);
    near(longestBackoff({ base: 0.1, backoff: 'constant' }, 1e9), 0.1 * (1e9 - 1), 1e-9);
    assert.ok(longestBackoff({ base: 0.1, backoff: 'linear' }, 1e8) > 0);
    assert.equal(longestBackoff('none', 5), 0);
  });
});
