import type { Steps } from '../../model/steps';
import type { Budget } from '../engine/build';
import { type Compiled, compile } from '../engine/compile';
import { coneOf, effectSteps } from '../engine/failures';
import { always, FailureGraph, type Gate, kinds, never } from '../engine/graph';
import type { Library } from '../engine/library';
import { planSteps } from '../engine/plan';
import { remade } from '../engine/reduce';
import { domainVariable, type Explicit } from '../structure/explicit';
import type { Structure } from '../structure/structure';
import type { Importance, Probe, RootFigures, RootModel, Weight } from './rootmodel';

/**
 * A root with every replica, zone, region and shared fate a variable of one diagram: for systems in so many failure
 * domains that their states cannot be gone through.
 */
export class ExplicitModel implements RootModel {
  readonly components: readonly number[];
  readonly #structure: Structure;
  readonly #explicit: Explicit;
  readonly #root: Gate;
  readonly #library: Library;
  readonly #budget: Budget;
  readonly #compiled: Compiled;

  constructor(structure: Structure, explicit: Explicit, root: Gate, made: Compiled, library: Library, budget: Budget) {
    this.#structure = structure;
    this.#explicit = explicit;
    this.#root = root;
    this.#library = library;
    this.#budget = budget;
    this.#compiled = made;
    const below = new Set<number>([root]);
    for (const gate of coneOf(explicit.graph, [root])) for (const arg of explicit.graph.args(gate)) below.add(arg);
    this.components = structure.groups.flatMap((_, component) => (below.has(explicit.notServing[component] ?? -1) ? [component] : []));
  }

  *figures(): Steps<RootFigures> {
    yield;
    return this.#figures(this.#explicit.down, this.#explicit.up);
  }

  *changed(probes: readonly Probe[]): Steps<RootFigures> {
    yield;
    const { down, up } = this.#with(probes);
    return this.#figures(down, up);
  }

  #figures(down: Float64Array, up: Float64Array): RootFigures {
    const upper = this.#compiled.evaluate(down, up, 'upper');
    const { exact } = this.#compiled;
    return { exact, upper, lower: exact ? upper : this.#compiled.evaluate(down, up, 'lower') };
  }

  /** The probabilities with other figures of some components. */
  #with(probes: readonly Probe[]): { readonly down: Float64Array; readonly up: Float64Array } {
    const down = this.#explicit.down.slice();
    const up = this.#explicit.up.slice();
    const groups = new Map(probes.map(({ component, group }) => [this.#structure.groups[component]?.component.name, group]));
    for (const [variable, event] of this.#explicit.events.entries()) {
      const group = 'component' in event ? groups.get(event.component) : undefined;
      if (!group || !('component' in event)) continue;
      const own = { replica: group.own.down, commonCause: group.common, release: group.release, switching: group.switching };
      down[variable] = own[event.kind];
      up[variable] = event.kind === 'replica' ? group.own.up : 1 - own[event.kind];
    }
    return { down, up };
  }

  /** Of components only where the budget lasts: each is asked what would be if it never, or always, failed. */
  *importance(probes: readonly Probe[]): Steps<Importance | undefined> {
    if (!this.#compiled.exact) return undefined;
    const { down, up } = this.#explicit;
    const plain = this.#compiled.evaluate(down, up);
    const slopes = this.#compiled.slopes().slice();
    const domains = new Map<number, Weight>();
    for (const [domain, { availability }] of this.#structure.domains.list.entries()) {
      const birnbaum = slopes[domainVariable(domain)] as number;
      if (birnbaum !== 0) domains.set(domain, { birnbaum, saved: birnbaum * availability.value.down });
    }
    const components = new Map<number, Weight>();
    for (const component of this.components) {
      const best = yield* this.#forced(component, never);
      const worst = yield* this.#forced(component, always);
      if (best === undefined || worst === undefined) break;
      components.set(component, { birnbaum: worst - best, saved: plain.down - best });
    }
    const effects: number[] = [];
    for (const probe of probes) {
      yield;
      const changed = this.#with([probe]);
      effects.push(this.#compiled.evaluate(changed.down, changed.up).down - plain.down);
    }
    return { components, domains, probes: effects };
  }

  /** The probability of failure with a component's state settled; undefined when the budget is spent. */
  *#forced(component: number, state: Gate): Steps<number | undefined> {
    const { graph, notServing, notResponsive, events, down, up } = this.#explicit;
    const settled = new Set([notServing[component], notResponsive[component]]);
    const result = new FailureGraph();
    const copy = new Map<Gate, Gate>();
    const copied = (gate: Gate): Gate => {
      if (gate < 2) return gate;
      if (settled.has(gate)) return state;
      return graph.kind(gate) === kinds.variable ? result.variable(graph.value(gate)) : (copy.get(gate) ?? never);
    };
    for (const gate of coneOf(graph, [this.#root])) {
      copy.set(gate, remade(result, graph.kind(gate), graph.value(gate), Array.from(graph.args(gate), copied)));
    }
    const forced = yield* compiled(result, copied(this.#root), events.length, this.#library, this.#budget);
    return forced.exact ? forced.evaluate(down, up).down : undefined;
  }
}

/** See {@link ExplicitModel}. */
export function* explicitModel(
  structure: Structure,
  explicit: Explicit,
  root: Gate,
  library: Library,
  budget: Budget,
): Steps<ExplicitModel> {
  const made = yield* compiled(explicit.graph, root, explicit.events.length, library, budget);
  return new ExplicitModel(structure, explicit, root, made, library, budget);
}

function* compiled(graph: FailureGraph, root: Gate, variables: number, library: Library, budget: Budget): Steps<Compiled> {
  const candidates = Array.from({ length: variables }, (_, variable) => [graph.variable(variable)]);
  const [single] = yield* effectSteps(graph, [root], candidates);
  const plan = yield* planSteps(graph, root, variables, (variable) => single?.has(variable) ?? false);
  return yield* compile(plan, library, budget);
}
