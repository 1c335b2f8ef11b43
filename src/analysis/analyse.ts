import { type Assumptions, assumptionsOf } from '../model/defaults';
import { availabilityObjective } from '../model/objectives';
import type { System } from '../model/system';
import { blastRadius } from './availability/blast';
import { detailsOf } from './availability/details';
import { lossSteps, singlePoints } from './availability/losses';
import { type Limits, RootModels } from './availability/models';
import { requestSuccess } from './availability/requests';
import { toFigure } from './availability/rootmodel';
import { systemFigure } from './availability/total';
import type { Figure, JourneyFigures, SystemFigures } from './figures';
import { finish, type Steps } from './steps';
import { type Mode, structureSteps } from './structure/structure';

// The rooms beside this file: `structure` says when a journey works, as a graph of failures; `engine` computes with such
// graphs and knows nothing of systems; `availability` puts both together. `load`, `recovery` and `fixes` (what a change
// saves) stand on these.

/**
 * The figures of a system: a pure function of the model. Exact, or certified bounds where the exact value is out of
 * reach. Takes any system a reader returns; a journey without a figure is in `unknown` with the reason.
 */
export function analyse(system: System, given: Assumptions = assumptionsOf(system), limits: Limits = {}): SystemFigures {
  return finish(analysisSteps(system, given, limits));
}

/** The same as {@link analyse} in small steps, for an editor that has other things to do and may change its mind. */
export function* analysisSteps(system: System, given: Assumptions = assumptionsOf(system), limits: Limits = {}): Steps<SystemFigures> {
  const structure = yield* structureSteps(system, given);
  yield;
  const effects = yield* lossSteps(structure);
  yield;
  const models = new RootModels(structure, effects, given, limits);
  const known = new Map<number, Figure>();
  const figures: JourneyFigures[] = [];
  for (const [number, { journey, fails }] of structure.journeys.entries()) {
    // The details first: they find all states on their way.
    const details = yield* detailsOf(structure, yield* models.of(number, 'up'), given);
    const found: Partial<Record<Mode, Figure>> = {};
    for (const mode of ['up', 'protected', 'fullyFeatured'] as const) {
      const figure = known.get(fails[mode]) ?? toFigure(yield* (yield* models.of(number, mode)).figures());
      known.set(fails[mode], figure);
      found[mode] = figure;
    }
    const { up = nothing, protected: safe = nothing, fullyFeatured = nothing } = found;
    const sets = effects.journeys[number];
    yield;
    const objective = availabilityObjective(system, journey);
    // Whoever asks why an objective is missed asks for these; otherwise few do.
    const isKept = !objective || (up.exact && up.value.down <= objective.down);
    let assumptions = isKept ? undefined : yield* details.ledger();
    figures.push({
      journey: journey.name,
      up,
      protected: safe,
      fullyFeatured,
      ...(objective ? { objective } : {}),
      ...(objective && objective.down > 0 && up.exact ? { budgetSpent: up.value.down / objective.down } : {}),
      ...(up.exact ? { expectedSuccess: up.value.up * requestSuccess(structure.wiring, journey, given) } : {}),
      singlePoints: sets ? singlePoints(structure, effects.losses, sets.up) : [],
      singlePointsProtected: sets ? singlePoints(structure, effects.losses, sets.protected) : [],
      contributions: details.contributions,
      get assumptions() {
        assumptions ??= finish(details.ledger());
        return assumptions;
      },
    });
  }
  yield;
  const up = systemFigure(figures, system);
  return { ...(up ? { up } : {}), journeys: figures, unknown: structure.unknown, blast: blastRadius(structure, effects) };
}

/** Nothing is known. */
const nothing: Figure = { exact: false, lower: { up: 0, down: 1 }, upper: { up: 1, down: 0 } };
