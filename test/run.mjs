// Runs the tests under the given folders (default: all that run in plain Node) with mocha: TypeScript bundled, .mjs as it stands.
//   node test/run.mjs [folder…] [-- mocha options]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import * as esbuild from 'esbuild';
import { hostOutside } from './host/bundling.mjs';

const cut = process.argv.indexOf('--');
const given = process.argv.slice(2, cut < 0 ? undefined : cut);
const options = cut < 0 ? [] : process.argv.slice(cut + 1);

/** These need an editor, a browser or a package, and have scripts of their own. */
const elsewhere = new Set(['extension', 'webview', 'package', 'host', 'fixtures']);
const folders =
  given.length > 0
    ? given
    : readdirSync('test', { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !elsewhere.has(entry.name))
        .map((entry) => join('test', entry.name));

for (const folder of folders) {
  if (!existsSync(folder)) {
    console.error(`There is no folder ${folder}.`);
    process.exit(2);
  }
}
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.test\.(tsx?|mjs)$/.test(name))
    .map((name) => join(folder, name)),
);
const plain = files.filter((file) => file.endsWith('.mjs'));
const typed = files.filter((file) => !file.endsWith('.mjs'));
if (files.length === 0) {
  console.error(`There are no tests in ${folders.join(', ')}.`);
  process.exit(1);
}
const outdir = `dist/test/${given.length > 0 ? folders.join('+').replaceAll('/', '-') : 'unit'}`;
rmSync(outdir, { recursive: true, force: true });
await esbuild.build({
  entryPoints: typed,
  outbase: 'test',
  outdir,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
  plugins: [hostOutside],
});
const mocha = [
  'node_modules/mocha/bin/mocha.js',
  '--forbid-only',
  '--forbid-pending',
  '--fail-zero',
  // A busy machine is no failure: only what hangs is.
  '--timeout',
  '30000',
  '--require',
  './test/seed.cjs',
  '--reporter',
  'test/reporter.mjs',
];
const run = spawnSync(
  process.execPath,
  ['--enable-source-maps', ...mocha, ...options, ...(typed.length > 0 ? [`${outdir}/**/*.test.js`] : []), ...plain],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
