import { effectsOf } from '../analysis/engine/failures';
import { sizeOf } from '../analysis/structure/replicas';
import { type Mode, structureOf } from '../analysis/structure/structure';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import type { Core } from '../simulation/core';
import { upOf } from './failing';

/**
 * How long the engine was in each state that the analysis tells apart: by component, whether it serves, and whether one
 * of its replicas is dead that nobody takes out.
 */
export class StateWatch {
  readonly #structure;
  readonly #components;
  /** By the variables of the analysis that have failed. */
  readonly #seconds = new Map<string, { readonly variables: readonly number[]; seconds: Seconds }>();
  #total = 0;

  constructor(core: Core, system: System) {
    this.#structure = structureOf(system);
    this.#components = this.#structure.groups.map((group) => core.componentByName.get(group.component.name));
  }

  readonly watch = (seconds: Seconds): void => {
    const variables = this.#structure.groups.flatMap((group, number) => {
      const component = this.#components[number];
      if (!component) return [];
      const up = upOf(component, sizeOf(group));
      if (up < group.needs) return [2 * number];
      return group.unwatched && up < sizeOf(group) ? [2 * number + 1] : [];
    });
    const key = variables.join();
    const known = this.#seconds.get(key);
    if (known) known.seconds += seconds;
    else this.#seconds.set(key, { variables, seconds });
    this.#total += seconds;
  };

  /** The share of the time in which a journey did not work, by the analysis' own rules. */
  down(journey: string, mode: Mode): number {
    const { graph, journeys } = this.#structure;
    const root = journeys.find((one) => one.journey.name === journey)?.fails[mode];
    if (root === undefined) return Number.NaN;
    const states = [...this.#seconds.values()];
    const [fails] = effectsOf(
      graph,
      [root],
      states.map(({ variables }) => variables.map((variable) => graph.variable(variable))),
    );
    return states.reduce((sum, { seconds }, i) => sum + (fails?.has(i) ? seconds : 0), 0) / this.#total;
  }
}
