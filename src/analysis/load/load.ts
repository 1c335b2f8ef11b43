import { type Assumptions, concurrencyOf, isManaged, servingReplicas } from '../../model/defaults';
import { perObject, perPair } from '../../model/perSystem';
import type { Seconds } from '../../model/units';
import type { Wire, Wiring } from '../structure/wiring';
import { callsTime, isSynchronous, journeysByRoute, type OwnTimes, ownTimesOf, type Route, RouteFinder } from './routes';

/** What the journeys bring to the components: first attempts only, as written for the peak. */
export interface Loads {
  /** The routes of the journeys whose entry is known. */
  readonly routes: readonly Route[];
  readonly own: OwnTimes;
  /** Component c is passed by the visits numbered from `starts[c]` to before `starts[c + 1]`: a route, and its place there. */
  readonly starts: Int32Array;
  readonly routeOf: Int32Array;
  readonly placeOf: Int32Array;
}

/** For systems in which loads decide nothing. */
export const noLoads: Loads = {
  routes: [],
  own: { mean: new Float64Array(0), written: new Uint8Array(0) },
  starts: new Int32Array(0),
  routeOf: new Int32Array(0),
  placeOf: new Int32Array(0),
};

/** Computed once for a wiring and what is assumed. Time and memory grow with what the journeys pass, and not with journeys times components. */
export const loadsOf: (wiring: Wiring, given: Assumptions) => Loads = perPair(computedLoads);

/** Whether loads decide anything: some concurrency is written. */
export const needsLoads: (wiring: Wiring) => boolean = perObject(({ system }) => {
  for (const { concurrency } of system.components.values()) if (typeof concurrency === 'number') return true;
  return false;
});

/** The loads where they decide anything. */
export function decidingLoads(wiring: Wiring, given: Assumptions): Loads {
  return needsLoads(wiring) ? loadsOf(wiring, given) : noLoads;
}

function computedLoads(wiring: Wiring, given: Assumptions): Loads {
  const own = ownTimesOf(wiring, given);
  const finder = new RouteFinder(wiring, own);
  const routes = journeysByRoute(wiring).flatMap(({ entry, journeys }) => finder.routeOf(entry, journeys) ?? []);
  const starts = new Int32Array(wiring.names.length + 1);
  for (const { components } of routes) {
    for (const component of components) starts[component + 1] = (starts[component + 1] as number) + 1;
  }
  for (let c = 0; c < wiring.names.length; c++) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  const next = starts.slice();
  const routeOf = new Int32Array(starts.at(-1) ?? 0);
  const placeOf = new Int32Array(routeOf.length);
  routes.forEach(({ components }, route) => {
    components.forEach((component, place) => {
      const visit = next[component] as number;
      next[component] = visit + 1;
      routeOf[visit] = route;
      placeOf[visit] = place;
    });
  });
  return { routes, own, starts, routeOf, placeOf };
}

/** A route that passes a component. */
export interface Visit {
  readonly route: Route;
  /** The number of the route. */
  readonly number: number;
  /** Where the component stands in the route. */
  readonly at: number;
}

/** The routes that pass a component, in the order of the journeys. */
export function visitsOf(loads: Loads, component: number): readonly Visit[] {
  const visits: Visit[] = [];
  const end = loads.starts[component + 1] ?? 0;
  for (let i = loads.starts[component] ?? 0; i < end; i++) {
    const number = loads.routeOf[i] as number;
    const route = loads.routes[number];
    if (route) visits.push({ route, number, at: loads.placeOf[i] as number });
  }
  return visits;
}

/**
 * The slots a component has in use on average (Little: arrivals × holding time), over the journeys with a rate;
 * undefined where none of them passes, NaN where a ring of gain 1 or more leaves it without bound.
 * With `dead`, calls to that component take `stuck` seconds each instead of what they usually do.
 */
export function busySlots(loads: Loads, component: number, dead = -1, stuck: (wire: Wire) => Seconds = () => 0): number | undefined {
  let sum: number | undefined;
  const end = loads.starts[component + 1] ?? 0;
  // By number: this is asked of every call of a system, and lists of visits would be made for all of them.
  for (let i = loads.starts[component] ?? 0; i < end; i++) {
    const number = loads.routeOf[i] as number;
    const route = loads.routes[number];
    if (!route) continue;
    const at = loads.placeOf[i] as number;
    const arrivals = route.rate === undefined || route.rate === 0 ? 0 : route.rate * (route.visits[at] as number);
    if (arrivals === 0) continue;
    const hits = dead >= 0 && (route.calls[at] ?? []).some((wire) => wire.to === dead && wire.awaited);
    const held = hits ? stuckTime(loads, component, { route, number, at }, dead, stuck) : (route.holding[at] as number);
    sum = (sum ?? 0) + arrivals * held;
  }
  return sum;
}

function stuckTime(loads: Loads, component: number, visit: Visit, dead: number, stuck: (wire: Wire) => Seconds): Seconds {
  const { route, number, at } = visit;
  const usual = (wire: Wire): Seconds => (isSynchronous(wire) ? (route.holding[placeIn(loads, number, wire.to)] as number) : 0);
  const time = (wire: Wire): Seconds => (wire.to === dead && wire.awaited ? stuck(wire) : usual(wire));
  return (loads.own.mean[component] as number) + callsTime(route.calls[at] ?? [], time);
}

/** Where a component stands in a route that passes it. The routes of a component are in ascending order. */
function placeIn(loads: Loads, route: number, component: number): number {
  let low = loads.starts[component] ?? 0;
  let high = (loads.starts[component + 1] ?? 0) - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((loads.routeOf[middle] as number) < route) low = middle + 1;
    else high = middle;
  }
  return loads.placeOf[low] as number;
}

/**
 * By component, how many replicas the written peak load needs: the fewest whose concurrency carries arrivals × mean holding time.
 * Undefined unless the concurrency, the rate of every journey that passes, and the service times are all written, and
 * where a ring leaves the load without bound.
 */
export const derivedNeedsOf: (wiring: Wiring, given: Assumptions) => readonly (number | undefined)[] = perPair((wiring, given) => {
  const loads = decidingLoads(wiring, given);
  return wiring.names.map((_, number) => derivedNeeds(wiring, loads, number));
});

/** The same of one component. */
export function derivedNeeds(wiring: Wiring, loads: Loads, component: number): number | undefined {
  const declared = wiring.system.components.get(wiring.names[component] ?? '');
  if (!declared || isManaged(declared)) return undefined;
  const concurrency = concurrencyOf(declared);
  if (concurrency === undefined || concurrency === Infinity || !(concurrency > 0)) return undefined;
  let load: number | undefined;
  for (const { route, at } of visitsOf(loads, component)) {
    const visits = route.visits[at] as number;
    if (visits === 0 || (route.rate === 0 && !route.unrated)) continue;
    if (route.rate === undefined || route.unrated || route.written[at] !== 1) return undefined;
    load = (load ?? 0) + route.rate * visits * (route.holding[at] as number);
  }
  if (load === undefined || !Number.isFinite(load)) return undefined;
  const fewest = Math.ceil(load / concurrency - 1e-9);
  return Math.min(Math.max(1, fewest), Math.max(1, servingReplicas(declared)));
}
