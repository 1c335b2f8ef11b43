import { type Assumptions, assumptionsOf } from '../model/defaults';
import type { Journey } from '../model/journey';
import { availabilityObjective } from '../model/objectives';
import { finish, type Steps } from '../model/steps';
import type { System } from '../model/system';
import type { Share } from '../model/units';
import { blastRadius } from './availability/blast';
import { type Details, detailsOf } from './availability/details';
import { lossSteps, singlePoints } from './availability/losses';
import { type Limits, RootModels } from './availability/models';
import { requestSuccess } from './availability/requests';
import { toFigure } from './availability/rootmodel';
import { systemFigure } from './availability/total';
import type { Figure, JourneyFigures, SystemFigures } from './figures';
import { type Mode, modes, type Structure, structureSteps } from './structure/structure';

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

/** What an analysis leaves for the next one of the same system, while somebody types. */
export interface AnalysisMemory {
  last?: { readonly given: Assumptions; readonly structure: Structure; readonly worked: Worked };
}

/**
 * The same as {@link analyse} in small steps, for an editor that has other things to do and may change its mind.
 *
 * @param memory what was worked out before is taken over from it, where nothing that it rests on has changed
 */
export function* analysisSteps(
  system: System,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
  memory: AnalysisMemory = {},
): Steps<SystemFigures> {
  const last = memory.last?.given === given ? memory.last : undefined;
  const structure = yield* structureSteps(system, given, last?.structure);
  yield;
  const worked = structure.graph === last?.structure.graph ? last.worked : yield* workedOut(structure, given, limits);
  memory.last = { given, structure, worked };
  const figures: JourneyFigures[] = [];
  for (const [number, { journey }] of structure.journeys.entries()) {
    const known = worked.journeys[number];
    if (known) figures.push(yield* journeyFigures(structure, journey, known, given));
    yield;
  }
  const up = systemFigure(figures, system);
  return { ...(up ? { up } : {}), journeys: figures, unknown: structure.unknown, blast: worked.blast };
}

/** What rests on the structure alone: on nothing that a component does while it is up. */
interface Worked {
  readonly journeys: readonly WorkedJourney[];
  readonly blast: SystemFigures['blast'];
}

interface WorkedJourney extends Pick<JourneyFigures, Mode | 'singlePoints' | 'singlePointsProtected'> {
  readonly details: Details;
}

function* workedOut(structure: Structure, given: Assumptions, limits: Limits): Steps<Worked> {
  const effects = yield* lossSteps(structure);
  yield;
  const models = new RootModels(structure, effects, limits);
  const known = new Map<number, Figure>();
  const journeys: WorkedJourney[] = [];
  for (const [number, { fails }] of structure.journeys.entries()) {
    // The details first: they find all states on their way.
    const details = yield* detailsOf(structure, yield* models.of(number, 'up'), given);
    const found: Partial<Record<Mode, Figure>> = {};
    for (const mode of modes) {
      const figure = known.get(fails[mode]) ?? toFigure(yield* (yield* models.of(number, mode)).figures());
      known.set(fails[mode], figure);
      found[mode] = figure;
    }
    const { up = nothing, protected: safe = nothing, fullyFeatured = nothing } = found;
    const sets = effects.journeys[number];
    yield;
    journeys.push({
      details,
      up,
      protected: safe,
      fullyFeatured,
      singlePoints: sets ? singlePoints(structure, effects.losses, sets.up) : [],
      singlePointsProtected: sets ? singlePoints(structure, effects.losses, sets.protected) : [],
    });
  }
  yield;
  return { journeys, blast: blastRadius(structure, effects) };
}

function* journeyFigures(
  structure: Structure,
  journey: Journey,
  { details, ...worked }: WorkedJourney,
  given: Assumptions,
): Steps<JourneyFigures> {
  const { up } = worked;
  const objective = availabilityObjective(structure.wiring.system, journey);
  // Whoever asks why an objective is missed asks for these; otherwise few do.
  const isKept = !objective || (up.exact && up.value.down <= objective.down);
  let success: Share | undefined;
  let assumptions = isKept ? undefined : yield* details.ledger(structure);
  return {
    journey: journey.name,
    ...worked,
    ...(objective ? { objective } : {}),
    ...(objective && objective.down > 0 && up.exact ? { budgetSpent: up.value.down / objective.down } : {}),
    contributions: details.contributions,
    // As the assumptions below: few ask for it.
    get expectedSuccess() {
      if (up.exact) success ??= up.value.up * requestSuccess(structure.wiring, journey, given);
      return success;
    },
    get assumptions() {
      assumptions ??= finish(details.ledger(structure));
      return assumptions;
    },
  };
}

/** Nothing is known. */
const nothing: Figure = { exact: false, lower: { up: 0, down: 1 }, upper: { up: 1, down: 0 } };
