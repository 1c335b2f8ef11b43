import { type Assumptions, concurrencyOf, isManaged, meanServiceTime, replicaCount, serviceTimeOf } from '../model/defaults';
import type { Journey } from '../model/journey';
import type { Seconds } from '../model/units';
import { ringsOf } from './rings';
import { madeBy, type Wire, type Wiring } from './wiring';

/** What one journey brings to the components: first attempts only, as written for the peak. */
export interface JourneyLoad {
  readonly journey: Journey;
  /** Requests per second by component; NaN in a ring of calls and behind one, where they have no bound. */
  readonly arrivals: Float64Array;
  /** Mean seconds of a component's own work on a request. */
  readonly own: Float64Array;
  /** Mean seconds that one request holds a slot, by component, with the synchronous calls it makes; NaN in a ring. */
  readonly holding: Float64Array;
  /** Whether every service time in `holding` is written, by component. */
  readonly written: Uint8Array;
  /** The calls that the journey makes, by caller. */
  readonly calls: readonly (readonly Wire[])[];
}

/** Loads of the journeys whose entry is known; without a rate the arrivals are NaN where the journey passes. */
export function loadsOf(wiring: Wiring, given: Assumptions): readonly JourneyLoad[] {
  const loads: JourneyLoad[] = [];
  for (const journey of wiring.system.journeys.values()) {
    const entry = wiring.numbers.get(journey.entry);
    if (entry !== undefined) loads.push(loadOf(wiring, journey, entry, given));
  }
  return loads;
}

function loadOf(wiring: Wiring, journey: Journey, entry: number, given: Assumptions): JourneyLoad {
  const size = wiring.names.length;
  const calls: (readonly Wire[])[] = new Array(size).fill([]);
  const rings = ringsOf(
    size,
    (node) => {
      const made = madeBy(wiring.from[node] ?? [], journey);
      calls[node] = made;
      return made.map((wire) => wire.to);
    },
    [entry],
  );
  const arrivals = new Float64Array(size);
  const own = new Float64Array(size);
  const holding = new Float64Array(size);
  const written = new Uint8Array(size);
  arrivals[entry] = journey.rate ?? Number.NaN;

  const inRing = (members: readonly number[], counts: (wire: Wire) => boolean): boolean => {
    const [first] = members;
    return members.length > 1 || (first !== undefined && (calls[first] ?? []).some((wire) => wire.to === first && counts(wire)));
  };
  for (const members of [...rings.members].reverse()) {
    if (inRing(members, () => true)) for (const member of members) arrivals[member] = Number.NaN;
    for (const member of members) {
      for (const { call, to } of calls[member] ?? []) {
        arrivals[to] = (arrivals[to] as number) + (arrivals[member] as number) * (call.count ?? 1) * (call.share ?? 1);
      }
    }
  }
  // Who waits for whom: a ring through a queue holds nobody up.
  const waits = ringsOf(size, (node) => (calls[node] ?? []).filter(isSynchronous).map((wire) => wire.to), rings.members.flat());
  for (const members of waits.members) {
    const ring = inRing(members, isSynchronous);
    for (const member of members) {
      const component = wiring.system.components.get(wiring.names[member] ?? '');
      if (!component) continue;
      const time = serviceTimeOf(component, given);
      const made = calls[member] ?? [];
      own[member] = meanServiceTime(time.value);
      holding[member] = ring ? Number.NaN : (own[member] as number) + callsTime(made, (wire) => plainTime(wire, holding));
      written[member] = !time.assumed && made.every((wire) => !isSynchronous(wire) || written[wire.to] === 1) ? 1 : 0;
    }
  }
  return { journey, arrivals, own, holding, written, calls };
}

function isSynchronous(wire: Wire): boolean {
  return wire.awaited && !wire.publish;
}

function plainTime(wire: Wire, holding: Float64Array): Seconds {
  return isSynchronous(wire) ? (holding[wire.to] as number) : 0;
}

/** Seconds that a caller's calls take: one after the other, those with the same `parallel` word together. */
function callsTime(wires: readonly Wire[], time: (wire: Wire) => Seconds): Seconds {
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

/**
 * The slots a component has in use on average (Little: arrivals × holding time), over the journeys with a rate.
 * With `dead`, calls to that component take `stuck` seconds each instead of what they usually do.
 */
export function busySlots(
  loads: readonly JourneyLoad[],
  component: number,
  dead = -1,
  stuck: (wire: Wire) => Seconds = () => 0,
): number | undefined {
  let sum: number | undefined;
  for (const { journey, arrivals, own, holding, calls } of loads) {
    const rate = arrivals[component] as number;
    if (journey.rate === undefined || rate === 0) continue;
    const held = callsTime(calls[component] ?? [], (wire) => (wire.to === dead && wire.awaited ? stuck(wire) : plainTime(wire, holding)));
    sum = (sum ?? 0) + rate * ((own[component] as number) + held);
  }
  return sum;
}

/**
 * How many replicas the written peak load needs: the fewest whose concurrency carries arrivals × mean holding time.
 * Undefined unless the concurrency, the rate of every journey that passes, and the service times are all written.
 */
export function derivedNeeds(wiring: Wiring, loads: readonly JourneyLoad[], component: number): number | undefined {
  const declared = wiring.system.components.get(wiring.names[component] ?? '');
  if (!declared || isManaged(declared)) return undefined;
  const concurrency = concurrencyOf(declared);
  if (concurrency === undefined || concurrency === Infinity || !(concurrency > 0)) return undefined;
  let load: number | undefined;
  for (const { journey, arrivals, holding, written } of loads) {
    const rate = arrivals[component] as number;
    if (rate === 0) continue;
    if (journey.rate === undefined || written[component] !== 1) return undefined;
    load = (load ?? 0) + rate * (holding[component] as number);
  }
  if (load === undefined || !Number.isFinite(load)) return undefined;
  const fewest = Math.ceil(load / concurrency - 1e-9);
  return Math.min(Math.max(1, fewest), Math.max(1, replicaCount(declared)));
}
