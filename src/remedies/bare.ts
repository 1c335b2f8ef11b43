import type { Call } from '../model/call';
import type { System } from '../model/system';

/** Every timeout, deadline, retry, breaker, bulkhead and fallback taken away; what tells idempotency stays. */
export function bareSystem(system: System): System {
  return { ...system, policies: new Map(), calls: system.calls.map(bareCall) };
}

function bareCall(call: Call): Call {
  const { timeout, deadline, retry, circuitBreaker, preset, bulkhead, fallback, policy, beforePreset, ...rest } = call;
  return { ...rest, ownKeys: call.ownKeys.filter((key) => key === 'idempotent' || key === 'idempotencyKey') };
}
