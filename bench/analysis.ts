// How long the analysis takes, on random service graphs. node bench… prints a table; warm, one thread.
import process from 'node:process';
import { analyse } from '../src/analysis/analyse';
import { lossEffects } from '../src/analysis/availability/losses';
import { Prepared } from '../src/analysis/availability/prepared';
import { Library } from '../src/analysis/engine/library';
import { structureOf } from '../src/analysis/structure/structure';
import type { System } from '../src/model/system';
import { fromDown } from '../src/model/units';
import { serviceGraph } from './analysis/architectures';

/**
 * Milliseconds of one thread, the median: the time that passed or the processor's, whichever is less. The first counts
 * other work on the machine, the second what the collector does on other threads meanwhile.
 */
function median(run: () => void, atLeast = 7, budgetMs = 2000): number {
  const started = performance.now();
  // Warm, as in an editor that has been open for a while.
  for (let i = 0; i < 20 && performance.now() - started < budgetMs / 4; i++) run();
  const times: number[] = [];
  while (times.length < atLeast || (times.length < 51 && performance.now() - started < budgetMs)) {
    const before = process.cpuUsage();
    const from = performance.now();
    run();
    const passed = performance.now() - from;
    const { user, system } = process.cpuUsage(before);
    times.push(Math.min(passed, (user + system) / 1000));
    if (performance.now() - started > 4 * budgetMs) break;
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] ?? Number.NaN;
}

function line(name: string, milliseconds: number, limit: number, note = ''): void {
  const mark = milliseconds <= limit ? '' : '  over';
  process.stdout.write(`${name.padEnd(58)} ${milliseconds.toFixed(2).padStart(9)} ms  (${limit} ms)${mark} ${note}\n`);
}

function figure(system: System): string {
  const [journey] = analyse(system).journeys;
  if (!journey) return '';
  return journey.up.exact
    ? `unavailable ${journey.up.value.down.toPrecision(13)}`
    : `within ${journey.up.upper.down}..${journey.up.lower.down}`;
}

/** From the start: no diagram is kept from the run before. */
function fresh(system: System): void {
  analyse(system, undefined, { library: new Library() });
}

for (const window of [undefined, 20]) {
  const shape = window === undefined ? 'calls to any later' : `calls to the next ${window}`;
  for (const [components, limit] of [
    [100, 5],
    [500, 60],
    [1000, 250],
  ] as const) {
    for (const seed of [1, 2, 3]) {
      const system = serviceGraph({ components, fallbacks: 0.15, seed, ...(window === undefined ? {} : { window }) });
      line(
        `${components} components, 15% fallbacks, ${shape}, seed ${seed}`,
        median(() => fresh(system)),
        limit,
        figure(system),
      );
    }
  }
}
const large = serviceGraph({ components: 10_000, fallbacks: 0, seed: 1 });
line(
  '10,000 components, no fallbacks',
  median(() => fresh(large), 3),
  1000,
  figure(large),
);
const structure = structureOf(serviceGraph({ components: 5000, fallbacks: 0.15, seed: 1 }));
line(
  'single points and blast radii of 5,000 components',
  median(() => lossEffects(structure)),
  30,
);
const thousand = serviceGraph({ components: 1000, fallbacks: 0.15, seed: 3 });
const prepared = new Prepared(thousand);
const [, changed] = [...thousand.components.values()];
let step = 0;
line(
  'one changed probability in 1,000 components',
  median(() => {
    step++;
    if (changed) prepared.up('visit', [{ ...changed, availability: fromDown(1e-3 / step) }]);
  }),
  5,
);
