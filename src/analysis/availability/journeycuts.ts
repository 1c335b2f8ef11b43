import { type Assumptions, assumptionsOf } from '../../model/defaults';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { type CutSets, cutSetSteps } from '../engine/cutsets';
import { effectSteps } from '../engine/failures';
import { Library } from '../engine/library';
import { planSteps } from '../engine/plan';
import { explicitSteps, type FailureEvent } from '../structure/explicit';
import { structureSteps } from '../structure/structure';

/** Things that stop a journey when they fail together, none of them to spare. */
export interface CutSet {
  readonly events: readonly FailureEvent[];
  readonly probability: number;
}

/** Nodes of decision diagrams for one journey: this is asked for, not computed at every keystroke. */
const usualNodes = 2_000_000;

/** The minimal cut sets of one journey, if failures hang. */
export class JourneyCutSets {
  /** Undefined when all cut sets are there; else they are complete up to this order only, and the rest is not counted. */
  readonly completeTo: number | undefined;
  /** How many there are, by order: the i-th is how many have i members. Counted, not listed. */
  readonly counts: readonly bigint[];
  readonly #cuts: CutSets;
  readonly #events: readonly FailureEvent[];
  readonly #down: Float64Array;

  constructor(cuts: CutSets, events: readonly FailureEvent[], down: Float64Array) {
    this.#cuts = cuts;
    this.#events = events;
    this.#down = down;
    this.completeTo = cuts.completeTo;
    this.counts = cuts.counts();
  }

  /** All cut sets of at most this order, by order and then probability; undefined when they are more than `limit`. */
  upTo(order: number, limit = 10_000): readonly CutSet[] | undefined {
    const ones = new Float64Array(this.#down.length).fill(1);
    const sets = this.#cuts.within(ones, order, limit)?.map(({ variables }) => this.#cutSet(variables));
    return sets?.sort((a, b) => a.events.length - b.events.length || b.probability - a.probability);
  }

  /** The likeliest cut sets, the likeliest first; those that cannot happen are left out. */
  likeliest(count: number): readonly CutSet[] {
    const cost = this.#down.map((q) => (q > 0 ? -Math.log(q) : Infinity));
    const most = 100 * count + 1000;
    let found: readonly CutSet[] = [];
    // As many as are wanted, within a factor of ten of the least likely of them, and again with less.
    for (let bound = this.#cuts.cheapest(cost); bound < Infinity && bound < 745; bound += Math.LN10) {
      const sets = this.#cuts.within(cost, bound + 1e-9, most);
      if (!sets) break;
      found = sets.map(({ variables }) => this.#cutSet(variables));
      if (found.length >= count) break;
    }
    return [...found].sort((a, b) => b.probability - a.probability).slice(0, count);
  }

  #cutSet(variables: readonly number[]): CutSet {
    const events = variables.flatMap((variable) => this.#events[variable] ?? []);
    return { events, probability: variables.reduce((q, variable) => q * (this.#down[variable] as number), 1) };
  }
}

/**
 * The minimal cut sets of a journey: sets of replicas, zones, regions, shared fates (and common causes, releases and
 * switchings) whose failure stops it. Undefined for a journey without a figure, and where even small sets are too many.
 */
export function journeyCutSets(
  system: System,
  journey: string,
  given: Assumptions = assumptionsOf(system),
  limits: { readonly nodes?: number } = {},
): JourneyCutSets | undefined {
  return finish(journeyCutSteps(system, journey, given, limits));
}

/** The same as {@link journeyCutSets} in small steps. */
export function* journeyCutSteps(
  system: System,
  journey: string,
  given: Assumptions = assumptionsOf(system),
  { nodes = usualNodes }: { readonly nodes?: number } = {},
): Steps<JourneyCutSets | undefined> {
  const explicit = yield* explicitSteps(yield* structureSteps(system, given));
  const root = explicit?.journeys.find((roots) => roots.journey.name === journey)?.fails.up;
  if (!explicit || root === undefined) return undefined;
  const { graph, events, down, ignored } = explicit;
  const [single] = yield* effectSteps(
    graph,
    [root],
    events.map((_, event) => [graph.variable(event)]),
  );
  const plan = yield* planSteps(
    graph,
    root,
    events.length,
    (event) => single?.has(event) ?? false,
    (event) => ignored.has(event),
  );
  const cuts = yield* cutSetSteps(plan, new Library(), { nodes });
  return cuts && new JourneyCutSets(cuts, events, down);
}
