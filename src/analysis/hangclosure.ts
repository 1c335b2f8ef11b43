import { type Gate, never } from './graph';
import { ringsOf } from './rings';
import type { Leaves } from './structure';
import type { Wire } from './wiring';

/**
 * For each component, the event that a call of its own hangs: that one of the callees of its calls that can hang is
 * not responsive, or one of theirs in turn.
 */
export function hangClosure(hanging: readonly (readonly Wire[])[], leaves: Leaves): readonly Gate[] {
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
      for (const { to } of hanging[member] ?? []) {
        events.push(leaves.notResponsive(to), hangs[to] ?? never);
      }
    }
    const event = leaves.graph.or(events);
    for (const member of members) hangs[member] = event;
  }
  return hangs;
}
