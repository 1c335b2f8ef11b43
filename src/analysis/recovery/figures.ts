import type { Recovery } from '../../model/component';
import type { Seconds } from '../../model/units';

/** Seconds; `never` for what cannot be recovered; undefined where the file does not say enough to tell. */
export type RecoveryTime = Seconds | 'never' | undefined;

/** What is lost for good: one replica, a place with all that stands in it, or the data of all replicas. */
export type RecoveryLoss =
  | { readonly kind: 'replica' }
  | { readonly kind: 'zone' | 'region'; readonly name: string }
  | { readonly kind: 'data' };

/** How a component comes back, with the parts its time is made of, in seconds. */
export type RecoveryWay =
  /** Only standbys are lost. */
  | { readonly kind: 'unaffected' }
  /** The replicas left take over as soon as the health check takes the lost ones out. */
  | { readonly kind: 'detection'; readonly detection: Seconds | undefined }
  /** Somebody repairs or replaces it. */
  | { readonly kind: 'repair'; readonly mttr: Seconds }
  /** A standby is promoted; `detection` is undefined where no health check says how long it takes, and counts as 0. */
  | { readonly kind: 'failover'; readonly automatic: boolean; readonly detection: Seconds | undefined; readonly within: Seconds }
  | { readonly kind: 'restore'; readonly restore: Seconds | undefined }
  /** The recovery strategy; `rto` is its own figure, or how long the backup takes to restore where it has none. */
  | {
      readonly kind: 'recovery';
      readonly strategy: Recovery['strategy'];
      readonly region: string | undefined;
      readonly rto: Seconds | undefined;
      readonly ttl?: DnsInFront;
    }
  /** There is no way; `lost` is what is written for the case, and goes down with what it protects. */
  | { readonly kind: 'nothing'; readonly lost: readonly ('backup' | 'recovery')[] };

/** The name whose answers have to expire before requests arrive in another region. */
export interface DnsInFront {
  readonly dns: string;
  readonly seconds: Seconds;
  readonly assumed: boolean;
}

/** What the recovery point follows from. `strategy` is the recovery strategy's own figure. */
export type RecoveryPoint =
  | 'stateless'
  | 'unaffected'
  | 'synchronous replica'
  | 'quorum'
  | 'replication lag'
  | 'unknown replication'
  | 'backup interval'
  | 'strategy'
  | 'filled again'
  | 'nothing';

export interface RecoveryObjective {
  readonly seconds: Seconds;
  /** A journey that has the objective and needs the component. */
  readonly journey: string;
}

/** How one component recovers from one loss, and what it has to. */
export interface Recovered {
  /** The component. */
  readonly subject: string;
  readonly loss: RecoveryLoss;
  /** The recovery time achieved: until it serves again. */
  readonly rto: RecoveryTime;
  /** The recovery point achieved: how much of the latest data is gone. */
  readonly rpo: RecoveryTime;
  readonly how: RecoveryWay;
  readonly point: RecoveryPoint;
  /** Replicas lost, replicas outside what is lost, and how many have to be up. Not for the loss of data. */
  readonly replicas?: { readonly lost: number; readonly left: number; readonly needs: number };
  readonly rtoObjective?: RecoveryObjective;
  readonly rpoObjective?: RecoveryObjective;
  /** Absent when either side is unknown. */
  readonly rtoMet?: boolean;
  readonly rpoMet?: boolean;
  /** The numbers nobody wrote that the two times rest on: `failover within 60s`, `lag 5s`, `DNS ttl 60s`, `mttr 1h`. */
  readonly assumed: readonly string[];
}
