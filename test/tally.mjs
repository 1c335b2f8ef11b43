// Counts tests over all runs: each run adds a line to the file that $FAULTLINE_TALLY names, if it does.
import { appendFileSync } from 'node:fs';

/** Notes how many tests of a run passed and failed. */
export function tally({ passed, failed }) {
  const file = process.env.FAULTLINE_TALLY;
  if (file) appendFileSync(file, `${JSON.stringify({ passed, failed })}\n`);
}
