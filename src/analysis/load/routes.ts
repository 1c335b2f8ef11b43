import { type Assumptions, meanServiceTime, serviceTimeOf } from '../../model/defaults';
import type { Journey } from '../../model/journey';
import type { PerSecond, Seconds } from '../../model/units';
import { ringsOf } from '../structure/rings';
import { madeBy, type Wire, type Wiring } from '../structure/wiring';
import { ringTimes } from './ringtimes';
import { broughtBy, gainsOf, seriesOf } from './series';

/**
 * What a request of a journey passes, first attempts only. Journeys that enter at the same component and make the same
 * calls share one. Everything is kept by position in `components`, so that a route is as large as what it passes.
 */
export interface Route {
  readonly journeys: readonly Journey[];
  /** Requests per second of those of its journeys whose rate is written; undefined where none is. */
  readonly rate: PerSecond | undefined;
  /** Some of its journeys has no rate. */
  readonly unrated: boolean;
  /** Numbers of components: the entry first, a caller before what it calls, the members of a ring side by side. */
  readonly components: Int32Array;
  /** The ring of calls that each is part of, counted from 1; 0 for none. */
  readonly rings: Int32Array;
  /**
   * Requests that one request of a journey brings, with all that comes round again; NaN in a ring of calls whose gain
   * is 1 or more and behind it, where they have no bound.
   */
  readonly visits: Float64Array;
  /**
   * Mean seconds that one request holds a slot, with the synchronous calls it makes; NaN in a ring of those whose gain
   * is 1 or more, and for who waits for it.
   */
  readonly holding: Float64Array;
  /** Whether every service time in `holding` is written. */
  readonly written: Uint8Array;
  /** The calls that it makes, by caller. */
  readonly calls: readonly (readonly Wire[])[];
}

/** The mean own work of each component on a request, and whether it is written. */
export interface OwnTimes {
  readonly mean: Float64Array;
  readonly written: Uint8Array;
}

export function ownTimesOf(wiring: Wiring, given: Assumptions): OwnTimes {
  const mean = new Float64Array(wiring.names.length);
  const written = new Uint8Array(wiring.names.length);
  wiring.names.forEach((name, number) => {
    const component = wiring.system.components.get(name);
    if (!component) return;
    const time = serviceTimeOf(component, given);
    mean[number] = meanServiceTime(time.value);
    written[number] = time.assumed ? 0 : 1;
  });
  return { mean, written };
}

/** Journeys with a known entry, those with the same route together. */
export function journeysByRoute(wiring: Wiring): readonly { readonly entry: number; readonly journeys: readonly Journey[] }[] {
  const named = new Map<string, number[]>();
  wiring.system.calls.forEach(({ journeys }, number) => {
    for (const name of journeys ?? []) {
      const list = named.get(name);
      if (list) list.push(number);
      else named.set(name, [number]);
    }
  });
  const groups = new Map<string, { entry: number; journeys: Journey[] }>();
  for (const journey of wiring.system.journeys.values()) {
    const entry = wiring.numbers.get(journey.entry);
    if (entry === undefined) continue;
    const key = `${entry}:${(named.get(journey.name) ?? []).join()}`;
    const group = groups.get(key);
    if (group) group.journeys.push(journey);
    else groups.set(key, { entry, journeys: [journey] });
  }
  return [...groups.values()];
}

/** What a journey passes, in the order of a route. */
type Order = Pick<Route, 'components' | 'rings' | 'calls'>;

/** Follows journeys one after the other; what it needs of each component it allocates once. */
export class RouteFinder {
  readonly #wiring: Wiring;
  readonly #own: OwnTimes;
  readonly #seen: Int32Array;
  readonly #place: Int32Array;
  /** All components, a caller before what it calls; undefined where some calls form a ring. */
  readonly #sorted: readonly number[] | undefined;
  readonly #rank: Int32Array;
  #round = 0;

  constructor(wiring: Wiring, own: OwnTimes) {
    const size = wiring.names.length;
    this.#wiring = wiring;
    this.#own = own;
    this.#seen = new Int32Array(size);
    this.#place = new Int32Array(size);
    this.#rank = new Int32Array(size);
    this.#sorted = withoutRings(wiring);
    this.#sorted?.forEach((component, rank) => {
      this.#rank[component] = rank;
    });
  }

  /** @param journeys all of them enter here and make the same calls; there is at least one */
  routeOf(entry: number, journeys: readonly Journey[]): Route | undefined {
    const [journey] = journeys;
    if (!journey) return undefined;
    const { found, made } = this.#reach(entry, journey);
    const order = this.#sorted ? this.#bySorting(found, made, this.#sorted) : this.#byRings(found, made);
    const { components, rings, calls } = order;
    for (let at = 0; at < components.length; at++) this.#place[components[at] as number] = at;
    const rates = journeys.flatMap(({ rate }) => (rate === undefined ? [] : [rate]));
    return {
      journeys,
      rate: rates.length > 0 ? rates.reduce((sum, rate) => sum + rate, 0) : undefined,
      unrated: rates.length < journeys.length,
      ...order,
      visits: this.#visits(calls, rings),
      ...this.#holding(order),
    };
  }

  #bySorting(found: readonly number[], made: readonly (readonly Wire[])[], sorted: readonly number[]): Order {
    const components = Int32Array.from(found, (component) => this.#rank[component] as number).sort();
    const calls: (readonly Wire[])[] = [];
    for (let at = 0; at < components.length; at++) {
      const component = sorted[components[at] as number] as number;
      components[at] = component;
      calls.push(made[this.#place[component] as number] ?? []);
    }
    return { components, rings: new Int32Array(found.length), calls };
  }

  #byRings(found: readonly number[], made: readonly (readonly Wire[])[]): Order {
    const place = this.#place;
    const { members: groups } = ringsOf(found.length, (node) => (made[node] ?? []).map(({ to }) => place[to] as number), [0]);
    const components = new Int32Array(found.length);
    const rings = new Int32Array(found.length);
    const calls: (readonly Wire[])[] = [];
    let ringCount = 0;
    for (const members of [...groups].reverse()) {
      const isRing = isRingOf(members, (node) => made[node] ?? [], place);
      if (isRing) ringCount++;
      for (const node of members) {
        components[calls.length] = found[node] as number;
        rings[calls.length] = isRing ? ringCount : 0;
        calls.push(made[node] ?? []);
      }
    }
    return { components, rings, calls };
  }

  /** The components that a journey reaches, and the calls that it makes from each; sets their places. */
  #reach(entry: number, journey: Journey): { readonly found: readonly number[]; readonly made: readonly (readonly Wire[])[] } {
    this.#round++;
    const found = [entry];
    this.#seen[entry] = this.#round;
    this.#place[entry] = 0;
    const made: (readonly Wire[])[] = [];
    for (const node of found) {
      const wires = madeBy(this.#wiring.from[node] ?? [], journey);
      made.push(wires);
      for (const { to } of wires) {
        if (this.#seen[to] === this.#round) continue;
        this.#seen[to] = this.#round;
        this.#place[to] = found.length;
        found.push(to);
      }
    }
    return { found, made };
  }

  #visits(calls: readonly (readonly Wire[])[], rings: Int32Array): Float64Array {
    const place = this.#place;
    const visits = new Float64Array(calls.length);
    visits[0] = 1;
    for (let first = 0, end = 0; first < calls.length; first = end) {
      end = endOfRing(rings, first);
      if (rings[first] !== 0) visits.set(this.#visitsInRing(calls, visits, first, end), first);
      for (let at = first; at < end; at++) {
        for (const { call, to } of calls[at] ?? []) {
          const callee = place[to] as number;
          if (callee < end) continue;
          visits[callee] = (visits[callee] as number) + (visits[at] as number) * (call.count ?? 1) * (call.share ?? 1);
        }
      }
    }
    return visits;
  }

  /** What comes to the members of a ring in all, when `visits` is what comes from before it. */
  #visitsInRing(calls: readonly (readonly Wire[])[], visits: Float64Array, first: number, end: number): Float64Array {
    const before = visits.subarray(first, end);
    if (before.every((visit) => visit === 0)) return before;
    const often = ({ call }: Wire): number => (call.count ?? 1) * (call.share ?? 1);
    const inside = calls.slice(first, end);
    const gains = gainsOf(inside, (wire) => (this.#place[wire.to] as number) - first, often);
    const series = gains && seriesOf(gains, inside.length);
    return (series && broughtBy(before, series)) ?? new Float64Array(inside.length).fill(Number.NaN);
  }

  #holding({ components, rings, calls }: Order): Pick<Route, 'holding' | 'written'> {
    const place = this.#place;
    const holding = new Float64Array(calls.length);
    const written = new Uint8Array(calls.length);
    const own = (at: number): Seconds => this.#own.mean[components[at] as number] as number;
    const time = (wire: Wire): Seconds => (isSynchronous(wire) ? (holding[place[wire.to] as number] as number) : 0);
    const isWritten = (at: number): boolean =>
      this.#own.written[components[at] as number] === 1 &&
      (calls[at] ?? []).every((wire) => !isSynchronous(wire) || written[place[wire.to] as number] === 1);
    const settle = (at: number): void => {
      holding[at] = own(at) + callsTime(calls[at] ?? [], time);
      written[at] = isWritten(at) ? 1 : 0;
    };
    if (rings.every((ring) => ring === 0)) {
      for (let at = calls.length - 1; at >= 0; at--) settle(at);
      return { holding, written };
    }
    // Who waits for whom: a ring through a queue holds nobody up.
    const waiting = (at: number): readonly Wire[] => (calls[at] ?? []).filter(isSynchronous);
    const waits = ringsOf(calls.length, (at) => waiting(at).map(({ to }) => place[to] as number), calls.keys());
    for (const members of waits.members) {
      if (!isRingOf(members, waiting, place)) {
        for (const at of members) settle(at);
        continue;
      }
      const indices = new Map(members.map((at, index) => [at, index]));
      const indexOf = (wire: Wire): number => indices.get(place[wire.to] as number) ?? -1;
      const times = ringTimes(members.map(waiting), Float64Array.from(members, own), indexOf, time);
      for (const at of members) written[at] = 1;
      const known = members.every(isWritten) ? 1 : 0;
      members.forEach((at, index) => {
        holding[at] = times?.[index] ?? Number.NaN;
        written[at] = known;
      });
    }
    return { holding, written };
  }
}

/** Where the ring that begins at a place of a route ends; the next place where there is none. */
export function endOfRing(rings: Int32Array, first: number): number {
  let end = first + 1;
  while (rings[first] !== 0 && rings[end] === rings[first]) end++;
  return end;
}

/** The components in the order of their calls; undefined where some of them form a ring. */
function withoutRings({ names, from }: Wiring): readonly number[] | undefined {
  const { members } = ringsOf(names.length, (node) => (from[node] ?? []).map(({ to }) => to), names.keys());
  const itself = from.some((wires) => wires.some((wire) => wire.to === wire.from));
  return members.length < names.length || itself ? undefined : members.flat().reverse();
}

function isRingOf(members: readonly number[], calls: (node: number) => readonly Wire[], place: Int32Array): boolean {
  const [first] = members;
  return members.length > 1 || (first !== undefined && calls(first).some(({ to }) => place[to] === first));
}

/** The caller holds its slot until the callee has done the work. */
export function isSynchronous(wire: Wire): boolean {
  return wire.awaited && !wire.publish;
}

/** Seconds that a caller's calls take: one after the other, those with the same `parallel` word together. */
export function callsTime(wires: readonly Wire[], time: (wire: Wire) => Seconds): Seconds {
  let sum = 0;
  let groups: Map<string, Seconds> | undefined;
  for (const wire of wires) {
    const { count = 1, share = 1, parallel } = wire.call;
    const each = time(wire);
    const seconds = each === 0 ? 0 : each * count * share;
    if (parallel === undefined) sum += seconds;
    else {
      groups ??= new Map();
      groups.set(parallel, Math.max(groups.get(parallel) ?? 0, seconds));
    }
  }
  for (const seconds of groups?.values() ?? []) sum += seconds;
  return sum;
}
