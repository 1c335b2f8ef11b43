import { type Assumptions, assumptionsOf } from '../../model/defaults';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { periods } from '../../model/words';
import { applyChanges, type Change } from '../../remedies/change';
import { lossSteps } from '../availability/losses';
import { type Limits, RootModels } from '../availability/models';
import { toFigure } from '../availability/rootmodel';
import type { Figure } from '../figures';
import { needsLoads } from '../load/load';
import { structureSteps } from '../structure/structure';
import { wiringOf } from '../structure/wiring';

/** Something that can be done, such as a remedy. */
export interface Fix {
  readonly changes: readonly Change[];
}

/** Whether each journey is up, if failures hang: the one figure without what explains it. */
export function upFigures(system: System, given: Assumptions = assumptionsOf(system), limits: Limits = {}): ReadonlyMap<string, Figure> {
  return finish(upSteps(system, given, limits));
}

/** The same as {@link upFigures} in small steps. @param only the journeys that are asked for */
export function* upSteps(
  system: System,
  given: Assumptions,
  limits: Limits,
  only?: ReadonlySet<string>,
): Steps<ReadonlyMap<string, Figure>> {
  const structure = yield* structureSteps(only ? narrowed(system, only) : system, given);
  const models = new RootModels(structure, yield* lossSteps(structure), limits);
  const figures = new Map<string, Figure>();
  for (const [i, { journey }] of structure.journeys.entries()) {
    if (only && !only.has(journey.name)) continue;
    figures.set(journey.name, toFigure(yield* (yield* models.of(i, 'up')).figures()));
  }
  return figures;
}

/** Without the other journeys, where they bring no load that counts. */
export function narrowed(system: System, only: ReadonlySet<string>): System {
  if (needsLoads(wiringOf(system))) return system;
  return { ...system, journeys: new Map([...system.journeys].filter(([name]) => only.has(name))) };
}

/**
 * What some changes save of each journey's downtime, in hours a year: made to the model, and everything evaluated again.
 * Less than nothing where they do harm.
 */
export function savingsOf(
  system: System,
  fix: Fix,
  before: ReadonlyMap<string, Figure> = upFigures(system),
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): ReadonlyMap<string, number> {
  return finish(savingSteps(system, fix, before, given, limits));
}

/** The same as {@link savingsOf} in small steps. */
export function* savingSteps(
  system: System,
  { changes }: Fix,
  before: ReadonlyMap<string, Figure>,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): Steps<ReadonlyMap<string, number>> {
  const after = yield* upSteps(applyChanges(system, changes), given, limits);
  const saved = new Map<string, number>();
  for (const [journey, figure] of before) {
    const then = after.get(journey);
    if (then) saved.set(journey, certainGain(figure, then) * periods.year);
  }
  return saved;
}

/** What is gained for certain: from the least it was down to the most it then is, where figures are bounds. */
export function certainGain(before: Figure, after: Figure): number {
  if (before.exact && after.exact) return before.value.down - after.value.down;
  return Math.max(0, least(before) - worst(after));
}

/** The most that it is down. */
export function worst(figure: Figure): number {
  return figure.exact ? figure.value.down : figure.lower.down;
}

/** The least that it is down. */
export function least(figure: Figure): number {
  return figure.exact ? figure.value.down : figure.upper.down;
}
