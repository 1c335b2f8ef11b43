import { BreakerPhase } from './breaker';
import type { Core } from './core';
import { deliver } from './operations';
import { takeFrom } from './queues';
import type { Feed } from './records';
import { feed, withFreeSlot } from './serving';
import { type CallerSide, type ComponentState, Mode } from './state';

/** Hands a consumer messages while it has free slots, from its queues in turn. */
export function pull(core: Core, consumer: ComponentState): void {
  consumer.isHungry = false;
  for (;;) {
    const next = nextFeed(core, consumer);
    if (!next) return;
    const replica = withFreeSlot(consumer);
    if (!replica) return;
    const message = takeFrom(core, next.entry);
    if (message?.link) deliver(core, message.link, next.side.replica, message, replica);
  }
}

/** The next queue that has a message for the consumer and may deliver it, with the replica that does. */
function nextFeed(core: Core, consumer: ComponentState): { entry: Feed; side: CallerSide } | undefined {
  const { feeds } = consumer;
  for (let tried = 0; tried < feeds.length; tried++) {
    consumer.feedTurn = (consumer.feedTurn + 1) % feeds.length;
    const entry = feeds[consumer.feedTurn] as Feed;
    if (entry.length === 0 || core.now < entry.pausedUntil) continue;
    const side = entry.call.sides.find(({ replica }) => replica.mode === Mode.Up);
    if (!side || side.held >= entry.call.rules.bulkhead || isPaused(core, entry, side)) continue;
    return { entry, side };
  }
  return undefined;
}

function isPaused(core: Core, entry: Feed, { breaker, call }: CallerSide): boolean {
  if (breaker?.phase !== BreakerPhase.Open || core.now >= breaker.openUntil) return false;
  entry.pausedUntil = breaker.openUntil;
  core.plan(breaker.openUntil, () => feed(core, call.to));
  return true;
}
