// The longest pause that the analysis makes the editor wait: milliseconds between two yields, warm.
import process from 'node:process';
import { analysisSteps } from '../src/analysis/analyse';
import { Library } from '../src/analysis/engine/library';
import { rankedProposalSteps } from '../src/analysis/fixes/fixes';
import type { Steps } from '../src/model/steps';
import type { System } from '../src/model/system';
import { serviceGraph } from './analysis/architectures';

/** What an editor may be held up by. */
const limit = 50;

/** The same graph with many journeys, each with its own entry. */
function withJourneys(system: System, count: number): System {
  const names = [...system.components.keys()];
  const journeys = Array.from({ length: count }, (_, i) => {
    const name = `journey ${i}`;
    return [name, { name, entry: names[(i * 3) % names.length] ?? '', rate: 1, implied: false }] as const;
  });
  return { ...system, journeys: new Map(journeys) };
}

/** Forty zones, three for each component. */
function inZones(system: System, count: number): System {
  const zones = Array.from({ length: count }, (_, i) => `z${i}`);
  const components = [...system.components].map(([name, component], i) => {
    const places = [i, i * 7 + 1, i * 3 + 2].map((at) => zones[at % count] ?? '');
    return [name, { ...component, zones: [...new Set(places)] }] as const;
  });
  return { ...system, zones: new Map(zones.map((name) => [name, { name }])), components: new Map(components) };
}

const plain = (components: number, fallbacks: number, seed: number): System => serviceGraph({ components, fallbacks, seed });
const cases: readonly (readonly [string, System, boolean])[] = [
  ['100 components', plain(100, 0.15, 1), true],
  ['1,000 components', plain(1000, 0.15, 1), false],
  ['1,000 components, bounds', plain(1000, 0.15, 2), false],
  ['500 components, 40% fallbacks, bounds', plain(500, 0.4, 1), false],
  ['10,000 components, no fallbacks', plain(10_000, 0, 1), false],
  ['1,000 components, 300 journeys', withJourneys(plain(1000, 0.15, 3), 300), false],
  ['1,000 components in 40 zones', inZones(plain(1000, 0.15, 3), 40), false],
];

function pauses(work: () => Steps<unknown>): { readonly longest: number; readonly whole: number; readonly steps: number } {
  let best = { longest: Infinity, whole: Infinity, steps: 0 };
  // The shortest of a few runs: what else the machine does only makes pauses longer.
  for (let run = 0; run < 4; run++) {
    const steps = work();
    let [longest, whole, count] = [0, 0, 0];
    for (let done = false; !done; count++) {
      const before = performance.now();
      done = steps.next().done === true;
      const taken = performance.now() - before;
      longest = Math.max(longest, taken);
      whole += taken;
    }
    if (longest < best.longest) best = { longest, whole, steps: count };
  }
  return best;
}

function line(name: string, work: () => Steps<unknown>): void {
  const { longest, whole, steps } = pauses(work);
  const mark = longest <= limit ? '' : '  over';
  process.stdout.write(
    `${name.padEnd(58)} ${longest.toFixed(1).padStart(6)} ms of ${whole.toFixed(0).padStart(6)} ms, ${String(steps).padStart(6)} steps  (${limit} ms)${mark}\n`,
  );
}

for (const [name, system, ranked] of cases) {
  line(name, () => analysisSteps(system, undefined, { library: new Library() }));
  if (ranked) line(`${name}, what saves most`, () => rankedProposalSteps(system));
}
