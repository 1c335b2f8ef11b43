import type { Core } from './core';
import { childEffect, dropEffect } from './effects';
import { Cause } from './outcome';
import type { Feed, Message, Visit } from './records';
import { feed, noteQueue } from './serving';

/** Messages wait in their queue until a consumer has a free slot, and are delivered at least once. */

/** Until a message that its consumer failed on, or never confirmed, is delivered again. */
const redelivery = 1e9;

/** A publish: one message for each consumer of this journey. */
export function publish(core: Core, visit: Visit): void {
  for (const link of visit.plan.deliveries) {
    if (!link.feed || (link.share < 1 && !link.call.shares.happens(link.share))) continue;
    const message = core.takeMessage();
    message.active = true;
    message.link = link;
    message.effects = visit.effects && !link.isKeyed ? childEffect(core, visit.effects, link, 0) : undefined;
    append(core, link.feed, message);
  }
}

function append(core: Core, to: Feed, message: Message): void {
  message.next = undefined;
  if (to.tail) to.tail.next = message;
  else to.head = message;
  to.tail = message;
  to.length++;
  const { queue } = to;
  queue.backlog++;
  if (queue.queued + queue.backlog > queue.queueMax) {
    queue.backlogPeakAt = core.now;
    queue.drained = Number.NaN;
  }
  noteQueue(queue);
  feed(core, to.call.to);
}

/** The next message for a consumer; only when there is one. */
export function takeFrom(core: Core, from: Feed): Message | undefined {
  const message = from.head;
  if (!message) return undefined;
  from.head = message.next;
  if (!from.head) from.tail = undefined;
  message.next = undefined;
  from.length--;
  from.queue.backlog--;
  if (from.queue.backlog === 0 && Number.isNaN(from.queue.drained)) from.queue.drained = core.now - from.queue.backlogPeakAt;
  return message;
}

/** A delivery has ended. Without a written number of attempts, a message that failed comes again, for ever. */
export function delivered(core: Core, message: Message, cause: Cause): void {
  const { link } = message;
  if (link) feed(core, link.call.to);
  const givesUp = link !== undefined && link.call.rules.retry.attempts > 1;
  if (cause !== Cause.None && !givesUp) {
    core.plan(core.now + redelivery, () => requeue(core, message));
    return;
  }
  if (message.effects) dropEffect(core, message.effects);
  message.effects = undefined;
  message.link = undefined;
  message.active = false;
  core.messages.release(message);
}

/** Puts a message back for delivery. */
export function requeue(core: Core, message: Message): void {
  if (message.link?.feed) append(core, message.link.feed, message);
}
