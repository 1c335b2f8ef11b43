import { problemRule } from './problems';

/** What only shows when all rules have run is added by `check`; readers report comments that they cannot read. */
export const staleSuppression = problemRule(
  'stale-suppression',
  'warning',
  'An ignore comment that is past its date, gives no reason, or silences nothing.',
);
