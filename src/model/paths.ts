import type { Call } from './call';
import { isAsync } from './defaults';
import type { Journey } from './journey';
import type { System } from './system';

/** Calls by caller, in the order in which they are written. Only requests: start-up order and telemetry are not calls. */
export function callsByCaller(system: System): ReadonlyMap<string, readonly Call[]> {
  const calls = new Map<string, Call[]>();
  for (const call of system.calls) {
    if (call.role !== 'request') continue;
    const list = calls.get(call.from);
    if (list) list.push(call);
    else calls.set(call.from, [call]);
  }
  return calls;
}

/** Whether a journey that passes `call.from` makes this call. */
export function isMadeBy(call: Call, journey: string): boolean {
  return call.journeys === undefined || call.journeys.includes(journey);
}

/** What a journey passes: its components (the entry first, breadth first) and the calls it makes between them. */
export interface JourneyPath {
  readonly components: ReadonlySet<string>;
  readonly calls: readonly Call[];
}

/** Follows a journey from its entry, through asynchronous calls and deliveries too unless `awaitedOnly`. */
export function journeyPath(system: System, journey: Journey, byCaller = callsByCaller(system), awaitedOnly = false): JourneyPath {
  const components = new Set<string>();
  const calls: Call[] = [];
  if (system.components.has(journey.entry)) components.add(journey.entry);
  for (const name of components) {
    for (const call of byCaller.get(name) ?? []) {
      if (!isMadeBy(call, journey.name)) continue;
      if (awaitedOnly && isAsync(call, system.components.get(name))) continue;
      calls.push(call);
      if (system.components.has(call.to)) components.add(call.to);
      const { fallback } = call;
      if (fallback !== undefined && fallback !== 'none' && fallback.kind === 'component' && system.components.has(fallback.to)) {
        components.add(fallback.to);
      }
    }
  }
  return { components, calls };
}
