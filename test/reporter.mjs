// Mocha's spec reporter, which also notes its totals for test/all.mjs.
import { reporters } from 'mocha';
import { failureLine, tally } from './tally.mjs';

export default class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const failures = [];
    runner.on('fail', (test, error) => failures.push(failureLine(test.titlePath(), error?.message)));
    runner.once('end', () => tally({ passed: this.stats.passes, failed: this.stats.failures, failures }));
  }
}
