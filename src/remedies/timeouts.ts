import type { Call } from '../model/call';
import type { ServiceTime } from '../model/component';
import { bound, isAsync, logNormalSigma, maxAttempts } from '../model/defaults';
import { latencyObjective } from '../model/objectives';
import { callsByCaller, isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import { timeFrame } from './latency';
import { leastTimeout, roundDown, roundUp } from './numbers';
import { longestBackoff, worstCaseTime } from './retries';

/** The standard normal quantile at 0.999. */
const z999 = 3.090232306167813;

/** What 999 of 1,000 requests do not take longer than: of an exponential mean · ln 1000, of a log-normal p50 · exp(σ · z). */
export function p999ServiceTime(time: ServiceTime): Seconds {
  switch (time.kind) {
    case 'constant':
      return time.value;
    case 'exponential':
      return time.mean * Math.log(1000);
    case 'log-normal':
      return time.p50 * Math.exp(logNormalSigma(time.p50, time.p99) * z999);
  }
}

/** The longest timeout with which a call, with all its attempts and waits, takes no longer than this; undefined where none does. */
export function timeoutWithin(call: Call, seconds: Seconds): Seconds | undefined {
  const attempts = maxAttempts(call);
  const each = (seconds - longestBackoff(call.retry, attempts)) / attempts;
  const timeout = roundDown(each);
  return timeout >= leastTimeout ? timeout : undefined;
}

/** The most attempts, at most so many, with which a call takes no longer than this at its timeout. */
export function attemptsWithin(call: Call, seconds: Seconds, most: number): number {
  const timeout = bound(call.timeout) ?? Infinity;
  // More than this many fit nowhere, and the waits only make it fewer.
  let attempts = Math.min(most, Math.floor((seconds / timeout) * (1 + 1e-9)));
  while (attempts > 1 && attempts * timeout + longestBackoff(call.retry, attempts) > seconds * (1 + 1e-9)) attempts--;
  return Math.max(1, attempts);
}

/** What is to be set so that one attempt of a call is given up after so long. A deadline alone stays the only key. */
export function limitedTo(call: Call, seconds: Seconds): Pick<Call, 'timeout' | 'deadline'> {
  return bound(call.timeout) === undefined && bound(call.deadline) !== undefined ? { deadline: seconds } : { timeout: seconds };
}

/**
 * The largest timeout that fits what the caller has left, its own work taken off, in the journey that leaves most, and is
 * shorter than the objective of each journey that has a longer one than all others. Seconds; undefined where none is.
 */
export function largestThatFits(system: System, call: Call): Seconds | undefined {
  const { left } = timeFrame(system, call);
  let objective = 0;
  for (const journey of system.journeys.values()) {
    if (isMadeBy(call, journey.name)) objective = Math.max(objective, latencyObjective(system, journey) ?? 0);
  }
  const most = Math.min(left ?? Infinity, objective > 0 ? 0.9 * objective : Infinity);
  return most > 0 && most < Infinity ? timeoutWithin(call, most) : undefined;
}

/** The p99.9 of a callee's own work, rounded up, where it fits what the caller has left with all attempts. Seconds. */
export function patientTimeout(system: System, call: Call): Seconds | undefined {
  const time = system.components.get(call.to)?.serviceTime;
  if (!time) return undefined;
  const timeout = Math.max(leastTimeout, roundUp(p999ServiceTime(time)));
  const { left = Infinity } = timeFrame(system, call);
  return worstCaseTime({ ...call, ...limitedTo(call, timeout) }) <= left * (1 + 1e-9) ? timeout : undefined;
}

/** The timeout that is as long as the calls that its callee waits for can take together with its own work. Seconds. */
export function timeoutToOutlast(system: System, call: Call): Seconds | undefined {
  const callee = system.components.get(call.to);
  if (!callee) return undefined;
  const own = callee.serviceTime ? p999ServiceTime(callee.serviceTime) : 0;
  let longest = 0;
  for (const other of callsByCaller(system).get(call.to) ?? []) {
    const times = other.count ?? 1;
    if (isAsync(other, callee) || times === 0) continue;
    longest = Math.max(longest, times * worstCaseTime(other));
  }
  return Number.isFinite(longest) ? roundUp(own + longest) : undefined;
}
