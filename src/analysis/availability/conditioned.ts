import type { Steps } from '../../model/steps';
import type { Chance, Compiled, Side } from '../engine/compile';
import type { Domain } from '../structure/domains';
import type { ReplicaGroup } from '../structure/replicas';
import { type Conditions, conditionsOf, GroupTable, representative } from './conditions';
import type { Importance, Probe, RootFigures, RootModel, Weight } from './rootmodel';

/** Shared failure domains whose states are gone through one by one, at most. */
const mostShared = 16;
/** Visits of nodes, at most, for one evaluation in all states. */
const mostVisits = 20_000_000;

/**
 * A root over the events of whole components, evaluated in every state of the failure domains that several of them
 * share. Given such a state the components are independent: each is a module, and one diagram serves all states.
 */
export class ConditionedModel implements RootModel {
  readonly components: readonly number[];
  readonly #conditions: Conditions;
  readonly #compiled: Compiled;
  readonly #groups: readonly ReplicaGroup[];
  readonly #domains: readonly Domain[];
  readonly #tables: readonly GroupTable[];
  readonly #down: Float64Array;
  readonly #up: Float64Array;
  /** States that differ, with their probabilities, once they were asked for. */
  #known: ReadonlyMap<number, number> | undefined;
  /** Failure in each state, once it is known. */
  #results: ReadonlyMap<number, Chance> | undefined;

  /** @param components those that the root depends on, as in the conditions */
  constructor(
    compiled: Compiled,
    components: readonly number[],
    groups: readonly ReplicaGroup[],
    domains: readonly Domain[],
    conditions: Conditions,
    tables: readonly GroupTable[],
  ) {
    this.#compiled = compiled;
    this.#groups = groups;
    this.#domains = domains;
    this.components = components;
    this.#conditions = conditions;
    this.#tables = tables;
    this.#down = new Float64Array(2 * groups.length);
    this.#up = new Float64Array(2 * groups.length);
  }

  /** Whether there are few enough states to go through. */
  get isFeasible(): boolean {
    if (this.#conditions.shared.length > mostShared) return false;
    return this.#states().size * (this.#compiled.nodes + 2 * this.components.length) <= mostVisits;
  }

  *figures(): Steps<RootFigures> {
    return yield* this.#figures(this.#tables, this.#results);
  }

  *changed(probes: readonly Probe[]): Steps<RootFigures> {
    const others = new Map(probes.map(({ component, group }) => [component, this.#table(component, group)]));
    return yield* this.#figures(this.#tables.map((table) => others.get(table.component) ?? table));
  }

  *#figures(tables: readonly GroupTable[], known?: ReadonlyMap<number, Chance>): Steps<RootFigures> {
    const upper = yield* this.#sum('upper', tables, known);
    const { exact } = this.#compiled;
    return { exact, upper, lower: exact ? upper : yield* this.#sum('lower', tables) };
  }

  #table(component: number, group: ReplicaGroup, changed?: { readonly domain: number; readonly to: 'up' | 'down' }): GroupTable {
    return new GroupTable(component, group, this.#domains, this.#conditions, changed);
  }

  *#sum(side: Side, tables: readonly GroupTable[], known?: ReadonlyMap<number, Chance>): Steps<Chance> {
    let down = 0;
    let up = 0;
    for (const [state, weight] of this.#states()) {
      const chance = known?.get(state) ?? this.#evaluate(state, side, tables);
      down += weight * chance.down;
      up += weight * chance.up;
      yield;
    }
    return this.#withSingles({ down, up });
  }

  #evaluate(state: number, side: Side, tables: readonly GroupTable[]): Chance {
    for (const table of tables) {
      const chance = table.in(state);
      const at = 2 * table.component;
      this.#down[at] = chance.down;
      this.#up[at] = chance.up;
      // Given that it serves; never asked for when it does not.
      const slow = chance.up > 0 ? chance.slow / chance.up : 0;
      this.#down[at + 1] = slow;
      this.#up[at + 1] = 1 - slow;
    }
    return this.#compiled.evaluate(this.#down, this.#up, side);
  }

  #states(): ReadonlyMap<number, number> {
    if (this.#known) return this.#known;
    const weights = new Map<number, number>();
    for (let state = 0; state < 1 << this.#conditions.shared.length; state++) {
      const one = representative(state, this.#conditions);
      weights.set(one, (weights.get(one) ?? 0) + this.#weight(state, -1));
    }
    this.#known = weights;
    return weights;
  }

  /** The probability of a state, without the factor of one domain. */
  #weight(state: number, without: number): number {
    const { shared } = this.#conditions;
    let weight = 1;
    for (let bit = 0; bit < shared.length; bit++) {
      if (bit === without) continue;
      const value = this.#availability(shared[bit] as number);
      weight *= ((state >> bit) & 1) === 1 ? value.down : value.up;
    }
    return weight;
  }

  #availability(domain: number): Chance {
    return this.#domains[domain]?.availability.value ?? { down: 0, up: 1 };
  }

  #withSingles(chance: Chance, without = -1): Chance {
    let { down, up } = chance;
    for (const domain of this.#conditions.singles) {
      if (domain === without) continue;
      const value = this.#availability(domain);
      down += up * value.down;
      up *= value.up;
    }
    return { down, up };
  }

  /** One pass up and one pass down the diagrams in each state. */
  *importance(probes: readonly Probe[]): Steps<Importance | undefined> {
    if (!this.#compiled.exact) return undefined;
    const singles = this.#withSingles({ down: 0, up: 1 }).up;
    const components = new Map(this.components.map((component) => [component, { birnbaum: 0, saved: 0 }]));
    const asked = this.#ofOneComponent();
    const tables = [...asked.flatMap(({ up, down }) => [up, down]), ...probes.map(({ component, group }) => this.#table(component, group))];
    const byComponent = new Map<number, number[]>();
    for (const [i, { component }] of tables.entries()) {
      const known = byComponent.get(component);
      if (known) known.push(i);
      else byComponent.set(component, [i]);
    }
    const effects = new Array<number>(tables.length).fill(0);
    const results = new Map<number, Chance>();

    for (const [state, plain] of this.#states()) {
      yield;
      results.set(state, this.#evaluate(state, 'upper', this.#tables));
      const weight = plain * singles;
      if (weight === 0) continue;
      const slopes = this.#compiled.slopes();
      for (const table of this.#tables) {
        const now = table.in(state);
        // What it costs to answer slowly, and to not serve, each against working.
        const slow = now.up > 0 ? (slopes[2 * table.component + 1] as number) / now.up : 0;
        const dead = (slopes[2 * table.component] as number) + (now.up > 0 ? (now.slow / now.up) * slow : 0);
        const own = components.get(table.component);
        if (own) {
          own.birnbaum += weight * dead;
          own.saved += weight * (now.down * dead + now.slow * slow);
        }
        for (const i of byComponent.get(table.component) ?? []) {
          const other = (tables[i] as GroupTable).in(state);
          effects[i] = (effects[i] as number) + weight * ((other.down - now.down) * dead + (other.slow - now.slow) * slow);
        }
      }
    }
    this.#results = results;
    const ofOne = asked.map(({ domain }, i): [number, number] => [domain, (effects[2 * i + 1] as number) - (effects[2 * i] as number)]);
    return { components, domains: this.#domainWeights(singles, ofOne, results), probes: effects.slice(2 * asked.length) };
  }

  #domainWeights(singles: number, ofOne: readonly [number, number][], results: ReadonlyMap<number, Chance>): Map<number, Weight> {
    const domains = new Map<number, Weight>();
    const set = (domain: number, birnbaum: number): void => {
      domains.set(domain, { birnbaum, saved: birnbaum * this.#availability(domain).down });
    };
    let up = 0;
    for (const [state, weight] of this.#states()) up += weight * (results.get(state)?.up ?? 0);
    for (const domain of this.#conditions.singles) set(domain, this.#withSingles({ down: 1 - up, up }, domain).up);
    for (const [bit, domain] of this.#conditions.shared.entries()) set(domain, singles * this.#difference(bit, results));
    for (const [domain, birnbaum] of ofOne) set(domain, birnbaum);
    return domains;
  }

  /** P(up | domain up) − P(up | domain down). */
  #difference(bit: number, results: ReadonlyMap<number, Chance>): number {
    let sum = 0;
    for (let state = 0; state < 1 << this.#conditions.shared.length; state++) {
      if (((state >> bit) & 1) === 1) continue;
      const without = results.get(representative(state, this.#conditions));
      const failed = results.get(representative(state | (1 << bit), this.#conditions));
      if (without && failed) sum += this.#weight(state, bit) * (failed.down < 0.5 ? failed.down - without.down : without.up - failed.up);
    }
    return sum;
  }

  /** Domains in which one component stands alone: they act through its chances. */
  #ofOneComponent(): readonly { domain: number; up: GroupTable; down: GroupTable }[] {
    return [...this.#conditions.private].flatMap(([domain, component]) => {
      const group = this.#groups[component];
      if (!group) return [];
      const table = (to: 'up' | 'down'): GroupTable => this.#table(component, group, { domain, to });
      return [{ domain, up: table('up'), down: table('down') }];
    });
  }
}

/** Tables that are made between two pauses. */
const tablesAtOnce = 2000;

/** See {@link ConditionedModel}. @param isSingle whether a domain alone stops the root */
export function* conditionedModel(
  compiled: Compiled,
  groups: readonly ReplicaGroup[],
  domains: readonly Domain[],
  isSingle: (domain: number) => boolean,
): Steps<ConditionedModel> {
  const components = [...new Set(compiled.variables.map((variable) => variable >> 1))];
  const conditions = conditionsOf(components, groups, domains, isSingle);
  yield;
  const tables: GroupTable[] = [];
  for (const [i, component] of components.entries()) {
    const group = groups[component];
    if (group) tables.push(new GroupTable(component, group, domains, conditions));
    if (i % tablesAtOnce === tablesAtOnce - 1) yield;
  }
  return new ConditionedModel(compiled, components, groups, domains, conditions, tables);
}
