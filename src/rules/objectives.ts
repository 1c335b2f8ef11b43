import type { Figure } from '../analysis/figures';
import type { Journey } from '../model/journey';
import { elementId, keyPlace, namePlace } from '../model/origin';
import type { Place } from '../model/text';
import type { Availability } from '../model/units';
import type { LinkedSystem } from '../workspace/linked';

/**
 * Where a finding about a journey's availability objective stands: on its own value, else on its name, for the system's
 * default is everybody's. Undefined where the value is written and could not be read: what counts is not known then.
 */
export function objectivePlace({ origins }: LinkedSystem, journey: Journey): Place | undefined {
  const element = elementId('journey', journey.name);
  const own = keyPlace(origins, element, 'availability');
  if (own) return journey.availability === undefined ? undefined : own;
  return namePlace(origins, element);
}

/** Whether a figure misses an objective for certain: its better end does. Up to the rounding of a product. */
export function misses(figure: Figure, { down }: Availability): boolean {
  return bestOf(figure).down > down * (1 + 1e-9);
}

/** The better end of a figure. */
export function bestOf(figure: Figure): Availability {
  return figure.exact ? figure.value : figure.upper;
}
