// What a change costs in a workspace of a thousand files: as a hundred systems, and as one. Milliseconds of processor
// time from the changed text to the findings, the longest stretch that nothing else could run in, and the first check.
import process from 'node:process';
import { diagnostics } from '../src/language/diagnostics';
import { createLanguageService } from '../src/language/service';
import { Workspace } from '../src/workspace/workspace';
import { plainHost } from './shared/host';

const files = 1000;
const componentsOfFile = 10;

/** The files of a workspace, by path: so many systems, each of topology files that name each other's components. */
function texts(systems: number): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  const filesOfSystem = files / systems;
  for (let s = 0; s < systems; s++) {
    for (let f = 0; f < filesOfSystem; f++) {
      const out = ['faultline: 1', `system: shop-${s}`, 'components:'];
      for (let c = 0; c < componentsOfFile; c++) {
        out.push(`  s${s}-f${f}-c${c}:`, '    kind: service', '    replicas: 3', '    zones: [a, b, c]', '    concurrency: 32');
        out.push('    healthCheck: { interval: 5s, unhealthyAfter: 2 }');
      }
      out.push('calls:');
      for (let c = 0; c < componentsOfFile; c++) {
        const isLast = c + 1 === componentsOfFile;
        // Ten files are one product; the products of a system share one component.
        const next = isLast ? `s${s}-f${f + 1}-c0` : `s${s}-f${f}-c${c + 1}`;
        const to = isLast && (f + 1) % 10 === 0 ? `s${s}-f0-c9` : next;
        if (to === `s${s}-f${f}-c${c}` || (isLast && f === 9)) continue;
        out.push(`  - { from: s${s}-f${f}-c${c}, to: ${to}, operation: GET /x${c % 5 === 0 ? '' : ', timeout: 1s'} }`);
      }
      if (f % 10 === 0) out.push('journeys:', `  visit-${f}: { entry: s${s}-f${f}-c0, rate: 20/s, availability: 99.9%, latency: 2s }`);
      all.set(`/bench/shop-${s}/part-${f}.faultline.yaml`, `${out.join('\n')}\n`);
    }
  }
  return all;
}

function clock(): () => number {
  const start = process.cpuUsage();
  const from = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return Math.min(performance.now() - from, (user + system) / 1000);
  };
}

console.log(
  `${'1,000 files, 10,000 components'.padEnd(34)} first check   longest stretch   one change: median       p95   longest stretch`,
);
for (const systems of [100, 1]) {
  const workspace = new Workspace();
  const service = createLanguageService(plainHost(workspace));
  const known = new Set<object>();
  let longest = 0;
  /** As the editor does it: every system that is new is prepared in steps, and then shown. */
  const review = (): void => {
    let took = clock();
    const pause = (): void => {
      longest = Math.max(longest, took());
      took = clock();
    };
    for (const step = workspace.updateSteps(); !step.next().done; ) pause();
    pause();
    const systems = workspace.systems();
    pause();
    for (const linked of systems) {
      if (known.has(linked)) continue;
      known.add(linked);
      for (const step = service.prepare(linked); !step.next().done; ) pause();
      pause();
      diagnostics(service.view(linked));
      pause();
    }
  };
  const all = texts(systems);
  for (const [path, text] of all) workspace.setFile(path, text);
  const first = clock();
  review();
  const firstTook = first();
  const firstLongest = longest;
  longest = 0;
  const times: number[] = [];
  const paths = [...all.keys()];
  for (let round = 0; round < (systems === 1 ? 12 : 60); round++) {
    const path = paths[(round * 37) % paths.length] ?? '';
    const text = all.get(path) ?? '';
    workspace.setFile(path, text.replace('concurrency: 32', `concurrency: ${40 + round}`));
    const took = clock();
    review();
    if (round >= 2) times.push(took());
    if (round === 1) longest = 0;
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(0).padStart(9);
  const what = systems === 1 ? 'as one system' : `as ${systems} systems`;
  console.log(
    `${what.padEnd(34)} ${firstTook.toFixed(0).padStart(11)} ${firstLongest.toFixed(0).padStart(17)} ${at(0.5).padStart(20)} ${at(0.95)} ${longest.toFixed(0).padStart(17)}`,
  );
}
