import { type Assumptions, bound, isIdempotent, maxAttempts, serviceTimeOf } from '../../model/defaults';
import type { Journey } from '../../model/journey';
import { latencyObjective } from '../../model/objectives';
import type { Share } from '../../model/units';
import { ringsOf } from '../structure/rings';
import { madeBy, type Wire, type Wiring } from '../structure/wiring';
import { inTime, type Spread, spreadOf, sumOf } from './spread';

/** A component while it works: how often a request to it succeeds, and how long one takes. */
interface Answer {
  readonly success: Share;
  /** Undefined where some service time is not written. */
  readonly time: Spread | undefined;
}

/**
 * The part of a journey's requests that succeed while everything works: not lost to transient errors (of p, p^attempts
 * are lost by a retried idempotent call, if errors are independent), and not later than its timeouts and its objective.
 */
export function requestSuccess(wiring: Wiring, journey: Journey, given: Assumptions): Share {
  const entry = wiring.numbers.get(journey.entry);
  if (entry === undefined) return 1;
  const calls: (readonly Wire[])[] = [];
  const rings = ringsOf(
    wiring.names.length,
    (node) => {
      const made = madeBy(wiring.from[node] ?? [], journey).filter((wire) => !wire.optional || wire.awaited);
      calls[node] = made;
      return made.flatMap((wire) => (wire.fallback < 0 ? [wire.to] : [wire.to, wire.fallback]));
    },
    [entry],
  );
  const answers: Answer[] = [];
  for (const members of rings.members) {
    // Inside a ring nothing is known of the others yet: they count as if they never failed.
    for (const member of members) answers[member] = answerOf(wiring, member, calls[member] ?? [], answers, given);
  }
  const { success, time } = answers[entry] ?? { success: 1, time: undefined };
  const limit = latencyObjective(wiring.system, journey);
  return limit === undefined || !time ? success : success * inTime(time, limit);
}

function answerOf(wiring: Wiring, node: number, calls: readonly Wire[], answers: readonly Answer[], given: Assumptions): Answer {
  const component = wiring.system.components.get(wiring.names[node] ?? '');
  if (!component) return { success: 1, time: undefined };
  let success = 1 - (component.errorRate ?? 0);
  const stated = serviceTimeOf(component, given);
  let time: Spread | undefined = stated.assumed ? undefined : spreadOf(stated.value);
  const together = new Map<string, { spread: Spread; times: number }>();
  for (const wire of calls) {
    const { count = 1, share = 1, parallel } = wire.call;
    const callee = answers[wire.to] ?? { success: 1, time: undefined };
    if (!wire.optional) success *= (1 - share * (1 - callSuccess(wire, callee, answers))) ** count;
    if (!wire.awaited || wire.publish) continue;
    const times = count * share;
    if (parallel === undefined || !callee.time) time = time && callee.time && sumOf(time, callee.time, times);
    else {
      // Of calls made at once the longest counts.
      const longest = together.get(parallel);
      if (!longest || longest.spread.mean * longest.times < callee.time.mean * times)
        together.set(parallel, { spread: callee.time, times });
    }
  }
  for (const { spread, times } of together.values()) time = time && sumOf(time, spread, times);
  return { success, time };
}

function callSuccess({ call, fallback }: Wire, callee: Answer, answers: readonly Answer[]): Share {
  const timeout = bound(call.timeout) ?? bound(call.deadline);
  const fails = 1 - callee.success * (timeout !== undefined && callee.time ? inTime(callee.time, timeout) : 1);
  const attempts = isIdempotent(call) === true ? maxAttempts(call) : 1;
  const lost = fails === 0 ? 0 : fails ** attempts;
  return 1 - lost * (fallback < 0 ? 1 : 1 - (answers[fallback]?.success ?? 1));
}
