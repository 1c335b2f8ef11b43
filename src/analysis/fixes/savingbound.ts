import { conditionsOf, GroupTable, representative } from '../availability/conditions';
import { type LossEffects, singleVariable } from '../availability/losses';
import type { Domain } from '../structure/domains';
import type { Structure } from '../structure/structure';

/** More states of failure domains than this are not gone through for a bound. */
const mostStates = 100;
const mostShared = 12;

/** One component in every state: that it does not serve, and that it serves but does not answer everything. */
interface Chances {
  readonly down: Float64Array;
  readonly slow: Float64Array;
  /** Whether it is a single point when it does not serve, or already when it does not answer everything. */
  readonly single: 'serves' | 'answers' | undefined;
}

/** What some components have to do with a journey's failure, in every state of the failure domains. */
export interface Part {
  /** That one of them does not serve or does not answer, at most. */
  readonly fails: Float64Array;
  /** The chance that no single point among them fails: the factors that are not zero, and how many are. */
  readonly works: Float64Array;
  readonly zeros: Int32Array;
}

/**
 * Bounds on what changes can save, from what they touch: a journey fails with them as it does without while nothing of
 * what they touch fails (a sum over that, at most), and whenever one of its single points elsewhere does.
 */
export class SavingBound {
  readonly #weights: readonly number[];
  readonly #chances: ReadonlyMap<number, Chances>;
  readonly #all: Part;

  constructor(weights: readonly number[], chances: ReadonlyMap<number, Chances>) {
    this.#weights = weights;
    this.#chances = chances;
    this.#all = this.partOf(chances.keys());
  }

  /**
   * The part of several components together. @param needed those without which the journey fails as well after the
   * changes, so that they matter only while they serve without answering everything
   */
  partOf(touched: Iterable<number>, needed?: ReadonlySet<number>): Part {
    const { length } = this.#weights;
    const sum: Part = { fails: new Float64Array(length), works: new Float64Array(length).fill(1), zeros: new Int32Array(length) };
    for (const component of touched) {
      const chances = this.#chances.get(component);
      if (chances) add(sum, chances, needed?.has(component) === true);
    }
    return sum;
  }

  /** The unavailability that changes with these parts together can save, at most. */
  of(...parts: readonly Part[]): number {
    let bound = 0;
    this.#weights.forEach((weight, state) => {
      let fails = 0;
      let works = 1;
      let zeros = 0;
      for (const part of parts) {
        fails += part.fails[state] as number;
        works *= part.works[state] as number;
        zeros += part.zeros[state] as number;
      }
      // The single points that none of them touches all work.
      const others = (this.#all.zeros[state] as number) > zeros ? 0 : (this.#all.works[state] as number) / works;
      bound += weight * Math.min(fails, others >= 0 ? others : 1, 1);
    });
    return bound * (1 + 1e-9);
  }
}

function add({ fails, works, zeros }: Part, { down, slow, single }: Chances, needed: boolean): void {
  for (let state = 0; state < fails.length; state++) {
    const dead = down[state] as number;
    const late = slow[state] as number;
    fails[state] = (fails[state] as number) + (needed ? late : dead + late);
    if (single === undefined || (needed && single === 'serves')) continue;
    const all = Math.max(0, single === 'serves' ? 1 - dead : 1 - dead - late);
    const rest = needed ? 1 - dead : 1;
    if (all > 0 && rest > 0) works[state] = ((works[state] as number) * all) / rest;
    else if (rest > 0) zeros[state] = (zeros[state] as number) + 1;
  }
}

/** Undefined where there are too many states. @param components those that the journey depends on */
export function savingBound(
  structure: Structure,
  { losses, journeys }: LossEffects,
  journey: number,
  components: readonly number[],
): SavingBound | undefined {
  const { groups, domains } = structure;
  const conditions = conditionsOf(components, groups, domains.list, () => false);
  const { shared } = conditions;
  if (shared.length > mostShared) return undefined;
  const weights = new Map<number, number>();
  for (let state = 0; state < 1 << shared.length; state++) {
    const one = representative(state, conditions);
    weights.set(one, (weights.get(one) ?? 0) + weightOf(state, shared, domains.list));
  }
  if (weights.size > mostStates) return undefined;
  const set = journeys[journey]?.up;
  const isSingle = set ? singleVariable(losses, set) : () => false;
  const states = [...weights.keys()];
  const chances = new Map<number, Chances>();
  for (const component of components) {
    const group = groups[component];
    if (!group) continue;
    const table = new GroupTable(component, group, domains.list, conditions);
    const single = isSingle(2 * component) ? (isSingle(2 * component + 1) ? 'answers' : 'serves') : undefined;
    const known = states.map((state) => table.in(state));
    const down = Float64Array.from(known, (chance) => chance.down);
    chances.set(component, { down, slow: Float64Array.from(known, ({ slow }) => slow), single });
  }
  return new SavingBound([...weights.values()], chances);
}

function weightOf(state: number, shared: readonly number[], domains: readonly Domain[]): number {
  let weight = 1;
  shared.forEach((domain, bit) => {
    const value = domains[domain]?.availability.value;
    weight *= value ? (((state >> bit) & 1) === 1 ? value.down : value.up) : 1;
  });
  return weight;
}
