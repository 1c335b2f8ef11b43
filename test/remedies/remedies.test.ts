import { strict as assert } from 'node:assert';
import type { Call, Retry } from '../../src/model/call';
import type { System } from '../../src/model/system';
import { bareSystem } from '../../src/remedies/bare';
import {
  addJitter,
  boundRetry,
  completeCall,
  completeCallByPolicy,
  insertRetry,
  insertRetryByPolicy,
  insertTimeout,
  missingPolicy,
} from '../../src/remedies/call';
import { applyChanges, type Remedy } from '../../src/remedies/change';
import { completeSystem } from '../../src/remedies/complete';
import { degradeWithout, secondReplica } from '../../src/remedies/component';
import { deadlines, p99WithCalls, timeFrame } from '../../src/remedies/latency';
import { addBudget } from '../../src/remedies/layers';
import { roundDown, roundUp } from '../../src/remedies/numbers';
import { longestBackoff, worstCaseTime } from '../../src/remedies/retries';
import { lab, systemOf } from '../model/systems';

function callOf(system: System, id: string): Call {
  const call = system.calls.find((other) => other.id === id);
  assert.ok(call, `no call ${id}`);
  return call;
}

describe('remedies', () => {
  it('suggests a timeout of twice the p99, rounded up', () => {
    const remedy = insertTimeout(lab(), 'api -> payment');
    assert.equal(remedy?.title, 'Insert timeout: 300ms');
    assert.deepEqual(remedy?.changes, [{ kind: 'set-call', call: 'api -> payment', fields: { timeout: 0.3 } }]);
  });

  it('suggests at most what the deadline of the caller leaves, and does not cut off healthy requests to leave more', () => {
    const slow = systemOf({
      components: [
        { name: 'a', serviceTime: { kind: 'constant', value: 0.1 } },
        { name: 'b', serviceTime: { kind: 'constant', value: 5 } },
      ],
      calls: [{ from: 'a', to: 'b' }],
      journeys: [{ name: 'j', entry: 'a', latency: 0.5 }],
    });
    // there is no timeout that lets healthy requests pass: all that is left then
    assert.equal(insertTimeout(slow, 'a -> b')?.title, 'Insert timeout: 400ms');
    const quick = applyChanges(slow, [
      { kind: 'set-component', component: 'b', fields: { serviceTime: { kind: 'constant', value: 0.15 } } },
    ]);
    // twice 150 ms fit into the 400 ms that are left
    assert.equal(insertTimeout(quick, 'a -> b')?.title, 'Insert timeout: 300ms');
    const unknown = systemOf({
      components: [{ name: 'a' }, { name: 'b' }],
      calls: [{ from: 'a', to: 'b' }],
      journeys: [{ name: 'j', entry: 'a' }],
    });
    assert.equal(insertTimeout(unknown, 'a -> b')?.title, 'Insert timeout: 1s');
  });

  it('gives a hop that journeys share the time of the most patient one', () => {
    const shared = systemOf({
      components: [{ name: 'edge' }, { name: 'api' }],
      calls: [{ from: 'edge', to: 'api' }],
      journeys: [
        { name: 'browse', entry: 'edge', latency: 0.6 },
        { name: 'pay', entry: 'edge', latency: 2 },
      ],
    });
    assert.equal(insertTimeout(shared, 'edge -> api')?.title, 'Insert timeout: 1.8s');
  });

  it('offers no timeout where one is written, and none for a call that is not there', () => {
    const done = applyChanges(lab(), insertTimeout(lab(), 'api -> payment')?.changes ?? []);
    assert.equal(insertTimeout(done, 'api -> payment'), undefined);
    assert.equal(insertTimeout(lab(), 'api -> nobody'), undefined);
  });

  it('completes an idempotent call with timeout, retry and breaker, and one that is not without retry', () => {
    const db = missingPolicy(lab(), callOf(lab(), 'api -> db'));
    assert.equal(db.timeout, 0.12);
    assert.deepEqual(Object.keys(db), ['timeout', 'retry', 'circuitBreaker']);
    const payment = missingPolicy(lab(), callOf(lab(), 'api -> payment'));
    assert.deepEqual(Object.keys(payment), ['timeout', 'circuitBreaker']);
    assert.equal(completeCall(lab(), 'api -> payment')?.title, 'Complete the call: timeout, breaker');
  });

  it('puts a breaker where what opens it is the callee’s own, or else fills the caller’s pool', () => {
    const chain = (concurrency: number) =>
      systemOf({
        components: [{ name: 'a', concurrency }, { name: 'b' }, { name: 'c' }],
        calls: [
          { from: 'a', to: 'b' },
          { from: 'b', to: 'c' },
        ],
        journeys: [{ name: 'j', entry: 'a', rate: 20 }],
      });
    const guarded = (system: System) => completeSystem(system).calls.flatMap(({ id, circuitBreaker }) => (circuitBreaker ? [id] : []));
    // 20 calls a second that wait a second each hold 20 slots.
    assert.deepEqual(guarded(chain(21)), ['b -> c']);
    assert.deepEqual(guarded(chain(20)), ['a -> b', 'b -> c']);
  });

  it('does not measure a call by a rare way that has less time', () => {
    const ring = systemOf({
      components: ['a', 'b', 'c'].map((name) => ({ name, serviceTime: { kind: 'constant', value: 0.1 } })),
      calls: [
        { from: 'a', to: 'b', timeout: 1 },
        { from: 'b', to: 'c' },
        { from: 'c', to: 'b', share: 0.02, timeout: 0.15 },
      ],
      journeys: [{ name: 'j', entry: 'a' }],
    });
    // c calls back, so its p99 has no bound: nine tenths of the 900 ms that b has left when a calls.
    assert.equal(missingPolicy(ring, callOf(ring, 'b -> c')).timeout, 0.81);
  });

  it('bounds a retry by what fits beside a timeout that healthy requests need', () => {
    const attempts = (latency: number) => {
      const system = waiting(latency, { backoff: 'constant', base: 0.2 });
      const { timeout, retry } = missingPolicy(system, callOf(system, 'a -> b'));
      return [timeout, retry === 'none' ? retry : retry?.maxAttempts];
    };
    assert.deepEqual(attempts(2.2), [0.6, 3]);
    assert.deepEqual(attempts(2), [0.6, 2]);
    assert.deepEqual(attempts(1), [0.6, 'none']);
    assert.deepEqual(attempts(0.4), [0.4, 'none']);
  });

  /** a, in a hurry, tries b, which takes 300 ms. */
  function waiting(latency: number, retry: Retry, more: Partial<Call> = {}): System {
    return systemOf({
      components: [
        { name: 'a', serviceTime: { kind: 'constant', value: 0 } },
        { name: 'b', serviceTime: { kind: 'constant', value: 0.3 } },
      ],
      calls: [{ from: 'a', to: 'b', retry, ...more }],
      journeys: [{ name: 'j', entry: 'a', latency }],
    });
  }

  it('takes a retry away of which one attempt alone fits, and says so', () => {
    const system = waiting(1, { backoff: 'constant', base: 0.2 });
    const remedy = completeCall(system, 'a -> b');
    assert.equal(remedy?.title, 'Complete the call: timeout, no retry, breaker');
    const after = applyChanges(system, remedy?.changes ?? []);
    assert.equal(callOf(after, 'a -> b').retry, 'none');
    assert.deepEqual(missingPolicy(after, callOf(after, 'a -> b')), {}, 'and that is complete');
  });

  it('gives a call that may be repeated a retry that fits, where the waits of its own are too long', () => {
    const system = waiting(2, { backoff: 'constant', base: 5 }, { operation: 'GET /' });
    const { retry } = missingPolicy(system, callOf(system, 'a -> b'));
    assert.equal((retry as Retry).maxAttempts, 3);
    assert.equal((retry as Retry).base, 0.05);
  });

  it('leaves a retry of one attempt as it is: a budget could not matter', () => {
    const system = waiting(5, { maxAttempts: 1 });
    assert.deepEqual(Object.keys(missingPolicy(system, callOf(system, 'a -> b'))), ['timeout', 'circuitBreaker']);
    assert.equal(addBudget(system, 'a -> b'), undefined);
  });

  it('writes and names the budget that suits the call', () => {
    // Three replicas, of which one may be lost: half as many retries as calls go round it. 10 ms a request leave much room.
    const system = (retry?: Retry) =>
      systemOf({
        components: [{ name: 'a' }, { name: 'b', replicas: 3 }],
        calls: [{ from: 'a', to: 'b', operation: 'GET /', timeout: 0.1, ...(retry && { retry }) }],
        journeys: [{ name: 'j', entry: 'a', rate: 10 }],
      });
    const budgetIn = (remedy: Remedy | undefined) =>
      remedy?.changes.map((change) => {
        const policy = change.kind === 'set-call' ? change.fields : change.kind === 'define-policy' ? change.policy : {};
        return typeof policy.retry === 'object' ? policy.retry.budget : undefined;
      })[0];
    const inserted = insertRetry(system(), 'a -> b');
    assert.equal(inserted?.title, 'Insert a retry: 3 attempts, exponential back-off, full jitter, 50% budget');
    assert.deepEqual(budgetIn(inserted), { share: 0.5 });
    assert.deepEqual(budgetIn(insertRetryByPolicy(system(), 'a -> b')), { share: 0.5 });
    assert.deepEqual(budgetIn(completeCall(system(), 'a -> b')), { share: 0.5 });
    const added = addBudget(system({ maxAttempts: 3 }), 'a -> b');
    assert.equal(added?.title, 'Add a budget of 50%');
    assert.deepEqual(budgetIn(added), { share: 0.5 });
    assert.equal(addBudget(system({ maxAttempts: 3 }), 'a -> b', 0.1)?.title, 'Add a budget of 10%');
    assert.equal(addBudget(system({ maxAttempts: 3, budget: { share: 0.2 } }), 'a -> b'), undefined);
  });

  it('never retries longer than the caller may take', () => {
    const complete = completeSystem(lab());
    const call = callOf(complete, 'api -> db');
    // the journey allows 500 ms, of which the API needs 1 ms; three attempts of 120 ms and waits of 150 ms would take 510 ms
    assert.equal((call.retry as Retry).maxAttempts, 2);
    assert.ok(worstCaseTime(call) <= 0.499);
  });

  it('retries at one layer only, the outermost', () => {
    const chain = systemOf({
      components: ['a', 'b', 'c', 'd'].map((name) => ({ name, serviceTime: { kind: 'constant', value: 0.01 } })),
      calls: [
        { from: 'c', to: 'd', operation: 'GET /' },
        { from: 'b', to: 'c', operation: 'GET /' },
        { from: 'a', to: 'b', operation: 'GET /' },
      ],
      journeys: [{ name: 'j', entry: 'a' }],
    });
    const retried = completeSystem(chain).calls.filter((call) => call.retry !== undefined);
    assert.deepEqual(
      retried.map((call) => call.id),
      ['a -> b'],
    );
  });

  it('completing twice changes nothing more', () => {
    const once = completeSystem(lab());
    assert.deepEqual(completeSystem(once), once);
  });

  it('bounds a bare retry loop and keeps what is written', () => {
    const system = systemOf({
      components: [{ name: 'a' }, { name: 'b' }],
      calls: [{ from: 'a', to: 'b', retry: { backoff: 'constant', base: 0.2 }, ownKeys: ['retry'] }],
    });
    const fixed = applyChanges(system, boundRetry(system, 'a -> b')?.changes ?? []);
    assert.deepEqual(callOf(fixed, 'a -> b').retry, { backoff: 'constant', base: 0.2, maxAttempts: 3, jitter: 'full' });
    assert.equal(boundRetry(fixed, 'a -> b'), undefined);
    assert.equal(addJitter(fixed, 'a -> b'), undefined);
  });

  it('offers no retry for what must not be repeated', () => {
    assert.equal(insertRetry(lab(), 'api -> payment'), undefined);
    assert.ok(insertRetry(lab(), 'api -> db'));
  });

  it('writes the complete picture as a policy under a free name', () => {
    const taken = { ...lab(), policies: new Map([['careful', {}]]) };
    const remedy = completeCallByPolicy(taken, 'api -> db');
    const fixed = applyChanges(taken, remedy?.changes ?? []);
    assert.equal(callOf(fixed, 'api -> db').policy, 'careful-2');
    assert.equal(callOf(fixed, 'api -> db').timeout, 0.12);
  });

  it('takes every protection away for the bare variant, and nothing else', () => {
    const bare = bareSystem(completeSystem(lab()));
    assert.deepEqual(bare, lab());
  });

  it('puts a second replica into another zone, with a failover where data is kept', () => {
    const zones = new Map(['a', 'b'].map((name) => [name, { name, region: 'r' }]));
    const system = systemOf({
      components: [
        { name: 'web', zones: ['a'] },
        { name: 'db', kind: 'database', zones: ['a'], replicas: 2 },
        { name: 'pay', kind: 'external' },
      ],
      rest: { zones },
    });
    assert.equal(secondReplica(system, 'web')?.title, 'Run a second replica in b');
    assert.deepEqual(secondReplica(system, 'web')?.changes, [
      { kind: 'set-component', component: 'web', fields: { replicas: 2, zones: ['a', 'b'] } },
    ]);
    assert.equal(secondReplica(system, 'db')?.title, 'Spread over b too with automatic failover');
    assert.equal(secondReplica(system, 'pay'), undefined);
  });

  it('makes every caller do without a component', () => {
    const fixed = applyChanges(lab(), degradeWithout(lab(), 'payment')?.changes ?? []);
    assert.equal(callOf(fixed, 'api -> payment').required, false);
    assert.equal(degradeWithout(fixed, 'payment'), undefined);
  });

  it('hands deadlines down to callees', () => {
    const system = applyChanges(lab(), [{ kind: 'set-call', call: 'api -> payment', fields: { timeout: 0.3 } }]);
    const [orders, pay] = [...system.journeys.values()];
    assert.ok(orders && pay);
    assert.deepEqual(
      new Map([
        ['api', 0.5],
        ['db', 0.5],
      ]),
      deadlines(system, orders),
    );
    assert.deepEqual(
      new Map([
        ['api', 2],
        ['payment', 0.3],
      ]),
      deadlines(system, pay),
    );
    assert.deepEqual(timeFrame(system, callOf(system, 'api -> payment')), { p99: 0.15, left: 1.999 });
    assert.equal(p99WithCalls(lab(), 'api', 'pay')?.toFixed(3), '0.151');
  });

  it('has no p99 in a ring or where a service time is missing', () => {
    const ring = systemOf({
      components: [
        { name: 'a', serviceTime: { kind: 'constant', value: 1 } },
        { name: 'b', serviceTime: { kind: 'constant', value: 1 } },
        { name: 'c' },
      ],
      calls: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
    });
    assert.equal(p99WithCalls(ring, 'a', ''), undefined);
    assert.equal(p99WithCalls(ring, 'c', ''), undefined);
  });

  it('adds up the longest waits', () => {
    const retry: Retry = { backoff: 'exponential', base: 0.1, jitter: 'full' };
    assert.ok(Math.abs(longestBackoff(retry, 3) - 0.3) < 1e-12);
    assert.equal(longestBackoff({ ...retry, backoff: 'none' }, 3), 0);
    assert.equal(longestBackoff({ ...retry, backoff: 'constant' }, 3), 0.2);
    assert.ok(Math.abs(longestBackoff({ ...retry, backoff: 'linear' }, 3) - 0.3) < 1e-12);
    assert.ok(Math.abs(longestBackoff({ ...retry, cap: 0.15 }, 4) - 0.4) < 1e-12);
    assert.equal(worstCaseTime({ timeout: 1, retry: {} }), Infinity);
    assert.equal(worstCaseTime({ timeout: 1, deadline: 2, retry: {} }), 2);
    assert.equal(worstCaseTime({ timeout: 1 }), 1);
  });

  it('rounds to two digits', () => {
    assert.equal(roundUp(0.1214), 0.13);
    assert.equal(roundUp(0.3), 0.3);
    assert.equal(roundDown(0.2495), 0.24);
  });
});
