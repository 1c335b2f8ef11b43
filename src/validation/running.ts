import type { Scenario, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import { build } from '../simulation/build';
import type { Core } from '../simulation/core';
import { runUntil } from '../simulation/engine';
import { toNanoseconds } from '../simulation/outcome';
import type { CallResult, ComponentResult, JourneyResult, RunResult } from '../simulation/result';
import { runScenario } from '../simulation/run';
import { scenarioOf } from './systems';

export interface Setting {
  readonly seed: number;
  readonly variant?: Variant;
  readonly scenario?: Scenario;
}

/** Runs the engine. A case that cannot be run is a bug. */
export function run(system: System, duration: Seconds, { seed, variant = 'written', scenario = scenarioOf([]) }: Setting): RunResult {
  const outcome = runScenario({ system, variant, seed, scenario }, { duration });
  if (!outcome.ok) throw new Error(outcome.reason);
  if (outcome.result.stopped !== undefined) throw new Error(outcome.result.stopped);
  return outcome.result;
}

/** The engine's state at time 0, for who looks at it on the way or does something to it. */
export function begin(system: System, { seed, variant = 'written', scenario }: Setting): Core {
  const built = build({ system, variant, seed, ...(scenario ? { scenario } : {}) });
  if (!built.ok) throw new Error(built.reason);
  return built.core;
}

export function advance(core: Core, to: Seconds): void {
  runUntil(core, toNanoseconds(to), () => true);
}

export function journeyOf({ journeys }: Pick<RunResult, 'journeys'>, name: string): JourneyResult {
  return known(journeys[name], name);
}

export function componentOf({ components }: Pick<RunResult, 'components'>, name: string): ComponentResult {
  return known(components[name], name);
}

export function callOf({ calls }: Pick<RunResult, 'calls'>, id: string): CallResult {
  return known(calls[id], id);
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`There is no ${name} in this run.`);
  return value;
}

/** How requests of a journey ended that arrived in these seconds. */
export function between(
  { series }: JourneyResult,
  from: Seconds,
  to: Seconds,
): { offered: number; succeeded: number; degraded: number; failed: number } {
  const sum = { offered: 0, succeeded: 0, degraded: 0, failed: 0 };
  series.second.forEach((second, i) => {
    if (second < from || second >= to) return;
    for (const key of ['offered', 'succeeded', 'degraded', 'failed'] as const) sum[key] += series[key][i] ?? 0;
  });
  return sum;
}
