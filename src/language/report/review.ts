import { analyse } from '../../analysis/analyse';
import type { ComponentFigures } from '../../analysis/availability/components';
import { journeyCutSteps } from '../../analysis/availability/journeycuts';
import { pairsAndTriples, type Together } from '../../analysis/availability/together';
import type { SystemFigures } from '../../analysis/figures';
import type { RankedFix } from '../../analysis/fixes/fixes';
import { adviceSteps, type Way } from '../../analysis/fixes/shortest';
import type { LoadFigures } from '../../analysis/load/figures';
import type { Recovered } from '../../analysis/recovery/figures';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { componentsOf, loadOf, recoveryOf } from '../../rules/known';

/** All that is computed about one system, for whoever prints it. */
export interface Review {
  readonly system: System;
  readonly figures: SystemFigures;
  /** What saves most of each journey's downtime. */
  readonly fixes: ReadonlyMap<string, readonly RankedFix[]>;
  /** The fewest of them that reach a missed objective; undefined where all of them together do not. */
  readonly ways: ReadonlyMap<string, Way | undefined>;
  /** Pairs and triples that take a journey down; none where they are too many to go through. */
  readonly together: ReadonlyMap<string, readonly Together[]>;
  readonly components: ReadonlyMap<string, ComponentFigures>;
  readonly recovery: readonly Recovered[];
  readonly load: LoadFigures;
}

/** How many fixes are ranked for each journey. */
const ranked = 10;
/** Journeys times components up to which pairs and triples are looked for; more take minutes. */
const mostCutSets = 20_000;
/** Nodes of diagrams for the cut sets of one journey. */
const cutSetNodes = 200_000;

export function reviewOf(system: System): Review {
  return finish(reviewSteps(system, analyse(system)));
}

/** The same in small steps, from the figures that are there already. */
export function* reviewSteps(system: System, figures: SystemFigures): Steps<Review> {
  const together = new Map<string, readonly Together[]>();
  if (figures.journeys.length * system.components.size <= mostCutSets) {
    for (const { journey } of figures.journeys) {
      const cuts = yield* journeyCutSteps(system, journey, undefined, { nodes: cutSetNodes });
      if (cuts) together.set(journey, pairsAndTriples(cuts));
    }
  }
  const advice = yield* adviceSteps(system, figures, ranked);
  return {
    system,
    figures,
    fixes: advice.ranked,
    ways: advice.ways,
    together,
    components: componentsOf(system),
    recovery: [...recoveryOf(system).values()].flat(),
    load: loadOf(system),
  };
}
