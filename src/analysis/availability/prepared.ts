import type { Component } from '../../model/component';
import { type Assumptions, assumptionsOf } from '../../model/defaults';
import { finish } from '../../model/steps';
import type { System } from '../../model/system';
import { analyse } from '../analyse';
import type { Figure } from '../figures';
import { type ReplicaGroup, replicaGroup } from '../structure/replicas';
import { type Structure, structureOf } from '../structure/structure';
import { lossEffects } from './losses';
import { type Limits, RootModels } from './models';
import { type Probe, toFigure } from './rootmodel';

/** A system made ready to be asked again and again what if some number were another. */
export class Prepared {
  readonly #system: System;
  readonly #given: Assumptions;
  readonly #limits: Limits;
  readonly #structure: Structure;
  readonly #models: RootModels;

  constructor(system: System, given: Assumptions = assumptionsOf(system), limits: Limits = {}) {
    this.#system = system;
    this.#given = given;
    this.#limits = limits;
    this.#structure = structureOf(system, given);
    this.#models = new RootModels(this.#structure, lossEffects(this.#structure), limits);
  }

  /**
   * Whether a journey is up, with some components replaced by changed ones of the same name. Where only figures changed
   * nothing is built again; any other change is analysed from the start. Undefined for a journey without a figure.
   */
  up(journey: string, changed: readonly Component[] = []): Figure | undefined {
    const number = this.#structure.journeys.findIndex((roots) => roots.journey.name === journey);
    if (number < 0) return undefined;
    const probes = changed.flatMap((component) => this.#probe(component) ?? []);
    if (probes.length === changed.length) {
      const model = finish(this.#models.of(number, 'up'));
      return toFigure(finish(probes.length > 0 ? model.changed(probes) : model.figures()));
    }
    const components = new Map(this.#system.components);
    for (const component of changed) components.set(component.name, component);
    const figures = analyse({ ...this.#system, components }, this.#given, this.#limits);
    return figures.journeys.find((other) => other.journey === journey)?.up;
  }

  #probe(component: Component): Probe | undefined {
    const { wiring, groups, domains } = this.#structure;
    const number = wiring.numbers.get(component.name);
    const group = number === undefined ? undefined : groups[number];
    if (number === undefined || !group) return undefined;
    const now = group.component;
    if (component.needs !== now.needs || component.concurrency !== now.concurrency || component.serviceTime !== now.serviceTime)
      return undefined;
    const changed = replicaGroup(component, group.needs, domains, this.#given);
    return sameShape(group, changed) ? { component: number, group: changed } : undefined;
  }
}

/** Whether two groups have the same variables, and differ in their probabilities alone. */
function sameShape(a: ReplicaGroup, b: ReplicaGroup): boolean {
  return (
    a.needs === b.needs &&
    a.unwatched === b.unwatched &&
    a.zones.length === b.zones.length &&
    a.zones.every((zone, i) => zone === b.zones[i]) &&
    a.common > 0 === b.common > 0 &&
    a.release > 0 === b.release > 0 &&
    a.switching > 0 === b.switching > 0
  );
}
