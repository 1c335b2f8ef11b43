import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { type CallPolicy, presets } from '../../src/model/call';
import { asWritten, givenByPreset, isByPreset, unfilled, withPreset } from '../../src/model/presets/fill';
import { presetTable } from '../../src/model/presets/table';

/** What is written, and what then holds; worked out by hand from the documentation of each library. */
const cases: readonly (readonly [what: string, written: CallPolicy, holds: CallPolicy])[] = [
  [
    'resilience4j: three attempts, the first included, half a second apart',
    { preset: 'resilience4j', retry: {} },
    { preset: 'resilience4j', retry: { maxAttempts: 3, backoff: 'constant', base: 0.5 } },
  ],
  [
    'resilience4j: an exponential back-off grows by half',
    { preset: 'resilience4j', retry: { backoff: 'exponential', maxAttempts: 5 } },
    { preset: 'resilience4j', retry: { maxAttempts: 5, backoff: 'exponential', base: 0.5, factor: 1.5 } },
  ],
  [
    'resilience4j: a breaker over a hundred calls',
    { preset: 'resilience4j', circuitBreaker: {} },
    {
      preset: 'resilience4j',
      circuitBreaker: {
        errorRate: 0.5,
        window: { calls: 100 },
        minimumCalls: 100,
        slowRate: 1,
        slowCall: 60,
        cooldown: 60,
        trialCalls: 10,
        counts: 'attempts',
      },
    },
  ],
  [
    'resilience4j: a window of ten calls asks for ten',
    { preset: 'resilience4j', circuitBreaker: { window: { calls: 10 }, cooldown: 5 } },
    {
      preset: 'resilience4j',
      circuitBreaker: {
        errorRate: 0.5,
        window: { calls: 10 },
        minimumCalls: 10,
        slowRate: 1,
        slowCall: 60,
        cooldown: 5,
        trialCalls: 10,
        counts: 'attempts',
      },
    },
  ],
  ['resilience4j adds nothing to a call that says nothing', { preset: 'resilience4j' }, { preset: 'resilience4j' }],
  [
    'Polly: three retries are four attempts',
    { preset: 'polly', retry: {}, circuitBreaker: {} },
    {
      preset: 'polly',
      retry: { maxAttempts: 4, backoff: 'constant', base: 2 },
      circuitBreaker: { errorRate: 0.1, window: { seconds: 30 }, minimumCalls: 100, cooldown: 5, trialCalls: 1, counts: 'attempts' },
    },
  ],
  [
    'Hystrix: a timeout and a breaker on every command',
    { preset: 'hystrix' },
    {
      preset: 'hystrix',
      timeout: 1,
      circuitBreaker: { errorRate: 0.5, window: { seconds: 10 }, minimumCalls: 20, cooldown: 5, trialCalls: 1 },
    },
  ],
  [
    'Hystrix: what is written stays, `none` too',
    { preset: 'hystrix', timeout: 'none', circuitBreaker: { cooldown: 10 } },
    {
      preset: 'hystrix',
      timeout: 'none',
      circuitBreaker: { errorRate: 0.5, window: { seconds: 10 }, minimumCalls: 20, cooldown: 10, trialCalls: 1 },
    },
  ],
  ['Envoy: a route ends after 15 s with all its retries', { preset: 'envoy', timeout: 1 }, { preset: 'envoy', timeout: 1, deadline: 15 }],
  [
    'Envoy: one retry is two attempts, and the cap is ten times the base',
    { preset: 'envoy', retry: { base: 0.1 }, deadline: 'none' },
    {
      preset: 'envoy',
      deadline: 'none',
      retry: { maxAttempts: 2, backoff: 'exponential', base: 0.1, factor: 2, jitter: 'full', cap: 1 },
    },
  ],
  [
    'Istio: two retries are three attempts, on every call',
    { preset: 'istio' },
    {
      preset: 'istio',
      retry: { maxAttempts: 3, backoff: 'exponential', base: 0.025, factor: 2, cap: 0.25, jitter: 'full', on: ['refused', 'rejected'] },
    },
  ],
  ['Istio: unless it is switched off', { preset: 'istio', retry: 'none' }, { preset: 'istio', retry: 'none' }],
  [
    'Istio: outlier detection, where it is written',
    { preset: 'istio', retry: 'none', circuitBreaker: { failures: 3 } },
    { preset: 'istio', retry: 'none', circuitBreaker: { failures: 3, cooldown: 30, trialCalls: 1, counts: 'attempts' } },
  ],
  [
    'Linkerd: one retry at once, within a budget',
    { preset: 'linkerd', retry: {}, circuitBreaker: {} },
    {
      preset: 'linkerd',
      retry: { maxAttempts: 2, backoff: 'none', budget: { share: 0.2 } },
      circuitBreaker: { failures: 7, cooldown: 1, trialCalls: 1, counts: 'attempts' },
    },
  ],
  [
    'Dapr: retries for ever every five seconds, and trips above five failures',
    { preset: 'dapr', retry: {}, circuitBreaker: {} },
    {
      preset: 'dapr',
      retry: { maxAttempts: 'unlimited', backoff: 'constant', base: 5 },
      circuitBreaker: { failures: 6, cooldown: 60, trialCalls: 1 },
    },
  ],
  [
    'Dapr: an exponential back-off starts at half a second and is spread',
    { preset: 'dapr', retry: { backoff: 'exponential', maxAttempts: 3 } },
    { preset: 'dapr', retry: { maxAttempts: 3, backoff: 'exponential', base: 0.5, factor: 1.5, cap: 60, jitter: 'proportional' } },
  ],
  [
    'gRPC: the numbers have to be written',
    { preset: 'grpc', retry: { maxAttempts: 4, base: 0.1, cap: 1 }, circuitBreaker: { failures: 5 } },
    {
      preset: 'grpc',
      retry: { maxAttempts: 4, base: 0.1, cap: 1, backoff: 'exponential', jitter: 'proportional' },
      circuitBreaker: { failures: 5 },
    },
  ],
  [
    'AWS SDK: three attempts on every call, within a quota',
    { preset: 'aws-sdk' },
    {
      preset: 'aws-sdk',
      retry: {
        maxAttempts: 3,
        backoff: 'exponential',
        base: 0.1,
        factor: 2,
        cap: 20,
        jitter: 'full',
        budget: { tokens: 500, cost: 5, refund: 1 },
      },
    },
  ],
  ['no preset, no defaults', { retry: {}, circuitBreaker: {} }, { retry: {}, circuitBreaker: {} }],
];

describe('presets', () => {
  for (const [what, written, holds] of cases) {
    it(what, () => {
      const filled = withPreset(written);
      const { beforePreset, ...rest } = filled;
      assert.deepEqual(rest, holds);
      assert.deepEqual(asWritten(filled), written, 'and what was written is known');
      assert.deepEqual(withPreset(asWritten(filled)), filled);
    });
  }

  it('are tried here, every one of them', () => {
    assert.deepEqual(new Set(cases.flatMap(([, { preset }]) => preset ?? [])), new Set(presets));
  });

  it('tell what they give from what is written', () => {
    const filled = withPreset({ preset: 'istio', timeout: 1, retry: { maxAttempts: 5 }, circuitBreaker: {} });
    assert.deepEqual(givenByPreset(filled), {
      retry: { backoff: 'exponential', base: 0.025, factor: 2, cap: 0.25, jitter: 'full', on: ['refused', 'rejected'] },
      circuitBreaker: { failures: 5, cooldown: 30, trialCalls: 1, counts: 'attempts' },
    });
    assert.ok(isByPreset(filled, 'retry', 'base') && !isByPreset(filled, 'retry', 'maxAttempts'));
    assert.ok(!isByPreset(filled, 'timeout') && !isByPreset(withPreset({ timeout: 1 }), 'timeout'));
    assert.deepEqual(givenByPreset(withPreset({ preset: 'hystrix', circuitBreaker: 'none' })), { timeout: 1 });
  });

  it('leave nothing of themselves in what a fix writes', () => {
    const filled = withPreset({ preset: 'resilience4j', retry: {} });
    const retry = { maxAttempts: 3, backoff: 'constant', base: 0.5, jitter: 'full' } as const;
    assert.deepEqual(unfilled(filled, { retry, timeout: 1 }), { retry: { jitter: 'full' }, timeout: 1 });
    const { retry: given } = withPreset<CallPolicy>({ preset: 'istio' });
    assert.deepEqual(unfilled(withPreset({ preset: 'istio' }), { ...(given && { retry: given }) }), {});
  });

  it('name the page that states their defaults, and docs/presets.md does', () => {
    const page = readFileSync('docs/presets.md', 'utf8');
    for (const preset of presets) {
      const { name, source } = presetTable[preset];
      assert.ok(page.includes(`\`${preset}\``) && page.includes(`[${name}](${source})`), preset);
    }
  });
});
