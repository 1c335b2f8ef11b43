// The engine's speed per CPU-second of one thread, beside a bare loop on typed arrays and, where the system has it,
// SimPy on the same queue. Only ratios carry over to another machine.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import type { Variant } from '../src/model/scenario';
import type { System } from '../src/model/system';
import { prepareRun } from '../src/simulation/run';
import { component, exponential, lab, pool, scenarioOf, systemOf } from '../src/validation/systems';

interface Sample {
  readonly events: number;
  readonly requests: number;
  readonly seconds: number;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Runs a system for a simulated time, three times; the quickest counts: the code is compiled, and nobody disturbed it. */
function sample(system: System, duration: number, variant: Variant = 'written', scenario = scenarioOf([])): Sample {
  let best: Sample = { events: 0, requests: 0, seconds: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 3; round++) {
    const prepared = prepareRun({ system, variant, seed: 1, scenario }, duration);
    if (!prepared.ok) throw new Error(prepared.reason);
    const before = cpuSeconds();
    prepared.run.advance(Number.POSITIVE_INFINITY);
    const seconds = cpuSeconds() - before;
    const { events, journeys } = prepared.run.result();
    if (seconds < best.seconds)
      best = { events, requests: Object.values(journeys).reduce((sum, { offered }) => sum + offered, 0), seconds };
  }
  return best;
}

function print(name: string, { events, requests, seconds }: Sample): void {
  const perSecond = (count: number) => `${(count / seconds / 1e6).toFixed(2)} M`.padStart(8);
  console.log(`${name.padEnd(58)} ${perSecond(events)} events/s  ${perSecond(requests)} requests/s  (${seconds.toFixed(2)} s CPU)`);
}

/** Eight servers at 80%, asked by clients that each would wait ten seconds. */
const queueWithTimeouts = systemOf({
  components: [
    { name: 'clients', kind: 'client' },
    { name: 'server', ...pool(8, 1_000_000), ...exponential(0.1) },
  ],
  calls: [{ from: 'clients', to: 'server', timeout: 10 }],
  journeys: [{ name: 'all', entry: 'clients', rate: 64 }],
});

const plainQueue = systemOf({
  components: [{ name: 'server', ...pool(8, 1_000_000), ...exponential(0.1) }],
  journeys: [{ name: 'all', entry: 'server', rate: 64 }],
});

/** The lab with ten times the threads and the traffic. */
function largeLab(): System {
  const system = lab();
  const scaled = [...system.components].map(
    ([name, fields]) => [name, { ...fields, concurrency: name === 'api' ? 80 : 500, queue: 500 }] as const,
  );
  const journeys = [...system.journeys].map(([name, journey]) => [name, { ...journey, rate: (journey.rate ?? 0) * 10 }] as const);
  return { ...system, components: new Map(scaled), journeys: new Map(journeys) };
}

/** What a loop can do that only draws numbers and keeps a heap: arrivals and departures of eight servers. */
function bareLoop(events: number): Sample {
  const times = new Float64Array(16).fill(Number.POSITIVE_INFINITY);
  let state = 1;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return -Math.log(((state >>> 0) + 0.5) / 4294967296);
  };
  const before = cpuSeconds();
  let waiting = 0;
  let busy = 0;
  let requests = 0;
  times[0] = 0;
  for (let event = 0; event < events; event++) {
    let next = 0;
    for (let i = 1; i <= 8; i++) if ((times[i] as number) < (times[next] as number)) next = i;
    const now = times[next] as number;
    if (next === 0) {
      requests++;
      times[0] = now + draw() / 64;
      if (busy === 8) waiting++;
      else {
        let free = 1;
        while (times[free] !== Number.POSITIVE_INFINITY) free++;
        times[free] = now + draw() * 0.1;
        busy++;
      }
    } else if (waiting > 0) {
      waiting--;
      times[next] = now + draw() * 0.1;
    } else {
      times[next] = Number.POSITIVE_INFINITY;
      busy--;
    }
  }
  return { events, requests, seconds: cpuSeconds() - before };
}

/** The same queue in SimPy: a resource of eight, who waits for it gives up after ten seconds. */
const simpy = `
import random, resource, simpy
env = simpy.Environment()
server = simpy.Resource(env, capacity=8)
served = 0
def request(env):
    global served
    with server.request() as slot:
        got = yield slot | env.timeout(10)
        if slot in got:
            yield env.timeout(random.expovariate(10))
            served += 1
def arrivals(env):
    while True:
        yield env.timeout(random.expovariate(64))
        env.process(request(env))
env.process(arrivals(env))
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
env.run(until=1000)
print(served / (resource.getrusage(resource.RUSAGE_SELF).ru_utime - before), simpy.__version__)
`;

/** Beside the Python on the path, the system's own: its packages are not seen by others. */
function runSimpy(): { readonly perSecond: number; readonly version: string } | undefined {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, ['-c', simpy], { encoding: 'utf8' });
    const [perSecond = '', version = ''] = status === 0 ? stdout.trim().split(' ') : [];
    if (version !== '') return { perSecond: Number(perSecond), version };
  }
  return undefined;
}

/** Says whether a figure is what it has to be. */
function bar(text: string, holds: boolean): void {
  console.log(`${holds ? 'yes' : 'NO '}  ${text}`);
}

bareLoop(1e6);
print('a bare loop on a typed array (no records, no statistics)', bareLoop(5e6));
print('M/M/8 at 0.8', sample(plainQueue, 20_000));
const withTimeouts = sample(queueWithTimeouts, 20_000);
print('M/M/8 at 0.8 with timeouts', withTimeouts);
const everyProtection = sample(lab(), 10_000, 'protected');
print('the lab, protected, with all it measures', everyProtection);
const outage = scenarioOf([
  { at: 10, fault: { kind: 'kill', target: component('payment') } },
  { at: 40, fault: { kind: 'restore', target: component('payment') } },
]);
const minute = (['bare', 'protected'] as const).map((variant) => {
  const taken = sample(largeLab(), 60, variant, outage);
  print(`the lab at 1,000 requests a second for 60 s, outage, ${variant}`, taken);
  return taken;
});

const python = runSimpy();
if (python) {
  const ratio = withTimeouts.requests / withTimeouts.seconds / python.perSecond;
  const speed = `${(python.perSecond / 1e6).toFixed(2)} M requests/s`;
  console.log(
    `${`SimPy ${python.version}, M/M/8 at 0.8 with timeouts`.padEnd(78)} ${speed}: the engine is ${ratio.toFixed(0)} times as fast`,
  );
} else console.log('SimPy is not on this machine (the package python3-simpy3 has it).');

/** One run of ten million requests: the memory of the process at its start, on its way and at its end, in bytes. */
function memoryOfLongRun(): readonly number[] {
  const prepared = prepareRun({ system: lab(), variant: 'protected', seed: 1, scenario: scenarioOf([]) }, 100_000);
  if (!prepared.ok) throw new Error(prepared.reason);
  const { run } = prepared;
  const collected = (): number => {
    (globalThis as { gc?: () => void }).gc?.();
    return process.memoryUsage().rss;
  };
  const sizes = [collected()];
  for (const share of [0.1, 0.25, 0.5, 0.75, 1]) {
    while (run.share < share && !run.advance(5));
    sizes.push(collected());
  }
  const requests = Object.values(run.result().journeys).reduce((sum, { offered }) => sum + offered, 0);
  const text = sizes.map((size) => `${(size / 1e6).toFixed(0)} MB`).join(', ');
  console.log(`memory over ${(requests / 1e6).toFixed(1)} million requests of the lab (0, 10, 25, 50, 75, 100%): ${text}`);
  return sizes;
}

const sizes = memoryOfLongRun();
console.log('\nfigures to reach, per CPU-second of one thread');
const most = Math.max(...minute.map(({ seconds }) => seconds));
const protectedSpeed = everyProtection.requests / everyProtection.seconds;
bar(
  `at least 3 M events/s: ${(everyProtection.events / everyProtection.seconds / 1e6).toFixed(2)} M`,
  everyProtection.events >= 3e6 * everyProtection.seconds,
);
bar(
  `the lab with all protections, at least 250,000 requests/s (goal 600,000): ${Math.round(protectedSpeed).toLocaleString('en')}`,
  protectedSpeed >= 250_000,
);
bar(`60 s of the lab at 1,000 requests a second in under 0.4 s: ${most.toFixed(3)} s`, most < 0.4);
const growth = (sizes[5] ?? 0) - (sizes[1] ?? 0);
bar(`memory does not grow with requests: ${(growth / 1e6).toFixed(0)} MB more after 10 million than after 1 million`, growth < 20e6);
