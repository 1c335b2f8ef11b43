import type { Domain } from '../structure/domains';
import { type ReplicaGroup, shapeOf } from '../structure/replicas';
import { type GroupChance, GroupChances, type Known } from './groupchance';

/** All states of the shared failure domains that make a difference, each with its probability. */
export interface Conditions {
  /** Domains whose loss alone stops the root: taken as up here, and their chance multiplied in at the end. */
  readonly singles: ReadonlySet<number>;
  /** Domains that several components stand in, by bit. A set bit is a domain that is down. */
  readonly shared: readonly number[];
  /** The bit of each shared zone's region, −1 where that is not shared. */
  readonly regions: readonly number[];
  /** The domains that only one component stands in: part of that component's own chance. */
  readonly private: ReadonlyMap<number, number>;
}

/** The failure domains that a component stands in. */
export function domainsOfGroup(group: ReplicaGroup, domains: readonly Domain[]): readonly number[] {
  const result = [...group.fates];
  for (const { zone } of group.clusters) {
    if (zone < 0) continue;
    result.push(zone);
    const region = domains[zone]?.region ?? -1;
    if (region >= 0 && !result.includes(region)) result.push(region);
  }
  return result;
}

/** @param components those that the root depends on @param isSingle whether a domain alone stops the root */
export function conditionsOf(
  components: readonly number[],
  groups: readonly ReplicaGroup[],
  domains: readonly Domain[],
  isSingle: (domain: number) => boolean,
): Conditions {
  const users = new Map<number, number[]>();
  for (const component of components) {
    const group = groups[component];
    if (!group) continue;
    for (const domain of domainsOfGroup(group, domains)) {
      const known = users.get(domain);
      if (known) known.push(component);
      else users.set(domain, [component]);
    }
  }
  const singles = new Set<number>();
  const shared: number[] = [];
  const own = new Map<number, number>();
  for (const [domain, by] of [...users].sort(([a], [b]) => a - b)) {
    const [only] = by;
    if (isSingle(domain)) singles.add(domain);
    else if (by.length > 1 || only === undefined || (domains[domain]?.availability.value.up ?? 1) === 0) shared.push(domain);
    else own.set(domain, only);
  }
  return { singles, shared, regions: shared.map((domain) => shared.indexOf(domains[domain]?.region ?? -1)), private: own };
}

/** A component's chances in every state of the shared domains that it stands in, worked out when first asked for. */
export class GroupTable {
  readonly component: number;
  readonly #chances: StateChances;

  /** @param changed a domain that is taken as up or down instead */
  constructor(
    component: number,
    group: ReplicaGroup,
    domains: readonly Domain[],
    conditions: Conditions,
    changed?: { readonly domain: number; readonly to: 'up' | 'down' },
  ) {
    this.component = component;
    this.#chances = changed ? new StateChances(group, domains, conditions, changed) : sharedChances(group, domains, conditions);
  }

  /** The component's chance in one state of all shared domains. */
  in(state: number): GroupChance {
    return this.#chances.in(state);
  }
}

/** Most components of a system are replicated in one of a few ways: what is alike is worked out once. */
function sharedChances(group: ReplicaGroup, domains: readonly Domain[], conditions: Conditions): StateChances {
  let chances = alike.get(conditions);
  if (!chances) {
    chances = new Map();
    alike.set(conditions, chances);
  }
  const shape = shapeOf(group);
  const known = chances.get(shape) ?? new StateChances(group, domains, conditions);
  chances.set(shape, known);
  return known;
}

const alike = new WeakMap<Conditions, Map<string, StateChances>>();

class StateChances {
  /** Which bits of the state count, in order. */
  readonly #bits: readonly number[];
  readonly #shared: readonly number[];
  readonly #singles: ReadonlySet<number>;
  readonly #chances: GroupChances;
  readonly #known: (GroupChance | undefined)[] = [];
  readonly #changed: { readonly domain: number; readonly to: 'up' | 'down' } | undefined;

  constructor(
    group: ReplicaGroup,
    domains: readonly Domain[],
    conditions: Conditions,
    changed?: { readonly domain: number; readonly to: 'up' | 'down' },
  ) {
    const standsIn = domainsOfGroup(group, domains);
    this.#bits = conditions.shared.flatMap((domain, bit) => (standsIn.includes(domain) ? [bit] : []));
    this.#shared = conditions.shared;
    this.#singles = conditions.singles;
    this.#chances = new GroupChances(group, domains);
    this.#changed = changed;
  }

  in(state: number): GroupChance {
    let index = 0;
    for (let i = 0; i < this.#bits.length; i++) index |= ((state >> (this.#bits[i] as number)) & 1) << i;
    let chance = this.#known[index];
    if (!chance) {
      chance = this.#chances.given((domain) => this.#state(domain, state));
      this.#known[index] = chance;
    }
    return chance;
  }

  #state(domain: number, state: number): Known {
    if (this.#changed?.domain === domain) return this.#changed.to;
    if (this.#singles.has(domain)) return 'up';
    const bit = this.#shared.indexOf(domain);
    if (bit < 0) return 'open';
    return ((state >> bit) & 1) === 1 ? 'down' : 'up';
  }
}

/** With a region down, the states of its zones make no difference: one state stands for all of them. */
export function representative(state: number, conditions: Conditions): number {
  let result = state;
  for (let bit = 0; bit < conditions.regions.length; bit++) {
    const region = conditions.regions[bit] as number;
    if (region >= 0 && ((state >> region) & 1) === 1) result |= 1 << bit;
  }
  return result;
}
