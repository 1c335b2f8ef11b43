/**
 * The structure function read naively: all states of all variables, one by one, each worked out by repetition until
 * nothing changes. Shares no code with the analysis but the model's plain data.
 */
import type { Call } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import type { System } from '../../src/model/system';

export interface Variable {
  readonly kind: 'region' | 'zone' | 'sharedFate' | 'replica' | 'common' | 'release' | 'switching';
  readonly name: string;
  readonly replica: number;
  readonly q: number;
}

export type Reading = 'up' | 'protected' | 'fullyFeatured';
export type Forced = { readonly component: string; readonly serves: boolean } | undefined;

const stateful = new Set(['queue', 'cache', 'database', 'object-store', 'search']);
const assumedDown: Readonly<Record<string, number>> = {
  client: 0,
  queue: 5e-4,
  database: 5e-4,
  service: 1e-3,
  worker: 1e-3,
  cache: 1e-3,
  external: 1e-3,
};

function kind(c: Component): string {
  return c.kind ?? 'service';
}

function managed(c: Component): boolean {
  return c.managed ?? c.kind === 'external';
}

function count(c: Component): number {
  if (managed(c)) return 1;
  return typeof c.replicas === 'number' ? c.replicas : 1;
}

/** What has a primary serves from that one alone. */
function sharing(c: Component): number {
  return stateful.has(kind(c)) ? Math.min(1, count(c)) : count(c);
}

function zoneOf(c: Component, replica: number): string | undefined {
  if (managed(c) || !c.zones || c.zones.length === 0) return undefined;
  return c.zones[replica % c.zones.length];
}

function replicaDown(c: Component): number {
  if (c.availability) return c.availability.down;
  if (c.mtbf !== undefined) return (c.mttr ?? 3600) / (c.mtbf + (c.mttr ?? 3600));
  return assumedDown[kind(c)] ?? 1e-3;
}

function failoverWithin(c: Component): number | undefined {
  if (!stateful.has(kind(c)) || managed(c) || c.failover === 'none') return undefined;
  if (c.failover === undefined) return (c.needs ?? 1) >= 2 ? 60 : undefined;
  if (c.failover.within !== undefined) return c.failover.within;
  return c.failover.automatic === false ? undefined : 60;
}

function switchingDown(c: Component): number {
  const q = replicaDown(c);
  const check = c.healthCheck;
  const detection = check && check !== 'none' && check.interval !== undefined ? check.interval * (check.unhealthyAfter ?? 3) : 0;
  const cycle = !c.availability && c.mtbf !== undefined ? c.mtbf + (c.mttr ?? 3600) : (c.mttr ?? 3600) / q;
  return Math.min(q, (detection + (failoverWithin(c) ?? 0)) / cycle);
}

function releaseDown(c: Component): number {
  const r = c.releases;
  return r?.every !== undefined && r.failureRate !== undefined && r.rollback !== undefined ? (r.failureRate * r.rollback) / r.every : 0;
}

export function variablesOf(system: System): readonly Variable[] {
  const list: Variable[] = [];
  const one = (kindOf: Variable['kind'], name: string, q: number, replica = 0): void => {
    list.push({ kind: kindOf, name, replica, q });
  };
  for (const region of system.regions.values()) one('region', region.name, region.availability?.down ?? 1e-4);
  for (const zone of system.zones.values()) one('zone', zone.name, zone.availability?.down ?? 5e-4);
  for (const fate of system.sharedFates.values()) one('sharedFate', fate.name, fate.availability?.down ?? 0);
  for (const c of system.components.values()) {
    if (c.telemetry) continue;
    const beta = managed(c) ? 0 : (c.commonCause ?? 0);
    for (let i = 0; i < count(c); i++) one('replica', c.name, (1 - beta) * replicaDown(c), i);
    if (beta * replicaDown(c) > 0) one('common', c.name, beta * replicaDown(c));
    if (releaseDown(c) > 0) one('release', c.name, releaseDown(c));
    if (failoverWithin(c) !== undefined && switchingDown(c) > 0) one('switching', c.name, switchingDown(c));
  }
  return list;
}

/** One component as bits of a state: a replica is down when the state has any bit of its mask. */
interface Bits {
  readonly name: string;
  readonly replicas: readonly number[];
  /** Down as a whole: a bad release, a switch-over. */
  readonly whole: number;
  readonly needed: number;
  readonly unwatched: boolean;
}

interface Edge {
  readonly call: Call;
  readonly from: number;
  readonly to: number;
  readonly fallback: number;
  readonly word: boolean;
  readonly publish: boolean;
  readonly asynchronous: boolean;
  readonly hangs: boolean;
}

export class Oracle {
  readonly variables: readonly Variable[];
  readonly #system: System;
  readonly #calls: readonly Call[];
  readonly #bits: readonly Bits[];
  readonly #edges: readonly Edge[];

  constructor(system: System) {
    this.#system = system;
    this.variables = variablesOf(system);
    const components = [...system.components.values()].filter((c) => c.telemetry !== true);
    const names = components.map(({ name }) => name);
    this.#calls = system.calls.filter((call) => call.role === 'request' && names.includes(call.from) && names.includes(call.to));
    this.#bits = components.map((c) => this.#bitsOf(c));
    this.#edges = this.#calls.map((call) => {
      const fallback = call.fallback === 'none' ? undefined : call.fallback;
      return {
        call,
        from: names.indexOf(call.from),
        to: names.indexOf(call.to),
        fallback: fallback?.kind === 'component' ? names.indexOf(fallback.to) : -1,
        word: fallback?.kind === 'degrade',
        publish: this.#publishes(call),
        asynchronous: this.#asynchronous(call),
        hangs: this.#canHang(call),
      };
    });
  }

  #bitsOf(c: Component): Bits {
    const bit = (kindOf: Variable['kind'], name: string, replica = 0): number => {
      const i = this.variables.findIndex((v) => v.kind === kindOf && v.name === name && v.replica === replica);
      return i < 0 ? 0 : 1 << i;
    };
    const fates = [...this.#system.sharedFates.values()].filter((fate) => fate.components.includes(c.name));
    const replicas = Array.from({ length: count(c) }, (_, i) => {
      const zone = zoneOf(c, i);
      const region = zone === undefined ? undefined : this.#system.zones.get(zone)?.region;
      let mask = bit('replica', c.name, i) | bit('common', c.name);
      if (zone !== undefined) mask |= bit('zone', zone);
      if (region !== undefined) mask |= bit('region', region);
      for (const fate of fates) mask |= bit('sharedFate', fate.name);
      return mask;
    });
    const primaryOnly = stateful.has(kind(c)) && !managed(c) && failoverWithin(c) === undefined;
    return {
      name: c.name,
      replicas: primaryOnly ? replicas.slice(0, 1) : replicas,
      whole: bit('release', c.name) | bit('switching', c.name),
      needed: primaryOnly || managed(c) ? 1 : (c.needs ?? this.#derived(c) ?? 1),
      unwatched: !stateful.has(kind(c)) && !managed(c) && (c.healthCheck === undefined || c.healthCheck === 'none'),
    };
  }

  /** The unavailability of each journey, by going through all states. */
  unavailability(reading: Reading, forced?: Forced): ReadonlyMap<string, number> {
    const sums = new Map<string, number>([...this.#system.journeys.keys()].map((name) => [name, 0]));
    for (let state = 0; state < 1 << this.variables.length; state++) {
      let p = 1;
      for (let i = 0; i < this.variables.length; i++) {
        const q = this.variables[i]?.q ?? 0;
        p *= ((state >> i) & 1) === 1 ? q : 1 - q;
      }
      if (p === 0) continue;
      for (const name of this.down(state, reading, forced)) sums.set(name, (sums.get(name) ?? 0) + p);
    }
    return sums;
  }

  /** The journeys that do not work in a state; a set bit is a variable that has failed. */
  down(state: number, reading: Reading, forced?: Forced): readonly string[] {
    const serving = this.#bits.map(({ name, replicas, whole, needed }) => {
      if (forced?.component === name) return forced.serves;
      return (state & whole) === 0 && replicas.filter((mask) => (state & mask) === 0).length >= needed;
    });
    const responsive = this.#bits.map(({ name, replicas, unwatched }, i) => {
      if (forced?.component === name) return forced.serves;
      return serving[i] === true && (!unwatched || replicas.every((mask) => (state & mask) === 0));
    });
    const hung = this.#bits.map(() => false);
    for (let changed = reading !== 'protected'; changed; ) {
      changed = false;
      for (const { from, to, hangs } of this.#edges) {
        if (!hangs || hung[from] || (responsive[to] && !hung[to])) continue;
        hung[from] = true;
        changed = true;
      }
    }
    const failed: string[] = [];
    for (const journey of this.#system.journeys.values()) {
      const works = serving.map((serves, i) => serves && !hung[i]);
      for (let changed = true; changed; ) {
        changed = false;
        for (const edge of this.#edges) {
          if (!works[edge.from] || !(edge.call.journeys?.includes(journey.name) ?? true)) continue;
          if (satisfied(edge, reading, serving, works)) continue;
          works[edge.from] = false;
          changed = true;
        }
      }
      if (!works[this.#bits.findIndex(({ name }) => name === journey.entry)]) failed.push(journey.name);
    }
    return failed;
  }

  #kindOf(name: string): string {
    const c = this.#system.components.get(name);
    return c ? kind(c) : 'service';
  }

  #asynchronous(call: Call): boolean {
    return call.async ?? this.#kindOf(call.from) === 'queue';
  }

  #publishes(call: Call): boolean {
    return call.async === true && this.#kindOf(call.to) === 'queue' && this.#kindOf(call.from) !== 'queue';
  }

  #waits(call: Call): boolean {
    return !this.#asynchronous(call) || this.#publishes(call);
  }

  #canHang(call: Call): boolean {
    const caller = this.#system.components.get(call.from);
    if (!caller || !this.#waits(call)) return false;
    const { concurrency } = caller;
    if (call.bulkhead !== undefined && call.bulkhead !== 'none') {
      if (concurrency === undefined || concurrency === 'unlimited' || call.bulkhead.concurrency < concurrency) return false;
    }
    const deadline = typeof call.deadline === 'number';
    const timeout = typeof call.timeout === 'number';
    const retry = call.retry === 'none' ? undefined : call.retry;
    const unlimited = retry !== undefined && typeof retry.maxAttempts !== 'number';
    if (!deadline && (!timeout || unlimited)) return true;
    if (call.circuitBreaker !== undefined && call.circuitBreaker !== 'none') return false;
    if (typeof concurrency !== 'number') return false;
    let load = 0;
    let known = false;
    for (const journey of this.#system.journeys.values()) {
      if (journey.rate === undefined) continue;
      const visits = this.#visits(journey.entry, journey.name).get(caller.name);
      if (visits === undefined) continue;
      known = true;
      load += journey.rate * visits * this.#holding(caller, journey.name, call.to);
    }
    return known && load >= concurrency * sharing(caller) * (1 - 1e-12);
  }

  #made(journey: string, from: string): readonly Call[] {
    return this.#calls.filter((call) => call.from === from && (call.journeys?.includes(journey) ?? true));
  }

  /** All that can be got to by the calls of a journey, itself included. */
  #reach(from: string, journey: string, counts: (call: Call) => boolean): readonly string[] {
    const found = new Set([from]);
    for (const name of found) for (const call of this.#made(journey, name)) if (counts(call)) found.add(call.to);
    return [...found];
  }

  /** The sum over all paths of a journey's calls from one component to each, as often round a ring as it goes; NaN without bound. */
  #paths(from: string, journey: string, counts: (call: Call) => boolean): ReadonlyMap<string, number> {
    const names = this.#reach(from, journey, counts);
    const calls = names.map((name) => this.#made(journey, name).filter(counts));
    const step = calls.map((list) =>
      names.map((name) => list.reduce((sum, call) => sum + (call.to === name ? (call.count ?? 1) * (call.share ?? 1) : 0), 0)),
    );
    return new Map(names.map((name, i) => [name, allPaths(step)[0]?.[i] ?? Number.NaN]));
  }

  /** Requests that one request of a journey brings, with all that comes round again; NaN where they have no bound. */
  #visits(entry: string, journey: string): ReadonlyMap<string, number> {
    return this.#paths(entry, journey, () => true);
  }

  #serviceTime(name: string): number {
    const time = this.#system.components.get(name)?.serviceTime;
    return time?.kind === 'constant' ? time.value : 0.01;
  }

  /** Its own work, and that of all who are waited for; calls to who is dead take as long as they may. */
  #holding(c: Component, journey: string, dead: string): number {
    let sum = this.#serviceTime(c.name);
    for (const call of this.#made(journey, c.name)) {
      if (!this.#waits(call)) continue;
      const each = (call.count ?? 1) * (call.share ?? 1);
      if (call.to === dead) sum += each * this.#longest(call);
      else if (!this.#publishes(call)) sum += each * this.#usualHolding(call.to, journey);
    }
    return sum;
  }

  #usualHolding(name: string, journey: string): number {
    let sum = 0;
    for (const [callee, times] of this.#paths(name, journey, (call) => !this.#asynchronous(call))) sum += times * this.#serviceTime(callee);
    return sum;
  }

  #longest(call: Call): number {
    const deadline = typeof call.deadline === 'number' ? call.deadline : Infinity;
    const timeout = typeof call.timeout === 'number' ? call.timeout : Infinity;
    const retry = call.retry === 'none' ? undefined : call.retry;
    const attempts = retry === undefined ? 1 : typeof retry.maxAttempts === 'number' ? retry.maxAttempts : Infinity;
    let waits = 0;
    if (retry?.base !== undefined) for (let n = 1; n < Math.min(attempts, 50); n++) waits += retry.base * 2 ** (n - 1);
    return Math.min(deadline, attempts * timeout + waits);
  }

  #derived(c: Component): number | undefined {
    if (typeof c.concurrency !== 'number' || managed(c)) return undefined;
    let load = 0;
    let known = false;
    for (const journey of this.#system.journeys.values()) {
      const visits = this.#visits(journey.entry, journey.name).get(c.name);
      if (visits === undefined) continue;
      known = true;
      load += (journey.rate ?? Number.NaN) * visits * (this.#writtenHolding(c, journey.name) ?? Number.NaN);
    }
    if (!known || Number.isNaN(load)) return undefined;
    for (let k = 1; ; k++) if (k * c.concurrency >= load * (1 - 1e-9) || k >= sharing(c)) return k;
  }

  #writtenHolding(c: Component, journey: string): number | undefined {
    const waitedFor = this.#reach(c.name, journey, (call) => !this.#asynchronous(call));
    if (waitedFor.some((name) => this.#system.components.get(name)?.serviceTime?.kind !== 'constant')) return undefined;
    return this.#usualHolding(c.name, journey);
  }
}

/**
 * I + A + A² + … by doubling: of 2ⁿ terms the first half, and A to the power of so many times it. An entry that grows
 * beyond all measure is NaN, and so is what is behind it.
 */
function allPaths(step: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const most = 1e100;
  const times = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] =>
    a.map((row) =>
      row.map((_, j) =>
        Math.min(
          most,
          row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? 0), 0),
        ),
      ),
    );
  let sum: readonly (readonly number[])[] = step.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  let power = step;
  for (let n = 0; n < 60; n++) {
    const more = times(power, sum);
    sum = sum.map((row, i) => row.map((x, j) => Math.min(most, x + (more[i]?.[j] ?? 0))));
    power = times(power, power);
  }
  return sum.map((row) => row.map((x) => (x > 1e12 ? Number.NaN : x)));
}

function satisfied(edge: Edge, reading: Reading, serving: readonly boolean[], works: readonly boolean[]): boolean {
  const { call, to, fallback, word, publish, asynchronous } = edge;
  const otherWorks = fallback >= 0 && works[fallback] === true;
  if (reading === 'fullyFeatured') return works[to] === true || otherWorks;
  if (call.required === false || word) return true;
  if (asynchronous && !publish) return true;
  return (publish ? serving[to] === true : works[to] === true) || otherWorks;
}
