import type { FaultTarget } from '../model/scenario';
import type { Seconds } from '../model/units';
import type { Action } from './orders';

/** An outage: gone at one moment, back at another, under this many times the load of every journey. */
export function outageStory(
  target: FaultTarget,
  from: Seconds,
  to: Seconds,
  journeys: readonly string[] = [],
  factor = 1,
): readonly Action[] {
  const load = factor === 1 ? [] : journeys.map((journey): Action => ({ at: 0, fault: { kind: 'load', journey, factor } }));
  return [...load, { at: from, fault: { kind: 'kill', target } }, { at: to, fault: { kind: 'restore', target } }];
}
