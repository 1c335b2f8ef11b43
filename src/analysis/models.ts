import type { Assumptions } from '../model/defaults';
import type { Budget } from './build';
import { compile } from './compile';
import { ConditionedModel } from './conditioned';
import { type Explicit, explicitOf } from './explicit';
import { explicitModel } from './explicitmodel';
import { Library } from './library';
import { type LossEffects, singleDomain, singleVariable } from './losses';
import { planOf } from './plan';
import type { RootModel } from './rootmodel';
import type { Steps } from './steps';
import type { Mode, Structure } from './structure';

/** How much work an analysis may do. */
export interface Limits {
  /** Nodes of decision diagrams that may be built, for all journeys together. Past them there are bounds. */
  readonly nodes?: number;
  /** Nodes that may be built at one go, without a pause. */
  readonly atOnce?: number;
  /** Where diagrams are kept from one analysis to the next; the one that all share where it is not given. */
  readonly library?: Library;
}

/** Diagrams are kept from one analysis to the next: while somebody types, most of a system stays as it was. */
const shared = new Library();

/** Nodes that one analysis may build, a fraction of a second, and some for every journey. */
const usualNodes = 300_000;
const nodesOfEach = 10_000;
/** Visits of gates in search of bounds: a fraction of a second too. */
const usualVisits = 12_000_000;

/** The models of all roots of one analysis; what several journeys and readings share is made once. */
export class RootModels {
  readonly #structure: Structure;
  readonly #effects: LossEffects;
  readonly #given: Assumptions;
  readonly #budget: Budget;
  readonly #library: Library;
  readonly #models = new Map<number, RootModel>();
  #explicit: { readonly value: Explicit | undefined } | undefined;

  constructor(structure: Structure, effects: LossEffects, given: Assumptions, { library = shared, nodes, ...rest }: Limits) {
    this.#structure = structure;
    this.#effects = effects;
    this.#given = given;
    const { length } = structure.journeys;
    this.#budget = { nodes: nodes ?? usualNodes + nodesOfEach * length, visits: usualVisits, share: length > 2 ? 0.5 : 1, ...rest };
    this.#library = library;
  }

  /** The model of a journey, by its place in the structure, in one reading. */
  *of(journey: number, mode: Mode): Steps<RootModel> {
    const root = this.#structure.journeys[journey]?.fails[mode] ?? 0;
    let model = this.#models.get(root);
    if (!model) {
      model = yield* this.#made(journey, mode, root);
      this.#models.set(root, model);
    }
    return model;
  }

  /** By component under the states of the failure domains; where those are too many, with all of them as variables. */
  *#made(journey: number, mode: Mode, root: number): Steps<RootModel> {
    const { graph, groups, domains } = this.#structure;
    const { losses, journeys } = this.#effects;
    const set = journeys[journey]?.[mode];
    const single = set ? singleVariable(losses, set) : () => false;
    const compiled = yield* compile(planOf(graph, root, 2 * groups.length, single), this.#library, this.#budget);
    const model = new ConditionedModel(compiled, groups, domains.list, set ? singleDomain(losses, set, single) : () => false);
    if (model.isFeasible) return model;
    this.#explicit ??= { value: explicitOf(this.#structure, this.#given) };
    const explicit = this.#explicit.value;
    const failure = explicit?.journeys[journey]?.fails[mode];
    if (!explicit || failure === undefined) return model;
    return yield* explicitModel(this.#structure, explicit, failure, this.#library, this.#budget);
  }
}
