import { strict as assert } from 'node:assert';
import type { System } from '../../src/model/system';
import { type GameDayCell, type GameDaySetting, gameDay, gameDayTargets, usualGameDay } from '../../src/simulation/gameDay';
import { answerTo, between, journeyOf, refusalOf, run } from './running';
import { component, constant, lab, pool, scenarioOf, systemOf } from './systems';

const setting: GameDaySetting = { variant: 'written', seed: 1, runs: 1, ...usualGameDay };

function cellOf(system: System, target: string, journey: string, fields: Partial<GameDaySetting> = {}): GameDayCell {
  const { rows } = answerTo(system, gameDay(system, { ...setting, ...fields }));
  const cell = rows.find((row) => row.target.name === target)?.cells.find((one) => one.journey === journey);
  assert.ok(cell, `${target} × ${journey}`);
  return cell;
}

const zones = [
  { name: 'a', region: 'north' },
  { name: 'b', region: 'north' },
];

/** Two replicas in two zones; when one is gone, the health check finds out after five seconds. */
function twoZones(rate: number): System {
  const system = systemOf({
    components: [
      {
        name: 'api',
        ...pool(10),
        ...constant(0.1),
        replicas: 2,
        zones: ['a', 'b'],
        healthCheck: { interval: 5, unhealthyAfter: 1, timeout: 0 },
      },
    ],
    journeys: [{ name: 'all', entry: 'api', rate, latency: 1 }],
    zones,
  });
  return { ...system, regions: new Map([['north', { name: 'north' }]]) };
}

describe('a game day', function () {
  this.timeout(30_000);

  it('takes away components, and the zones, regions and shared fates that something runs in', () => {
    const system: System = {
      ...twoZones(10),
      zones: new Map([...zones, { name: 'empty', region: 'south' }].map((zone) => [zone.name, zone])),
      regions: new Map(['north', 'south'].map((name) => [name, { name }])),
      sharedFates: new Map([
        ['certificate', { name: 'certificate', components: ['api'] }],
        ['nothing', { name: 'nothing', components: ['gone'] }],
      ]),
    };
    assert.deepEqual(
      gameDayTargets(system).map(({ kind, name }) => `${kind} ${name}`),
      ['component api', 'zone a', 'zone b', 'region north', 'sharedFate certificate'],
    );
  });

  it('says of each of several seeds by itself what comes out', () => {
    // So few requests that it is luck how many of them meet what is gone.
    const system = twoZones(7.5);
    const alone = [1, 2, 3, 4, 5].map((seed) => cellOf(system, 'a', 'all', { seed }).verdict);
    const { seeds } = cellOf(system, 'a', 'all', { runs: 5 });
    const count = (verdict: string) => alone.filter((one) => one === verdict).length;
    assert.deepEqual(seeds, { survives: count('survives'), degrades: count('degrades'), stops: count('stops') });
    assert.ok(new Set(alone).size > 1, alone.join());
  });

  it('shows that a pool of waiting threads stops a journey that does not need what is gone', () => {
    const { verdict, success, usually, recovers } = cellOf(lab(), 'payment', 'orders');
    assert.deepEqual([verdict, recovers], ['stops', true]);
    const killed = scenarioOf([
      { at: 10, fault: { kind: 'kill', target: component('payment') } },
      { at: 40, fault: { kind: 'restore', target: component('payment') } },
    ]);
    const measured = (scenario: typeof killed) => {
      const { offered, succeeded } = between(journeyOf(run(lab(), 60, { scenario }), 'orders'), 10, 40);
      return succeeded / offered;
    };
    assert.deepEqual([success, usually], [measured(killed), measured(scenarioOf([]))]);
  });

  it('shows that a timeout and a breaker keep that journey going, on the same traffic', () => {
    const system = lab({ pay: { timeout: 0.3, circuitBreaker: { failures: 5, cooldown: 30 } } });
    assert.equal(cellOf(system, 'payment', 'orders').verdict, 'survives');
    assert.equal(cellOf(system, 'payment', 'pay').verdict, 'stops');
    assert.equal(cellOf(system, 'payment', 'orders', { variant: 'bare' }).verdict, 'stops');
  });

  it('says what the run says first after the kill', () => {
    const { rows } = answerTo(lab(), gameDay(lab(), setting));
    const sign = rows.find(({ target }) => target.name === 'payment')?.firstSign;
    assert.match(sign?.text ?? '', /8 of 8 threads wait for payment/);
  });

  /** Half of the requests hang for five of thirty seconds, one in twelve; then one replica has all 20 of its 100 a second. */
  it('measures what a lost zone costs until it is noticed', () => {
    const { verdict, success } = cellOf(twoZones(20), 'a', 'all', { runs: 8 });
    assert.equal(verdict, 'degrades');
    assert.ok(success !== undefined && Math.abs(success - (1 - 5 / 60)) < 0.01, `${success}`);
    assert.equal(cellOf(twoZones(20), 'north', 'all').verdict, 'stops');
  });

  it('calls a journey degraded that goes on without a feature', () => {
    const system = systemOf({
      components: ['a', 'tips', 'unused'].map((name) => ({ name, ...constant(0.001) })),
      calls: [{ from: 'a', to: 'tips', timeout: 0.1, required: false }],
      journeys: [{ name: 'all', entry: 'a', rate: 20 }],
    });
    const { verdict, success } = cellOf(system, 'tips', 'all');
    assert.deepEqual([verdict, success], ['degrades', 1]);
    assert.equal(cellOf(system, 'unused', 'all').verdict, 'survives');
  });

  it('tells what is not back at the end', () => {
    const system = systemOf({
      components: [
        { name: 'a', ...constant(0.001) },
        { name: 'b', ...constant(0.001) },
      ],
      calls: [{ from: 'a', to: 'b', timeout: 0.1, circuitBreaker: { failures: 3, cooldown: 45 } }],
      journeys: [{ name: 'all', entry: 'a', rate: 20 }],
    });
    assert.deepEqual([cellOf(system, 'b', 'all').recovers, cellOf(system, 'b', 'all', { duration: 80 }).recovers], [false, true]);
  });

  it('says nothing about a journey that never succeeds, or that nobody uses meanwhile', () => {
    const system = systemOf({
      components: [{ name: 'a', ...constant(0.001), errorRate: 1 }, { name: 'b' }],
      journeys: [
        { name: 'broken', entry: 'a', rate: 20 },
        { name: '__proto__', entry: 'b', rate: 1e-9 },
      ],
    });
    assert.equal(cellOf(system, 'a', 'broken').verdict, undefined);
    assert.equal(cellOf(system, 'b', '__proto__').verdict, undefined);
  });

  it('is not held where one run takes too long, whatever was asked for', () => {
    const year = { ...setting, duration: 365 * 86_400, mostEvents: 10_000 };
    assert.match(refusalOf(lab(), gameDay(lab(), year)), /after 0\.01 million events .* going on would take too long/);
  });

  it('leaves open what a run does not tell that takes too long, and says why', () => {
    // Whoever is refused asks again after a millisecond, and for as long as `b` is gone.
    const system = systemOf({
      components: ['a', 'b'].map((name) => ({ name, ...pool('unlimited'), ...constant(0.001) })),
      calls: [{ from: 'a', to: 'b', retry: { backoff: 'constant', base: 0.001 }, timeout: 0.01 }],
      journeys: [{ name: 'all', entry: 'a', rate: 20 }],
    });
    const { rows } = answerTo(system, gameDay(system, { ...setting, mostEvents: 50_000 }));
    const [a, b] = rows;
    assert.deepEqual([a?.cells[0]?.verdict, b?.cells[0]?.verdict], ['stops', undefined]);
    assert.equal(a?.stopped, undefined);
    assert.match(b?.stopped ?? '', /after 0\.05 million events/);
  });

  it('is not held without journeys, or where all have a rate of 0', () => {
    const none = systemOf({ components: [{ name: 'a' }], journeys: [] });
    assert.match(refusalOf(none, gameDay(none, setting)), /no journey leads into the system/);
    const still = systemOf({ components: [{ name: 'a' }], journeys: [{ name: 'all', entry: 'a', rate: 0 }] });
    assert.match(refusalOf(still, gameDay(still, setting)), /every journey has a rate of 0/);
  });
});
