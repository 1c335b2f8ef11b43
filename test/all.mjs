// `npm test`: every check, one after the other. Its last line is `N passed, N failed`; the status is 0 when nothing failed.
//   npm test [-- name…] [-- --corpus folder --faulttrees folder]     only the stages named; with real input files, or fault trees with known answers, in a folder as well
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './host/place.mjs';
import { onEnd, startKept } from './host/processes.mjs';

const { values, positionals } = parseArgs({
  options: { corpus: { type: 'string' }, faulttrees: { type: 'string' } },
  allowPositionals: true,
});
const node = process.execPath;
const program = (name) => join(root, 'node_modules', '.bin', name);

/**
 * `tests`: counted by the tests in it, else as one. `needs`: not run when one of these failed.
 * `minutes`: ended, and failed, after that. `tries`: run again, whole, when it failed, and the last run counts: an editor or a browser on
 * a busy machine may miss a limit that has nothing to do with us. The end says what failed at first. `beside`: goes on during
 * these stages, which mostly wait, and is shown when it is done.
 */
const stages = [
  { name: 'types', command: [program('tsc'), '-p', '.'], minutes: 3 },
  { name: 'lint', command: [program('biome'), 'check', '.'], minutes: 2 },
  { name: 'build', command: [node, 'esbuild.mjs'], minutes: 2 },
  { name: 'unit', command: [node, 'test/run.mjs'], tests: true, minutes: 12, beside: ['fetch', 'node-host', 'web-host'] },
  { name: 'fetch', about: 'VS Code and Chromium', command: [node, 'test/host/fetch.mjs'], minutes: 15 },
  {
    name: 'node-host',
    about: 'inside VS Code, Node host',
    command: [node, 'test/host/suite.mjs'],
    tests: true,
    tries: 2,
    needs: ['build', 'fetch'],
    minutes: 15,
  },
  {
    name: 'web-host',
    about: 'inside VS Code, web worker host',
    command: [node, 'test/host/suite.mjs', '--web'],
    tests: true,
    tries: 2,
    needs: ['build', 'fetch'],
    minutes: 15,
  },
  {
    name: 'webview',
    about: 'in Chromium',
    command: [node, 'test/run.mjs', 'test/webview'],
    tests: true,
    tries: 2,
    needs: ['build', 'fetch'],
    minutes: 10,
  },
  ...(readdirSync(join(root, 'test', 'host')).some((file) => file.endsWith('.test.mjs'))
    ? [
        {
          name: 'walk',
          about: 'VS Code as a user',
          command: [node, 'test/run.mjs', 'test/host'],
          tests: true,
          tries: 2,
          needs: ['build', 'fetch'],
          minutes: 12,
        },
      ]
    : []),
  {
    name: 'package',
    about: 'the .vsix, installed',
    command: [node, 'test/run.mjs', 'test/package'],
    tests: true,
    tries: 2,
    needs: ['build', 'fetch'],
    minutes: 5,
  },
  ...(values.corpus
    ? [{ name: 'corpus', about: 'real input', command: [node, 'bench/run.mjs', 'corpus', values.corpus], minutes: 10 }]
    : []),
  ...(values.faulttrees
    ? [{ name: 'faulttrees', about: 'known answers', command: [node, 'bench/run.mjs', 'faulttrees', values.faulttrees], minutes: 5 }]
    : []),
];

for (const name of positionals) {
  if (stages.some((stage) => stage.name === name)) continue;
  console.error(`There is no stage ${name}. There are: ${stages.map((stage) => stage.name).join(', ')}`);
  process.exit(2);
}
const chosen = stages.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const scratch = mkdtempSync(join(tmpdir(), 'faultline-tally-'));
const clear = () => rmSync(scratch, { recursive: true, force: true });
onEnd(clear);

const results = new Map();
/** What goes on beside others, until it is done and shown. */
let going;
for (const stage of chosen) {
  if (going && !going.stage.beside.includes(stage.name)) {
    results.set(going.stage.name, await going.done());
    going = undefined;
  }
  if (stage.beside && !going) {
    const held = [];
    const running = run(stage, (chunk) => held.push(chunk));
    going = {
      stage,
      done: async () => {
        const result = await running;
        for (const chunk of held) process.stdout.write(chunk);
        return result;
      },
    };
    continue;
  }
  let result = await run(stage);
  const before = [];
  for (let left = (stage.tries ?? 1) - 1; left > 0 && result.failed > 0 && result.seconds !== undefined; left--) {
    before.push(...result.failures);
    const { seconds } = result;
    result = await run(stage);
    result.seconds += seconds;
  }
  results.set(stage.name, { ...result, before });
}
if (going) results.set(going.stage.name, await going.done());
clear();

console.log('');
for (const { name, about } of chosen) {
  const { passed, failed, seconds, note } = results.get(name);
  const counts = `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}`;
  const time = seconds === undefined ? '' : `${seconds.toFixed(1)} s`;
  console.log(
    `${failed > 0 ? '✘' : '✔'} ${name.padEnd(10)} ${time.padStart(8)}  ${counts}${note ? ` (${note})` : ''}${about ? ` · ${about}` : ''}`,
  );
}
list('failed', 'failures');
list('failed at first, and not when run again', 'before', ({ failed }) => failed === 0);
const sum = (field) => [...results.values()].reduce((total, result) => total + result[field], 0);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);

/** Names the tests once more, where whoever reads only the end finds them. */
function list(title, field, counts = () => true) {
  for (const [name, result] of results) {
    const names = counts(result) ? (result[field] ?? []) : [];
    if (names.length > 0) console.log(`\n${name}, ${title}:\n${names.map((each) => `  ${each}`).join('\n')}`);
  }
}

/** Runs a stage, with its output as it comes. */
async function run({ name, about, command, tests = false, needs = [], minutes }, write = (chunk) => process.stdout.write(chunk)) {
  write(`\n── ${name}${about ? `: ${about}` : ''} ──\n`);
  const missing = needs.filter((other) => (results.get(other)?.failed ?? 0) > 0);
  if (missing.length > 0) {
    write(`Not run: ${missing.join(' and ')} failed.\n`);
    return { passed: 0, failed: 1, note: 'not run', failures: [] };
  }
  const start = performance.now();
  const file = join(scratch, name);
  rmSync(file, { force: true });
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = startKept(command[0], command.slice(1), { cwd: root, env: { FAULTLINE_TALLY: file, ...colour } });
  child.stdout.on('data', write);
  child.stderr.on('data', write);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.stop();
  }, minutes * 60_000);
  const status = await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  const seconds = (performance.now() - start) / 1000;
  const well = status === 0 && !late;
  const note = late ? `ended after ${minutes} minutes` : undefined;
  if (!tests) return { passed: well ? 1 : 0, failed: well ? 0 : 1, seconds, note, failures: [] };
  const { passed, failed, failures } = tallied(file);
  if (well && passed + failed === 0) return { passed, failed: 1, seconds, note: 'no test ran', failures };
  // A run that fails beside its tests counts as one more.
  return {
    passed,
    failed: well ? failed : Math.max(failed, 1),
    seconds,
    failures,
    note: note ?? (!well && failed === 0 ? `status ${status}` : undefined),
  };
}

function tallied(file) {
  try {
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const total = (field) => lines.reduce((sum, line) => sum + line[field], 0);
    return { passed: total('passed'), failed: total('failed'), failures: lines.flatMap((line) => line.failures) };
  } catch {
    return { passed: 0, failed: 0, failures: [] };
  }
}
