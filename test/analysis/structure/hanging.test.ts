import { strict as assert } from 'node:assert';
import { hangingCalls } from '../../../src/analysis/structure/hanging';
import type { Call } from '../../../src/model/call';
import type { Component } from '../../../src/model/component';
import { assumptions } from '../../../src/model/defaults';
import type { System } from '../../../src/model/system';
import { downOf, figuresOf, near } from '../near';
import { percent, systemOf } from '../small';

type About = Omit<Component, 'name'>;

/** `read` needs the database, `pay` the payment service; both pass the API. */
function lab(call: Partial<Call>, api: About = {}, payment: About = {}): System {
  return systemOf({
    components: {
      api: { availability: percent('100%'), ...api },
      db: { kind: 'database', availability: percent('99.9%') },
      payment: { kind: 'external', availability: percent('99%'), ...payment },
    },
    calls: [
      ['api -> db', { journeys: ['read'] }],
      ['api -> payment', { journeys: ['pay'], ...call }],
    ],
    journeys: { read: { entry: 'api', rate: 70 }, pay: { entry: 'api', rate: 30 } },
  });
}

function reasonOf(system: System): string | undefined {
  return [...hangingCalls(system, assumptions)].find(([id]) => id.startsWith('api -> payment'))?.[1];
}

const bare = { timeout: 'none', circuitBreaker: 'none' } as const;

describe('calls that can hang', () => {
  it('take their caller down for every journey through it', () => {
    const system = lab(bare);
    near(downOf(figuresOf(system, 'read').up), 1 - 0.999 * 0.99);
    near(downOf(figuresOf(system, 'read').protected), 1e-3);
    assert.deepEqual(
      figuresOf(system, 'read').singlePoints.map(({ name }) => name),
      ['api', 'db', 'payment'],
    );
    assert.deepEqual(
      figuresOf(system, 'read').singlePointsProtected.map(({ name }) => name),
      ['api', 'db'],
    );
  });

  it('do so even when the journey does without them', () => {
    const system = lab({ ...bare, required: false });
    near(downOf(figuresOf(system, 'pay').up), 0.01);
    near(downOf(figuresOf(system, 'pay').fullyFeatured), 0.01);
    assert.equal(downOf(figuresOf(system, 'pay').protected), 0);
  });

  it('(a) wait forever without timeout and deadline; a breaker does not help, a deadline does', () => {
    assert.equal(reasonOf(lab(bare)), 'waits forever');
    assert.equal(reasonOf(lab({ timeout: 'none', circuitBreaker: { failures: 5 } })), 'waits forever');
    assert.equal(reasonOf(lab({ timeout: 'none', deadline: 3 })), undefined);
    assert.equal(reasonOf(lab({ timeout: 1 })), undefined);
  });

  it('(a) wait forever when attempts are unlimited and nothing bounds them all', () => {
    assert.equal(reasonOf(lab({ timeout: 1, retry: { base: 0.1 } })), 'waits forever');
    assert.equal(reasonOf(lab({ timeout: 1, retry: { maxAttempts: 'unlimited' } })), 'waits forever');
    assert.equal(reasonOf(lab({ timeout: 1, deadline: 5, retry: { maxAttempts: 'unlimited' } })), undefined);
    assert.equal(reasonOf(lab({ timeout: 1, retry: { maxAttempts: 3 } })), undefined);
  });

  it('are held in by a bulkhead smaller than the pool, or by any where the pool is not written', () => {
    assert.equal(reasonOf(lab({ ...bare, bulkhead: { concurrency: 4 } })), undefined);
    assert.equal(reasonOf(lab({ ...bare, bulkhead: { concurrency: 4 } }, { concurrency: 8 })), undefined);
    assert.equal(reasonOf(lab({ ...bare, bulkhead: { concurrency: 8 } }, { concurrency: 8 })), 'waits forever');
    assert.equal(reasonOf(lab({ ...bare, bulkhead: 'none' })), 'waits forever');
  });

  it('are only those that the caller waits for: a publish is, a delivery and other asynchronous calls are not', () => {
    assert.equal(reasonOf(lab({ ...bare, async: true })), undefined);
    assert.equal(reasonOf(lab({ ...bare, async: true }, {}, { kind: 'queue' })), 'waits forever');
    const delivery = systemOf({
      components: { jobs: { kind: 'queue' }, mailer: { kind: 'worker' } },
      calls: [['jobs -> mailer', bare]],
      journeys: { visit: { entry: 'jobs' } },
    });
    assert.equal(hangingCalls(delivery, assumptions).size, 0);
  });

  // With payment dead 30 of 100 requests hold their slot for the timeout instead of 10 ms; own work takes 10 ms each, the database 10 ms.
  const busy = (timeout: number): number => 100 * 0.01 + 70 * 0.01 + 30 * timeout;

  it('(b) fill the pool when the load with the callee dead reaches it', () => {
    const timeout = 1;
    const timed = { timeout, circuitBreaker: 'none' } as const;
    assert.equal(reasonOf(lab(timed, { concurrency: Math.floor(busy(timeout)) })), 'fills the pool');
    assert.equal(reasonOf(lab(timed, { concurrency: Math.floor(busy(timeout)) + 1 })), undefined);
    assert.equal(reasonOf(lab(timed, { concurrency: 8, replicas: 4 })), undefined);
    assert.equal(reasonOf(lab(timed, { concurrency: 8, replicas: 3 })), 'fills the pool');
    assert.equal(reasonOf(lab(timed, { concurrency: 'unlimited' })), undefined);
    assert.equal(reasonOf(lab(timed)), undefined);
    assert.equal(reasonOf(lab({ timeout }, { concurrency: 8 })), undefined);
    near(downOf(figuresOf(lab(timed, { concurrency: 8 }), 'read').up), 1 - 0.999 * 0.99);
  });

  it('(b) counts all attempts with the longest waits, up to the deadline', () => {
    // Three attempts of 0.1 s, and waits of 0.1 s and 0.2 s: 0.6 s, or 18 slots and 1.7 for the rest.
    const timed = { timeout: 0.1, circuitBreaker: 'none', retry: { maxAttempts: 3, base: 0.1 } } as const;
    assert.equal(reasonOf(lab(timed, { concurrency: 19 })), 'fills the pool');
    assert.equal(reasonOf(lab(timed, { concurrency: 20 })), undefined);
    assert.equal(reasonOf(lab({ ...timed, deadline: 0.2 }, { concurrency: 8 })), undefined);
    assert.equal(reasonOf(lab({ ...timed, deadline: 0.3 }, { concurrency: 8 })), 'fills the pool');
    assert.equal(reasonOf(lab({ ...timed, share: 0.1 }, { concurrency: 8 })), undefined);
    assert.equal(reasonOf(lab({ ...timed, share: 0.1, count: 10 }, { concurrency: 19 })), 'fills the pool');
  });

  it('need every callee in turn to respond', () => {
    const system = systemOf({
      components: {
        user: { kind: 'client' },
        a: { availability: percent('100%') },
        b: { availability: percent('100%') },
        c: { availability: percent('99%') },
      },
      calls: [
        ['user -> a', { timeout: 1 }],
        ['a -> b', { ...bare, required: false }],
        ['b -> c', { ...bare, required: false }],
      ],
      journeys: { visit: { entry: 'user' } },
    });
    near(downOf(figuresOf(system).up), 0.01);
    assert.equal(downOf(figuresOf(system).protected), 0);
  });

  it('need all replicas of a stateless component that nobody checks', () => {
    const twice = { kind: 'service', managed: false, replicas: 2 } as const;
    near(downOf(figuresOf(lab({ ...bare, required: false }, {}, twice), 'pay').up), 1 - 0.99 ** 2);
    near(downOf(figuresOf(lab({ ...bare, required: false }, {}, { ...twice, healthCheck: { interval: 5 } }), 'pay').up), 1e-4);
    near(downOf(figuresOf(lab({ ...bare, required: false }, {}, { ...twice, healthCheck: 'none' }), 'pay').up), 1 - 0.99 ** 2);
    // A cluster takes its own dead members out.
    const store = { ...twice, kind: 'database', failover: { within: 0 } } as const;
    near(downOf(figuresOf(lab({ ...bare, required: false }, {}, store), 'pay').up), 1e-4);
  });

  it('keep a fallback from firing while the callee does not respond, not while it answers with an error', () => {
    const system = (call: Partial<Call>): System =>
      systemOf({
        components: {
          api: { availability: percent('100%') },
          rates: { availability: percent('99%') },
          feed: { availability: percent('98%') },
          old: { availability: percent('100%') },
        },
        calls: [['api -> rates', { fallback: { kind: 'component', to: 'old' }, ...call }], 'rates -> feed'],
        journeys: { visit: { entry: 'api' } },
      });
    assert.equal(downOf(figuresOf(system({})).up), 0);
    near(downOf(figuresOf(system(bare)).up), 0.01);
  });

  it('in a ring take every member of it down', () => {
    const system = systemOf({
      components: { a: { availability: percent('100%') }, b: { availability: percent('99%') }, c: { availability: percent('98%') } },
      calls: [
        ['a -> b', { ...bare, required: false }],
        ['b -> c', { ...bare, required: false }],
        ['c -> b', { ...bare, required: false }],
      ],
      journeys: { visit: { entry: 'a' } },
    });
    near(downOf(figuresOf(system).up), 1 - 0.99 * 0.98);
  });
});
