import { finish, type Steps } from '../../model/steps';
import type { Budget } from './build';
import { type Counts, countsOf } from './counts';
import type { Library } from './library';
import { cheapest, listed } from './listing';
import { minimalSolutions, smallSolutions } from './minimal';
import type { Plan } from './plan';
import { type Family, Zbdd } from './zbdd';

/** The minimal cut sets of a module as a family over its inputs. */
export interface FamilyPart {
  readonly kind: 'family';
  readonly inputs: Int32Array;
  readonly output: number;
  readonly families: Zbdd;
  readonly family: Family;
  /** Which input stands at each level. */
  readonly leaves: Int32Array;
}

/** One module of a plan with its minimal cut sets over its inputs. */
export type CutPart = FamilyPart | { readonly kind: 'all' | 'any'; readonly inputs: Int32Array; readonly output: number };

/** Nodes of one diagram of cut sets. */
const usualNodes = 4_000_000;
/** Where the whole diagram is too large, cut sets up to this order. */
const smallOrder = 3;

/** A minimal cut set as variables, in ascending order. */
export interface VariableSet {
  readonly variables: readonly number[];
  /** The sum of the costs of its variables. */
  readonly cost: number;
}

/** The minimal cut sets of one root, as diagrams: counted without listing, listed by any additive cost. */
export class CutSets {
  /** Undefined when all of them are there; else they are complete up to this order only. */
  readonly completeTo: number | undefined;
  readonly #parts: readonly CutPart[];
  readonly #top: Plan['top'];

  constructor(parts: readonly CutPart[], top: Plan['top'], completeTo: number | undefined) {
    this.#parts = parts;
    this.#top = top;
    this.completeTo = completeTo;
  }

  /** How many there are of each order; up to `completeTo` where that is given. */
  counts(): Counts {
    const counts = countsOf(this.#parts, this.#top);
    return this.completeTo === undefined ? counts : counts.slice(0, this.completeTo + 1);
  }

  /**
   * All sets whose cost is at most `most`, or undefined when there are more than `limit`. The cost of a set is the sum
   * of its variables' costs: one each lists by order, −ln q by probability.
   */
  within(cost: Float64Array, most: number, limit: number): readonly VariableSet[] | undefined {
    const sets = listed(this.#parts, this.#top, cost, most, limit);
    const { completeTo } = this;
    return completeTo === undefined ? sets : sets?.filter(({ variables }) => variables.length <= completeTo);
  }

  /** The cost of the cheapest set; `Infinity` when there is none. */
  cheapest(cost: Float64Array): number {
    return cheapest(this.#parts, this.#top, cost);
  }
}

/** The minimal cut sets of a plan; undefined when even those of small order do not fit the budget. */
export function cutSetsOf(plan: Plan, library: Library, budget: Budget, nodes = usualNodes): CutSets | undefined {
  return finish(cutSetSteps(plan, library, budget, nodes));
}

/** The same as {@link cutSetsOf} in small steps. */
export function* cutSetSteps(plan: Plan, library: Library, budget: Budget, nodes = usualNodes): Steps<CutSets | undefined> {
  const whole = yield* partsOf(plan, function* (module) {
    const diagram = yield* library.diagramOf(module.block, budget);
    if (!diagram) return undefined;
    const families = new Zbdd(nodes);
    const family = minimalSolutions(diagram, families);
    return family < 0 ? undefined : { families, family, leaves: diagram.order };
  });
  if (whole) return new CutSets(whole, plan.top, undefined);
  const small = yield* partsOf(plan, function* (module) {
    yield;
    const families = new Zbdd(nodes);
    const { family, order } = smallSolutions(module.block, families, smallOrder);
    const place = new Map(module.block.leaves.map((leaf, i) => [leaf, i]));
    return family < 0 ? undefined : { families, family, leaves: Int32Array.from(order, (leaf) => place.get(leaf) ?? 0) };
  });
  return small && new CutSets(small, plan.top, smallOrder);
}

type BlockModule = Extract<Plan['modules'][number], { kind: 'block' }>;

function* partsOf(
  plan: Plan,
  familyOf: (module: BlockModule) => Steps<Pick<FamilyPart, 'families' | 'family' | 'leaves'> | undefined>,
): Steps<readonly CutPart[] | undefined> {
  const parts: CutPart[] = [];
  for (const module of plan.modules) {
    const { inputs, output } = module;
    if (module.kind !== 'block') parts.push({ kind: module.kind, inputs, output });
    else {
      const family = yield* familyOf(module);
      yield;
      if (!family) return undefined;
      parts.push({ kind: 'family', inputs, output, ...family });
    }
  }
  return parts;
}
