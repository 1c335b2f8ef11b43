import type { Retry } from '../../model/call';
import { Calendar } from '../../simulation/calendar';
import { normalQuantile } from '../../simulation/normal';
import { nanoseconds, toNanoseconds } from '../../simulation/outcome';
import { Stream } from '../../simulation/random';
import { callRules, type RetryRules, waitBefore } from '../../simulation/rules';
import type { ValidationCase, ValidationFamily } from '../case';
import { type Estimate, estimateOf } from '../statistics';
import { base, type Contention, cap, contention, type Strategy } from '../theory/contention';

/** How a file says each strategy; without jitter the study's first wait is twice its base. */
const written: Readonly<Record<Strategy, Retry>> = (() => {
  const exponential = { backoff: 'exponential', base: (2 * base) / 1000, cap: cap / 1000 } as const;
  return {
    none: { backoff: 'none' },
    exponential,
    equal: { ...exponential, jitter: 'equal' },
    full: { ...exponential, jitter: 'full' },
    decorrelated: { ...exponential, base: base / 1000, jitter: 'decorrelated' },
  };
})();

function rulesOf(strategy: Strategy): RetryRules {
  const call = { id: 'write', from: 'client', to: 'row', ownKeys: [], role: 'request', source: 'native' } as const;
  return callRules({ ...call, retry: written[strategy] }).retry;
}

/** A client's next message at the row: what it is, the version it has read, and how its retries stand. */
interface Client {
  isWrite: boolean;
  version: number;
  attempts: number;
  wait: number;
}

/** The study's model with the engine's calendar, random numbers and waits. */
export function contend(strategy: Strategy, count: number, seed: number): Contention {
  const rules = rulesOf(strategy);
  const calendar = new Calendar();
  const network = new Stream(seed, `network ${strategy} ${count}`);
  const jitter = new Stream(seed, `jitter ${strategy} ${count}`);
  const hop = (): number => toNanoseconds(Math.abs(0.01 + 0.002 * normalQuantile(network.uniform())));
  const clients = Array.from({ length: count }, (): Client => ({ isWrite: false, version: 0, attempts: 0, wait: rules.base }));
  for (const id of clients.keys()) calendar.push(hop(), id);
  let version = 0;
  let calls = 0;
  let last = 0;
  while (calendar.length > 0) {
    const now = calendar.next;
    const id = calendar.pop();
    const client = clients[id];
    if (!client) continue;
    if (!client.isWrite) {
      client.version = version;
      client.isWrite = true;
      calendar.push(now + hop() + hop(), id);
      continue;
    }
    calls++;
    const answered = now + hop();
    if (client.version === version) {
      version++;
      last = Math.max(last, answered);
      continue;
    }
    client.attempts++;
    client.isWrite = false;
    client.wait = waitBefore(rules, client.attempts, jitter.uniform(), client.wait);
    calendar.push(answered + client.wait + hop(), id);
  }
  return { calls, time: last / nanoseconds };
}

interface Study {
  readonly clients: number;
  readonly runs: number;
  readonly bars: { readonly calls: number; readonly time: number };
}

const studies: readonly Study[] = [
  { clients: 10, runs: 600, bars: { calls: 0.03, time: 0.15 } },
  { clients: 100, runs: 150, bars: { calls: 0.03, time: 0.15 } },
];

function study(strategy: Strategy, { clients, runs, bars }: Study): ValidationCase {
  let known: readonly Contention[] | undefined;
  const reference = (of: (one: Contention) => number): Estimate => {
    known ??= Array.from({ length: runs }, (_, i) => contention(strategy, clients, i + 1));
    return estimateOf(known.map(of));
  };
  return {
    name: `${clients} clients that contend for a row, back-off: ${titles[strategy]}`,
    source: 'Brooker (2015), the study’s model written a second time',
    setting: 'one stampede',
    runs,
    quantities: [
      { name: 'calls', unit: 'number', theory: () => reference(({ calls }) => calls), bar: bars.calls },
      { name: 'until all are done', unit: 'seconds', theory: () => reference(({ time }) => time), bar: bars.time },
    ],
    measure: (seed) => {
      const { calls, time } = contend(strategy, clients, seed);
      return [calls, time];
    },
  };
}

const strategies: readonly Strategy[] = ['none', 'exponential', 'equal', 'full', 'decorrelated'];

const titles: Readonly<Record<Strategy, string>> = {
  none: 'none',
  exponential: 'exponential',
  equal: 'equal jitter',
  full: 'full jitter',
  decorrelated: 'decorrelated jitter',
};

export const backoff: ValidationFamily = {
  name: 'Back-off and jitter',
  cases: studies.flatMap((one) => strategies.map((strategy) => study(strategy, one))),
};
