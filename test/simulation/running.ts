import { strict as assert } from 'node:assert';
import type { Scenario, Variant } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import type { Simulation } from '../../src/simulation/frame';
import type { CallResult, ComponentResult, JourneyResult, RunResult } from '../../src/simulation/result';
import { runScenario } from '../../src/simulation/run';
import { startSimulation } from '../../src/simulation/start';
import { scenarioOf } from './systems';

export interface Setting {
  readonly seed?: number;
  readonly variant?: Variant;
  readonly scenario?: Scenario;
}

export function run(
  system: System,
  duration: number,
  { seed = 1, variant = 'written', scenario = scenarioOf([]) }: Setting = {},
): RunResult {
  const outcome = runScenario({ system, variant, seed, scenario }, { duration });
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.reason);
  return outcome.result;
}

export function play(system: System, { seed = 1, variant = 'written', scenario }: Setting = {}): Simulation {
  const started = startSimulation({ system, variant, seed, ...(scenario ? { scenario } : {}) });
  assert.ok(started.ok, started.ok ? '' : started.reason);
  return started.simulation;
}

export function journeyOf(result: RunResult, name: string): JourneyResult {
  const journey = result.journeys[name];
  assert.ok(journey, `no journey ${name}`);
  return journey;
}

export function componentOf(result: RunResult, name: string): ComponentResult {
  const component = result.components[name];
  assert.ok(component, `no component ${name}`);
  return component;
}

export function callOf(result: RunResult, id: string): CallResult {
  const call = result.calls[id];
  assert.ok(call, `no call ${id}`);
  return call;
}

/** Requests of a journey that arrived in these seconds. */
export function between(
  { series }: JourneyResult,
  from: number,
  to: number,
): { offered: number; succeeded: number; degraded: number; failed: number } {
  const sum = { offered: 0, succeeded: 0, degraded: 0, failed: 0 };
  series.second.forEach((second, i) => {
    if (second < from || second >= to) return;
    for (const key of ['offered', 'succeeded', 'degraded', 'failed'] as const) sum[key] += series[key][i] ?? 0;
  });
  return sum;
}

/** Mean, standard deviation and standard error of independent figures. */
export function statistics(values: readonly number[]): { mean: number; deviation: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(variance), error: Math.sqrt(variance / values.length) };
}

export function seeds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** A figure of many runs agrees with theory: within 3.5 standard errors, and those are small enough to say something. */
export function agrees(values: readonly number[], theory: number, precision: number): void {
  const { mean, error } = statistics(values);
  const text = `${mean} ± ${error} against ${theory}`;
  assert.ok(Math.abs(mean - theory) <= 3.5 * error + 1e-12, text);
  assert.ok(error <= precision * theory, `too imprecise: ${text}`);
}
