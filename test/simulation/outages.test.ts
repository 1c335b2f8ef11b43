import { strict as assert } from 'node:assert';
import type { Component } from '../../src/model/component';
import type { Fault } from '../../src/model/scenario';
import { between, callOf, componentOf, journeyOf, play, run } from './running';
import { type CallFields, component, constant, pool, scenarioOf, systemOf } from './systems';

const unlimited = pool('unlimited');
const replica = (name: string, number: number) => ({ kind: 'replica', name, replica: number }) as const;

/** a calls b at a hundred requests a second, with a timeout. */
function pair(b: Partial<Component>, call: Partial<CallFields> = {}) {
  return systemOf({
    components: [
      { name: 'a', ...unlimited, ...constant(0) },
      { name: 'b', ...unlimited, ...constant(0.01), ...b },
    ],
    calls: [{ from: 'a', to: 'b', timeout: 0.1, ...call }],
    journeys: [{ name: 'j', entry: 'a', rate: 100 }],
  });
}

function failedShare(
  system: ReturnType<typeof pair>,
  events: readonly { at: number; fault: Fault }[],
  from: number,
  to: number,
  length = 60,
): number {
  const { offered, failed } = between(journeyOf(run(system, length, { scenario: scenarioOf(events) }), 'j'), from, to);
  return failed / offered;
}

describe('replicas and their health checks', function () {
  this.timeout(30_000);

  const one = [{ at: 10, fault: { kind: 'kill', target: replica('b', 2) } as const }];

  it('requests go round, and a dead replica keeps its share for ever without a health check', () => {
    assert.ok(Math.abs(failedShare(pair({ replicas: 4 }), one, 11, 60) - 0.25) < 0.01);
  });

  it('with one, it keeps its share until it is found out', () => {
    const checked = pair({ replicas: 4, healthCheck: { interval: 5, unhealthyAfter: 2 } });
    assert.ok(Math.abs(failedShare(checked, one, 11, 19) - 0.25) < 0.02);
    assert.equal(failedShare(checked, one, 21, 60), 0);
  });

  it('a replica that is back gets requests after one interval', () => {
    const checked = pair({ replicas: 2, healthCheck: { interval: 5, unhealthyAfter: 2 } });
    const simulation = play(checked);
    const believed = (at: number) => {
      simulation.advance(at);
      const b = simulation.frame().components.find(({ name }) => name === 'b');
      return [b?.live, b?.believed];
    };
    simulation.act({ kind: 'kill', target: replica('b', 1) });
    assert.deepEqual(believed(9.9), [1, 2]);
    assert.deepEqual(believed(10.1), [1, 1]);
    simulation.act({ kind: 'restore', target: replica('b', 1) });
    assert.deepEqual(believed(15), [2, 1]);
    assert.deepEqual(believed(15.2), [2, 2]);
  });

  it('when none is believed healthy, all get requests anyway', () => {
    const checked = pair({ replicas: 2, healthCheck: { interval: 1, unhealthyAfter: 1 } });
    const events = [
      { at: 10, fault: { kind: 'kill', target: component('b') } as const },
      { at: 20, fault: { kind: 'restore', target: component('b') } as const },
    ];
    assert.equal(failedShare(checked, events, 11, 19), 1);
    // It needs no health check to be found again: it is asked all the time.
    assert.equal(failedShare(checked, events, 20, 21), 0);
  });

  it('zones, regions and shared fates take all replicas in them', () => {
    const system = {
      ...pair({ replicas: 4, zones: ['x', 'y'] }),
      zones: new Map([
        ['x', { name: 'x', region: 'r' }],
        ['y', { name: 'y', region: 's' }],
      ]),
      sharedFates: new Map([['cert', { name: 'cert', components: ['b'] }]]),
    };
    const share = (fault: Fault) => failedShare(system, [{ at: 0, fault }], 0, 30, 31);
    assert.ok(Math.abs(share({ kind: 'kill', target: { kind: 'zone', name: 'x' } }) - 0.5) < 0.01);
    assert.ok(Math.abs(share({ kind: 'crash', target: { kind: 'region', name: 's' } }) - 0.5) < 0.01);
    assert.equal(share({ kind: 'kill', target: { kind: 'sharedFate', name: 'cert' } }), 1);
  });
});

describe('databases', function () {
  this.timeout(30_000);

  const killPrimary = [{ at: 10, fault: { kind: 'kill', target: replica('b', 1) } as const }];

  it('without a failover a standby does not serve', () => {
    assert.equal(failedShare(pair({ kind: 'database', replicas: 2 }), killPrimary, 11, 59), 1);
    assert.equal(
      failedShare(pair({ kind: 'database', replicas: 2 }), [{ at: 10, fault: { kind: 'kill', target: replica('b', 2) } }], 11, 60),
      0,
    );
  });

  it('with one it does, once the death is noticed and the switch-over is done', () => {
    const standby = pair({
      kind: 'database',
      replicas: 2,
      failover: { automatic: true, within: 20 },
      healthCheck: { interval: 2, unhealthyAfter: 5 },
    });
    assert.equal(failedShare(standby, killPrimary, 11, 39), 1);
    assert.equal(failedShare(standby, killPrimary, 41, 60), 0);
  });

  it('a quorum that is lost serves nobody', () => {
    const quorum = pair({ kind: 'database', replicas: 3, needs: 2, failover: { within: 5 } });
    const kills = [1, 2].map((number) => ({ at: 10, fault: { kind: 'kill', target: replica('b', number) } as const }));
    assert.equal(failedShare(quorum, kills, 11, 59), 1);
    assert.equal(failedShare(quorum, kills.slice(0, 1), 16, 60), 0);
  });
});

describe('what dies', function () {
  this.timeout(30_000);

  it('hangs when it is killed and refuses when it crashes: opposite ends for those who call it', () => {
    const cause = (kind: 'kill' | 'crash') =>
      journeyOf(run(pair({}), 30, { scenario: scenarioOf([{ at: 0, fault: { kind, target: component('b') } }]) }), 'j').failed;
    assert.ok(cause('kill').timeout > 2000 && cause('kill').refused === 0);
    assert.ok(cause('crash').refused > 2000 && cause('crash').timeout === 0);
  });

  it('fails at once what it was doing when it crashes, and at the end of a hang what hung', () => {
    const slow = pair(constant(10), { timeout: 'none' });
    const crash = journeyOf(run(slow, 8, { scenario: scenarioOf([{ at: 5, fault: { kind: 'crash', target: component('b') } }]) }), 'j');
    assert.equal(crash.failed.error, between(crash, 0, 5).offered);
    const events = [
      { at: 5, fault: { kind: 'kill', target: component('b') } as const },
      { at: 7, fault: { kind: 'restore', target: component('b') } as const },
    ];
    const hang = journeyOf(run(slow, 8, { scenario: scenarioOf(events) }), 'j');
    assert.equal(hang.failed.error, between(hang, 0, 7).offered);
  });

  it('when its caller dies, takes the calls of that caller with it', () => {
    const events = [{ at: 5, fault: { kind: 'crash', target: component('a') } as const }];
    const result = run(pair(constant(10), { timeout: 'none' }), 30, { scenario: scenarioOf(events) });
    assert.equal(journeyOf(result, 'j').inFlight, 0);
    assert.equal(callOf(result, 'a -> b').abandoned, callOf(result, 'a -> b').attempts);
  });

  it('is slower, or fails more often, as long as the fault lasts', () => {
    const events = [
      { at: 0, fault: { kind: 'slow', target: component('b'), factor: 3, add: 0.01 } as const },
      { at: 10, fault: { kind: 'restore', target: component('b') } as const },
    ];
    const { series } = journeyOf(run(pair({}), 20, { scenario: scenarioOf(events) }), 'j');
    assert.ok(
      Math.abs((series.p99[5] ?? 0) - 0.04) < 0.0005 && Math.abs((series.p99[15] ?? 0) - 0.01) < 0.0002,
      JSON.stringify(series.p99),
    );
    const errors = [{ at: 0, fault: { kind: 'errors', target: component('b'), share: 0.4 } as const }];
    assert.ok(Math.abs(failedShare(pair({ errorRate: 0.5 }), errors, 0, 60) - 0.7) < 0.03);
  });

  it('on overload, crashes where that is written, and is crushed again by what waits when it comes back', () => {
    const fragile = pair(
      { concurrency: 1, queue: 5, onOverload: 'crash', startup: 2, ...constant(0.02) },
      { retry: { maxAttempts: 5, backoff: 'constant', base: 0.5 } },
    );
    const result = run(fragile, 60);
    const crashes = result.log.filter(({ text }) => text === 'b is overloaded and crashes; it is back in 2 s.').length;
    assert.ok(crashes > 10, `${crashes} crashes`);
    assert.ok(journeyOf(result, 'j').failed.refused > 1000);
  });

  it('on either side of a partition, is not reached from the other until that is restored', () => {
    const events = [
      { at: 10, fault: { kind: 'partition', sides: [['a'], ['b']] } as const },
      { at: 20, fault: { kind: 'restore', target: component('b') } as const },
    ];
    assert.equal(failedShare(pair({}), events, 10, 19), 1);
    assert.equal(failedShare(pair({}), events, 20, 60), 0);
    const unbounded = journeyOf(run(pair({}, { timeout: 'none' }), 30, { scenario: scenarioOf(events) }), 'j');
    // What was under way when it began is not answered either.
    const cut = unbounded.failed.error - between(unbounded, 10, 20).offered;
    assert.ok(unbounded.inFlight < 5 && cut >= 0 && cut < 6, `${cut}`);
  });
});

describe('a queue', function () {
  this.timeout(30_000);

  const queueing = (worker: Partial<Component>, delivery: Partial<CallFields> = {}) =>
    systemOf({
      components: [
        { name: 'a', ...unlimited, ...constant(0.001) },
        { name: 'jobs', kind: 'queue' },
        { name: 'mailer', kind: 'worker', ...pool(2), ...constant(0.1), ...worker },
      ],
      calls: [
        { from: 'a', to: 'jobs', async: true },
        { from: 'jobs', to: 'mailer', ...delivery },
      ],
      journeys: [{ name: 'j', entry: 'a', rate: 10 }],
    });
  const away = (kind: 'kill' | 'crash') =>
    scenarioOf([
      { at: 10, fault: { kind, target: component('mailer') } },
      { at: 40, fault: { kind: 'restore', target: component('mailer') } },
    ]);

  it('takes a publish at once and delivers at the pace of its consumers', () => {
    const result = run(queueing({}), 100);
    assert.ok(journeyOf(result, 'j').latency.max === 0.001);
    assert.equal(callOf(result, 'jobs -> mailer').requests, componentOf(result, 'mailer').arrivals);
    assert.ok(componentOf(result, 'mailer').busyMax <= 2);
    assert.ok(Math.abs(componentOf(result, 'mailer').busyMean - 1) < 0.15);
  });

  it('keeps messages while its consumer is away and hands them over afterwards, and says how long that took', () => {
    for (const kind of ['kill', 'crash'] as const) {
      const result = run(queueing({}), 120, { scenario: away(kind) });
      const { queueMax, drainSeconds } = componentOf(result, 'jobs');
      assert.ok(Math.abs(queueMax - 300) < 70, `backlog ${queueMax}`);
      // It empties at twenty a second while ten a second come in.
      assert.ok(drainSeconds && Math.abs(drainSeconds - queueMax / 10) < 10, `${drainSeconds} s for ${queueMax}`);
      assert.equal(journeyOf(result, 'j').failed.timeout, 0);
    }
  });

  it('delivers again what its consumer failed on, unless the attempts are counted', () => {
    const again = run(queueing({ errorRate: 0.5, ...pool(20) }), 200);
    const published = callOf(again, 'a -> jobs').requests;
    assert.ok(Math.abs(componentOf(again, 'mailer').arrivals / published - 2) < 0.15);
    const counted = run(queueing({ errorRate: 0.5, ...pool(20) }, { retry: { maxAttempts: 2, backoff: 'constant', base: 0.1 } }), 200);
    assert.ok(Math.abs(componentOf(counted, 'mailer').arrivals / published - 1.5) < 0.1);
  });

  it('that is full rejects', () => {
    const system = queueing({});
    const components = new Map(system.components).set('jobs', { name: 'jobs', kind: 'queue', queue: 50 });
    const result = run({ ...system, components }, 40, { scenario: away('kill') });
    assert.equal(componentOf(result, 'jobs').queueMax, 50);
    assert.ok(journeyOf(result, 'j').failed.rejected > 100);
  });

  it('that is dead keeps its publishers waiting, and does not deliver', () => {
    const events = scenarioOf([{ at: 10, fault: { kind: 'kill', target: component('jobs') } }]);
    const result = run(queueing({}), 40, { scenario: events });
    assert.ok(journeyOf(result, 'j').inFlight > 200);
    assert.ok(componentOf(result, 'mailer').arrivals < 150);
  });
});

describe('a closed loop', function () {
  this.timeout(30_000);

  const system = systemOf({ components: [{ name: 'a', ...pool(4, 1000), ...constant(0.1) }], journeys: [{ name: 'j', entry: 'a' }] });

  it('has as many requests as clients, all at once at the start, and no more than they can ask', () => {
    const { offered, succeeded, latency } = journeyOf(
      run(system, 60, { scenario: scenarioOf([], { clients: new Map([['j', 20]]) }) }),
      'j',
    );
    // Four slots of 0.1 s carry forty a second; twenty clients wait half a second each.
    assert.ok(Math.abs(succeeded - 60 * 40) <= 8 && offered - succeeded === 20, `${offered}, ${succeeded}`);
    assert.ok(Math.abs((latency.p50 ?? 0) - 0.5) < 0.005);
  });

  it('with a pause, asks less', () => {
    const { succeeded } = journeyOf(run(system, 60, { scenario: scenarioOf([], { clients: new Map([['j', 4]]), think: 0.3 }) }), 'j');
    assert.ok(Math.abs(succeeded - 60 * 10) <= 4, String(succeeded));
  });

  it('a thousand clients that fail at the same instant come back as one wave, unless jitter spreads them', () => {
    const clients = scenarioOf(
      [
        { at: 1, fault: { kind: 'crash', target: component('b') } },
        { at: 1.5, fault: { kind: 'restore', target: component('b') } },
      ],
      { clients: new Map([['j', 1000]]), think: 60 },
    );
    const peak = (jitter: 'none' | 'full') => {
      const stampede = systemOf({
        components: [
          { name: 'a', kind: 'client' },
          { name: 'b', ...unlimited, ...constant(2) },
        ],
        calls: [{ from: 'a', to: 'b', retry: { maxAttempts: 5, backoff: 'exponential', base: 1, jitter } }],
        journeys: [{ name: 'j', entry: 'a' }],
      });
      const simulation = play(stampede, { scenario: clients });
      simulation.advance(1.5);
      let last = simulation.frame().calls[0]?.attempts ?? 0;
      let most = 0;
      for (let at = 1.5; at < 6; at += 0.01) {
        simulation.advance(at);
        const { attempts } = simulation.frame().calls[0] ?? { attempts: 0 };
        most = Math.max(most, attempts - last);
        last = attempts;
      }
      return most;
    };
    assert.equal(peak('none'), 1000);
    assert.ok(peak('full') < 100);
  });
});
