import process from 'node:process';
import manifest from '../../package.json';
import { runAvailability } from './availability';
import { runCheck } from './check';
import { runFix } from './fix';
import { runGraph } from './graph';
import { help, type Options, readOptions, UsageError } from './options';
import { emit } from './print';
import { runReport } from './report';
import { runRules } from './rules';
import { runSimulate } from './simulate';
import { isWorker, serveRuns } from './simulate/worker';
import { runVerify } from './verify';

const run = {
  check: runCheck,
  availability: runAvailability,
  simulate: runSimulate,
  fix: runFix,
  graph: runGraph,
  report: runReport,
  verify: runVerify,
  rules: runRules,
} as const;

/** Carries out a command line and returns the exit status: 0 all well, 1 findings, 2 could not run. */
async function main(args: readonly string[]): Promise<number> {
  try {
    if (args[0] === 'lsp') {
      // Only here, for no other command needs the protocol's library. `--stdio`, which many clients pass, is all there is.
      void import('./lsp/run').then(({ runLanguageServer }) => runLanguageServer());
      return 0;
    }
    const options = readOptions(args);
    if (options === 'help') process.stdout.write(help);
    else if (options === 'version') process.stdout.write(`${manifest.version}\n`);
    else return await carryOut(options);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) process.stderr.write(`faultline: ${error.message}\n`);
    else process.stderr.write(`faultline: this is a bug, please report it: ${error instanceof Error ? error.stack : String(error)}\n`);
    return 2;
  }
}

async function carryOut(options: Options): Promise<number> {
  const { text, status } = await run[options.command](options);
  emit(options, text);
  return status;
}

// A reader that stops early (`| head`) is no error of ours.
process.stdout.on('error', () => process.exit());
if (isWorker()) serveRuns();
else {
  void main(process.argv.slice(2)).then((status) => {
    process.exitCode = status;
  });
}
