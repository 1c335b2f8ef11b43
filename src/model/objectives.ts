import { bound, kindOf } from './defaults';
import type { Journey } from './journey';
import { isUnattended } from './kinds';
import type { System } from './system';
import type { Availability, Seconds } from './units';

/** The availability that a journey is held to; undefined where it has none, as implied journeys have. */
export function availabilityObjective(system: System, journey: Journey): Availability | undefined {
  if (journey.implied) return undefined;
  const objective = journey.availability ?? system.objectives.availability;
  return objective === 'none' ? undefined : objective;
}

/**
 * How long a request of a journey may take, in seconds; undefined where nothing says so. Nobody waits for a journey that
 * starts at a worker, a scheduler or a deployer, so the system's default is not for those.
 */
export function latencyObjective(system: System, journey: Journey): Seconds | undefined {
  if (journey.implied) return undefined;
  if (journey.latency !== undefined) return bound(journey.latency);
  const entry = system.components.get(journey.entry);
  return entry && !isUnattended(kindOf(entry)) ? bound(system.objectives.latency) : undefined;
}
