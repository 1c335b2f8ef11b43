// Runs the tests of test/extension inside the extension host of a real VS Code.
//   node test/host/suite.mjs [--web] [--workspace folder] [--grep text] [--group name]
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { failureLine, tally } from '../tally.mjs';
import { startHost, troubles } from './host.mjs';
import { giveUp, HostProblem, logFolder, root, say, since } from './place.mjs';

const tests = join(root, 'test', 'extension');
const mark = 'faultline-test:';
const workspaces = join(root, 'test', 'host', 'workspaces');

/**
 * What is run one after the other, each in an editor of its own: the tests that stand in test/extension itself, and those
 * of the folders in it that need another workspace, other extensions or less trust.
 */
const groups = new Map([
  ['', {}],
  ['roots', { workspace: join(workspaces, 'roots') }],
  [
    'beside',
    {
      workspace: join(workspaces, 'beside'),
      beside: [join(root, 'test', 'host', 'standins', 'yaml')],
      settings: { 'files.associations': { '*.topology.yaml': 'yaml' } },
    },
  ],
  [
    'untrusted',
    { workspace: join(workspaces, 'untrusted'), beside: [join(root, 'test', 'host', 'standins', 'yaml')], trusted: false, installed: true },
  ],
]);

/** Seconds until the first test must have begun, without a word from the tests, and for all. */
const limits = { start: 240, silence: 200, whole: 600 };

/**
 * Bundles the tests for a host.
 * @returns the module to give to the editor (without its ending), inside dist
 */
export async function buildSuite({ web = false, grep = '', group = '' } = {}) {
  const files = readdirSync(tests, { recursive: true })
    .map(String)
    .filter((name) => (name.includes(sep) ? name.split(sep)[0] : '') === group)
    .filter((name) => /\.test\.ts$/.test(name) && !name.endsWith(web ? '.node.test.ts' : '.web.test.ts'))
    .sort();
  if (files.length === 0) throw new HostProblem(`There are no tests in ${join('test/extension', group)}.`);
  const outdir = join(root, 'dist', 'test', web ? 'extension-web' : 'extension');
  rmSync(outdir, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: [join(tests, 'index.ts')],
    outdir,
    bundle: true,
    platform: web ? 'browser' : 'node',
    format: 'cjs',
    target: 'es2022',
    sourcemap: 'inline',
    external: web ? ['vscode'] : ['vscode', 'mocha'],
    alias: web ? { mocha: 'mocha/mocha.mjs', 'node:assert': join(tests, 'assert.ts') } : {},
    logLevel: 'warning',
    plugins: [
      {
        name: 'suites',
        setup(build) {
          build.onResolve({ filter: /^faultline:suites$/ }, ({ path }) => ({ path, namespace: 'suites' }));
          build.onLoad({ filter: /.*/, namespace: 'suites' }, () => ({
            contents: `export const web = ${web};\nexport const grep = ${JSON.stringify(grep)};\nexport async function load() {\n${files
              .map((file) => `  await import(${JSON.stringify(`./${file.replaceAll('\\', '/')}`)});`)
              .join('\n')}\n}`,
            resolveDir: tests,
          }));
          // Mocha's browser build would take the bundle's `module` for its own, and put itself in the place of our `run`.
          build.onLoad({ filter: /mocha[\\/]mocha\.js$/ }, ({ path }) => ({
            contents: `(function (module, exports, define) {${readFileSync(path, 'utf8')}\n}).call(globalThis);`,
          }));
        },
      },
    ],
  });
  return join(outdir, 'index');
}

/**
 * Runs the tests and prints them as they come.
 * @returns `{ passed, failed, failures }`; a run that does not come to its end counts as failed
 */
export async function runSuite({ web = false, extensionPath = root, grep = '', group = '', ...given } = {}) {
  const options = { workspace: join(root, 'examples'), ...groups.get(group), ...given };
  const where = web ? 'web worker' : 'Node';
  const label = [web ? 'suite-web' : 'suite-node', group].filter(Boolean).join('-');
  const start = performance.now();
  const module = await buildSuite({ web, grep, group });
  say(`running ${join('test/extension', group)} in the ${where} extension host`);

  const failures = [];
  let totals;
  let heard = performance.now();
  let begun = false;
  let why;
  let trouble;
  const broken = new Promise((resolve) => {
    trouble = resolve;
  });
  const onOutput = (line) => {
    if (/Extension host .*terminated unexpectedly/i.test(line)) trouble('The extension host crashed.');
    const at = line.indexOf(mark);
    if (at < 0) return;
    heard = performance.now();
    begun = true;
    const happening = JSON.parse(line.slice(at + mark.length));
    if (happening.kind === 'end') totals = happening;
    else show(happening, failures);
  };
  const host = await startHost({ ...options, extensionPath, tests: module, web, onOutput, label });
  const watch = setInterval(() => {
    const now = performance.now();
    if (!begun && now - start > limits.start * 1000) trouble(`No test began within ${limits.start} s.`);
    else if (begun && now - heard > limits.silence * 1000) trouble(`Nothing was heard of the tests for ${limits.silence} s.`);
    else if (now - start > limits.whole * 1000) trouble(`The tests were not done after ${limits.whole} s.`);
  }, 500);
  try {
    const end = await Promise.race([host.exit, broken.then((text) => ({ code: 1, why: text }))]);
    // The last lines may still be on their way.
    for (let waited = 0; !totals && !end.why && waited < 2000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
    why = end.why ?? (totals ? undefined : `The tests ended (status ${end.code}) without a result.`);
    if (!why && end.code !== 0 && totals.failed === 0) why = `The extension host ended with status ${end.code} though no test failed.`;
    if (!why && totals.passed + totals.failed === 0) why = 'No test ran.';
    if (why) await host.screenshot(`${label}-failed`).catch(() => {});
  } finally {
    clearInterval(watch);
    await host.stop();
  }
  const { passed, failed } = totals ?? { passed: 0, failed: failures.length };
  console.log(`\n  ${passed} passing in the ${where} extension host (${since(start)})`);
  if (failed > 0) console.log(`  ${failed} failing`);
  const inSource = sourcePlaces(`${module}.js`, web);
  failures.forEach(({ path, error }, index) => {
    console.log(`\n  ${index + 1}) ${path.join(' › ')}\n${indent(inSource(error), 5)}`);
  });
  if (why) {
    const lines = troubles(host.console).slice(-30);
    console.log(
      `\n  ${why}\n  What the editor said (all of it is in dist/host-logs/${label}-*.log):\n${indent(inSource(lines.join('\n')), 5)}`,
    );
  }
  const output = join(logFolder, `${label}-output.log`);
  if ((failed > 0 || why) && existsSync(output)) {
    console.log(`\n  The extension's own output, the first of it (all of it is in dist/host-logs/${label}-output.log):`);
    console.log(indent(readFileSync(output, 'utf8').trim().slice(0, 3000), 5));
  }
  console.log('');
  return {
    passed,
    failed: failed + (why ? 1 : 0),
    failures: [...failures.map(({ path, error }) => failureLine(path, error)), ...(why ? [`${label}: ${why}`] : [])],
  };
}

function show({ kind, depth, title, milliseconds, slow, path, error }, failures) {
  const margin = '  '.repeat(depth);
  if (kind === 'suite') console.log(`${depth === 1 ? '\n' : ''}${margin}${title}`);
  if (kind === 'pass') console.log(`${margin}✔ ${title}${slow ? ` (${Math.round(milliseconds)} ms)` : ''}`);
  if (kind === 'fail') {
    failures.push({ path, error });
    console.log(`${margin}${failures.length}) ${title}`);
  }
}

/** @returns what turns the places of a bundle, in a stack, into those of the tests as written */
function sourcePlaces(bundle, web) {
  const code = readFileSync(bundle, 'utf8');
  const inline = /sourceMappingURL=data:[^,]*,([\w+/=]+)\s*$/.exec(code)?.[1];
  if (!inline) return (text) => text;
  const map = new SourceMap(JSON.parse(Buffer.from(inline, 'base64').toString('utf8')));
  // The worker wraps the module in a function whose head has two lines.
  const head = web ? 2 : 0;
  const place = /[^\s(]*dist\/test\/extension(?:-web)?\/index\.js(?:#vscode-extension)?:(\d+):(\d+)/g;
  return (text) =>
    text.replace(place, (whole, line, column) => {
      const { originalSource, originalLine, originalColumn } = map.findEntry(Number(line) - 1 - head, Number(column) - 1);
      if (!originalSource || originalSource.includes('node_modules')) return whole;
      return `${relative(root, resolve(dirname(bundle), originalSource))}:${originalLine + 1}:${originalColumn + 1}`;
    });
}

function indent(text, spaces) {
  return text.replace(/^/gm, ' '.repeat(spaces));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { web: { type: 'boolean' }, grep: { type: 'string' }, workspace: { type: 'string' }, group: { type: 'string' } },
  });
  try {
    if (values.workspace && !existsSync(values.workspace)) throw new HostProblem(`There is no folder ${values.workspace}.`);
    if (values.group !== undefined && !groups.has(values.group)) throw new HostProblem(`There is no group ${values.group}.`);
    // One test, or another folder: that is about the tests of test/extension itself unless a group is named.
    const { group = values.grep || values.workspace ? '' : undefined } = values;
    for (const each of group === undefined ? groups.keys() : [group]) {
      const result = await runSuite({ ...values, group: each });
      tally(result);
      if (result.failed > 0) process.exitCode = 1;
    }
  } catch (error) {
    giveUp(error);
  }
}
