import type { Call } from '../model/call';
import type { System } from '../model/system';
import { missingPolicy } from './call';
import { applyChanges } from './change';

/**
 * The complete picture on every call: the very code of the quick fixes, applied from the journeys' entries inwards,
 * so that where two layers could retry it is the outer one.
 */
export function completeSystem(system: System): System {
  let complete = system;
  for (const { id } of outermostFirst(system)) {
    const call = complete.calls.find((other) => other.id === id);
    if (!call) continue;
    const fields = missingPolicy(complete, call);
    if (Object.keys(fields).length > 0) complete = applyChanges(complete, [{ kind: 'set-call', call: id, fields }]);
  }
  return complete;
}

function outermostFirst(system: System): readonly Call[] {
  const reached = new Set<string>([...system.journeys.values()].map((journey) => journey.entry));
  const ordered = new Set<Call>();
  const requests = system.calls.filter((call) => call.role === 'request');
  for (const name of reached) {
    for (const call of requests) {
      if (call.from !== name) continue;
      ordered.add(call);
      reached.add(call.to);
    }
  }
  for (const call of requests) ordered.add(call);
  return [...ordered];
}
