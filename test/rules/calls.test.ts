import { strict as assert } from 'node:assert';
import { reviewText } from './helpers';

/** What a rule says of a small system, of which only the calls and the journeys are given. */
function said(rule: string, components: string, calls: readonly string[], journeys: string): readonly string[] {
  const text = `faultline: 1\ncomponents: { ${components} }\ncalls:\n${calls.map((call) => `  - { ${call} }\n`).join('')}journeys: { ${journeys} }\n`;
  return reviewText(text).findings.flatMap((finding) => (finding.rule === rule ? [`${finding.subject}: ${finding.message}`] : []));
}

const count = (...given: Parameters<typeof said>): number => said(...given).length;

describe('timeouts at the edge of what a rule allows', () => {
  it('exceed an objective from the objective itself on', () => {
    const at = (timeout: string, latency: string) =>
      count('timeout-exceeds-objective', 'a: {}, b: {}', [`from: a, to: b, timeout: ${timeout}`], `go: { entry: a, latency: ${latency} }`);
    assert.deepEqual([at('799ms', '800ms'), at('800ms', '800ms'), at('801ms', '800ms'), at('1h', 'none')], [0, 1, 1, 0]);
  });

  it('exceed no objective while one of the journeys that wait may take longer, or has none', () => {
    const with2 = (other: string) =>
      count('timeout-exceeds-objective', 'a: {}, b: {}', ['from: a, to: b, timeout: 1s'], `go: { entry: a, latency: 500ms }, ${other}`);
    assert.equal(with2('slow: { entry: a, latency: 900ms }'), 1);
    assert.equal(with2('slow: { entry: a, latency: 2s }'), 0);
    assert.equal(with2('slow: { entry: a }'), 0);
  });

  it('are too tight below the p99, and say how many requests they cut off', () => {
    const at = (timeout: string) =>
      said(
        'timeout-too-tight',
        'a: {}, b: { serviceTime: { mean: 100ms } }',
        [`from: a, to: b, timeout: ${timeout}`],
        'go: { entry: a, rate: 10/s }',
      );
    // Of an exponential with mean 100 ms, exp(-t / 100 ms) take longer than t, and the p99 is 460.5 ms.
    assert.equal(at('461ms').length, 0);
    assert.equal(at('460ms').length, 1);
    assert.match(at('230ms')[0] ?? '', new RegExp(`: ${Number((Math.exp(-2.3) * 100).toPrecision(2))}% of them are cut off \\(1/s\\)\\.$`));
  });

  it('are inverted when the callee may wait longer, its calls counted', () => {
    const at = (outer: string, times: number) =>
      count(
        'timeout-inversion',
        'a: {}, b: {}, c: {}',
        [`from: a, to: b, timeout: ${outer}`, `from: b, to: c, timeout: 100ms, count: ${times}`],
        'go: { entry: a }',
      );
    assert.deepEqual([at('300ms', 3), at('299ms', 3), at('300ms', 4)], [0, 1, 1]);
  });

  it('are not inverted where only the retries take too long, and then it is the retry that is reported', () => {
    const calls = ['from: a, to: b, timeout: 250ms', 'from: b, to: c, timeout: 100ms, retry: { maxAttempts: 3, budget: 10% }'];
    const given = ['a: {}, b: {}, c: {}', calls, 'go: { entry: a }'] as const;
    assert.equal(count('timeout-inversion', ...given), 0);
    assert.equal(count('retry-exceeds-deadline', ...given), 1);
  });

  it('fill a pool from arrivals × timeout × attempts on', () => {
    const at = (timeout: string, more = '') =>
      count(
        'pool-exhaustion',
        'a: { concurrency: 5, replicas: 2 }, b: {}',
        [`from: a, to: b, timeout: ${timeout}${more}`],
        'go: { entry: a, rate: 20/s }',
      );
    assert.deepEqual([at('499ms'), at('500ms')], [0, 1]);
    assert.deepEqual([at('249ms', ', retry: { maxAttempts: 2 }'), at('250ms', ', retry: { maxAttempts: 2 }')], [0, 1]);
    assert.deepEqual([at('1s', ', circuitBreaker: { failures: 5 }'), at('1s', ', bulkhead: { concurrency: 4 }')], [0, 0]);
    assert.equal(at('1s', ', bulkhead: { concurrency: 5 }'), 1, 'a bulkhead as large as the pool keeps nothing free');
    assert.equal(at('none'), 0, 'that is missing-timeout');
  });
});

describe('retries at the edge of what a rule allows', () => {
  it('are too many from four attempts on, while somebody waits', () => {
    const at = (attempts: number, kind: string) =>
      count(
        'excessive-retry',
        `a: { kind: ${kind} }, b: {}`,
        [`from: a, to: b, timeout: 1s, retry: { maxAttempts: ${attempts} }`],
        'go: { entry: a }',
      );
    assert.deepEqual([at(3, 'service'), at(4, 'service'), at(4, 'scheduler'), at(4, 'worker')], [0, 1, 0, 0]);
  });

  it('exceed a deadline when the attempts and the longest waits are longer than it', () => {
    // 3 × 200 ms, and waits of up to 100 ms and 200 ms: 900 ms.
    const at = (latency: string) =>
      said(
        'retry-exceeds-deadline',
        'a: {}, b: {}',
        ['from: a, to: b, timeout: 200ms, retry: { maxAttempts: 3, base: 100ms, jitter: full }'],
        `go: { entry: a, latency: ${latency} }`,
      );
    assert.deepEqual(at('900ms'), []);
    assert.deepEqual(at('899ms'), ['a -> b: 3 attempts of a at b take up to 900 ms, but a has only 899 ms in go: only 2 attempts fit.']);
    assert.match(at('300ms')[0] ?? '', /only the first attempt fits\.$/);
    assert.deepEqual(at('150ms'), [], 'that is timeout-exceeds-objective');
  });

  it('amplify too much above ten times, by two layers or more', () => {
    const at = (...attempts: number[]) =>
      said(
        'retry-amplification',
        'a: {}, b: {}, c: {}, d: {}',
        attempts.map((n, i) => `from: ${'abc'[i]}, to: ${'bcd'[i]}, timeout: 1s, retry: { maxAttempts: ${n} }`),
        'go: { entry: a, rate: 10/s }',
      );
    assert.deepEqual(at(2, 5), []);
    assert.deepEqual(at(12), [], 'that is excessive-retry');
    assert.deepEqual(at(3, 4), ['c: When c fails, up to 12 times its load reaches it (10/s become 120/s): a → b 3×, b → c 4×.']);
    assert.deepEqual(at(4, 4, 4), [
      'd: When d fails, up to 64 times its load reaches it (10/s become 640/s): a → b 4×, b → c 4×, c → d 4×.',
    ]);
  });

  it('amplify without a bound in a ring, and at least so much where one of them has no end', () => {
    const calls = [
      'from: a, to: b, timeout: 1s, retry: { maxAttempts: 2 }',
      'from: b, to: a, timeout: 1s, retry: { maxAttempts: 2 }, share: 50%',
    ];
    const ring = said('retry-amplification', 'a: {}, b: {}', calls, 'go: { entry: a }');
    assert.equal(ring.length, 1);
    assert.match(ring[0] ?? '', /its load grows without a bound: a → b 2×/);
    const endless = said(
      'retry-amplification',
      'a: {}, b: {}, c: {}',
      ['from: a, to: b, timeout: 1s, retry: { maxAttempts: 4 }', 'from: b, to: c, timeout: 1s, retry: {}'],
      'go: { entry: a }',
    );
    assert.deepEqual(endless, ['c: When c fails, at least 12 times its load reaches it: a → b 4×, b → c ∞×.']);
  });

  it('do twice what must not be done twice, unless only what was not begun is retried', () => {
    const at = (more: string) =>
      count('retry-not-idempotent', 'a: {}, b: {}', [`from: a, to: b, timeout: 1s, ${more}`], 'go: { entry: a }');
    assert.equal(at('operation: POST /x, retry: { maxAttempts: 2 }'), 1);
    assert.equal(at('operation: POST /x, retry: { maxAttempts: 1 }'), 0);
    assert.equal(at('operation: POST /x, retry: { maxAttempts: 2, on: [refused, rejected] }'), 0);
    assert.equal(at('operation: POST /x, retry: { maxAttempts: 2, on: [refused, error] }'), 1);
    assert.equal(at('operation: GET /x, retry: { maxAttempts: 2 }'), 0);
    assert.equal(at('operation: GET /x, idempotent: false, retry: { maxAttempts: 2 }'), 1);
  });

  it('wait for nothing, unless a base is written or a preset has its own', () => {
    const at = (more: string) =>
      count('retry-without-backoff', 'a: {}, b: {}', [`from: a, to: b, timeout: 1s, ${more}`], 'go: { entry: a }');
    assert.equal(at('retry: { maxAttempts: 2 }'), 1);
    assert.equal(at('retry: { maxAttempts: 2, base: 10ms }'), 0);
    assert.equal(at('retry: { maxAttempts: 2, backoff: none, base: 10ms }'), 1);
    assert.equal(at('preset: aws-sdk, retry: { maxAttempts: 2 }'), 0);
    assert.equal(at('preset: aws-sdk, retry: { maxAttempts: 2, backoff: none }'), 1);
    assert.equal(at('retry: {}'), 0, 'that is unbounded-retry');
  });
});
