import { strict as assert } from 'node:assert';
import type { Journey } from '../../src/model/journey';
import { startSimulation } from '../../src/simulation/start';
import { callOf, componentOf, journeyOf, play, run } from './running';
import { component, constant, pool, scenarioOf, systemOf } from './systems';

function reasonOf(journeys: readonly (Partial<Journey> & Pick<Journey, 'name' | 'entry'>)[], fields: object = {}): string | undefined {
  const started = startSimulation({ system: systemOf({ components: [{ name: 'a', ...fields }], journeys }), variant: 'written', seed: 1 });
  return started.ok ? undefined : started.reason;
}

describe('what cannot be simulated', function () {
  this.timeout(30_000);

  it('has a reason in words', () => {
    const empty = startSimulation({ system: systemOf({ components: [], journeys: [] }), variant: 'written', seed: 1 });
    assert.deepEqual(empty, { ok: false, reason: 'There is nothing to simulate: the system has no components.' });
    assert.match(reasonOf([]) ?? '', /no journey leads into the system/);
    assert.match(reasonOf([{ name: 'j', entry: 'elsewhere', rate: 1 }]) ?? '', /no journey leads into the system/);
    assert.equal(reasonOf([{ name: 'j', entry: 'a', rate: 0 }]), 'There is nothing to simulate: every journey has a rate of 0.');
    assert.match(
      reasonOf([{ name: 'j', entry: 'a', rate: 1 }], { replicas: 1e9 }) ?? '',
      /^1000000000 replicas are more than can be simulated/,
    );
  });
});

describe('what nobody wrote', function () {
  this.timeout(30_000);

  const firstLine = (journeys: readonly (Partial<Journey> & Pick<Journey, 'name' | 'entry'>)[]) => {
    const simulation = play(systemOf({ components: [{ name: 'a', ...pool(1), ...constant(0.001) }], journeys }));
    return simulation.frame().log[0]?.text;
  };

  it('is assumed, and said first: ten requests a second where no journey has a rate', () => {
    const system = systemOf({
      components: [{ name: 'a', ...pool(1), ...constant(0.001) }],
      journeys: [{ name: 'a', entry: 'a', implied: true }],
    });
    const { offered } = journeyOf(run(system, 100), 'a');
    assert.ok(Math.abs(offered - 1000) < 120);
    assert.equal(firstLine([{ name: 'a', entry: 'a', implied: true }]), 'Assumed: 10 requests a second on a, for no journey has a rate.');
  });

  it('where some journeys have a rate, those without are left out', () => {
    const journeys = [
      { name: 'one', entry: 'a', rate: 5 },
      { name: 'two', entry: 'a' },
    ];
    assert.equal(firstLine(journeys), 'Left out: 1 journey without a rate (two).');
    const result = run(systemOf({ components: [{ name: 'a' }], journeys }), 10);
    assert.deepEqual(Object.keys(result.journeys), ['one']);
  });

  it('slots and service times are assumed and said', () => {
    const result = run(systemOf({ components: [{ name: 'a' }, { name: 'alone' }], journeys: [{ name: 'one', entry: 'a', rate: 5 }] }), 10);
    assert.deepEqual(
      result.log.map(({ text }) => text),
      ['Assumed: 200 slots a replica for a.', 'Assumed: 10 ms of own work a request for a.'],
    );
    assert.equal(journeyOf(result, 'one').latency.max, 0.01);
  });
});

describe('strange input', function () {
  this.timeout(30_000);

  const rings = (calls: readonly (readonly [string, string])[]) =>
    systemOf({
      components: ['a', 'b', 'c'].map((name) => ({ name, ...constant(0.001) })),
      calls: calls.map(([from, to]) => ({ from, to })),
      journeys: [{ name: 'j', entry: 'a', rate: 10 }],
    });

  it('a call to itself and a ring of calls are cut where they come back, and that is said', () => {
    const self = run(rings([['a', 'a']]), 10);
    assert.ok(journeyOf(self, 'j').succeeded > 50);
    assert.equal(self.log[0]?.text, 'Not simulated: a -> a, which would go round in a ring for ever.');
    const ring = run(
      rings([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ]),
      10,
    );
    assert.equal(callOf(ring, 'b -> c').requests, journeyOf(ring, 'j').offered);
    assert.equal(callOf(ring, 'c -> a').requests, 0);
  });

  it('a very long chain of calls does not overflow the stack', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `s${i}`);
    const system = systemOf({
      components: names.map((name) => ({ name, ...pool('unlimited'), ...constant(0) })),
      calls: names.slice(1).map((to, i) => ({ from: names[i] ?? '', to })),
      journeys: [{ name: 'j', entry: 's0', rate: 1 }],
    });
    const { offered, succeeded } = journeyOf(run(system, 20), 'j');
    assert.ok(offered > 5 && succeeded === offered);
  });

  it('a pool of 0 rejects everything', () => {
    const system = systemOf({ components: [{ name: 'a', ...pool(0) }], journeys: [{ name: 'j', entry: 'a', rate: 10 }] });
    const { offered, failed } = journeyOf(run(system, 10), 'j');
    assert.equal(failed.rejected, offered);
  });

  it('names such as __proto__ are names', () => {
    const system = systemOf({
      components: [{ name: '__proto__' }, { name: 'constructor' }],
      calls: [{ from: '__proto__', to: 'constructor' }],
      journeys: [{ name: '__proto__', entry: '__proto__', rate: 10 }],
    });
    const result = run(system, 10);
    assert.deepEqual(Object.keys(result.journeys), ['__proto__']);
    assert.ok(journeyOf(result, '__proto__').offered > 50);
    const read = JSON.parse(JSON.stringify(result)) as typeof result;
    assert.deepEqual(Object.keys(read.components), ['__proto__', 'constructor']);
  });

  it('more open requests than memory should hold stop the run, and it says so', () => {
    const system = systemOf({
      components: [
        { name: 'a', kind: 'client' },
        { name: 'b', ...pool('unlimited'), ...constant(1e6) },
      ],
      calls: [{ from: 'a', to: 'b', count: 10_000, parallel: 'all' }],
      journeys: [{ name: 'j', entry: 'a', rate: 50 }],
    });
    const result = run(system, 60);
    assert.match(result.stopped ?? '', /^The simulation stops: more than 300000 /);
    assert.equal(result.log.at(-1)?.text, result.stopped);
  });

  it('a year of it keeps its time in order', () => {
    const system = systemOf({ components: [{ name: 'a', ...constant(1) }], journeys: [{ name: 'j', entry: 'a', rate: 1 / 3600 }] });
    const year = 365 * 86400;
    const { offered, succeeded, inFlight, series } = journeyOf(run(system, year), 'j');
    assert.ok(Math.abs(offered / 8760 - 1) < 0.05);
    assert.equal(succeeded + inFlight, offered);
    assert.ok(series.second.length <= 3600);
    assert.equal(
      series.offered.reduce((sum, count) => sum + count, 0),
      offered,
    );
  });

  it('an event that cannot happen is said in the log, and the rest goes on', () => {
    const system = systemOf({ components: [{ name: 'a' }], journeys: [{ name: 'j', entry: 'a', rate: 10 }] });
    const result = run(system, 10, { scenario: scenarioOf([{ at: 5, fault: { kind: 'kill', target: component('b') } }]) });
    assert.deepEqual(result.log.at(-1), { at: 5, text: 'Not done: There is no component b.' });
    assert.ok(componentOf(result, 'a').arrivals > 50);
  });
});

describe('the load on a journey', function () {
  this.timeout(30_000);

  it('follows its factor at once, and only on that journey', () => {
    const system = systemOf({
      components: [{ name: 'a' }],
      journeys: [
        { name: 'one', entry: 'a', rate: 100 },
        { name: 'two', entry: 'a', rate: 100 },
      ],
    });
    const load = (at: number, factor: number) => ({ at, fault: { kind: 'load', journey: 'one', factor } }) as const;
    const result = run(system, 40, { scenario: scenarioOf([load(10, 3), load(20, 0), load(30, 1)]) });
    const offered = (from: number) => {
      const { series } = journeyOf(result, 'one');
      return series.offered.reduce(
        (sum, count, i) => ((series.second[i] ?? 0) >= from && (series.second[i] ?? 0) < from + 10 ? sum + count : sum),
        0,
      );
    };
    assert.ok(Math.abs(offered(0) - 1000) < 130 && Math.abs(offered(10) - 3000) < 220 && Math.abs(offered(30) - 1000) < 130);
    assert.equal(offered(20), 0);
    assert.deepEqual(journeyOf(result, 'two').series.offered, journeyOf(run(system, 40), 'two').series.offered);
  });
});
