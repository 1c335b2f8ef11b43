import * as l10n from '@vscode/l10n';
import type { SystemFigures } from '../analysis/figures';
import { journeysOf, type Pool, poolOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import { assumptionsOf } from '../model/defaults';
import type { System } from '../model/system';
import { printRate, type Seconds, type Share } from '../model/units';
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

/** For what one finding says of the worst and means of all: `The same goes for b and c.` */
export function sameText(names: readonly string[]): string {
  return l10n.t('The same goes for {0}.', listText(names));
}

/** For findings that rest on journeys that nobody declared. */
export function impliedText(): string {
  return l10n.t('No journey is declared, so every component that nobody calls counts as one.');
}

/** For figures that take a service time that nobody wrote. */
export function serviceTimeText(system: System): string {
  return l10n.t('This rests on a service time that nobody wrote ({0}).', secondsText(assumptionsOf(system).serviceTime));
}

/** The title of a remedy that is made in a policy, for all calls that use it. */
export function inPolicyText(title: string, policy: string): string {
  return l10n.t('{0} (policy {1})', title, policy);
}

/** The title of a remedy that changes all calls of one entry. */
export function ofEntryText(title: string, calls: number): string {
  if (calls === 1) return title;
  return calls === 2 ? l10n.t('{0} (both calls of this entry)', title) : l10n.t('{0} (all {1} calls of this entry)', title, calls);
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
  const what = pool?.fullAfter === undefined ? otherwise : fullText(pool, pool.fullAfter, call.from);
  if (stopped.length === 0) return what;
  const names = journeysText(system, others.length > 0 ? others : stopped);
  return others.length > 0
    ? countText(others.length, l10n.t('{0}, and {1} stops too', what, names), l10n.t('{0}, and {1} stop too', what, names))
    : countText(stopped.length, l10n.t('{0}, and {1} stops', what, names), l10n.t('{0}, and {1} stop', what, names));
}

/** A journey that is nothing but a component that nobody calls: that it stops with the component goes without saying. */
function isOwn(system: System, name: string, component: string): boolean {
  const journey = system.journeys.get(name);
  return journey?.implied === true && journey.entry === component;
}

function fullText({ slots, bulkhead, orSooner }: Pool, seconds: Seconds, component: string): string {
  const time = orSooner ? l10n.t('at most {0}', secondsText(seconds)) : secondsText(seconds);
  if (bulkhead) {
    const many = l10n.t('its bulkhead of {0} slots is full after {1}', slots, time);
    return countText(slots, l10n.t('its bulkhead of 1 slot is full after {0}', time), many);
  }
  const many = l10n.t('the {0} slots of {1} are full after {2}', slots, component, time);
  return countText(slots, l10n.t('the one slot of {0} is full after {1}', component, time), many);
}

/** A computed share in two significant digits: `2.6%`. */
export function percentText(share: Share): string {
  return `${Number((share * 100).toPrecision(2))}%`;
}
