import type { SourceFormat } from './component';
import type { Seconds, Share } from './units';

export const backoffs = ['none', 'constant', 'linear', 'exponential'] as const;
export type Backoff = (typeof backoffs)[number];

export const jitters = ['none', 'full', 'equal', 'decorrelated', 'proportional'] as const;
export type Jitter = (typeof jitters)[number];

export const retryCauses = ['timeout', 'refused', 'rejected', 'error'] as const;
export type RetryCause = (typeof retryCauses)[number];

export const presets = ['resilience4j', 'polly', 'hystrix', 'envoy', 'istio', 'linkerd', 'dapr', 'grpc', 'aws-sdk'] as const;
export type PresetName = (typeof presets)[number];

/** A retry budget: a share of the calls, or an explicit token bucket. */
export type RetryBudget = { readonly share: Share } | { readonly tokens: number; readonly cost?: number; readonly refund?: number };

export interface Retry {
  /** The first attempt included. Absent: unbounded, as a bare loop is. */
  readonly maxAttempts?: number | 'unlimited';
  readonly backoff?: Backoff;
  readonly base?: Seconds;
  readonly factor?: number;
  readonly cap?: Seconds;
  readonly jitter?: Jitter;
  readonly budget?: RetryBudget;
  readonly on?: readonly RetryCause[];
}

export interface CircuitBreaker {
  readonly failures?: number;
  readonly errorRate?: Share;
  readonly window?: { readonly seconds: Seconds } | { readonly calls: number };
  readonly minimumCalls?: number;
  readonly slowRate?: Share;
  readonly slowCall?: Seconds;
  readonly cooldown?: Seconds;
  readonly trialCalls?: number;
  readonly counts?: 'calls' | 'attempts';
}

/** A word (the caller degrades), or another component that answers instead. */
export type Fallback = { readonly kind: 'degrade'; readonly word: string } | { readonly kind: 'component'; readonly to: string };

/** What can be said about how a call is made. `none` is a written decision; an absent key is an omission. */
export interface CallPolicy {
  readonly timeout?: Seconds | 'none';
  readonly deadline?: Seconds | 'none';
  readonly retry?: Retry | 'none';
  readonly circuitBreaker?: CircuitBreaker | 'none';
  readonly preset?: PresetName;
  readonly bulkhead?: { readonly concurrency: number } | 'none';
  readonly fallback?: Fallback | 'none';
  readonly idempotent?: boolean;
  readonly idempotencyKey?: string;
}

/** What an edge of another format stands for. Only requests count for availability. */
export type CallRole = 'request' | 'startup' | 'telemetry';

/** One call of one component to another. The policy it names is already laid under its own keys. */
export interface Call extends CallPolicy {
  /** `from -> to`, with the operation behind it where the pair has several; unique in a system. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly operation?: string;
  readonly journeys?: readonly string[];
  readonly count?: number;
  readonly share?: Share;
  readonly parallel?: string;
  readonly required?: boolean;
  readonly async?: boolean;
  /** The name of the policy it takes keys from, `default` included. */
  readonly policy?: string;
  /** The keys written on the call itself, for messages and edits that must know where a value stands. */
  readonly ownKeys: readonly (keyof CallPolicy)[];
  /** What is written of the keys that its preset adds, or adds to; absent where the preset gives it nothing. */
  readonly beforePreset?: Pick<CallPolicy, 'timeout' | 'deadline' | 'retry' | 'circuitBreaker'>;
  readonly role: CallRole;
  readonly source: SourceFormat;
}
