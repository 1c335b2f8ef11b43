import { replicaZones } from '../model/defaults';
import { callsByCaller, journeyPath } from '../model/paths';
import type { FaultTarget, Scenario, ScenarioEvent, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { PerSecond, Seconds } from '../model/units';
import type { RunOrder } from './questions';
import type { RunResult } from './result';
import { planTraffic } from './traffic';
import { answeredOf, arrivedIn, fallsShort, type Hits } from './windows';

/** An outage of one thing whose end is waited for. */
export interface Outage {
  readonly target: FaultTarget;
  readonly length: Seconds;
  /** How long after the restore everything has to be back. */
  readonly within: Seconds;
}

/** Whose traffic, on which variant, with which seeds. */
export interface Sample {
  readonly variant: Variant;
  readonly seeds: readonly number[];
  /** Every journey that is simulated, and those of them that pass what is out. */
  readonly journeys: readonly string[];
  readonly passing: readonly string[];
  /** Instead of the usual: a run with more events is stopped. */
  readonly mostEvents?: number;
}

/**
 * What an outage leads to at some load. *Recovers*: with every seed, each journey is back within the time that it is
 * given. *Stuck*: some journey is not. *Overloaded*: so it is without any outage. *Unknown*: a run took too long.
 */
export type TrialOutcome = 'recovers' | 'stuck' | 'overloaded' | 'unknown';

/** When the outage begins: by then pools and queues are as full as they usually are. */
export const lead: Seconds = 10;
/** How long it is then looked whether everything is back. */
const look: Seconds = 20;
/** One run of many: each stays bounded. */
const usualEvents = 20_000_000;

/** The journeys that pass what is out, and what they bring today. */
export interface Passing {
  readonly journeys: readonly string[];
  readonly passing: readonly string[];
  /** Requests a second of those that pass, today. */
  readonly rate: PerSecond;
  readonly notes: readonly string[];
}

/** Whose traffic passes a target, or why there is none, in words. */
export function passingBy(
  system: System,
  target: FaultTarget,
): { readonly ok: true; readonly passing: Passing } | { ok: false; reason: string } {
  const plan = planTraffic(system, undefined);
  if (!plan.ok) return plan;
  const hit = componentsOf(system, target);
  const byCaller = callsByCaller(system);
  const passes = plan.traffic.filter(({ journey }) => [...journeyPath(system, journey, byCaller).components].some((name) => hit.has(name)));
  return {
    ok: true,
    passing: {
      journeys: plan.traffic.map(({ journey }) => journey.name),
      passing: passes.map(({ journey }) => journey.name),
      rate: passes.reduce((sum, { rate }) => sum + rate, 0),
      notes: plan.notes,
    },
  };
}

/** The components of which a target takes at least a part. */
export function componentsOf(system: System, { kind, name }: FaultTarget): ReadonlySet<string> {
  switch (kind) {
    case 'component':
    case 'replica':
      return new Set(system.components.has(name) ? [name] : []);
    case 'sharedFate':
      return new Set((system.sharedFates.get(name)?.components ?? []).filter((component) => system.components.has(component)));
    default: {
      const isThere = (zone: string | undefined) =>
        zone !== undefined && (kind === 'zone' ? zone === name : system.zones.get(zone)?.region === name);
      const inside = [...system.components.values()].filter((component) => replicaZones(component).some(isThere));
      return new Set(inside.map((component) => component.name));
    }
  }
}

/** The runs of one trial: with and without the outage, at so many times today's load, once for each seed. */
export function trialOrders(sample: Sample, outage: Outage, factor: number): readonly RunOrder[] {
  const { target, length } = outage;
  const load = sample.journeys.map((journey): ScenarioEvent => ({ at: 0, fault: { kind: 'load', journey, factor } }));
  const scenarios: readonly Scenario[] = [
    {
      name: 'outage',
      events: [...load, { at: lead, fault: { kind: 'kill', target } }, { at: lead + length, fault: { kind: 'restore', target } }],
      expect: [],
    },
    { name: 'no outage', events: load, expect: [] },
  ];
  const duration = lengthOf(outage);
  const { mostEvents = usualEvents } = sample;
  return scenarios.flatMap((scenario) => sample.seeds.map((seed) => ({ variant: sample.variant, seed, scenario, duration, mostEvents })));
}

/** What the passing journeys answer at a load that is no load at all: what a heavier one is compared with. */
export type LightLoad = ReadonlyMap<string, Hits>;

/** Reads it from the results of a trial with a small factor. */
export function lightLoad(sample: Sample, results: readonly RunResult[], outage: Outage): LightLoad {
  const calm = results.slice(sample.seeds.length);
  return new Map(sample.passing.map((name) => [name, answeredOf(arrivedIn(calm, name, 0, lengthOf(outage)))]));
}

function lengthOf({ length, within }: Outage): Seconds {
  return lead + length + within + look;
}

/** Reads the results of a trial, which stand in the order of its runs. */
export function outcomeOf(sample: Sample, results: readonly RunResult[], outage: Outage, light: LightLoad): TrialOutcome {
  const { seeds, journeys, passing } = sample;
  const calm = results.slice(seeds.length);
  const end = lengthOf(outage);
  const answered = (run: RunResult, name: string) => answeredOf(arrivedIn([run], name, end - look, end));
  if (results.some(({ tooLong }) => tooLong)) return 'unknown';
  const isOverloaded = calm.some(
    (run) => run.stopped !== undefined || passing.some((name) => fallsShort(answered(run, name), light.get(name) ?? certain)),
  );
  if (isOverloaded) return 'overloaded';
  const isStuck = calm.some((usual, i) => {
    const run = results[i];
    if (!run || run.stopped !== undefined) return true;
    return journeys.some((name) => fallsShort(answered(run, name), answered(usual, name)));
  });
  return isStuck ? 'stuck' : 'recovers';
}

/** With how many of the seeds, each looked at by itself, everything recovers. */
export function recoveries(sample: Sample, results: readonly RunResult[], outage: Outage, light: LightLoad): number {
  const { seeds } = sample;
  const alone = seeds.filter((seed, i) => {
    const own = [results[i], results[seeds.length + i]].flatMap((result) => result ?? []);
    return outcomeOf({ ...sample, seeds: [seed] }, own, outage, light) === 'recovers';
  });
  return alone.length;
}

const certain: Hits = { hits: 1, of: 1 };
