import type { Card } from '../layout/graph';
import { type CallersFrame, type CallFrame, type ComponentFrame, type ReplicasFrame, worse } from '../simulation/frame';

/** What a card shows of a run: a component, or its replicas in one zone. */
export interface Part {
  readonly component: string;
  readonly zone?: string;
}

/** Of a collapsed group, everything in it. */
export function partsOf(card: Card): readonly Part[] {
  if (card.inside) return card.inside.cards.flatMap(partsOf);
  return [{ component: card.name, ...(card.zone === undefined ? {} : { zone: card.zone }) }];
}

/** Components of a frame by their names. */
export type Components = ReadonlyMap<string, ComponentFrame>;

export function componentsOf({ components }: { readonly components: readonly ComponentFrame[] }): Components {
  return new Map(components.map((component) => [component.name, component]));
}

/** How a part stands; undefined where the run does not have it. */
export function replicasOf({ component, zone }: Part, components: Components): ReplicasFrame | undefined {
  const frame = components.get(component);
  return zone === undefined ? frame : (frame?.zones?.find((each) => each.zone === zone) ?? frame);
}

const nobody: CallersFrame = { breaker: 'none', attempts: 0, retries: 0, failed: 0 };

/** A call as far as these callers make it: all of it, unless they are the replicas in some zones alone. */
export function madeBy(call: CallFrame, callers: readonly Part[]): CallersFrame {
  const { zones } = call;
  if (!zones || callers.every(({ zone }) => zone === undefined)) return call;
  return zones
    .filter((each) => callers.some(({ zone }) => zone === each.zone))
    .reduce(
      (sum, { breaker, attempts, retries, failed }) => ({
        breaker: worse(sum.breaker, breaker),
        attempts: sum.attempts + attempts,
        retries: sum.retries + retries,
        failed: sum.failed + failed,
      }),
      nobody,
    );
}

/** How many components of a group are in trouble. */
export interface GroupState {
  readonly total: number;
  readonly down: number;
  /** Those that stand because all their slots wait for what does not answer. */
  readonly stuck: number;
  readonly slow: number;
}

/** A component counts as down when none of what the group holds of it is up. */
export function groupState(parts: readonly Part[], components: Components): GroupState {
  const byName = new Map<string, ReplicasFrame[]>();
  for (const part of parts) {
    const frame = replicasOf(part, components);
    const list = byName.get(part.component);
    if (frame && list) list.push(frame);
    else byName.set(part.component, frame ? [frame] : []);
  }
  const count = (test: (frames: readonly ReplicasFrame[]) => boolean): number =>
    [...byName.values()].filter((frames) => frames.length > 0 && test(frames)).length;
  const isDown = (frames: readonly ReplicasFrame[]): boolean => frames.every(({ live }) => live === 0);
  return {
    total: byName.size,
    down: count(isDown),
    stuck: count((frames) => !isDown(frames) && frames.some(isStuck)),
    slow: count((frames) => !isDown(frames) && frames.some(({ slow }) => slow)),
  };
}

export function isFull({ slots, busy }: ReplicasFrame): boolean {
  return slots > 0 && busy >= slots;
}

/** Full of requests that wait for what does not answer. */
export function isStuck(frame: ReplicasFrame): boolean {
  return isFull(frame) && frame.hanging >= frame.busy;
}
