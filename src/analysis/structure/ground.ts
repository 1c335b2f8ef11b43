import { kindOf } from '../../model/defaults';
import { type ReplicaGroup, shapeOf } from './replicas';
import type { Structure } from './structure';
import type { Wire } from './wiring';

/** All that the gates of a structure, and the chances of its events, rest on. */
export type Ground = Pick<Structure, 'wiring' | 'domains' | 'groups' | 'hanging'>;

/** Whether a structure would come out the same over this ground. Looks at everything: nothing is taken for granted. */
export function isGroundOf(now: Ground, before: Ground): boolean {
  return (
    now.wiring.system.journeys === before.wiring.system.journeys &&
    now.domains === before.domains &&
    isEach(now.wiring.names, before.wiring.names, (a, b) => a === b) &&
    isEach(now.groups, before.groups, isAlike) &&
    isEach(now.wiring.from, before.wiring.from, (a, b) => isEach(a, b, isSameWire)) &&
    now.hanging.every((hangs, wire) => hangs === before.hanging[wire])
  );
}

function isEach<T>(now: readonly T[], before: readonly T[], isOne: (now: T, before: T) => boolean): boolean {
  return now.length === before.length && now.every((one, i) => isOne(one, before[i] as T));
}

/** What else a component says (how long it works, for one) changes when it is overloaded, not when it is down. */
function isAlike(now: ReplicaGroup, before: ReplicaGroup): boolean {
  return now === before || (shapeOf(now) === shapeOf(before) && kindOf(now.component) === kindOf(before.component));
}

function isSameWire(now: Wire, before: Wire): boolean {
  return (
    now.to === before.to &&
    now.fallback === before.fallback &&
    now.publish === before.publish &&
    now.optional === before.optional &&
    now.awaited === before.awaited &&
    (now.call === before.call || isSameList(now.call.journeys, before.call.journeys))
  );
}

function isSameList(now: readonly string[] | undefined, before: readonly string[] | undefined): boolean {
  return now === before || (now !== undefined && before !== undefined && isEach(now, before, (a, b) => a === b));
}
