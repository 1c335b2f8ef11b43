// Builds every bundle. `node esbuild.mjs` builds what users get; `node esbuild.mjs --watch` keeps doing so.
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import process from 'node:process';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const development = watch || process.argv.includes('--development');

const common = {
  bundle: true,
  minify: !development,
  sourcemap: development ? 'linked' : false,
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': development ? '"development"' : '"production"' },
};

/**
 * ELK's worker script inside of another bundle. In a browser's extension host, which is a worker itself, it would take the
 * host's messages for its own: it is told of no worker's scope, and of a global one as in Node.
 */
const elkInside = {
  name: 'elk inside',
  setup(build) {
    build.onLoad({ filter: /elk-worker\.min\.js$/ }, async ({ path }) => ({
      contents: `var self, document, global = globalThis;\n${await readFile(path, 'utf8')}`,
      loader: 'js',
    }));
  },
};

/** One entry for each place the code runs in. */
const bundles = [
  {
    entryPoints: ['src/extension/node.ts'],
    outfile: 'dist/extension.js',
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    plugins: [elkInside],
  },
  {
    entryPoints: ['src/extension/web.ts'],
    outfile: 'dist/web/extension.js',
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
    plugins: [elkInside],
  },
  {
    // What is not needed to show a map is a chunk of its own, loaded when it is.
    entryPoints: ['src/webview/main.tsx'],
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
  {
    entryPoints: ['src/webview/check/main.tsx'],
    outfile: 'dist/webview/check.js',
    platform: 'browser',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
  { entryPoints: ['src/webview/simulationWorker.ts'], outfile: 'dist/webview/simulation-worker.js', platform: 'browser', format: 'iife' },
  {
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    platform: 'node',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
];

await rm('dist/webview', { recursive: true, force: true });
await mkdir('dist/webview', { recursive: true });
// ELK comes as a worker script of its own; it is loaded only when a map opens.
await cp('node_modules/elkjs/lib/elk-worker.min.js', 'dist/webview/elk-worker.js');

if (watch) {
  for (const bundle of bundles) await (await esbuild.context({ ...common, ...bundle })).watch();
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build({ ...common, ...bundle })));
}
