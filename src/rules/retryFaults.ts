import { type Amplification, amplificationsOf, type Hop, hopsTo } from '../analysis/load/amplification';
import { wiredLoads } from '../analysis/load/pool';
import type { Call, PresetName } from '../model/call';
import { isIdempotent, maxAttempts } from '../model/defaults';
import { asWritten, isByPreset } from '../model/presets/fill';
import type { System } from '../model/system';
import type { PerSecond, Seconds } from '../model/units';
import { boundedFrom } from '../remedies/call';
import { callLimit, mostLeft } from '../remedies/latency';
import { retryOf } from '../remedies/layers';
import { enoughAttempts } from '../remedies/numbers';
import { longestWait, worstCaseTime } from '../remedies/retries';
import { attemptsWithin } from '../remedies/timeouts';
import { loadOf } from './known';
import { waitingFor } from './waiting';

/** For sums of decimal fractions: three attempts of 100 ms fit 300 ms. */
const tolerance = 1 + 1e-9;

/** Products that retry only what was not begun, or what their users list, where nothing is written about it. */
const carefulByDefault: ReadonlySet<PresetName> = new Set(['envoy', 'istio', 'linkerd', 'grpc', 'aws-sdk']);

/** More attempts than it takes, while a person waits; undefined where they are not too many. A deadline and a budget bound both. */
export function excessiveAttempts(system: System, call: Call): number | undefined {
  const retry = retryOf(call);
  const attempts = maxAttempts(call);
  if (!retry || attempts <= enoughAttempts || attempts === Infinity) return undefined;
  if (typeof call.deadline === 'number' && retry.budget !== undefined) return undefined;
  return waitingFor(system, call).some(({ attended }) => attended) ? attempts : undefined;
}

/**
 * The attempts of a retry that does not wait before it tries again; undefined where it does, or nothing is known of it. A
 * bare loop, of which neither an end nor a wait is written, is `unbounded-retry`, whose remedy gives it both.
 */
export function attemptsAtOnce(call: Call): number | undefined {
  const retry = retryOf(call);
  const attempts = maxAttempts(call);
  if (!retry || attempts < 2 || longestWait(retry, 1) > 0) return undefined;
  const written = retryOf(asWritten(call));
  const isWritten = written?.backoff !== undefined || written?.base !== undefined;
  if (!isWritten && (call.preset !== undefined || attempts === Infinity)) return undefined;
  return isOnly(retry.on, ['refused']) ? undefined : attempts;
}

/** The attempts of a retry that may do twice what must not be done twice. */
export function repeatsEffects(call: Call): number | undefined {
  const retry = retryOf(call);
  const attempts = maxAttempts(call);
  if (!retry || attempts < 2 || isIdempotent(call) !== false) return undefined;
  if (call.preset !== undefined && (retry.on === undefined || isByPreset(call, 'retry', 'on')) && carefulByDefault.has(call.preset))
    return undefined;
  return isOnly(retry.on, ['refused', 'rejected']) ? undefined : attempts;
}

function isOnly(on: readonly string[] | undefined, causes: readonly string[]): boolean {
  return on?.every((cause) => causes.includes(cause)) === true;
}

/**
 * The longest a call can take; of one that nothing ends, with its retry as the remedy of `unbounded-retry` leaves it. What
 * is too long even then is said beside that, and what is too long only without an end is not. Seconds.
 */
export function boundedTime(call: Call): Seconds {
  const seconds = worstCaseTime(call);
  const retry = retryOf(call);
  return retry && maxAttempts(call) === Infinity && !Number.isFinite(seconds)
    ? worstCaseTime({ ...call, retry: boundedFrom(retry) })
    : seconds;
}

/** Whether it may take longer than {@link boundedTime}. */
export function isEndless(call: Call): boolean {
  return worstCaseTime(call) > boundedTime(call);
}

export interface OverDeadline {
  readonly attempts: number;
  readonly worst: Seconds;
  /** What the caller has, in the journey that leaves least. */
  readonly left: Seconds;
  readonly journey: string;
  /** How many of the attempts fit into that. */
  readonly fitting: number;
}

/**
 * A retried call of which the first attempt fits what its caller has left, and the rest do not: in no journey that makes
 * it, for one retry serves all of them.
 */
export function exceedsDeadline(system: System, call: Call): OverDeadline | undefined {
  const limit = callLimit(call);
  const attempts = maxAttempts(call);
  if (call.from === call.to || attempts < 2 || limit === undefined) return undefined;
  const { left, leftIn: journey } = loadOf(system).calls.get(call.id) ?? {};
  const worst = boundedTime(call);
  if (left === undefined || journey === undefined || !Number.isFinite(worst) || worst <= left * tolerance) return undefined;
  const most = mostLeft(system, call);
  if (most === undefined || limit > most * tolerance || worst <= most * tolerance) return undefined;
  return { attempts, worst, left, journey, fitting: attemptsWithin(call, left, Math.min(attempts, 1000)) };
}

/** Calls of one path may multiply the load at its end by this much, where nobody settled on another limit. */
const usualLimit = 10;

export interface Amplified {
  readonly component: string;
  /** `Infinity` for a ring of retried calls without a bound. */
  readonly times: number;
  readonly arrivals?: PerSecond;
  /** The calls that multiply, the first one first. */
  readonly hops: readonly Hop[];
  /** The one that multiplies most. */
  readonly most: Hop;
}

/**
 * Components that get more times their load than the limit when they fail, by retries in layers. Of a path only its
 * end is named. One retry alone is a matter of `excessive-retry` and `unbounded-retry`.
 */
export function amplified(system: System): readonly Amplified[] {
  return tooMuch(loadOf(system).components, limitOf(system));
}

/** The names of the same, of a system of which nothing else is asked. */
export function amplifiedIn(system: System): readonly string[] {
  const { wiring, loads } = wiredLoads(system);
  const figures = amplificationsOf(wiring, loads);
  const named = wiring.names.map((name, number): readonly [string, Loaded] => [name, figures[number] ?? {}]);
  return tooMuch(named, limitOf(system)).map(({ component }) => component);
}

type Loaded = Partial<Amplification> & Pick<Amplified, 'arrivals'>;

function limitOf(system: System): number {
  return system.settings?.amplificationLimit ?? usualLimit;
}

function tooMuch(components: Iterable<readonly [string, Loaded]>, limit: number): readonly Amplified[] {
  const found: (Amplified & { readonly last: Hop })[] = [];
  for (const [component, { amplification = 1, amplifiedBy, arrivals }] of components) {
    if (!amplifiedBy || !(amplification > limit * tolerance)) continue;
    const hops = hopsTo(amplifiedBy);
    const times = bounded(hops, amplification);
    const [first] = hops;
    if (!first || !(times > limit * tolerance) || (hops.length < 2 && !first.ring)) continue;
    const most = hops.reduce((a, b) => (b.times > a.times ? b : a), first);
    found.push({ component, times, ...(arrivals !== undefined && { arrivals }), hops, most, last: amplifiedBy });
  }
  const passed = new Set<Hop>();
  for (const { last } of found) for (let hop = last.before; hop && !passed.has(hop); hop = hop.before) passed.add(hop);
  return found.filter(({ last }) => !passed.has(last));
}

/** A retry without an end counts as its remedy leaves it: that it has no end is said elsewhere. */
function bounded(hops: readonly Hop[], amplification: number): number {
  if (amplification < Infinity || !hops.some(({ times }) => times === Infinity)) return amplification;
  return hops.reduce((product, { times }) => product * (times === Infinity ? enoughAttempts : times), 1);
}
