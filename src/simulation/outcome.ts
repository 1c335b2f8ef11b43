/** Why something failed; `None` when it did not. `Slow` is for journeys only: answered too late, or still open then. */
export enum Cause {
  None,
  Timeout,
  Rejected,
  Breaker,
  Refused,
  Error,
  Slow,
}

/** The causes by the names under which results list them. */
export const failureCauses = ['timeout', 'rejected', 'breaker', 'refused', 'error', 'slow'] as const;
export type FailureCause = (typeof failureCauses)[number];

/** The columns in which requests are counted once they have ended. */
export const succeededColumn = 0;
export const degradedColumn = 1;
export const columns = 2 + failureCauses.length;

export function columnOf(cause: Cause, degraded: boolean): number {
  if (cause === Cause.None) return degraded ? degradedColumn : succeededColumn;
  return 1 + cause;
}

export const nanoseconds = 1e9;

/** Seconds as whole nanoseconds, the unit of the engine's clock. There are no negative lengths of time. */
export function toNanoseconds(seconds: number): number {
  return Math.max(0, Math.round(seconds * nanoseconds));
}
