import { attemptsPerCall } from '../../remedies/retries';
import { ringsOf } from '../structure/rings';
import type { Wire, Wiring } from '../structure/wiring';
import type { Loads } from './load';
import { endOfRing, type Route } from './routes';
import { broughtBy, gainsOf, seriesOf } from './series';

/** A call that multiplies the load behind it, and those before it on the way. A list that shares its beginning. */
export interface Hop {
  readonly call: string;
  /** How many times at most it is made for once. */
  readonly times: number;
  readonly before: Hop | undefined;
  /** It is part of a ring of calls, so that it multiplies again and again. */
  readonly ring?: true;
}

/** The calls that multiply on a path, the first one first: `edge → api 4×`, `api → db 4×`. */
export function hopsTo(last: Hop | undefined): readonly Hop[] {
  const hops: Hop[] = [];
  for (let hop = last; hop; hop = hop.before) hops.push(hop);
  return hops.reverse();
}

export interface Amplification {
  /**
   * The worst-case multiple of its normal load when a component fails and everybody who can tries again: the sum of
   * rate × Π(attempts × count × share) over all call paths to it, over that of rate × Π(count × share); paths may go
   * round in rings. `Infinity` without a bound: unlimited attempts, or a ring of calls with a retry in it whose gain,
   * attempts included, is 1 or more.
   */
  readonly amplification: number;
  /** The path that multiplies most, no more than once round a ring; undefined where nothing does. */
  readonly amplifiedBy?: Hop;
}

/** What is known of a component's load in one route. */
const bounded = 0;
const unbounded = 1;
const unboundedByRetries = 2;

/** Sums over routes, by component. */
class Sums {
  readonly normal: Float64Array;
  readonly raised: Float64Array;
  readonly state: Uint8Array;
  readonly most: Float64Array;
  readonly by: (Hop | undefined)[];

  constructor(size: number) {
    this.normal = new Float64Array(size);
    this.raised = new Float64Array(size);
    this.state = new Uint8Array(size);
    this.most = new Float64Array(size);
    this.by = new Array<Hop | undefined>(size).fill(undefined);
  }

  add(component: number, weight: number, visits: number, pass: Pass): void {
    const state = pass.stateOf(component);
    if (state > (this.state[component] as number)) this.state[component] = state;
    if (state === bounded) {
      if (visits === 0) return;
      this.normal[component] = (this.normal[component] as number) + weight * visits;
      this.raised[component] = (this.raised[component] as number) + weight * (pass.raised[component] as number);
    }
    const product = pass.product[component] as number;
    if (product > (this.most[component] as number)) {
      this.most[component] = product;
      this.by[component] = pass.by[component];
    }
  }

  of(component: number): Amplification | undefined {
    const state = this.state[component] as number;
    const normal = this.normal[component] as number;
    if (state === unbounded || (state === bounded && !(normal > 0))) return undefined;
    const amplification = state === unboundedByRetries ? Infinity : (this.raised[component] as number) / normal;
    const by = this.by[component];
    return Number.isNaN(amplification) ? undefined : { amplification, ...(by && { amplifiedBy: by }) };
  }
}

/** One route after the other: what it makes of each component, overwritten by the next one. */
class Pass {
  readonly raised: Float64Array;
  readonly state: Uint8Array;
  /** The product along the path that multiplies most, and that path. */
  readonly product: Float64Array;
  readonly by: (Hop | undefined)[];

  constructor(size: number) {
    this.raised = new Float64Array(size);
    this.state = new Uint8Array(size);
    this.product = new Float64Array(size);
    this.by = new Array<Hop | undefined>(size).fill(undefined);
  }

  /** Without a bound to its normal load there is nothing to compare with, but retries without a bound are just that. */
  stateOf(component: number): number {
    const state = this.state[component] as number;
    return state === unbounded && this.raised[component] === Infinity ? unboundedByRetries : state;
  }

  /** From callers to callees, each call once: paths are not enumerated. */
  follow(route: Route): void {
    const { components, rings, visits, calls } = route;
    for (const component of components) {
      this.raised[component] = 0;
      this.state[component] = bounded;
      this.product[component] = 0;
      this.by[component] = undefined;
    }
    const entry = components[0] as number;
    this.raised[entry] = 1;
    this.product[entry] = 1;
    for (let first = 0, end = 0; first < components.length; first = end) {
      end = endOfRing(rings, first);
      if (rings[first] === 0) {
        for (const wire of calls[first] ?? []) this.#pass(wire, visits[first] as number);
        continue;
      }
      const members = components.subarray(first, end);
      const made = calls.slice(first, end);
      const often = visits.subarray(first, end);
      if (often.every(Number.isFinite)) this.#passRing(members, made, often);
      else this.#goRound(members, made);
    }
  }

  /**
   * A ring, or what is behind one, without a bound to its normal load: more and more of it where one of its calls is
   * retried and it grows by itself.
   */
  #goRound(members: Int32Array, calls: readonly (readonly Wire[])[]): void {
    const inside = indexOf(members);
    let state = unbounded;
    let by: Hop | undefined;
    for (const member of members) {
      this.state[member] = Math.max(unbounded, this.state[member] as number);
      if (this.stateOf(member) !== unboundedByRetries) continue;
      state = unboundedByRetries;
      by ??= this.by[member];
    }
    const repeated = mostRepeated(calls.flat().filter(({ to }) => inside.has(to)));
    if (repeated && grows(calls, inside)) {
      state = unboundedByRetries;
      if (!(by?.ring && by.times >= repeated.times)) by = repeated;
    }
    for (const member of members) {
      this.state[member] = state;
      this.product[member] = state === unboundedByRetries ? Infinity : 0;
      this.by[member] = by;
    }
    for (const wire of calls.flat()) this.#pass(wire, Number.NaN);
  }

  /**
   * A ring with a bound to its normal load. Only who waits tries again because of what is behind: the rings that count
   * are those of awaited calls, and what the other calls bring is known before.
   */
  #passRing(members: Int32Array, calls: readonly (readonly Wire[])[], visits: Float64Array): void {
    const inside = indexOf(members);
    const isWaited = (wire: Wire): boolean => wire.awaited && inside.has(wire.to) && oftenOf(wire) > 0;
    calls.forEach((wires, at) => {
      for (const wire of wires) if (!wire.awaited && inside.has(wire.to)) this.#pass(wire, visits[at] as number);
    });
    const waited = calls.map((wires) => wires.filter(isWaited));
    const { of, members: rings } = ringsOf(members.length, (at) => (waited[at] ?? []).map(({ to }) => inside.get(to) ?? 0), members.keys());
    for (const ring of [...rings].reverse()) {
      const round = (wire: Wire): boolean => isWaited(wire) && of[inside.get(wire.to) ?? 0] === of[inside.get(wire.from) ?? 0];
      const reached = ring.filter((at) => (visits[at] as number) > 0);
      const wires = ring.map((at) => (waited[at] ?? []).filter(round));
      if (reached.length > 0 && wires.some(({ length }) => length > 0)) {
        this.#amplifyRing(
          Int32Array.from(ring, (at) => members[at] as number),
          wires,
        );
      }
      for (const at of reached) {
        for (const wire of calls[at] ?? []) {
          if (!round(wire) && (wire.awaited || !inside.has(wire.to))) this.#pass(wire, visits[at] as number);
        }
      }
    }
  }

  /** Members that wait for one another, by these calls: what comes to them goes round and round. */
  #amplifyRing(members: Int32Array, calls: readonly (readonly Wire[])[]): void {
    const series = waitingSeries(calls, indexOf(members));
    const before = Float64Array.from(members, (member) => this.raised[member] as number);
    const raised = series && broughtBy(before, series);
    members.forEach((member, at) => {
      this.raised[member] = raised?.[at] ?? Infinity;
    });
    if (series) this.#passOnce(members, calls);
    else {
      const by = mostRepeated(calls.flat());
      for (const member of members) {
        this.product[member] = Infinity;
        this.by[member] = by;
      }
    }
  }

  /** The path that multiplies most on its way into a ring goes on to each member, who counts once. */
  #passOnce(members: Int32Array, calls: readonly (readonly Wire[])[]): void {
    const left = indexOf(members);
    while (left.size > 0) {
      let [most] = left.keys();
      for (const member of left.keys()) if ((this.product[member] as number) > (this.product[most ?? member] as number)) most = member;
      if (most === undefined) return;
      for (const wire of calls[left.get(most) ?? 0] ?? []) {
        const times = attemptsPerCall(wire.call);
        const product = (this.product[most] as number) * times;
        if (!left.has(wire.to) || !(product > (this.product[wire.to] as number))) continue;
        this.product[wire.to] = product;
        this.by[wire.to] = times > 1 ? { call: wire.call.id, times, before: this.by[most], ring: true } : this.by[most];
      }
      left.delete(most);
    }
  }

  #pass(wire: Wire, visits: number): void {
    const { call, from, to, awaited } = wire;
    const state = this.stateOf(from);
    if (state !== bounded) {
      if (state < (this.state[to] as number)) return;
      this.state[to] = state;
      if (state === unboundedByRetries && this.product[to] !== Infinity) {
        this.product[to] = Infinity;
        this.by[to] = this.by[from];
      }
      return;
    }
    const times = attemptsPerCall(call);
    const often = oftenOf(wire);
    if (!(often > 0) || visits === 0) return;
    // Who does not wait cannot try again because of it: only the attempts of this call itself count.
    this.raised[to] = (this.raised[to] as number) + (awaited ? (this.raised[from] as number) : visits) * times * often;
    const product = (awaited ? (this.product[from] as number) : 1) * times;
    if (!(product > (this.product[to] as number))) return;
    const before = awaited ? this.by[from] : undefined;
    this.product[to] = product;
    this.by[to] = times > 1 ? { call: call.id, times, before } : before;
  }
}

function oftenOf({ call }: Wire): number {
  return (call.count ?? 1) * (call.share ?? 1);
}

function indexOf(members: Int32Array): Map<number, number> {
  return new Map([...members].map((member, at) => [member, at]));
}

/** The call of a ring that is repeated most; undefined where none is repeated. */
function mostRepeated(wires: readonly Wire[]): Hop | undefined {
  let most: Hop | undefined;
  for (const { call } of wires) {
    const times = attemptsPerCall(call);
    if (times > (most?.times ?? 1)) most = { call: call.id, times, before: undefined, ring: true };
  }
  return most;
}

/** What goes round in a ring while everybody who waits tries again; undefined where it has no bound. */
function waitingSeries(calls: readonly (readonly Wire[])[], inside: ReadonlyMap<number, number>): Float64Array | undefined {
  const times = (wire: Wire): number => {
    const often = oftenOf(wire);
    return wire.awaited && often > 0 ? often * attemptsPerCall(wire.call) : 0;
  };
  const gains = gainsOf(calls, ({ to }) => inside.get(to) ?? -1, times);
  return gains && seriesOf(gains, calls.length);
}

/** Whether a ring has no bound whatever little comes to it: by its calls, or by the retries of those who wait. */
function grows(calls: readonly (readonly Wire[])[], inside: ReadonlyMap<number, number>): boolean {
  const gains = gainsOf(calls, ({ to }) => inside.get(to) ?? -1, oftenOf);
  return !gains || !seriesOf(gains, calls.length) || !waitingSeries(calls, inside);
}

/**
 * The amplification of each component, by number: one pass for each route, in which a component takes the sum of what
 * its callers bring, and a ring what goes round. Undefined where nobody calls it, or a ring of gain 1 or more without
 * retries leaves both sums without bound. By the rates of the journeys, if any with a rate reaches the component;
 * otherwise all journeys count the same.
 */
export function amplificationsOf(wiring: Wiring, { routes }: Loads): readonly (Amplification | undefined)[] {
  const size = wiring.names.length;
  const pass = new Pass(size);
  const rated = new Sums(size);
  const equal = new Sums(size);
  for (const route of routes) {
    pass.follow(route);
    const { components, visits, rate = 0 } = route;
    for (let at = 0; at < components.length; at++) {
      if (rate > 0) rated.add(components[at] as number, rate, visits[at] as number, pass);
      equal.add(components[at] as number, route.journeys.length, visits[at] as number, pass);
    }
  }
  return wiring.names.map((_, component) => {
    const isRated = rated.state[component] !== bounded || (rated.normal[component] as number) > 0;
    return (isRated ? rated : equal).of(component);
  });
}
