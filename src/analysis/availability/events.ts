import { type Assumptions, assumptionsOf } from '../../model/defaults';
import { finish } from '../../model/steps';
import type { System } from '../../model/system';
import { compile } from '../engine/compile';
import { effectsOf } from '../engine/failures';
import { Library } from '../engine/library';
import { planOf } from '../engine/plan';
import type { Contribution } from '../figures';
import { explicitOf, type FailureEvent } from '../structure/explicit';
import { structureOf } from '../structure/structure';
import { weighed } from './details';

/** How one independent variable matters for a journey: a replica, a zone, a release. */
export interface EventImportance extends Omit<Contribution, 'point'> {
  readonly event: FailureEvent;
  /** Its own unavailability. */
  readonly probability: number;
}

/** Nodes of decision diagrams for one journey: this is asked for, not computed at every keystroke. */
const usualNodes = 4_000_000;

/**
 * The importance of every variable that a journey depends on, if failures hang, the largest saving first: one pass up
 * and one pass down a diagram of all variables. Undefined for a journey without a figure, or past the budget.
 */
export function eventImportance(
  system: System,
  journey: string,
  given: Assumptions = assumptionsOf(system),
  { nodes = usualNodes } = {},
): readonly EventImportance[] | undefined {
  const explicit = explicitOf(structureOf(system, given));
  const root = explicit?.journeys.find((roots) => roots.journey.name === journey)?.fails.up;
  if (!explicit || root === undefined) return undefined;
  const { graph, events, down, up } = explicit;
  const [single] = effectsOf(
    graph,
    [root],
    events.map((_, event) => [graph.variable(event)]),
  );
  const plan = planOf(graph, root, events.length, (event) => single?.has(event) ?? false);
  const compiled = finish(compile(plan, new Library(), { nodes }));
  if (!compiled.exact) return undefined;
  const whole = compiled.evaluate(down, up).down;
  const slopes = compiled.slopes();
  const list = compiled.variables.flatMap((variable): EventImportance[] => {
    const event = events[variable];
    const birnbaum = slopes[variable] as number;
    const probability = down[variable] as number;
    return event ? [{ event, probability, ...weighed({ birnbaum, saved: birnbaum * probability }, whole) }] : [];
  });
  return list.sort((a, b) => b.hoursPerYear - a.hoursPerYear || b.birnbaum - a.birnbaum);
}
