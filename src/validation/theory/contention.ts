import type { Seconds } from '../../model/units';

/**
 * The model of the back-off and jitter study (M. Brooker, *Exponential Backoff And Jitter*, 2015) written a second time
 * and in another way: clients in a row instead of a calendar, a generator of its own, the study's formulas as they are
 * printed, milliseconds. It shares no code with the engine.
 *
 * N clients read one versioned row and write it. A write succeeds when nobody else wrote since the read; who fails
 * waits and starts again from the read. Each of the four hops of a round takes |N(10, 2)| ms; serving takes no time.
 */
export type Strategy = 'none' | 'exponential' | 'equal' | 'full' | 'decorrelated';

/** The study's base and cap, in milliseconds. */
export const base = 5;
export const cap = 2000;

export interface Contention {
  /** Writes, the failed ones included. */
  readonly calls: number;
  /** Until the last client has its answer. */
  readonly time: Seconds;
}

export function contention(strategy: Strategy, clients: number, seed: number): Contention {
  const random = multiplyWithCarry(seed);
  const hop = (): number => Math.abs(10 + 2 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  // When each client's next message reaches the row, what it then does, the version it has read, and its back-off.
  const due = Array.from({ length: clients }, hop);
  const writes = due.map(() => false);
  const read = due.map(() => 0);
  const failures = due.map(() => 0);
  const sleep = due.map(() => base);
  let version = 0;
  let calls = 0;
  let last = 0;
  for (let left = clients; left > 0; ) {
    let client = 0;
    for (let other = 1; other < clients; other++) if ((due[other] ?? 0) < (due[client] ?? 0)) client = other;
    const now = due[client] ?? 0;
    if (!writes[client]) {
      read[client] = version;
      writes[client] = true;
      due[client] = now + hop() + hop();
      continue;
    }
    calls++;
    const answered = now + hop();
    if (read[client] === version) {
      version++;
      left--;
      last = Math.max(last, answered);
      due[client] = Number.POSITIVE_INFINITY;
      continue;
    }
    const failure = (failures[client] ?? 0) + 1;
    failures[client] = failure;
    sleep[client] = pause(strategy, failure, sleep[client] ?? base, random);
    writes[client] = false;
    due[client] = answered + (strategy === 'none' ? 0 : (sleep[client] ?? 0)) + hop();
  }
  return { calls, time: last / 1000 };
}

/** The study's formulas; the n-th failure is followed by min(cap, base · 2ⁿ), spread by jitter. */
function pause(strategy: Strategy, failure: number, before: number, random: () => number): number {
  const v = Math.min(cap, base * 2 ** failure);
  switch (strategy) {
    case 'none':
      return 0;
    case 'exponential':
      return v;
    case 'equal':
      return v / 2 + random() * (v / 2);
    case 'full':
      return random() * v;
    case 'decorrelated':
      return Math.min(cap, base + random() * (before * 3 - base));
  }
}

/** Uniform numbers in [0, 1): two multiply-with-carry generators side by side (Marsaglia 1994). */
function multiplyWithCarry(seed: number): () => number {
  let high = (seed * 69069 + 12345) | 1;
  let low = (seed * 40503 + 521288629) | 1;
  const next = (): number => {
    high = (36969 * (high & 65535) + (high >>> 16)) | 0;
    low = (18000 * (low & 65535) + (low >>> 16)) | 0;
    return (((high << 16) + (low & 65535)) >>> 0) / 4294967296;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}
