import { kindOf } from '../../model/defaults';
import { isMadeBy } from '../../model/paths';
import type { Seconds } from '../../model/units';
import type { Wire, Wiring } from '../structure/wiring';
import type { DnsInFront } from './figures';

/** How long the answer of a DNS name is kept where nobody wrote it. */
export const assumedTtl: Seconds = 60;

/** The DNS in front of each component, by number: of all from which requests reach it that with the longest time to live. */
export function dnsInFront(wiring: Wiring): ReadonlyMap<number, DnsInFront> {
  const names = wiring.names.flatMap((name, number) => {
    const component = wiring.system.components.get(name);
    if (!component || kindOf(component) !== 'dns') return [];
    return [{ number, dns: name, seconds: component.ttl ?? assumedTtl, assumed: component.ttl === undefined }];
  });
  names.sort((a, b) => b.seconds - a.seconds);
  const found = new Map<number, DnsInFront>();
  for (const { number, ...front } of names) {
    // The longest come first, so what another one has reached is done, with all behind it.
    const open = [number];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const { to, fallback } of wiring.from[node] ?? []) {
        for (const next of [to, fallback]) {
          if (next < 0 || found.has(next)) continue;
          found.set(next, front);
          open.push(next);
        }
      }
    }
  }
  return found;
}

/**
 * The first declared journey that needs each component, by number: it is reached by calls that the journey cannot do
 * without. Implied journeys have no objectives, so they are left out.
 */
export function neededBy(wiring: Wiring): ReadonlyMap<number, string> {
  const needed = wiring.from.map((wires) => wires.filter(isNeeded));
  const differs = leadsToDifferences(needed);
  const first = new Map<number, string>();
  /** The last journey that came by each component, counted from 1. */
  const seen = new Int32Array(needed.length);
  let count = 0;
  for (const journey of wiring.system.journeys.values()) {
    const entry = wiring.numbers.get(journey.entry);
    if (journey.implied || entry === undefined) continue;
    if (first.size === needed.length) break;
    count++;
    const open: number[] = [];
    const visit = (node: number): void => {
      // Behind a component from which all journeys go on alike, an earlier one has been everywhere.
      if (seen[node] === count || (seen[node] !== 0 && differs[node] !== 1)) return;
      if (seen[node] === 0) first.set(node, journey.name);
      seen[node] = count;
      open.push(node);
    };
    visit(entry);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const wire of needed[node] ?? []) if (isMadeBy(wire.call, journey.name)) visit(wire.to);
    }
  }
  return first;
}

/** Where another component answers instead, neither of the two is needed alone. */
function isNeeded(wire: Wire): boolean {
  return !wire.optional && (wire.fallback < 0 || wire.fallback === wire.to);
}

/** Marks the components from which some call is reached that only some journeys make. */
function leadsToDifferences(needed: readonly (readonly Wire[])[]): Uint8Array {
  const callers: number[][] = needed.map(() => []);
  const marked = new Uint8Array(needed.length);
  const open: number[] = [];
  const mark = (node: number): void => {
    if (marked[node] === 1) return;
    marked[node] = 1;
    open.push(node);
  };
  for (const wires of needed) {
    for (const { from, to, call } of wires) {
      callers[to]?.push(from);
      if (call.journeys !== undefined) mark(from);
    }
  }
  for (let node = open.pop(); node !== undefined; node = open.pop()) for (const caller of callers[node] ?? []) mark(caller);
  return marked;
}
