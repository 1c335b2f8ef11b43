import type { CallPolicy, CircuitBreaker, PresetName, Retry } from '../call';

/** What a library or product does where its user writes nothing. Durations in seconds, attempts with the first included. */
export interface Preset {
  /** Its name, as its own pages write it. */
  readonly name: string;
  /** The page of its documentation that states the defaults. */
  readonly source: string;
  /** What it does with every call, so that a call has it that says nothing. */
  readonly always?: Pick<CallPolicy, 'timeout' | 'deadline' | 'retry' | 'circuitBreaker'>;
  /** For the keys that a written `retry` leaves out. */
  readonly retry?: Retry;
  /** What goes before {@link retry} where an exponential back-off is written. */
  readonly exponential?: Retry;
  /** The cap where none is written, as a multiple of the base. */
  readonly capOfBase?: number;
  /** For the keys that a written `circuitBreaker` leaves out. */
  readonly circuitBreaker?: CircuitBreaker;
}

/** Outlier detection of Envoy's clusters, which Istio takes over: five errors in a row, ejected for 30 s at first. */
const outlierDetection: CircuitBreaker = { failures: 5, cooldown: 30, trialCalls: 1, counts: 'attempts' };

/** Envoy waits up to 25 ms, then up to twice that each time, and never more than ten times as long. */
const envoyRetry: Retry = { maxAttempts: 2, backoff: 'exponential', base: 0.025, factor: 2, jitter: 'full' };

/** Istio tries twice more what was not begun or was turned away: connect-failure, refused-stream, unavailable, cancelled, 503. */
const istioRetry: Retry = { ...envoyRetry, maxAttempts: 3, on: ['refused', 'rejected'] };

/**
 * The standard mode of the AWS SDKs, as before `AWS_NEW_RETRIES_2026`. A timeout costs 10 tokens there; here every retry
 * costs 5, and a success gives back 1.
 */
const awsRetry: Retry = {
  maxAttempts: 3,
  backoff: 'exponential',
  base: 0.1,
  factor: 2,
  cap: 20,
  jitter: 'full',
  budget: { tokens: 500, cost: 5, refund: 1 },
};

/** Hystrix judges a command by the last ten seconds, and lets one request through after five. */
const hystrixBreaker: CircuitBreaker = { errorRate: 0.5, window: { seconds: 10 }, minimumCalls: 20, cooldown: 5, trialCalls: 1 };

/** The defaults of the libraries people use, each as its own documentation states them. */
export const presetTable: Readonly<Record<PresetName, Preset>> = {
  // resilience4j 2: RetryConfig and CircuitBreakerConfig; the retry is the outermost aspect, so the breaker sees attempts.
  resilience4j: {
    name: 'resilience4j',
    source: 'https://resilience4j.readme.io/docs/circuitbreaker',
    retry: { maxAttempts: 3, backoff: 'constant', base: 0.5 },
    exponential: { factor: 1.5 },
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
  // Polly 8: MaxRetryAttempts 3 leaves out the first. The standard handler has the retry around the breaker.
  polly: {
    name: 'Polly',
    source: 'https://www.pollydocs.org/strategies/circuit-breaker#defaults',
    retry: { maxAttempts: 4, backoff: 'constant', base: 2 },
    exponential: { factor: 2 },
    circuitBreaker: { errorRate: 0.1, window: { seconds: 30 }, minimumCalls: 100, cooldown: 5, trialCalls: 1, counts: 'attempts' },
  },
  // Hystrix 1.5: every command has a timeout and a breaker; it knows no retry.
  hystrix: {
    name: 'Hystrix',
    source: 'https://github.com/Netflix/Hystrix/wiki/Configuration',
    always: { timeout: 1, circuitBreaker: hystrixBreaker },
    circuitBreaker: hystrixBreaker,
  },
  // Envoy 1.3x: a route ends after 15 s with all its retries. num_retries 1 leaves out the first.
  envoy: {
    name: 'Envoy',
    source: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter',
    always: { deadline: 15 },
    retry: envoyRetry,
    capOfBase: 10,
    circuitBreaker: outlierDetection,
  },
  // Istio 1.2x: attempts 2 leaves out the first; no timeout.
  istio: {
    name: 'Istio',
    source: 'https://istio.io/latest/docs/concepts/traffic-management/#retries',
    always: { retry: istioRetry },
    retry: istioRetry,
    capOfBase: 10,
    circuitBreaker: outlierDetection,
  },
  // Linkerd 2.16: one retry at once; the budget is that of a service profile. Seven failures in a row, then probes from 1 s on.
  linkerd: {
    name: 'Linkerd',
    source: 'https://linkerd.io/2/reference/retries/',
    retry: { maxAttempts: 2, backoff: 'none', budget: { share: 0.2 } },
    circuitBreaker: { failures: 7, cooldown: 1, trialCalls: 1, counts: 'attempts' },
  },
  // Dapr 1.1x: maxRetries -1. It trips above five failures in a row.
  dapr: {
    name: 'Dapr',
    source: 'https://docs.dapr.io/operations/resiliency/policies/',
    retry: { maxAttempts: 'unlimited', backoff: 'constant', base: 5 },
    exponential: { base: 0.5, factor: 1.5, cap: 60, jitter: 'proportional' },
    circuitBreaker: { failures: 6, cooldown: 60, trialCalls: 1 },
  },
  // gRPC (gRFC A6): all numbers have to be written. Its ± 20% has no word here; ± 50% comes nearest.
  grpc: {
    name: 'gRPC',
    source: 'https://grpc.io/docs/guides/retry/',
    retry: { backoff: 'exponential', jitter: 'proportional' },
  },
  'aws-sdk': {
    name: 'AWS SDK',
    source: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
    always: { retry: awsRetry },
    retry: awsRetry,
  },
};
