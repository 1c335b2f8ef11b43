import type { Steps } from '../../model/steps';
import type { Budget } from '../engine/build';
import { compile } from '../engine/compile';
import { Library } from '../engine/library';
import { planSteps } from '../engine/plan';
import { type Explicit, explicitSteps } from '../structure/explicit';
import type { Mode, Structure } from '../structure/structure';
import { conditionedModel } from './conditioned';
import { explicitModel } from './explicitmodel';
import { type LossEffects, singleDomain, singleVariable } from './losses';
import type { RootModel } from './rootmodel';

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
const usualNodes = 400_000;
const nodesOfEach = 10_000;
/** Visits of gates in search of bounds: a fraction of a second too. */
const usualVisits = 8_000_000;

/** The models of all roots of one analysis; what several journeys and readings share is made once. */
export class RootModels {
  readonly #structure: Structure;
  readonly #effects: LossEffects;
  readonly #budget: Budget;
  readonly #library: Library;
  readonly #models = new Map<number, RootModel>();
  #explicit: { readonly value: Explicit | undefined } | undefined;

  constructor(structure: Structure, effects: LossEffects, { library = shared, nodes, ...rest }: Limits) {
    this.#structure = structure;
    this.#effects = effects;
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
    const plan = yield* planSteps(graph, root, 2 * groups.length, single);
    yield;
    const compiled = yield* compile(plan, this.#library, this.#budget);
    yield;
    const model = yield* conditionedModel(compiled, groups, domains.list, set ? singleDomain(losses, set, single) : () => false);
    if (model.isFeasible) return model;
    this.#explicit ??= { value: yield* explicitSteps(this.#structure) };
    const explicit = this.#explicit.value;
    const failure = explicit?.journeys[journey]?.fails[mode];
    if (!explicit || failure === undefined) return model;
    return yield* explicitModel(this.#structure, explicit, failure, this.#library, this.#budget);
  }
}
