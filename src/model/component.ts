import type { Kind } from './kinds';
import type { Availability, PerSecond, Seconds, Share } from './units';

/** How long a component's own work on one request takes, without the calls it makes. Seconds. */
export type ServiceTime =
  | { readonly kind: 'constant'; readonly value: Seconds }
  | { readonly kind: 'log-normal'; readonly p50: Seconds; readonly p99: Seconds }
  | { readonly kind: 'exponential'; readonly mean: Seconds };

export interface HealthCheck {
  readonly interval?: Seconds;
  readonly timeout?: Seconds;
  readonly unhealthyAfter?: number;
}

export interface Releases {
  readonly every?: Seconds;
  readonly failureRate?: Share;
  readonly rollback?: Seconds;
}

export interface Replication {
  readonly mode?: 'sync' | 'async';
  readonly lag?: Seconds;
}

export interface Failover {
  readonly automatic?: boolean;
  readonly within?: Seconds;
}

export interface Backup {
  readonly every?: Seconds;
  readonly restore?: Seconds;
  /** A date, YYYY-MM-DD. */
  readonly tested?: string;
  readonly region?: string;
}

export interface Recovery {
  readonly strategy?: 'backup-restore' | 'pilot-light' | 'warm-standby' | 'active-active';
  readonly region?: string;
  readonly rto?: Seconds;
  readonly rpo?: Seconds;
  readonly tested?: string;
}

/**
 * What somebody wrote about a component, and nothing else: an absent field was not written. What it then
 * means is said by the functions of `defaults.ts`, which also say whether it is assumed.
 */
export interface Component {
  readonly name: string;
  readonly kind?: Kind;
  readonly managed?: boolean;
  /** A count, or counts by zone. */
  readonly replicas?: number | ReadonlyMap<string, number>;
  readonly needs?: number;
  readonly zones?: readonly string[];
  /** Of one replica (of the whole where `managed`). */
  readonly availability?: Availability;
  readonly mtbf?: Seconds;
  readonly mttr?: Seconds;
  readonly commonCause?: Share;
  readonly releases?: Releases;
  readonly errorRate?: Share;
  readonly concurrency?: number | 'unlimited';
  readonly queue?: number;
  readonly connections?: number;
  readonly quota?: PerSecond;
  readonly serviceTime?: ServiceTime;
  readonly onOverload?: 'reject' | 'crash';
  readonly startup?: Seconds;
  readonly healthCheck?: HealthCheck | 'none';
  readonly replication?: Replication | 'none';
  readonly failover?: Failover | 'none';
  readonly leaderElection?: boolean;
  readonly backup?: Backup | 'none';
  readonly recovery?: Recovery | 'none';
  readonly ttl?: Seconds;
  readonly owner?: string;
  readonly description?: string;
  readonly runbook?: string;
  /** The format it was first declared in, so that nothing is concluded from what a format cannot say. */
  readonly source?: SourceFormat;
  /** It only observes (tracing, metrics, logs): no journey depends on it. */
  readonly telemetry?: boolean;
}

/** The formats a component or call can come from. */
export type SourceFormat = 'native' | 'compose';
