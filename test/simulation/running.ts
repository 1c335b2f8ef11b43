import { strict as assert } from 'node:assert';
import type { Scenario, Variant } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import type { Simulation } from '../../src/simulation/frame';
import { type Answer, answering, type Question } from '../../src/simulation/questions';
import type { RunResult } from '../../src/simulation/result';
import { runScenario } from '../../src/simulation/run';
import { startSimulation } from '../../src/simulation/start';
import { statistics } from '../../src/validation/statistics';
import { scenarioOf } from './systems';

export { between, callOf, componentOf, journeyOf } from '../../src/validation/running';
export { statistics };

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

/** The answer to a question, all its runs done here. */
export function answerTo<T>(system: System, question: Question<Answer<T>>): T {
  const steps = answering(system, question);
  for (;;) {
    const { done, value } = steps.next();
    if (!done) continue;
    assert.ok(value.ok, value.ok ? '' : value.reason);
    return value.answer;
  }
}

/** Why a question has no answer. */
export function refusalOf<T>(system: System, question: Question<Answer<T>>): string {
  const steps = answering(system, question);
  for (;;) {
    const { done, value } = steps.next();
    if (!done) continue;
    assert.ok(!value.ok, 'there is an answer');
    return value.reason;
  }
}
