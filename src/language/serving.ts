import { analyse } from '../analysis/analyse';
import type { Figure } from '../analysis/figures';
import { derivedNeeds, loadsOf } from '../analysis/load';
import { type Wiring, wiringOf } from '../analysis/wiring';
import { assumptions } from '../model/defaults';
import type { System } from '../model/system';

/** More journeys times components than this take seconds, and an editor that does not answer is worse than no figures. */
const mostSteps = 5_000_000;

/** Whether a system has so many journeys that figures cannot be computed at every keystroke. */
export function isTooLarge(system: System): boolean {
  return system.journeys.size * system.components.size > mostSteps;
}

/**
 * The availability of one component by itself: all its replicas with their zones, regions, shared fates, releases and
 * failover, and without what it calls. It is the figure of a journey that enters there and goes no further.
 */
export class Serving {
  readonly #system: System;
  readonly #known = new Map<string, Figure | undefined>();
  #loads: { readonly wiring: Wiring; readonly journeys: ReturnType<typeof loadsOf> } | undefined;

  constructor(system: System) {
    this.#system = system;
  }

  /** Undefined for a name that is no component. */
  of(name: string): Figure | undefined {
    if (!this.#known.has(name)) this.#known.set(name, this.#compute(name));
    return this.#known.get(name);
  }

  #compute(name: string): Figure | undefined {
    const component = this.#system.components.get(name);
    if (!component) return undefined;
    const needs = component.needs ?? this.#derivedNeeds(name);
    const alone = analyse({
      ...this.#system,
      components: new Map([[name, { ...component, ...(needs === undefined ? {} : { needs }) }]]),
      calls: [],
      journeys: new Map([[name, { name, entry: name, implied: true }]]),
    });
    return alone.journeys[0]?.up;
  }

  /** How many replicas the load needs, which can no longer be told once the calls are taken away. */
  #derivedNeeds(name: string): number | undefined {
    if (isTooLarge(this.#system)) return undefined;
    if (!this.#loads) {
      const wiring = wiringOf(this.#system);
      this.#loads = { wiring, journeys: loadsOf(wiring, assumptions) };
    }
    const number = this.#loads.wiring.numbers.get(name);
    return number === undefined ? undefined : derivedNeeds(this.#loads.wiring, this.#loads.journeys, number);
  }
}
