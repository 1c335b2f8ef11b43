import * as l10n from '@vscode/l10n';
import type { Fault, FaultTarget } from './scenario';
import type { PerSecond, Seconds, Share } from './units';
import { countText, listText, replicasText, secondsText, targetText } from './words';

// Everything that a run says: what happens in it, what it assumes, and why it cannot be done. Whoever simulates only knows
// these functions, and no language.

/** The names that a sentence lists before it says how many more there are. */
const listed = 4;

// What somebody, or a scenario, does to the system.

export function loadText(journey: string, factor: number): string {
  return l10n.t('{0}: {1} times its load.', journey, factor);
}

export function partitionText(sides: readonly [readonly string[], readonly string[]]): string {
  return l10n.t('{0} and {1} do not reach each other.', sides[0].join(', '), sides[1].join(', '));
}

/** What a fault does to what it hits; of a partition and of load there are texts of their own. */
export function faultText(fault: Exclude<Fault, { kind: 'load' | 'partition' }>): string {
  const name = targetText(fault.target);
  switch (fault.kind) {
    case 'kill':
      return l10n.t('{0} stops answering: calls to it hang.', name);
    case 'crash':
      return l10n.t('{0} crashes: what it does fails, and calls to it are refused.', name);
    case 'restore':
      return l10n.t('{0} is back as it was; what hangs there ends as an error.', name);
    case 'slow':
      return slowText(name, fault.factor, fault.add);
    case 'errors':
      return l10n.t('{0} fails {1}% of its requests.', name, percent(fault.share));
  }
}

function percent(share: Share): number {
  return Number((share * 100).toPrecision(3));
}

function slowText(name: string, factor: number | undefined, add: Seconds | undefined): string {
  if (factor !== undefined && add !== undefined)
    return l10n.t('{0} becomes slow: {1} times as long and {2} longer.', name, factor, secondsText(add));
  if (factor !== undefined) return l10n.t('{0} becomes slow: {1} times as long.', name, factor);
  if (add !== undefined) return l10n.t('{0} becomes slow: {1} longer.', name, secondsText(add));
  return l10n.t('{0} becomes slow: as before.', name);
}

export function partitionsEndedText(count: number): string {
  return countText(count, l10n.t('1 partition ended.'), l10n.t('{0} partitions ended.', count));
}

// Why something cannot be done to it.

export function notDoneText(reason: string): string {
  return l10n.t('Not done: {0}', reason);
}

export function noJourneyText(name: string): string {
  return l10n.t('There is no journey {0} in this simulation.', name);
}

export function fixedClientsText(journey: string): string {
  return l10n.t('{0} has a fixed number of clients; its load follows from how fast they are answered.', journey);
}

export function negativeLoadText(): string {
  return l10n.t('A load factor cannot be negative.');
}

/** @param replicas how many replicas a component of this name has; undefined where there is none */
export function nothingHitText(target: FaultTarget, replicas?: number): string {
  const { name } = target;
  switch (target.kind) {
    case 'component':
      return l10n.t('There is no component {0}.', name);
    case 'replica':
      return replicas === undefined
        ? l10n.t('There is no component {0}.', name)
        : l10n.t('{0} has {1}, there is no {2}.', name, replicasText(replicas), targetText(target));
    case 'zone':
      return l10n.t('No replica is in zone {0}.', name);
    case 'region':
      return l10n.t('No replica is in region {0}.', name);
    case 'sharedFate':
      return l10n.t('There is no shared fate {0}.', name);
  }
}

// What the system does.

export function believedText(replica: string, isHealthy: boolean): string {
  return isHealthy
    ? l10n.t('{0} is healthy again and gets requests.', replica)
    : l10n.t('{0} is found unhealthy and gets no more requests.', replica);
}

export function failoverText(component: string, replica: string): string {
  return l10n.t('{0}: {1} takes over.', component, replica);
}

export function overloadCrashText(replica: string, startup: Seconds): string {
  return l10n.t('{0} is overloaded and crashes; it is back in {1}.', replica, secondsText(startup));
}

export function backText(replica: string): string {
  return l10n.t('{0} is back.', replica);
}

/**
 * @param who the call, with the replica of the caller where there are several
 * @param openings how often it has opened since it was last closed
 * @param after how long ago the first of them was
 */
export function breakerClosesText(who: string, openings: number, after: Seconds): string {
  return openings === 1
    ? l10n.t('{0}: the breaker closes, calls go through again.', who)
    : l10n.t('{0}: the breaker closes, calls go through again; it opened {1} times in {2}.', who, openings, secondsText(after));
}

/** @param calls how many it tries then */
export function breakerOpensText(who: string, cooldown: Seconds, calls: number): string {
  const time = secondsText(cooldown);
  return countText(
    calls,
    l10n.t('{0}: the breaker opens for {1}, then tries 1 call.', who, time),
    l10n.t('{0}: the breaker opens for {1}, then tries {2} calls.', who, time, calls),
  );
}

/** After the last line about something that goes on for ever. */
export function notListedText(line: string): string {
  return l10n.t('{0} What it does from here on is not listed.', line);
}

export function logFullText(): string {
  return l10n.t('What follows is not listed: the log is full.');
}

/** What the slots of a replica are used for, by what is waited for, the most first. */
export interface Occupied {
  readonly replica: string;
  readonly slots: number;
  readonly waits: readonly { readonly name: string; readonly count: number }[];
}

export function stuckText(occupied: Occupied): string {
  return l10n.t('{0}: {1}.', occupied.replica, occupantsText(occupied));
}

/** @param queue how many requests may queue; 0 where none does */
export function overloadText(occupied: Occupied, queue: number): string {
  const occupants = occupantsText(occupied);
  return queue > 0
    ? l10n.t('{0}: {1}, the queue of {2} is full; requests are rejected.', occupied.replica, occupants, queue)
    : l10n.t('{0}: {1}; requests are rejected.', occupied.replica, occupants);
}

/** `8 of 8 threads wait for payment`. */
function occupantsText({ slots, waits }: Occupied): string {
  const [first, ...rest] = waits;
  if (!first) return l10n.t('{0} of {0} threads are busy', slots);
  const others = rest.slice(0, 2).map(({ name, count }) => l10n.t('{0} for {1}', count, name));
  return [l10n.t('{0} of {1} threads wait for {2}', first.count, slots, first.name), ...others].join(', ');
}

// What is taken for granted, and what is left out.

export function assumedSlotsText(slots: number, components: readonly string[]): string {
  return l10n.t('Assumed: {0} slots a replica for {1}.', slots, listText(components, listed));
}

export function assumedWorkText(time: Seconds, components: readonly string[]): string {
  return l10n.t('Assumed: {0} ms of own work a request for {1}.', time * 1000, listText(components, listed));
}

export function assumedRateText(rate: PerSecond, journeys: readonly string[]): string {
  const names = listText(journeys, listed);
  return journeys.length === 1
    ? l10n.t('Assumed: {0} requests a second on {1}, for no journey has a rate.', rate, names)
    : l10n.t('Assumed: {0} requests a second on each of {1}, for no journey has a rate.', rate, names);
}

export function leftOutText(journeys: readonly string[]): string {
  const names = listText(journeys, listed);
  return countText(
    journeys.length,
    l10n.t('Left out: 1 journey without a rate ({0}).', names),
    l10n.t('Left out: {0} journeys without a rate ({1}).', journeys.length, names),
  );
}

export function ringText(calls: readonly string[]): string {
  return l10n.t('Not simulated: {0}, which would go round in a ring for ever.', listText(calls, listed));
}

// Why there is nothing to see, or nothing more.

export function noComponentsText(): string {
  return l10n.t('There is nothing to simulate: the system has no components.');
}

export function noEntryText(): string {
  return l10n.t('There is nothing to simulate: no journey leads into the system. Declare one under "journeys" with its entry and rate.');
}

export function noTrafficText(): string {
  return l10n.t('There is nothing to simulate: every journey has a rate of 0.');
}

export function tooManyClientsText(count: number, journey: string, most: number): string {
  return l10n.t('{0} clients of {1} are more than can be simulated; {2} can.', count, journey, most);
}

export function tooManyReplicasText(count: number, most: number): string {
  return l10n.t('{0} replicas are more than can be simulated; {1} can.', count, most);
}

export function noPassingText(): string {
  return l10n.t('No journey that is simulated passes it.');
}

export function alwaysFailsText(): string {
  return l10n.t('Nothing that passes it succeeds, even without an outage.');
}

export function cancelledText(): string {
  return l10n.t('The run was cancelled.');
}

/** What piles up in a run in which nothing ends. */
export type Piled = 'visits' | 'calls' | 'requests' | 'messages';

export function piledUpText(what: Piled, most: number): string {
  switch (what) {
    case 'visits':
      return l10n.t('The simulation stops: more than {0} requests at components are open at once, and nothing ends them.', most);
    case 'calls':
      return l10n.t('The simulation stops: more than {0} calls are open at once, and nothing ends them.', most);
    case 'requests':
      return l10n.t('The simulation stops: more than {0} requests are open at once, and nothing ends them.', most);
    case 'messages':
      return l10n.t('The simulation stops: more than {0} messages in queues are open at once, and nothing ends them.', most);
  }
}

/** @param simulated how much of the time is done */
export function tooLongText(events: number, simulated: Seconds): string {
  const time = secondsText(simulated);
  return l10n.t('The simulation stops: after {0} million events {1} are simulated, and going on would take too long.', events / 1e6, time);
}
