import { type Gate, never } from '../engine/graph';
import { ringsOf } from './rings';
import type { Leaves } from './structure';
import type { Wire } from './wiring';

/**
 * For each component, the event that a call of its own hangs: that one of the callees of its calls that can hang is
 * not responsive, or one of theirs in turn. @param guard what becomes of the event that one call hangs
 */
export function hangClosure(
  hanging: readonly (readonly Wire[])[],
  leaves: Leaves,
  guard?: (wire: Wire, event: Gate) => Gate,
): readonly Gate[] {
  const hangs: Gate[] = new Array(hanging.length).fill(never);
  const callers: number[] = [];
  hanging.forEach((wires, from) => {
    if (wires.length > 0) callers.push(from);
  });
  const rings = ringsOf(hanging.length, (node) => (hanging[node] ?? []).map((wire) => wire.to), callers);
  // What a ring calls comes first. Every member of a ring hangs when one of them does.
  for (const members of rings.members) {
    const events: Gate[] = [];
    for (const member of members) {
      for (const wire of hanging[member] ?? []) {
        const either = [leaves.notResponsive(wire.to), hangs[wire.to] ?? never];
        if (guard) events.push(guard(wire, leaves.graph.or(either)));
        else events.push(...either);
      }
    }
    const event = leaves.graph.or(events);
    for (const member of members) hangs[member] = event;
  }
  return hangs;
}
