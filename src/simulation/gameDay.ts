import { replicaZones } from '../model/defaults';
import type { Verdict } from '../model/onPaper';
import type { FaultTarget, Scenario, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { Seconds, Share } from '../model/units';
import type { LogLine } from './frame';
import { type Answer, type Question, type RunOrder, resultsOf } from './questions';
import type { RunResult } from './result';
import { planTraffic } from './traffic';
import { type Arrived, answeredOf, arrivedIn, fallsShort, fullOf, successOf } from './windows';

/** Something that a game day takes away whole. */
export interface GameDayTarget {
  readonly kind: Exclude<FaultTarget['kind'], 'replica'>;
  readonly name: string;
}

export interface GameDaySetting {
  readonly variant: Variant;
  readonly seed: number;
  /** How many seeds are added up. */
  readonly runs: number;
  readonly from: Seconds;
  readonly to: Seconds;
  readonly duration: Seconds;
  /** Instead of the usual: a run with more events is stopped. */
  readonly mostEvents?: number;
}

/** One journey while one thing is gone, against the same traffic with nothing gone. */
export interface GameDayCell {
  readonly journey: string;
  /**
   * *Stops*: less than half of what succeeds otherwise. *Survives*: as good as all of it (99%), with nothing left out.
   * *Degrades*: between them. Undefined where no request arrived, or none succeeds anyway.
   */
  readonly verdict?: Verdict;
  /** With how many of the seeds each of them comes out, for the seeds one by one; a seed of which nothing is known is in none. */
  readonly seeds?: Readonly<Record<Verdict, number>>;
  /** The share that is answered meanwhile, and with nothing gone. */
  readonly success?: Share;
  readonly usually?: Share;
  /** The same in the second half of the time after the restore. */
  readonly after?: Share;
  readonly usuallyAfter?: Share;
  /** Whether it is back to as good as all (99%) of the usual then. Undefined where nothing says so. */
  readonly recovers?: boolean;
}

export interface GameDayRow {
  readonly target: GameDayTarget;
  readonly cells: readonly GameDayCell[];
  /** What the run says first after the kill itself: `8 of 8 threads wait for payment`. */
  readonly firstSign?: LogLine;
  /** Why a run ended early. */
  readonly stopped?: string;
}

export interface GameDay extends GameDaySetting {
  readonly rows: readonly GameDayRow[];
  /** What was assumed or left out of the traffic, in words. */
  readonly notes: readonly string[];
}

/** Killed ten seconds into the minute, back after thirty. */
export const usualGameDay = { from: 10, to: 40, duration: 60 } as const;

/** A table has many runs: each stays bounded. */
const usualEvents = 50_000_000;

/** Everything that can be taken away whole: components, and zones, regions and shared fates that something runs in. */
export function gameDayTargets(system: System): readonly GameDayTarget[] {
  const zones = new Set([...system.components.values()].flatMap((component) => replicaZones(component)));
  const regions = new Set([...zones].map((zone) => (zone === undefined ? undefined : system.zones.get(zone)?.region)));
  const fates = [...system.sharedFates.values()].filter(({ components }) => components.some((name) => system.components.has(name)));
  const named = (kind: GameDayTarget['kind'], names: Iterable<string>) => [...names].map((name) => ({ kind, name }));
  return [
    ...named('component', system.components.keys()),
    ...named(
      'zone',
      [...system.zones.keys()].filter((name) => zones.has(name)),
    ),
    ...named(
      'region',
      [...system.regions.keys()].filter((name) => regions.has(name)),
    ),
    ...named(
      'sharedFate',
      fates.map(({ name }) => name),
    ),
  ];
}

/** Kills everything once, and says what becomes of each journey. Where there is nothing to simulate, it says why. */
export function* gameDay(system: System, setting: GameDaySetting): Question<Answer<GameDay>> {
  const { variant, seed, from, to, duration, mostEvents = usualEvents } = setting;
  const traffic = planTraffic(system, undefined);
  if (!traffic.ok) return traffic;
  const seeds = Array.from({ length: setting.runs }, (_, i) => seed + i);
  const orders = (scenario: Scenario): readonly RunOrder[] =>
    seeds.map((each) => ({ variant, seed: each, scenario, duration, mostEvents }));
  const targets = gameDayTargets(system);
  const usual = resultsOf(yield orders({ name: 'nothing is gone', events: [], expect: [] }));
  if (typeof usual === 'string') return { ok: false, reason: usual };
  const long = usual.find(({ tooLong }) => tooLong)?.stopped;
  if (long !== undefined) return { ok: false, reason: long };
  const results = resultsOf(yield targets.flatMap((target) => orders(killing(target, from, to))));
  if (typeof results === 'string') return { ok: false, reason: results };
  const rows = targets.map((target, i) => rowOf(target, results.slice(i * seeds.length, (i + 1) * seeds.length), usual, setting));
  return { ok: true, answer: { ...setting, rows, notes: traffic.notes } };
}

function killing(target: GameDayTarget, from: Seconds, to: Seconds): Scenario {
  return {
    name: `${target.kind} ${target.name} is gone`,
    events: [
      { at: from, fault: { kind: 'kill', target } },
      { at: to, fault: { kind: 'restore', target } },
    ],
    expect: [],
  };
}

function rowOf(target: GameDayTarget, results: readonly RunResult[], usual: readonly RunResult[], setting: GameDaySetting): GameDayRow {
  const [first] = results;
  const stopped = [...results, ...usual].find((result) => result.stopped !== undefined)?.stopped;
  const cut = [...results, ...usual].some(({ tooLong }) => tooLong);
  const sign = first?.log.filter(({ at }) => at >= setting.from && at < setting.to)[1];
  return {
    target,
    // Of what was not simulated to its end nothing is said.
    cells: Object.keys(first?.journeys ?? {}).map((name) => (cut ? { journey: name } : cellOf(name, results, usual, setting))),
    ...(sign ? { firstSign: sign } : {}),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

function cellOf(name: string, results: readonly RunResult[], usual: readonly RunResult[], setting: GameDaySetting): GameDayCell {
  const { from, to, duration } = setting;
  const late = (to + duration) / 2;
  const meanwhile = arrivedIn(results, name, from, to);
  const otherwise = arrivedIn(usual, name, from, to);
  const verdict = verdictOf(meanwhile, otherwise);
  const seeds = { survives: 0, degrades: 0, stops: 0 };
  for (const [i, result] of results.entries()) {
    const calm = usual[i];
    const own = calm && verdictOf(arrivedIn([result], name, from, to), arrivedIn([calm], name, from, to));
    if (own) seeds[own]++;
  }
  const success = successOf(meanwhile);
  const usually = successOf(otherwise);
  const back = arrivedIn(results, name, late, duration);
  const usualBack = arrivedIn(usual, name, late, duration);
  const after = successOf(back);
  const usuallyAfter = successOf(usualBack);
  // A run that was stopped because nothing in it ended any more has not recovered.
  const isStuck = results.some(({ stopped }) => stopped !== undefined);
  const recovers = isStuck ? false : usuallyAfter && after !== undefined ? !fallsShort(answeredOf(back), answeredOf(usualBack)) : undefined;
  return {
    journey: name,
    ...(verdict === undefined ? {} : { verdict, seeds }),
    ...(success === undefined ? {} : { success }),
    ...(usually === undefined ? {} : { usually }),
    ...(after === undefined ? {} : { after }),
    ...(usuallyAfter === undefined ? {} : { usuallyAfter }),
    ...(recovers === undefined ? {} : { recovers }),
  };
}

function verdictOf(meanwhile: Arrived, otherwise: Arrived): Verdict | undefined {
  const success = successOf(meanwhile);
  const usually = successOf(otherwise);
  if (success === undefined || !usually) return undefined;
  if (success < usually / 2) return 'stops';
  return fallsShort(fullOf(meanwhile), fullOf(otherwise)) ? 'degrades' : 'survives';
}
