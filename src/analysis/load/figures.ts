import { type Assumptions, assumptionsOf } from '../../model/defaults';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import type { PerSecond, Seconds } from '../../model/units';
import { type Wiring, wiringOf } from '../structure/wiring';
import { type Amplification, amplificationsOf } from './amplification';
import { type Headroom, headroomOf } from './headroom';
import { type Loads, loadsOf, type Visit, visitsOf } from './load';
import { type Pool, poolOf } from './pool';
import { type Timing, timingsOf } from './timing';

/** What a component has to carry: normally, with a part of it lost, and when it fails and everybody tries again. */
export interface ComponentLoad extends Headroom, Partial<Amplification> {
  /**
   * First attempts of the journeys with a rate; undefined where none is written or a ring of gain 1 or more leaves it
   * without bound.
   */
  readonly arrivals?: PerSecond;
  /** Some journey that passes it has no rate, so it is at least that. */
  readonly partial?: true;
  /**
   * Mean time that a request holds a slot: its own work and the synchronous calls. Undefined where a ring of gain 1 or
   * more leaves it, or the requests it is a mean of, without bound.
   */
  readonly holding?: Seconds;
  /** The figures rest on a service time that nobody wrote. */
  readonly assumed: boolean;
}

/** How long a call can take, against who waits for it, and what becomes of its caller's pool when the callee hangs. */
export interface CallLoad extends Timing {
  /** For calls that the caller waits for. */
  readonly pool?: Pool;
}

export interface LoadFigures {
  /** By name; not those that only observe. */
  readonly components: ReadonlyMap<string, ComponentLoad>;
  /** By id; only requests. */
  readonly calls: ReadonlyMap<string, CallLoad>;
}

/**
 * Load, retries and deadlines of a whole system. Takes time in proportion to what its journeys pass; undefined fields
 * are what the input does not tell, and no figure is NaN.
 */
export function loadFigures(system: System, given: Assumptions = assumptionsOf(system)): LoadFigures {
  return finish(loadFigureSteps(system, given));
}

/** Components, or calls, between two pauses. */
const atOnce = 200;

/** The same as {@link loadFigures} in small steps. */
export function* loadFigureSteps(system: System, given: Assumptions = assumptionsOf(system)): Steps<LoadFigures> {
  const wiring = wiringOf(system);
  yield;
  const loads = loadsOf(wiring, given);
  yield;
  const amplifications = amplificationsOf(wiring, loads);
  yield;
  const components = new Map<string, ComponentLoad>();
  for (const [number, name] of wiring.names.entries()) {
    if (number % atOnce === 0) yield;
    components.set(name, componentLoad(wiring, loads, number, amplifications[number]));
  }
  yield;
  const timings = timingsOf(wiring, loads);
  yield;
  const calls = new Map<string, CallLoad>();
  for (const [number, { call, awaited }] of wiring.from.flat().entries()) {
    if (number % atOnce === 0) yield;
    const timing = timings.get(call.id);
    const pool = awaited ? poolOf(system, call, { wiring, loads }) : undefined;
    if (timing) calls.set(call.id, pool ? Object.assign({ pool }, timing) : timing);
  }
  return { components, calls };
}

function componentLoad(wiring: Wiring, loads: Loads, number: number, amplified: Amplification | undefined): ComponentLoad {
  const component = wiring.system.components.get(wiring.names[number] ?? '');
  if (!component) return { assumed: true, ...amplified };
  const visits = visitsOf(loads, number);
  const arrivals = arrivalsOf(visits);
  const holding = meanHolding(visits, arrivals !== undefined && arrivals > 0);
  const isPartial = arrivals !== undefined && visits.some(({ route, at }) => route.unrated && route.visits[at] !== 0);
  // There are thousands of them: spreading numbers into a new object takes twenty times as long as assigning them to it.
  const load: Mutable<ComponentLoad> = { assumed: isAssumed(loads, number, visits) };
  if (arrivals !== undefined) load.arrivals = arrivals;
  if (isPartial) load.partial = true;
  if (holding !== undefined) load.holding = holding;
  if (amplified) load.amplification = amplified.amplification;
  if (amplified?.amplifiedBy) load.amplifiedBy = amplified.amplifiedBy;
  return Object.assign(load, headroomOf(component, arrivals, holding));
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function isAssumed(loads: Loads, component: number, visits: readonly Visit[]): boolean {
  return loads.own.written[component] !== 1 || visits.some(({ route, at }) => route.written[at] !== 1);
}

function arrivalsOf(visits: readonly Visit[]): PerSecond | undefined {
  let sum: PerSecond | undefined;
  for (const { route, at } of visits) {
    if (route.rate !== undefined) sum = (sum ?? 0) + (route.rate === 0 ? 0 : route.rate * (route.visits[at] as number));
  }
  return Number.isFinite(sum) ? sum : undefined;
}

/** Over the requests of the journeys with a rate, if such pass; otherwise over those of all, as if their rates were equal. */
function meanHolding(visits: readonly Visit[], isRated: boolean): Seconds | undefined {
  let requests = 0;
  let busy = 0;
  for (const { route, at } of visits) {
    const rate = isRated ? (route.rate ?? 0) : route.journeys.length;
    const weight = rate === 0 ? 0 : rate * (route.visits[at] as number);
    if (weight === 0) continue;
    requests += weight;
    busy += weight * (route.holding[at] as number);
  }
  const mean = busy / requests;
  return Number.isFinite(mean) ? mean : undefined;
}
