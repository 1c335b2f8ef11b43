import { strict as assert } from 'node:assert';
import type { Call } from '../../src/model/call';
import { between, callOf, componentOf, journeyOf, play, run, seeds, statistics } from './running';
import { component, lab, scenarioOf } from './systems';

const paymentDies = scenarioOf([
  { at: 10, fault: { kind: 'kill', target: component('payment') } },
  { at: 40, fault: { kind: 'restore', target: component('payment') } },
]);

describe('the lab: eight threads, 30% of the traffic to a payment service that stops answering', function () {
  this.timeout(30_000);

  it('serves both journeys while payment is well', () => {
    const result = run(lab(), 10);
    for (const name of ['orders', 'pay']) {
      const { offered, succeeded, inFlight } = journeyOf(result, name);
      assert.ok(offered > 200 && succeeded + inFlight === offered, `${name}: ${succeeded} of ${offered}`);
    }
  });

  it('bare, loses the requests that never needed payment, until payment is restored', () => {
    const result = run(lab({ orders: { timeout: 1 }, pay: { timeout: 1 } }), 60, { variant: 'bare', scenario: paymentDies });
    const orders = journeyOf(result, 'orders');
    assert.ok(between(orders, 0, 9).succeeded === between(orders, 0, 9).offered);
    assert.equal(between(orders, 13, 39).succeeded, 0);
    assert.ok(between(orders, 42, 59).succeeded === between(orders, 42, 59).offered);
    assert.equal(componentOf(result, 'api').hangingMax, 8);
    assert.equal(componentOf(result, 'api').queueMax, 50);
  });

  it('says why, at the moment the pool is full of hanging calls', () => {
    const result = run(lab(), 60, { variant: 'bare', scenario: paymentDies });
    const line = result.log.find(({ text }) => text === 'api: 8 of 8 threads wait for payment.');
    assert.ok(line && line.at > 10 && line.at < 14, JSON.stringify(result.log));
  });

  it('protected, serves orders as if nothing had happened', () => {
    const result = run(lab(), 60, { variant: 'protected', scenario: paymentDies });
    const { offered, succeeded } = between(journeyOf(result, 'orders'), 10, 59);
    assert.ok(succeeded / offered > 0.99, `${succeeded} of ${offered}`);
    assert.equal(between(journeyOf(result, 'pay'), 11, 39).succeeded, 0);
    assert.ok(callOf(result, 'api -> payment').breakerOpened >= 1);
  });

  it('sees the same traffic in all three variants', () => {
    const offered = (['written', 'bare', 'protected'] as const).map((variant) => {
      const result = run(lab(), 60, { variant, scenario: paymentDies });
      return [journeyOf(result, 'orders').series.offered, journeyOf(result, 'pay').series.offered];
    });
    assert.deepEqual(offered[0], offered[1]);
    assert.deepEqual(offered[0], offered[2]);
  });

  it('keeps the more orders the sooner its protection notices', () => {
    const share = (pay: Partial<Call>) => {
      const shares = seeds(8).map((seed) => {
        const { offered, succeeded } = between(journeyOf(run(lab({ pay }), 40, { seed, scenario: paymentDies }), 'orders'), 10, 39);
        return succeeded / offered;
      });
      return statistics(shares).mean;
    };
    const inARow = { circuitBreaker: { failures: 5 } };
    const onRate = { circuitBreaker: { errorRate: 0.5, window: { seconds: 10 }, minimumCalls: 20 } };
    const shares = [
      share({ timeout: 0.3, ...inARow }),
      share({ timeout: 2, ...inARow }),
      share({ timeout: 0.3, ...onRate }),
      share({ timeout: 2, ...onRate }),
    ];
    assert.ok((shares[0] ?? 0) > 0.999, String(shares));
    assert.deepEqual(
      [...shares].sort((x, y) => y - x),
      shares,
      String(shares),
    );
    const timeoutOnly = share({ timeout: 2 });
    assert.ok(timeoutOnly < 0.1 && (shares[3] ?? 0) > 0.5, `${timeoutOnly}, ${shares}`);
  });

  it('answers every payment, degraded, with a breaker and a fallback', () => {
    const pay: Partial<Call> = { timeout: 0.3, circuitBreaker: { failures: 5 }, fallback: { kind: 'degrade', word: 'pay-later' } };
    const result = run(lab({ pay }), 60, { scenario: paymentDies });
    const outage = between(journeyOf(result, 'pay'), 10, 40);
    assert.equal(outage.degraded, outage.offered);
    const after = between(journeyOf(result, 'pay'), 41, 58);
    assert.equal(after.succeeded, after.offered);
  });
});

describe('playing the lab by hand', function () {
  this.timeout(30_000);

  it('shows the slots fill when payment is killed, and empty when it is restored', () => {
    const simulation = play(lab());
    assert.ok(simulation.advance(5));
    assert.equal(simulation.act({ kind: 'kill', target: component('payment') }), undefined);
    simulation.advance(10);
    const api = () => simulation.frame().components.find(({ name }) => name === 'api');
    assert.deepEqual(api(), { name: 'api', replicas: 1, live: 1, believed: 1, slots: 8, busy: 8, hanging: 8, queued: 50, slow: false });
    simulation.act({ kind: 'restore', target: component('payment') });
    simulation.advance(15);
    const after = api();
    assert.ok(after && after.hanging === 0 && after.busy < 8 && after.queued < 10, JSON.stringify(after));
    assert.equal(simulation.now, 15);
  });

  it('hands over every second and every line once', () => {
    const simulation = play(lab());
    simulation.advance(2.5);
    const first = simulation.frame();
    assert.deepEqual(
      first.journeys.map(({ name, seconds }) => [name, seconds.map(({ second }) => second)]),
      [
        ['orders', [0, 1, 2]],
        ['pay', [0, 1, 2]],
      ],
    );
    assert.equal(first.log.length, 1);
    simulation.advance(3.5);
    const second = simulation.frame();
    assert.deepEqual(second.log, []);
    assert.deepEqual(
      second.journeys[0]?.seconds.map((entry) => entry.second),
      [2, 3],
    );
  });

  it('says in a sentence what cannot be done', () => {
    const simulation = play(lab());
    assert.equal(simulation.act({ kind: 'kill', target: component('nobody') }), 'There is no component nobody.');
    assert.equal(
      simulation.act({ kind: 'kill', target: { kind: 'replica', name: 'api', replica: 2 } }),
      'api has 1 replica, there is no api#2.',
    );
    assert.equal(simulation.act({ kind: 'kill', target: { kind: 'zone', name: 'z' } }), 'No replica is in zone z.');
    assert.equal(simulation.act({ kind: 'load', journey: 'none', factor: 2 }), 'There is no journey none in this simulation.');
  });
});
