// A mocha reporter that says what happens in marked lines; whoever started the editor reads them from its output.
import Mocha, { type MochaOptions, type Runner, type Suite, type Test } from 'mocha';

/** What happens in a run, in order. */
export type Happening =
  | { kind: 'suite'; depth: number; title: string }
  | { kind: 'pass'; depth: number; title: string; milliseconds: number; slow: boolean }
  | { kind: 'fail'; depth: number; title: string; path: string[]; error: string }
  | { kind: 'end'; passed: number; failed: number };

/** Marks our lines among what else the host prints. */
const mark = 'faultline-test:';

function say(happening: Happening): void {
  console.log(mark + JSON.stringify(happening));
}

function depthOf(suite: Suite | undefined): number {
  let depth = 0;
  for (let at = suite?.parent; at; at = at.parent) depth++;
  return depth;
}

/** The error with what was expected, where it says so. */
function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  // The frames nearest to the mistake: what follows is mocha itself.
  const text = [`${error.name}: ${error.message}`, ...frames.slice(0, 4)].join('\n');
  if (!('actual' in error && 'expected' in error) || error.message.includes('+ actual')) return text;
  const show = (value: unknown) =>
    typeof value === 'string' || value instanceof RegExp ? String(value) : (JSON.stringify(value, null, 1) ?? String(value));
  return `${text}\nactual: ${show(error.actual)}\nexpected: ${show(error.expected)}`;
}

/** The reporter, as mocha wants it. */
export class Report extends Mocha.reporters.Base {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    let passed = 0;
    let failed = 0;
    runner.on('suite', (suite) => {
      if (suite.title) say({ kind: 'suite', depth: depthOf(suite), title: suite.title });
    });
    runner.on('pass', (test) => {
      passed++;
      const milliseconds = test.duration ?? 0;
      say({ kind: 'pass', depth: depthOf(test.parent) + 1, title: test.title, milliseconds, slow: milliseconds > test.slow() });
    });
    runner.on('fail', (test: Test, error: unknown) => {
      failed++;
      say({ kind: 'fail', depth: depthOf(test.parent) + 1, title: test.title, path: test.titlePath(), error: words(error) });
    });
    runner.once('end', () => say({ kind: 'end', passed, failed }));
  }
}
