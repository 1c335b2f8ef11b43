// Counts tests over all runs: each run adds a line to the file that $FAULTLINE_TALLY names, if it does.
import { appendFileSync } from 'node:fs';

/**
 * Notes how many tests of a run passed and failed.
 * @param failures the names of those that failed, each with the first line of why
 */
export function tally({ passed, failed, failures = [] }) {
  const file = process.env.FAULTLINE_TALLY;
  if (file) appendFileSync(file, `${JSON.stringify({ passed, failed, failures })}\n`);
}

/** @returns one line that tells which test failed, and how */
export function failureLine(path, error) {
  const why = String(error ?? '')
    .split('\n')
    .find((line) => line.trim() !== '');
  return `${path.join(' › ')}${why ? `: ${why.trim().slice(0, 200)}` : ''}`;
}
