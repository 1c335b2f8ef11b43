import type { Availability, PerSecond, Seconds } from './units';

export interface Objectives {
  readonly availability?: Availability | 'none';
  /** Seconds; slower than this is failed to the user. */
  readonly latency?: Seconds | 'none';
  readonly rto?: Seconds | 'none';
  readonly rpo?: Seconds | 'none';
}

/** A way in which somebody or something uses the system. */
export interface Journey {
  readonly name: string;
  readonly entry: string;
  /** Peak rate. */
  readonly rate?: PerSecond;
  readonly availability?: Availability | 'none';
  readonly latency?: Seconds | 'none';
  readonly description?: string;
  /** Not written by anybody: the entry is a component that nobody calls. */
  readonly implied: boolean;
}
