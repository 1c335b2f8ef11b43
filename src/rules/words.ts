import type { SystemFigures } from '../analysis/figures';
import { journeysOf, poolOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import type { System } from '../model/system';
import { printRate, type Share } from '../model/units';
import { countText, listText, secondsText } from '../model/words';
import type { RuleContext } from './rule';

/** `checkout (12/s)`; the name alone where no rate is written. */
export function journeyText(system: System, name: string): string {
  const rate = system.journeys.get(name)?.rate;
  return rate === undefined ? name : `${name} (${printRate(rate)})`;
}

/** `browse (28/s) and checkout (12/s)`, the busiest first. */
export function journeysText(system: System, names: readonly string[]): string {
  return listText(byRate(system, names).map((name) => journeyText(system, name)));
}

/** The busiest first; those without a rate last, in the order of the file. */
export function byRate(system: System, names: readonly string[]): readonly string[] {
  const rate = (name: string) => system.journeys.get(name)?.rate ?? -1;
  return [...names].sort((a, b) => rate(b) - rate(a));
}

/** `stops` or `stop`. */
export function verb(count: number, singular: string, plural: string): string {
  return count === 1 ? singular : plural;
}

/** The callee of a call, with its operation: `payment (POST /charge)`. */
export function calleeText({ to, operation }: Call): string {
  return operation === undefined ? to : `${to} (${operation})`;
}

const stops = new WeakMap<SystemFigures, ReadonlyMap<string, readonly string[]>>();

/** Journeys that stop when all of a component is lost, if what is lost hangs. */
export function stoppedWithout({ figures }: RuleContext, component: string): readonly string[] {
  let known = stops.get(figures);
  if (!known) {
    known = new Map(figures.blast.flatMap((blast) => (blast.point.kind === 'component' ? [[blast.point.name, blast.stops] as const] : [])));
    stops.set(figures, known);
  }
  return known.get(component) ?? [];
}

/**
 * What becomes of a caller whose requests wait for a call without end: `the 8 slots of api are full after 267 ms, and
 * orders (70/s) stops too`. Only what is written: without rates or a concurrency there is no figure, and `otherwise`
 * stands in its place.
 */
export function whenWaiting(context: RuleContext, call: Call, otherwise: string): string {
  const { system } = context.linked;
  const pool = poolOf(system, call);
  const { passing, making } = journeysOf(system, call);
  const stopped = stoppedWithout(context, call.to).filter((name) => passing.has(name) && !isOwn(system, name, call.from));
  const others = stopped.filter((name) => !making.has(name));
  const also = others.length > 0 ? others : stopped;
  const too = others.length > 0 ? ' too' : '';
  const tail = also.length === 0 ? '' : `, and ${journeysText(system, also)} ${verb(also.length, 'stops', 'stop')}${too}`;
  if (pool?.fullAfter === undefined) return otherwise + tail;
  const whose = pool.bulkhead ? `its bulkhead of ${countText(pool.slots, 'slot')} is` : slotsText(pool.slots, call.from);
  return `${whose} full after ${pool.orSooner ? 'at most ' : ''}${secondsText(pool.fullAfter)}${tail}`;
}

/** A journey that is nothing but a component that nobody calls: that it stops with the component goes without saying. */
function isOwn(system: System, name: string, component: string): boolean {
  const journey = system.journeys.get(name);
  return journey?.implied === true && journey.entry === component;
}

function slotsText(slots: number, component: string): string {
  return slots === 1 ? `the one slot of ${component} is` : `the ${slots} slots of ${component} are`;
}

/** A computed share in two significant digits: `2.6%`. */
export function percentText(share: Share): string {
  return `${Number((share * 100).toPrecision(2))}%`;
}
