// What the eye sees of the map, in a real Chromium: `npm run bench -- webview [rounds]`. Every figure is beside what it has to
// be, which counts for the 95th percentile of the clock; "nearly" where only the median holds. Beside the clock stand
// medians of processor time, of the page's main thread and of its process with its workers, for a machine that does more than
// this has a clock that runs too fast. A frame is all tasks of the main thread (script, style, layout, paint) from one commit to
// the next.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { figureEdit, firstLayout, large, playing, type Setting, savedPositions, structuralEdit } from './webview/cases';
import { heading, type Row, text } from './webview/table';

const rounds = Math.max(2, Number(process.argv[2] ?? 20) || 20);
/** A copy, so that another build meanwhile does no harm. */
const folder = join('dist', 'bench', 'built-webview');

/** A built script with all that it imports at once; what it imports when it is needed is not among it. */
function withImports(script: string, known: Set<string> = new Set()): ReadonlySet<string> {
  if (known.has(script)) return known;
  known.add(script);
  const source = readFileSync(join(folder, script), 'utf8');
  for (const [, other = ''] of source.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) withImports(other, known);
  return known;
}

/** Thousands of bytes as they are sent. */
function sizes(): readonly Row[] {
  const of = (name: string, files: readonly string[], rest: Partial<Row> = {}): Row => ({
    name: `${name}, gzipped`,
    unit: 'KB',
    median: files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0) / 1000,
    ...rest,
  });
  const map = [...withImports('main.js'), 'main.css'];
  const apart = ['simulation-worker.js', 'elk-worker.js', 'check.js', 'check.css'];
  const later = readdirSync(folder).filter((file) => !map.includes(file) && !apart.includes(file));
  return [
    of('the map, script and style', map, { bar: 100, note: `${map.length} files` }),
    of('the map, what it loads when it is needed', later, { note: later.join(' ') }),
    of(`the simulation's worker`, ['simulation-worker.js']),
    of(`ELK's worker`, ['elk-worker.js']),
    of('the page of questions, script and style', ['check.js', 'check.css']),
  ];
}

async function main(): Promise<void> {
  const build = spawnSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the webview could not be built');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join('dist', 'webview'), folder, { recursive: true });
  const { launchChromium } = await import('../test/host/chromium.mjs');
  const browser = await launchChromium();
  const setting: Setting = { browser, folder, rounds };
  const print = (...rows: readonly Row[]): void => {
    for (const row of rows) console.log(text(row));
  };
  console.log(`${rounds} rounds, Chromium ${browser.version()}; painted: the frame after the one with the drawing has begun\n`);
  console.log(heading());
  try {
    print(...sizes());
    print(await savedPositions(setting));
    for (const size of [30, 100] as const) print(await firstLayout(setting, size));
    for (const size of [30, 100] as const) print(await structuralEdit(setting, size));
    print(await figureEdit(setting));
    print(...(await large(setting)));
    print(...(await playing(setting)));
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  // A page that is still served would keep this going.
  process.exit(1);
});
