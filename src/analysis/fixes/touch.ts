import { type Assumptions, concurrencyOf, replicaCount } from '../../model/defaults';
import type { Journey } from '../../model/journey';
import { applyChanges, type Change } from '../../remedies/change';
import type { Probe } from '../availability/rootmodel';
import { decidingLoads, derivedNeeds, type Loads, noLoads } from '../load/load';
import { type HangReason, hangReason } from '../structure/hanging';
import { replicaGroup } from '../structure/replicas';
import type { Structure } from '../structure/structure';
import { madeBy, type Wire } from '../structure/wiring';

/** Fields of a component that change its own chances and nothing else. */
const ownFields: ReadonlySet<string> = new Set([
  'replicas',
  'needs',
  'zones',
  'failover',
  'healthCheck',
  'availability',
  'mtbf',
  'mttr',
  'commonCause',
  'releases',
]);
/** Fields of a call that decide whether it can hang. */
const waitFields: ReadonlySet<string> = new Set(['timeout', 'deadline', 'retry', 'circuitBreaker', 'bulkhead']);

/** Tells what changes of a system can make a difference to, without making them. */
export class Touch {
  readonly #structure: Structure;
  readonly #given: Assumptions;
  readonly #loads: Loads;
  readonly #hanging = new Map<number, readonly { readonly wire: Wire; readonly reason: HangReason }[]>();
  readonly #hangTargets = new Set<number>();
  readonly #hangingCalls = new Set<string>();
  readonly #wires = new Map<string, Wire>();

  constructor(structure: Structure, given: Assumptions) {
    this.#structure = structure;
    this.#given = given;
    const { wiring } = structure;
    this.#loads = decidingLoads(wiring, given);
    wiring.from.forEach((wires, from) => {
      const hanging = wires.flatMap((wire) => {
        this.#wires.set(wire.call.id, wire);
        const reason = hangReason(wire, wiring, this.#loads);
        return reason === undefined ? [] : [{ wire, reason }];
      });
      if (hanging.length > 0) this.#hanging.set(from, hanging);
      for (const { wire } of hanging) {
        this.#hangTargets.add(wire.to);
        this.#hangingCalls.add(wire.call.id);
      }
    });
  }

  /** Whether nothing can hang, so that being up and being protected are the same. */
  get isSafe(): boolean {
    return this.#hanging.size === 0;
  }

  /** Whether the changes do nothing but end waits: then a journey is at most as good as protected. */
  onlyEndsWaits(changes: readonly Change[]): boolean {
    return changes.every((change) => change.kind === 'set-call' && Object.keys(change.fields).every((key) => waitFields.has(key)));
  }

  /**
   * The components of which one is not serving, or does not answer everything, whenever the changes make a difference;
   * undefined where that is not known, for then it may be any.
   */
  of(changes: readonly Change[]): ReadonlySet<number> | undefined {
    const touched = new Set<number>();
    for (const change of changes) {
      if (change.kind === 'set-component') {
        const number = this.#structure.wiring.numbers.get(change.component);
        if (!Object.keys(change.fields).every((key) => ownFields.has(key))) return undefined;
        if (number === undefined) continue;
        touched.add(number);
        // More replicas are a larger pool, too.
        for (const { wire, reason } of this.#hanging.get(number) ?? []) if (reason === 'fills the pool') this.#waitsFor(wire.to, touched);
      } else if (change.kind === 'set-call') {
        const wire = this.#wires.get(change.call);
        if (!wire) continue;
        for (const key of Object.keys(change.fields)) {
          if (waitFields.has(key)) this.#waitsFor(wire.to, touched);
          else if (key === 'required') this.#needs(wire.to, touched);
          else return undefined;
        }
      } else return undefined;
    }
    return touched;
  }

  /** The hanging calls that some changes end the waits of; undefined where the changes do anything else. */
  endedBy(changes: readonly Change[]): readonly Wire[] | undefined {
    const { wiring } = this.#structure;
    const ids = new Set(changes.map((change) => (change.kind === 'set-call' ? change.call : '')));
    const wires = [...ids].flatMap((id) => this.#wires.get(id) ?? []);
    if (!this.onlyEndsWaits(changes) || wires.length < ids.size) return undefined;
    const calls = applyChanges({ ...wiring.system, calls: wires.map(({ call }) => call) }, changes).calls;
    const ended: Wire[] = [];
    for (const [i, wire] of wires.entries()) {
      if (!this.canHang(wire.call.id)) return undefined;
      const call = calls[i] ?? wire.call;
      // How many wait for the same callee decides about the others, where the pool is known.
      const pooled = Number.isFinite(concurrencyOf(this.#structure.groups[wire.from]?.component ?? { name: '' }) ?? Infinity);
      if (pooled && (wiring.from[wire.from] ?? []).some((other) => other !== wire && other.to === wire.to)) return undefined;
      const breaks = call.circuitBreaker !== undefined && call.circuitBreaker !== 'none';
      if ((pooled && !breaks) || hangReason({ ...wire, call }, wiring, noLoads) !== undefined) return undefined;
      ended.push(wire);
    }
    return ended;
  }

  /** Whether a call can hang, by its id. */
  canHang(call: string): boolean {
    return this.#hangingCalls.has(call);
  }

  /** The calls that some changes make optional, where they do nothing else and nothing else answers instead. */
  madeOptionalBy(changes: readonly Change[]): readonly Wire[] | undefined {
    const wires: Wire[] = [];
    for (const change of changes) {
      if (change.kind !== 'set-call' || change.fields.required !== false || Object.keys(change.fields).length > 1) return undefined;
      const wire = this.#wires.get(change.call);
      if (wire && wire.fallback >= 0) return undefined;
      if (wire && !wire.optional) wires.push(wire);
    }
    return wires;
  }

  /** A component, and all that its calls can hang on. */
  #waitsFor(component: number, touched: Set<number>): void {
    this.#follow(component, touched, (number) => (this.#hanging.get(number) ?? []).map(({ wire }) => wire.to));
  }

  /** A component, and all that it calls. */
  #needs(component: number, touched: Set<number>): void {
    this.#follow(component, touched, (number) => (this.#structure.wiring.from[number] ?? []).flatMap(({ to, fallback }) => [to, fallback]));
  }

  #follow(component: number, touched: Set<number>, next: (component: number) => readonly number[]): void {
    const seen = new Set([component]);
    for (const number of seen) for (const other of next(number)) if (other >= 0) seen.add(other);
    for (const number of seen) touched.add(number);
  }

  /**
   * The components that a journey still cannot do without after some changes: those that its entry leads to by calls that
   * are needed and that nothing else answers. Others may be needed as well. None where the changes may do anything.
   */
  stillNeeded(journey: Journey, changes: readonly Change[]): ReadonlySet<number> {
    const { wiring } = this.#structure;
    const entry = wiring.numbers.get(journey.entry);
    const needed = new Set<number>();
    if (entry === undefined) return needed;
    const changed = new Set<string>();
    for (const change of changes) {
      if (change.kind !== 'set-call') return needed;
      const keys = Object.keys(change.fields);
      if (keys.some((key) => !waitFields.has(key))) changed.add(change.call);
    }
    const reached = new Set([entry]);
    for (const number of reached) {
      needed.add(number);
      for (const wire of madeBy(wiring.from[number] ?? [], journey)) {
        if (wire.optional || wire.fallback >= 0 || changed.has(wire.call.id)) continue;
        // What is published has to be taken in; the work itself may wait.
        if (wire.publish) needed.add(wire.to);
        else reached.add(wire.to);
      }
    }
    return needed;
  }

  /** The changes as other chances of one component; undefined where they are more than that. */
  probe(changes: readonly Change[]): Probe | undefined {
    const { wiring, groups, domains } = this.#structure;
    const names = new Set(changes.map((change) => (change.kind === 'set-component' ? change.component : undefined)));
    const [name] = names;
    const number = name === undefined ? undefined : wiring.numbers.get(name);
    const now = number === undefined ? undefined : groups[number];
    if (names.size !== 1 || name === undefined || number === undefined || !now || !this.of(changes)) return undefined;
    const system = applyChanges({ ...wiring.system, components: new Map([[name, now.component]]), calls: [] }, changes);
    const component = system.components.get(name) ?? now.component;
    const pool = (this.#hanging.get(number) ?? []).length > 0 && Number.isFinite(concurrencyOf(component) ?? Infinity);
    if (pool && replicaCount(component) !== replicaCount(now.component)) return undefined;
    const needs = component.needs ?? derivedNeeds({ ...wiring, system }, this.#loads, number) ?? 1;
    const group = replicaGroup(component, needs, domains, this.#given);
    // Whether it answers everything is a variable of its own, which the graph may not have.
    return group.unwatched && this.#hangTargets.has(number) ? undefined : { component: number, group };
  }
}
