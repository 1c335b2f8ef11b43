// Bundles bench/NAME.ts and runs it: `node bench/run.mjs NAME [arguments]`; without a name, all that print timings.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import process from 'node:process';
import * as esbuild from 'esbuild';
import { hostOutside } from '../test/host/bundling.mjs';

/** These check files in a folder given to them. */
const checks = new Set(['corpus', 'faulttrees']);
const [given, ...args] = process.argv.slice(2);
const names = given
  ? [given]
  : readdirSync('bench')
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3))
      .filter((name) => !checks.has(name));

let status = 0;
for (const name of names) {
  if (!existsSync(`bench/${name}.ts`)) {
    console.error(`There is no bench/${name}.ts.`);
    process.exit(2);
  }
  const outfile = `dist/bench/${name}.js`;
  await esbuild.build({
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    plugins: [hostOutside],
  });
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--expose-gc', outfile, ...args], { stdio: 'inherit' });
  status ||= run.status ?? 1;
}
process.exit(status);
