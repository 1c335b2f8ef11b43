import type { Journey } from '../../model/journey';
import { always, type Gate, never } from '../engine/graph';
import { type Need, solveRing, targetsOf } from './ring';
import { ringsOf } from './rings';
import type { Leaves, Mode } from './structure';
import { madeBy, type Wire, type Wiring } from './wiring';

/**
 * Builds the event that a component does not work for a journey: it does not serve, a call of its own hangs, or a
 * call that it needs is not satisfied. The greatest fixed point of *works*, so the least of these events.
 */
export class WorksBuilder {
  readonly #wiring: Wiring;
  readonly #leaves: Leaves;
  readonly #hangs: readonly Gate[];
  /** Components behind which some call is made by certain journeys only. The rest is the same for all journeys. */
  readonly #particular: Uint8Array;
  readonly #common = new Map<Mode, Int32Array>();
  /** Readings that cannot differ from *up* here are not built again. */
  readonly #same: ReadonlySet<Mode>;

  constructor(wiring: Wiring, leaves: Leaves, hangs: readonly Gate[]) {
    this.#wiring = wiring;
    this.#leaves = leaves;
    this.#hangs = hangs;
    this.#particular = particularOf(wiring);
    const same = new Set<Mode>(['up']);
    if (hangs.every((hang) => hang === never)) same.add('protected');
    if (wiring.from.every((wires) => wires.every((wire) => !wire.optional && !wire.publish))) same.add('fullyFeatured');
    this.#same = same;
  }

  fails(entry: number, journey: Journey, reading: Mode): Gate {
    const mode = this.#same.has(reading) ? 'up' : reading;
    const size = this.#wiring.names.length;
    let common = this.#common.get(mode);
    if (!common) {
      common = new Int32Array(size).fill(-1);
      this.#common.set(mode, common);
    }
    const known = this.#particular[entry] === 1 ? common.slice() : common;
    if (known[entry] === -1) this.#build(entry, journey, mode, known, common);
    return known[entry] as Gate;
  }

  /** Fills `known` for everything that the entry needs, and `common` with what holds for every journey. */
  #build(entry: number, journey: Journey, mode: Mode, known: Int32Array, common: Int32Array): void {
    const needs: (readonly Need[])[] = [];
    const base: Gate[] = [];
    const { graph } = this.#leaves;
    const rings = ringsOf(
      known.length,
      (node) => {
        if (known[node] !== -1) return [];
        const own: Gate[] = [this.#leaves.notServing(node)];
        if (mode !== 'protected') own.push(this.#hangs[node] ?? never);
        const list: Need[] = [];
        for (const wire of madeBy(this.#wiring.from[node] ?? [], journey)) this.#need(wire, mode, list, own);
        needs[node] = list;
        base[node] = graph.or(own);
        return targetsOf(list);
      },
      [entry],
    );
    for (const members of rings.members) {
      const [first] = members;
      if (first === undefined || known[first] !== -1) continue;
      solveRing(graph, members, base, needs, known);
      for (const member of members) if (this.#particular[member] === 0) common[member] = known[member] as Gate;
    }
  }

  #need(wire: Wire, mode: Mode, needs: Need[], own: Gate[]): void {
    const whole = mode === 'fullyFeatured';
    if (wire.optional && !whole) return;
    if (!wire.publish || whole) {
      needs.push({ and: always, on: wire.fallback < 0 ? [wire.to] : [wire.to, wire.fallback] });
    } else if (wire.fallback < 0) own.push(this.#leaves.notServing(wire.to));
    else needs.push({ and: this.#leaves.notServing(wire.to), on: [wire.fallback] });
  }
}

function particularOf(wiring: Wiring): Uint8Array {
  const particular = new Uint8Array(wiring.names.length);
  const callers: number[][] = wiring.names.map(() => []);
  const found: number[] = [];
  const mark = (node: number): void => {
    if (particular[node] === 1) return;
    particular[node] = 1;
    found.push(node);
  };
  wiring.from.forEach((wires, from) => {
    for (const wire of wires) {
      callers[wire.to]?.push(from);
      if (wire.fallback >= 0) callers[wire.fallback]?.push(from);
      if (wire.call.journeys !== undefined) mark(from);
    }
  });
  for (const node of found) for (const caller of callers[node] ?? []) mark(caller);
  return particular;
}
