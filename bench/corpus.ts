// Reads every compose file below a folder of real systems, reviews the systems, compares what was found with service graphs
// made by hand, and lays the systems out and looks for what overlaps. Exits with 1 when something crashes or a bar is missed:
//   npm run check:corpus -- DIR
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { composeFormat } from '../src/formats/compose/format';
import type { Fragment } from '../src/formats/fragment';
import { diskFiles, filesBelow } from './corpus/disk';
import { findingsIn } from './corpus/findings';
import { picturesIn } from './corpus/pictures';
import { type Comparison, compare, truthSystems } from './corpus/truth';

/** What must be reached. Set at what is reached, so that nothing gets worse unnoticed. */
const bars = {
  recall: 0.95,
  precision: 1,
  /** Problems in all files; each one was looked at and is true. */
  problems: 2,
  /** Errors and warnings of the rules: what a compose file says leaves room for none. */
  loud: 0,
  /** Seconds of processor time for all files. */
  seconds: 30,
};

const folder = resolve(process.argv[2] ?? '.').replaceAll('\\', '/');
const failures: string[] = [];
if (!existsSync(folder)) {
  console.error(`There is no folder ${folder}.`);
  process.exit(2);
}

const files = diskFiles();
const groups = new Map<string, Fragment>();
const roles = new Map<string, number>();
let count = 0;
let slowest = { path: '', seconds: 0 };
const before = process.cpuUsage();
for (const path of filesBelow(folder, /\.ya?ml$/i)) {
  const text = files.read(path) ?? '';
  const start = process.cpuUsage();
  try {
    if (!composeFormat.recognises(path, text)) continue;
    count++;
    const group = composeFormat.group(path, files);
    const id = group.join(' ');
    if (!groups.has(id)) groups.set(id, composeFormat.read(group, files));
    composeFormat.read([path], files);
  } catch (error) {
    failures.push(`${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  const seconds = processorSeconds(start);
  if (seconds > slowest.seconds) slowest = { path, seconds };
}
const seconds = processorSeconds(before);

let problems = 0;
let components = 0;
for (const [group, fragment] of groups) {
  components += new Set(fragment.elements.flatMap(({ kind, name }) => (kind === 'component' ? [name] : []))).size;
  for (const element of fragment.elements)
    if (element.kind === 'call') roles.set(element.value.role, (roles.get(element.value.role) ?? 0) + 1);
  for (const { rule, message, place } of fragment.problems) {
    problems++;
    console.log(`problem  ${place.file.slice(folder.length + 1)}:${place.span.start}  ${rule}: ${message}`);
  }
  for (const { kind, origin } of fragment.elements) checkPlace(group, kind, origin.file, origin.name.start, origin.name.end);
}
console.log(
  `${count} compose files in ${groups.size} projects: ${components} components, ${[...roles].map(([role, n]) => `${n} ${role}`).join(', ')} edges, ` +
    `${problems} problems, ${seconds.toFixed(1)} s of processor time (slowest ${(slowest.seconds * 1000).toFixed(0)} ms: ${slowest.path.slice(folder.length + 1)})`,
);
if (problems > bars.problems) failures.push(`${problems} problems, ${bars.problems} expected`);
if (seconds > bars.seconds) failures.push(`${seconds.toFixed(1)} s, ${bars.seconds} allowed`);

const reviewed = findingsIn(folder);
const total = reviewed.counts.reduce((all, [, times]) => all + times, 0);
console.log(`${reviewed.systems} systems reviewed: ${total} findings`);
for (const [what, times] of reviewed.counts) console.log(`  ${String(times).padStart(5)} ${what}`);
for (const { severity, rule, place, message } of reviewed.loud)
  console.log(`${severity}  ${place.file.slice(folder.length + 1)}:${place.span.start}  ${rule}: ${message}`);
if (reviewed.loud.length > bars.loud) failures.push(`${reviewed.loud.length} errors and warnings, ${bars.loud} expected`);

const comparisons = truthSystems
  .filter(({ name }) => existsSync(join(folder, 'truth', `${name}.yaml`)))
  .map(({ name, project }) => {
    const group = composeFormat.group(`${folder}/${name}/${project}`, files);
    return compare(name, composeFormat.read(group, files), folder);
  });
report(comparisons);

void pictures().then(() => {
  for (const failure of failures) console.error(`FAILED  ${failure}`);
  process.exit(failures.length > 0 ? 1 : 0);
});

async function pictures(): Promise<void> {
  const drawn = await picturesIn(folder);
  console.log(`\n${drawn.pictures} pictures of ${drawn.cards} cards: ${drawn.faults.length} faults`);
  failures.push(...drawn.faults.slice(0, 20));
}

function report(all: readonly Comparison[]): void {
  if (all.length === 0) return;
  console.log('\nsystem                 recall in the files   precision             not in the files   start order   kinds');
  for (const one of all) console.log(row(one.name, [one]));
  console.log(row('all', all));
  for (const role of ['request', 'telemetry'] as const) {
    const sums = all.map(({ byRole }) => byRole.get(role) ?? { found: 0, known: 0, said: 0, right: 0 });
    const of = (key: 'found' | 'known' | 'said' | 'right'): number => sums.reduce((sum, one) => sum + one[key], 0);
    console.log(`  ${role.padEnd(20)} ${ratio(of('found'), of('known')).padEnd(21)} ${ratio(of('right'), of('said'))}`);
  }
  for (const one of all) {
    for (const pair of one.asStartup) console.log(`start order only  ${one.name}: ${pair}`);
    for (const pair of one.missed) console.log(`missed            ${one.name}: ${pair}`);
    for (const pair of one.wrong) console.log(`wrong             ${one.name}: ${pair}`);
    for (const pair of one.outside) console.log(`not in the truth  ${one.name}: ${pair}`);
    for (const kind of one.kinds.wrong) console.log(`kind              ${one.name}: ${kind}`);
    for (const [evidence, pairs] of one.notInFiles)
      console.log(`not in the files  ${one.name}: ${pairs.length} edges, "${evidence}": ${pairs.join(', ')}`);
  }
  const found = sum(all, ({ found }) => found.length);
  const known = found + sum(all, ({ missed, asStartup }) => missed.length + asStartup.length);
  const said = sum(all, ({ byRole }) => [...byRole.values()].reduce((total, role) => total + role.said, 0));
  const right = said - sum(all, ({ wrong }) => wrong.length);
  if (found / known < bars.recall) failures.push(`recall ${ratio(found, known)}, at least ${bars.recall} expected`);
  if (right / said < bars.precision) failures.push(`precision ${ratio(right, said)}, at least ${bars.precision} expected`);
}

function row(name: string, of: readonly Comparison[]): string {
  const found = sum(of, (one) => one.found.length);
  const known = found + sum(of, (one) => one.missed.length + one.asStartup.length);
  const said = sum(of, (one) => [...one.byRole.values()].reduce((total, role) => total + role.said, 0));
  const right = said - sum(of, (one) => one.wrong.length);
  const elsewhere = sum(of, (one) => [...one.notInFiles.values()].reduce((total, pairs) => total + pairs.length, 0));
  const startup = ratio(
    sum(of, (one) => one.startup.right),
    sum(of, (one) => one.startup.said),
  );
  const kinds = ratio(
    sum(of, (one) => one.kinds.right),
    sum(of, (one) => one.kinds.of),
  );
  return `${name.padEnd(22)} ${ratio(found, known).padEnd(21)} ${ratio(right, said).padEnd(21)} ${String(elsewhere).padEnd(18)} ${startup.padEnd(13)} ${kinds}`;
}

function sum(all: readonly Comparison[], of: (one: Comparison) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '-' : `${part}/${whole} ${(part / whole).toFixed(3)}`;
}

/** Every place must be inside the text that it points into. */
function checkPlace(group: string, what: string, file: string, start: number, end: number): void {
  const length = files.read(file)?.length ?? -1;
  if (!(start >= 0 && start <= end && end <= length)) failures.push(`${group}: a ${what} stands outside of ${file}`);
}

function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
