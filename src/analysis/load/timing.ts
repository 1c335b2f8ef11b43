import type { Call } from '../../model/call';
import { maxAttempts } from '../../model/defaults';
import type { Journey } from '../../model/journey';
import { latencyObjective } from '../../model/objectives';
import { callsByCaller } from '../../model/paths';
import type { System } from '../../model/system';
import type { Seconds } from '../../model/units';
import { callLimit, deadlines } from '../../remedies/latency';
import { worstCaseTime } from '../../remedies/retries';
import type { Wire, Wiring } from '../structure/wiring';
import type { Loads } from './load';

/** How long a call can take, and how long anybody waits for it. Seconds. */
export interface Timing {
  /** The first one included; `Infinity` for a retry without a bound. */
  readonly attempts: number;
  /** With all attempts and the longest waits, never more than its deadline; `Infinity` when nothing bounds it. */
  readonly worstCase: Seconds;
  /**
   * The caller's own deadline, the least over the journeys that make the call: what the timeouts of its callers leave,
   * down to the journey's latency. Undefined where nothing bounds it, or the caller does not wait for the call.
   */
  readonly left?: Seconds;
  /** The journey that leaves the least. */
  readonly leftIn?: string;
  /** Whether the worst case is no longer than what is left. */
  readonly fits?: boolean;
  readonly wasted?: Wasted;
}

/** One attempt is given up while the callee may still be at work: work that nobody receives. */
export interface Wasted {
  /** How much longer than the caller waits the callee may go on. */
  readonly seconds: Seconds;
  /** The call of the callee that can take that long, with all its attempts, as often as one request makes it. */
  readonly call: string;
}

/** For sums of decimal fractions: three attempts of 100 ms fit 300 ms. */
const tolerance = 1 + 1e-9;

interface Left {
  readonly seconds: Seconds;
  readonly journey: string;
}

/** The timing of every request of a system, by call. */
export function timingsOf(wiring: Wiring, loads: Loads): ReadonlyMap<string, Timing> {
  const left = leastLeft(wiring, loads);
  const longest = wiring.from.map(byTime);
  const timings = new Map<string, Timing>();
  for (const wire of wiring.from.flat()) {
    const { call } = wire;
    const worstCase = worstTime(call);
    const own = left.get(wire);
    const wasted = wire.awaited && !wire.publish ? wastedBy(call, longest[wire.to] ?? []) : undefined;
    const timing = { attempts: maxAttempts(call), worstCase };
    if (own) Object.assign(timing, { left: own.seconds, leftIn: own.journey, fits: worstCase <= own.seconds * tolerance });
    if (wasted) Object.assign(timing, { wasted });
    timings.set(call.id, timing);
  }
  return timings;
}

/** What is left for each call that its caller waits for. Journeys of one route differ in their latency only. */
function leastLeft({ system, names }: Wiring, { routes }: Loads): ReadonlyMap<Wire, Left> {
  const byCaller = callsByCaller(system);
  const least = new Map<Wire, Left>();
  for (const { journeys, components, calls } of routes) {
    const journey = strictest(system, journeys);
    if (!journey) continue;
    const known = deadlines(system, journey, byCaller);
    components.forEach((component, at) => {
      const seconds = known.get(names[component] ?? '') ?? Infinity;
      if (seconds === Infinity) return;
      for (const wire of calls[at] ?? []) {
        if (wire.awaited && seconds < (least.get(wire)?.seconds ?? Infinity)) least.set(wire, { seconds, journey: journey.name });
      }
    });
  }
  return least;
}

function strictest(system: System, journeys: readonly Journey[]): Journey | undefined {
  const latency = (journey: Journey): Seconds => latencyObjective(system, journey) ?? Infinity;
  let least: Journey | undefined;
  for (const journey of journeys) if (!least || latency(journey) < latency(least)) least = journey;
  return least;
}

interface Timed {
  readonly call: Call;
  readonly seconds: Seconds;
}

/** The calls that a component waits for, those that can take longest first. */
function byTime(wires: readonly Wire[]): readonly Timed[] {
  return wires
    .filter((wire) => wire.awaited)
    .map(({ call }) => ({ call, seconds: (call.count ?? 1) === 0 ? 0 : (call.count ?? 1) * worstTime(call) }))
    .sort((a, b) => (a.seconds === b.seconds ? 0 : b.seconds - a.seconds));
}

function wastedBy(call: Call, longest: readonly Timed[]): Wasted | undefined {
  const limit = callLimit(call);
  if (limit === undefined) return undefined;
  for (const { call: other, seconds } of longest) {
    if (seconds <= limit * tolerance) return undefined;
    if (inOneJourney(call, other)) return { seconds: seconds - limit, call: other.id };
  }
  return undefined;
}

function inOneJourney(a: Call, b: Call): boolean {
  return a.journeys === undefined || b.journeys === undefined || a.journeys.some((name) => b.journeys?.includes(name));
}

/** A wait without a length, 0 × ∞, is one without a bound. */
function worstTime(call: Call): Seconds {
  const seconds = worstCaseTime(call);
  return Number.isNaN(seconds) ? Infinity : seconds;
}
