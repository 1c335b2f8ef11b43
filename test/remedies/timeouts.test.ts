import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { inTime, spreadOf } from '../../src/analysis/availability/spread';
import type { Call, Retry } from '../../src/model/call';
import type { ServiceTime } from '../../src/model/component';
import { emptySystem, type System } from '../../src/model/system';
import { insertTimeout } from '../../src/remedies/call';
import { worstCaseTime } from '../../src/remedies/retries';
import { attemptsWithin, p999ServiceTime, patientTimeout, timeoutToOutlast, timeoutWithin } from '../../src/remedies/timeouts';

function callOf(fields: Partial<Call>): Call {
  return { id: 'a -> b', from: 'a', to: 'b', ownKeys: [], role: 'request', source: 'native', ...fields };
}

/** a calls b, in a journey of 1 s. */
function systemOf(call: Call, callee: ServiceTime, more: readonly Call[] = []): System {
  return {
    ...emptySystem('test'),
    components: new Map([
      ['a', { name: 'a' }],
      ['b', { name: 'b', serviceTime: callee }],
      ['c', { name: 'c' }],
    ]),
    calls: [call, ...more],
    journeys: new Map([['go', { name: 'go', entry: 'a', latency: 1, implied: false }]]),
  };
}

const retryOf = fc.record({
  maxAttempts: fc.integer({ min: 2, max: 9 }),
  backoff: fc.constantFrom('none', 'constant', 'linear', 'exponential'),
  base: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
}) satisfies fc.Arbitrary<Retry>;

describe('numbers for timeouts', () => {
  it('know what 999 of 1,000 requests do not take longer than', () => {
    const times: readonly ServiceTime[] = [
      { kind: 'log-normal', p50: 0.03, p99: 0.22 },
      { kind: 'exponential', mean: 0.02 },
    ];
    for (const time of times) assert.ok(Math.abs(inTime(spreadOf(time), p999ServiceTime(time)) - 0.999) < 1e-9);
    assert.equal(p999ServiceTime({ kind: 'constant', value: 0.3 }), 0.3);
  });

  it('find timeouts with which all attempts and waits fit, two digits below the longest', () => {
    fc.assert(
      fc.property(retryOf, fc.double({ min: 0.05, max: 20, noNaN: true }), (retry, seconds) => {
        const timeout = timeoutWithin(callOf({ retry }), seconds);
        if (timeout === undefined) return;
        assert.ok(worstCaseTime({ retry, timeout }) <= seconds * (1 + 1e-9));
        assert.ok(worstCaseTime({ retry, timeout: timeout * 1.11 }) > seconds);
      }),
    );
  });

  it('find the most attempts that fit', () => {
    fc.assert(
      fc.property(retryOf, fc.double({ min: 0.05, max: 5, noNaN: true }), (retry, seconds) => {
        const attempts = attemptsWithin(callOf({ retry, timeout: 0.1 }), seconds, 9);
        const time = (maxAttempts: number) => worstCaseTime({ timeout: 0.1, retry: { ...retry, maxAttempts } });
        assert.ok(attempts === 1 || time(attempts) <= seconds * (1 + 1e-6));
        assert.ok(attempts === 9 || time(attempts + 1) > seconds);
      }),
    );
  });

  it('wait for the p99.9 only where it fits', () => {
    const time: ServiceTime = { kind: 'constant', value: 0.4 };
    assert.equal(patientTimeout(systemOf(callOf({ timeout: 0.3 }), time), callOf({ timeout: 0.3 })), 0.4);
    const retried = callOf({ timeout: 0.3, retry: { maxAttempts: 3 } });
    assert.equal(patientTimeout(systemOf(retried, time), retried), undefined);
  });

  it('outlast what the callee waits for, and its own work', () => {
    const call = callOf({ timeout: 0.1 });
    const inner = callOf({ id: 'b -> c', from: 'b', to: 'c', timeout: 0.2, count: 2 });
    const time: ServiceTime = { kind: 'constant', value: 0.05 };
    assert.equal(timeoutToOutlast(systemOf(call, time, [inner]), call), 0.45);
    const { timeout: _, ...endless } = inner;
    assert.equal(timeoutToOutlast(systemOf(call, time, [endless]), call), undefined);
  });

  it('leave room for the attempts of a retry that is there', () => {
    const title = (fields: Partial<Call>) => {
      const system = systemOf(callOf(fields), { kind: 'constant', value: 0.3 });
      return insertTimeout(system, 'a -> b')?.title;
    };
    assert.equal(title({}), 'Insert timeout: 600ms');
    // Of 1 s two attempts and a wait of 200 ms leave 400 ms for each.
    assert.equal(title({ retry: { maxAttempts: 2, base: 0.2 } }), 'Insert timeout: 400ms');
    // Three attempts and waits of 50 ms and 100 ms leave 283 ms, which would cut off every healthy request.
    assert.equal(title({ retry: { maxAttempts: 3, base: 0.05 } }), 'Insert timeout: 300ms');
  });
});
