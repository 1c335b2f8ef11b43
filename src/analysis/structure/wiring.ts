import type { Call } from '../../model/call';
import { isAsync, isDelivery, kindOf } from '../../model/defaults';
import type { Journey } from '../../model/journey';
import { isMadeBy } from '../../model/paths';
import { perSystem } from '../../model/perSystem';
import type { System } from '../../model/system';

/** A call between components by their numbers. */
export interface Wire {
  readonly call: Call;
  readonly from: number;
  readonly to: number;
  /** The component that answers instead, −1 for none. */
  readonly fallback: number;
  /** An asynchronous call to a queue: the work is not awaited, that it is accepted is. */
  readonly publish: boolean;
  /** The caller goes on without it: optional, degraded by a word, or asynchronous and not a publish. */
  readonly optional: boolean;
  /** The caller holds its slot meanwhile: synchronous, or a publish. */
  readonly awaited: boolean;
}

/** The components that count (not those that only observe) by number, and the requests between them. */
export interface Wiring {
  readonly system: System;
  readonly names: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly from: readonly (readonly Wire[])[];
}

/** Computed once for a system. */
export const wiringOf: (system: System) => Wiring = perSystem((system) => {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  for (const component of system.components.values()) {
    if (component.telemetry) continue;
    numbers.set(component.name, names.length);
    names.push(component.name);
  }
  const from: Wire[][] = names.map(() => []);
  for (const call of system.calls) {
    const wire = wireOf(system, call, numbers);
    if (wire) from[wire.from]?.push(wire);
  }
  return { system, names, numbers, from };
});

function wireOf(system: System, call: Call, numbers: ReadonlyMap<string, number>): Wire | undefined {
  const from = numbers.get(call.from);
  const to = numbers.get(call.to);
  if (call.role !== 'request' || from === undefined || to === undefined) return undefined;
  const caller = system.components.get(call.from);
  const callee = system.components.get(call.to);
  const asynchronous = isAsync(call, caller);
  const publish = asynchronous && !isDelivery(call, caller) && callee !== undefined && kindOf(callee) === 'queue';
  const written = call.fallback === 'none' ? undefined : call.fallback;
  return {
    call,
    from,
    to,
    fallback: written?.kind === 'component' ? (numbers.get(written.to) ?? -1) : -1,
    publish,
    optional: call.required === false || written?.kind === 'degrade' || (asynchronous && !publish),
    awaited: !asynchronous || publish,
  };
}

/** The calls that a journey passing the caller makes. */
export function madeBy(wires: readonly Wire[], journey: Journey): readonly Wire[] {
  return wires.every((wire) => wire.call.journeys === undefined) ? wires : wires.filter((wire) => isMadeBy(wire.call, journey.name));
}
