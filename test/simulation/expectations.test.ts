import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Expectation } from '../../src/model/scenario';
import { expectationText, expectedText, measuredText, meets } from '../../src/simulation/expectations';
import { between, journeyOf, run } from './running';
import { component, constant, exponential, lab, pool, scenarioOf, systemOf } from './systems';

const orders = { kind: 'journey', name: 'orders' } as const;
const success = { subject: orders, measure: 'success', comparison: 'at-least', bound: 0.99 } as const;
const events = [
  { at: 10, fault: { kind: 'kill', target: component('payment') } as const },
  { at: 40, fault: { kind: 'restore', target: component('payment') } as const },
];

function check(
  expect: readonly Expectation[],
  system = lab(),
  setting: { variant?: 'bare' | 'protected'; duration?: number; events?: typeof events } = {},
) {
  const scenario = scenarioOf(setting.events ?? events, { expect });
  const result = run(system, setting.duration ?? 60, { scenario, ...(setting.variant ? { variant: setting.variant } : {}) });
  return { result, checks: result.expectations };
}

describe('expectations', function () {
  this.timeout(30_000);

  it('of a variant are checked in a run of that variant', () => {
    const expect: Expectation[] = [success, { ...success, variant: 'protected', from: 10, to: 40 }, { ...success, variant: 'bare' }];
    assert.deepEqual(
      check(expect).checks.map(({ index }) => index),
      [0],
    );
    const [one, ...rest] = check(expect, lab(), { variant: 'protected' }).checks;
    assert.equal(rest.length, 0);
    assert.ok(one?.index === 1 && one.holds && one.text === 'orders success >= 99% from 10s to 40s (protected)', JSON.stringify(one));
  });

  it('measure the success of the requests that arrived in their stretch of time', () => {
    const { result, checks } = check([
      { ...success, comparison: 'below', bound: 0.2, from: 12, to: 40 },
      { ...success, to: 10 },
    ]);
    const [during, before] = checks;
    const { offered, succeeded } = between(journeyOf(result, 'orders'), 12, 40);
    assert.deepEqual(during, { index: 0, text: 'orders success < 20% from 12s to 40s', measured: succeeded / offered, holds: true });
    assert.ok(before?.holds && before.measured === 1);
  });

  it('do not hold requests against a journey that are still open, and not yet late, when the run ends', () => {
    const [whole] = check([{ ...success, bound: 1 }], lab(), { events: [] as unknown as typeof events }).checks;
    assert.deepEqual([whole?.measured, whole?.holds], [1, true]);
    const hung = systemOf({
      components: [{ name: 'a', ...pool('unlimited'), ...constant(1e6) }],
      journeys: [{ name: 'orders', entry: 'a', rate: 10 }],
    });
    const [open] = check([success], hung, { events: [] as unknown as typeof events }).checks;
    assert.deepEqual([open?.measured, open?.holds], [0, false]);
  });

  it('measure latency, the mean of busy slots, the longest queue, and calls', () => {
    const api = { kind: 'component', name: 'api' } as const;
    const call = { kind: 'call', name: 'api -> db' } as const;
    const most = { comparison: 'at-most' } as const;
    const { result, checks } = check(
      [
        { subject: orders, measure: 'p50', ...most, bound: 0.1 },
        { subject: orders, measure: 'p99', ...most, bound: 0.01 },
        { subject: api, measure: 'busy', ...most, bound: 0.8, from: 45, to: 60 },
        { subject: api, measure: 'busy', ...most, bound: 0.8, from: 15, to: 40 },
        { subject: api, measure: 'queue', ...most, bound: 40, from: 15, to: 40 },
        { subject: api, measure: 'queue', ...most, bound: 40, from: 0, to: 10 },
        { subject: call, measure: 'attempts', ...most, bound: 1 },
        { subject: call, measure: 'breakerOpened', ...most, bound: 0 },
      ],
      lab(),
    );
    assert.deepEqual(
      checks.map(({ holds }) => holds),
      [true, false, true, false, false, true, true, true],
    );
    assert.deepEqual([checks[3]?.measured, checks[4]?.measured, checks[6]?.measured], [1, 50, 1]);
    assert.equal(checks[0]?.measured, journeyOf(result, 'orders').latency.p50);
    assert.equal(checks[3]?.text, 'api busy <= 80% from 15s to 40s');
    assert.equal(checks[6]?.text, 'api -> db attempts <= 1 a request');
  });

  it('mean of busy slots is the share of a pool that a load takes', () => {
    const system = systemOf({
      components: [{ name: 'api', ...pool(8, 1e6), ...exponential(0.1) }],
      journeys: [{ name: 'orders', entry: 'api', rate: 40 }],
    });
    const [busy] = check(
      [{ subject: { kind: 'component', name: 'api' }, measure: 'busy', comparison: 'at-most', bound: 0.6, from: 100, to: 1000 }],
      system,
      {
        duration: 1000,
        events: [] as unknown as typeof events,
      },
    ).checks;
    assert.ok(busy?.holds && Math.abs((busy.measured ?? 0) - 0.5) < 0.01, JSON.stringify(busy));
  });

  it('of recovery count from the last repair until the bound is met to the end', () => {
    const soon: Expectation = { ...success, recoversWithin: 5 };
    const [recovered] = check([soon]).checks;
    assert.equal(recovered?.text, 'orders success >= 99% again within 5s after 40s');
    assert.ok(recovered?.holds && (recovered.measured ?? 9) <= 1, JSON.stringify(recovered));
    const [never] = check([soon], lab(), { events: events.slice(0, 1) }).checks;
    assert.deepEqual([never?.holds, never?.measured], [false, null]);
    const busy: Expectation = {
      subject: { kind: 'component', name: 'api' },
      measure: 'busy',
      comparison: 'at-most',
      bound: 0.5,
      recoversWithin: 10,
    };
    const queue: Expectation = {
      subject: { kind: 'component', name: 'api' },
      measure: 'queue',
      comparison: 'at-most',
      bound: 5,
      recoversWithin: 10,
    };
    assert.deepEqual(
      check([busy, queue]).checks.map(({ holds }) => holds),
      [true, true],
    );
  });

  it('of attempts count the clients that all begin at the first instant', () => {
    const call = { kind: 'call', name: 'app -> api' } as const;
    const measure = { subject: call, measure: 'attempts', comparison: 'above', bound: 2 } as const;
    const system = systemOf({
      components: [
        { name: 'app', kind: 'client' },
        { name: 'api', ...pool(1), ...constant(0.05) },
      ],
      calls: [{ from: 'app', to: 'api', retry: { maxAttempts: 3, backoff: 'constant', base: 0.001 } }],
      journeys: [{ name: 'orders', entry: 'app' }],
    });
    const scenario = scenarioOf([], { expect: [measure, { ...measure, from: 5 }], clients: new Map([['orders', 3]]), think: 3600 });
    const [whole, later] = run(system, 10, { scenario }).expectations;
    // One is served at once, two try three times each.
    assert.deepEqual([whole?.measured, whole?.holds], [7 / 3, true]);
    assert.deepEqual([later?.measured, later?.holds], [null, false]);
  });

  it('of what is not there hold never', () => {
    const nobody: Expectation = { ...success, subject: { kind: 'journey', name: 'nobody' } };
    assert.deepEqual(check([nobody]).checks, [{ index: 0, text: 'nobody success >= 99%', measured: null, holds: false }]);
  });

  it('are written in one line', () => {
    assert.equal(expectationText({ ...success, from: 10, to: 90 }), 'orders success >= 99% from 10s to 1m30s');
    assert.equal(expectationText({ subject: orders, measure: 'p99', comparison: 'at-most', bound: 0.8 }), 'orders p99 <= 800ms');
    const call = { kind: 'call', name: 'a -> b' } as const;
    assert.equal(
      expectationText({ subject: call, measure: 'duplicateEffects', comparison: 'above', bound: 3 }),
      'a -> b duplicateEffects > 3',
    );
  });
});

describe('what was measured', () => {
  const p99 = { subject: orders, measure: 'p99', comparison: 'at-most', bound: 0.8 } as const;

  it('is written as the bound is', () => {
    assert.equal(measuredText(success, 0.71437), '71.4%');
    assert.equal(measuredText(p99, 1.2345), '1.23s');
    assert.equal(measuredText({ ...p99, measure: 'attempts', bound: 2 }, 2.6789), '2.68 a request');
    assert.equal(measuredText({ ...p99, measure: 'duplicateEffects', bound: 0 }, 12_345), '12345');
    assert.equal(measuredText({ ...success, recoversWithin: 20 }, 32), '32s');
  });

  it('is rounded, but never to the other side of the bound', () => {
    assert.equal(measuredText(success, 0.98996), '98.996%');
    assert.equal(measuredText({ ...success, recoversWithin: 20 }, 20.004), '20.004s');
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(shares, shares, fc.constantFrom('at-least', 'at-most', 'below', 'above'), (value, bound, comparison) => {
        const expectation = { ...success, comparison, bound: Number(bound.toPrecision(4)) };
        const shown = Number(measuredText(expectation, value).replace('%', '')) / 100;
        // What is shown has twelve digits at most.
        if (Math.abs(value - expectation.bound) > 1e-9) assert.equal(meets(expectation, shown), meets(expectation, value));
      }),
    );
  });

  it('is held against the bound alone, with a sign only where it is not the usual one', () => {
    const said = [success, p99, { ...success, comparison: 'below' } as const, { ...p99, comparison: 'above' } as const];
    assert.deepEqual(said.map(expectedText), ['99%', '800ms', '< 99%', '> 800ms']);
    assert.equal(expectedText({ ...success, recoversWithin: 20 }), '20s');
  });
});
