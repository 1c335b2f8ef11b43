// What a keystroke costs: text in, findings out, on systems of several sizes. Prints milliseconds of processor time,
// so that what else the machine does counts little.
import process from 'node:process';
import { diagnostics as lspDiagnostics } from '../src/language/diagnostics';
import { createLanguageService } from '../src/language/service';
import type { Steps } from '../src/model/steps';
import { LineIndex } from '../src/model/text';
import { Workspace } from '../src/workspace/workspace';
import { plainHost } from './shared/host';

const path = '/bench/large.faultline.yaml';

/**
 * An architecture of about so many lines, as a team that reads its findings has it: services in three zones, each with
 * a database of its own, that call the two next ones in a tree. One call in forty has lost its timeout.
 *
 * @param flawed with a finding at every fourth line instead
 */
function architecture(lines: number, flawed: boolean): string {
  const out = ['faultline: 1', 'system: large', 'zones:', '  a: {}', '  b: {}', '  c: {}', 'components:'];
  const count = Math.max(2, Math.round((lines - 12) / 19));
  for (let i = 0; i < count; i++) {
    out.push(`  service-${i}:`, '    kind: service', '    replicas: 3', '    zones: [a, b, c]', `    concurrency: ${flawed ? 1 : 200}`);
    out.push('    serviceTime: { p50: 10ms, p99: 60ms }', '    healthCheck: { interval: 5s, unhealthyAfter: 2 }');
    const care = flawed
      ? ''
      : ', concurrency: 200, serviceTime: 5ms, replication: sync, backup: { every: 1d, restore: 1h, region: far, tested: 2026-01-01 }';
    out.push(`  db-${i}: { kind: database, replicas: 2, zones: [a, b], failover: { within: 30s }${care} }`);
  }
  out.push('calls:', '  # who asks whom ');
  const breaker = flawed ? [] : ['    circuitBreaker: { failures: 5, cooldown: 30s }'];
  for (let i = 0; i < count; i++) {
    out.push(`  - from: service-${i}`, `    to: db-${i}`, '    operation: GET /rows', '    timeout: 40ms');
    out.push('    retry: { maxAttempts: 2, backoff: exponential, base: 5ms, jitter: full, budget: 10% }', ...breaker);
    for (const next of [2 * i + 1, 2 * i + 2]) {
      if (next >= count) continue;
      const timeout = `    timeout: ${2000 - 150 * Math.floor(Math.log2(i + 2))}ms`;
      const lost = flawed ? i % 7 === 0 : next % 40 === 4;
      out.push(`  - from: service-${i}`, `    to: service-${next}`, '    operation: POST /work', ...(lost ? [] : [timeout]), ...breaker);
    }
  }
  out.push('journeys:', '  all: { entry: service-0, rate: 20/s, availability: 95%, latency: 4s }', '');
  return out.join('\n');
}

interface Row {
  readonly what: string;
  readonly milliseconds: readonly number[];
}

/** Starts to measure. @returns what tells the milliseconds since */
function clock(): () => number {
  const start = process.cpuUsage();
  const from = performance.now();
  return () => {
    const passed = performance.now() - from;
    const { user, system } = process.cpuUsage(start);
    // Of one thread: the processor's time counts what the collector does on others.
    return Math.min(passed, (user + system) / 1000);
  };
}

function measure(
  what: string,
  times: number,
  work: (round: number) => number | undefined,
  prepare: (round: number) => void = () => {},
): Row {
  // Warm, as in an editor that has been open for a while.
  for (let i = 0; i < 20; i++) {
    prepare(-1 - i);
    work(-1 - i);
  }
  const milliseconds = Array.from({ length: times }, (_, round) => {
    prepare(round);
    const took = clock();
    return work(round) ?? took();
  });
  return { what, milliseconds: milliseconds.sort((a, b) => a - b) };
}

/** @returns the milliseconds of the longest step: for so long nothing else gets its turn */
function longestStep(...all: readonly (() => Steps<void>)[]): number {
  let longest = 0;
  for (const make of all) {
    const steps = make();
    for (let done = false; !done; ) {
      const took = clock();
      done = steps.next().done === true;
      longest = Math.max(longest, took());
    }
  }
  return longest;
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1).padStart(9);
}

console.log(`${'keystroke to findings'.padEnd(48)}   median      p95`);
for (const { size, flawed = false } of [{ size: 100 }, { size: 1_000 }, { size: 1_000, flawed: true }, { size: 3_000 }, { size: 20_000 }]) {
  const text = architecture(size, flawed);
  const lines = text.split('\n').length;
  const workspace = new Workspace();
  const service = createLanguageService(plainHost(workspace));
  // Each round types other characters into a value in the middle, so that no cache can answer: a sound value each time.
  const typedAt = (place: number) => (round: number) => `${text.slice(0, place)}${round < 0 ? 5 - round : round}${text.slice(place)}`;
  const middleOf = (value: string) => text.indexOf(value, text.length / 4) + value.length;
  const typed = typedAt(middleOf('p99: 6'));
  // A part of every figure of availability, and a word that is part of nothing.
  const failover = typedAt(middleOf('failover: { within: 3'));
  const comment = typedAt(middleOf('# who asks whom '));
  const system = () => {
    const [linked] = workspace.systems();
    if (!linked) throw new Error('no system');
    return linked;
  };
  const systemAt = (round: number, write = typed) => {
    workspace.setFile(path, write(round));
    return system();
  };
  workspace.setFile(path, text);
  const opening = longestStep(
    () => workspace.updateSteps(),
    () => service.prepare(system()),
  );
  // Enough that the 95th percentile is not the worst of all.
  const times = 40;
  let found = 0;
  const findings = (what: string, write: (round: number) => string) =>
    measure(`read, link, figures, rules: ${what}`, times, (round) => {
      found = [...lspDiagnostics(service.view(systemAt(round, write))).values()].flat().length;
      return undefined;
    });
  const rows: Row[] = [
    measure('read and link', times, (round) => void systemAt(round)),
    findings('a service time', typed),
    findings('a time to fail over', failover),
    findings('a comment', comment),
    measure('the longest step of that', times, (round) => {
      workspace.setFile(path, failover(round + 3000));
      return longestStep(
        () => workspace.updateSteps(),
        () => service.prepare(system()),
      );
    }),
    { what: 'the longest step when it is opened', milliseconds: [opening] },
  ];
  const linked = systemAt(1000);
  let fresh = linked;
  const lineOf = (needle: string) => new LineIndex(typed(1000)).positionAt(typed(1000).indexOf(needle) + needle.length);
  const journey = lineOf('journeys:\n  al');
  const call = service
    .diagnostics(linked)
    .get(path)
    ?.find(({ code }) => code === 'missing-timeout')?.range.start;
  if (!call) throw new Error('no finding');
  rows.push(
    measure('a hover on the journey', times, () => void service.hover(linked, path, journey)),
    measure(
      'the first lightbulb on a call without timeout',
      times,
      () => void service.codeActions(fresh, path, { start: call, end: call }),
      (round) => {
        fresh = systemAt(round + 2000);
        service.diagnostics(fresh);
      },
    ),
    measure('code lenses', times, () => void service.codeLenses(linked, path)),
    measure('completion of a key', times, () => void service.completions(linked, path, lineOf('    to: db-'))),
  );
  console.log(`${lines} lines, ${linked.system.components.size} components, ${found} findings`);
  for (const { what, milliseconds } of rows) console.log(`  ${what.padEnd(46)}${at(milliseconds, 0.5)}${at(milliseconds, 0.95)}`);
}
