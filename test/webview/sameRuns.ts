// Runs that use everything of the engine that computes with more than whole numbers. The same file runs in Node and, bundled, in a
// browser's worker.
import { variants } from '../../src/model/scenario';
import type { RunResult } from '../../src/simulation/result';
import { runScenario } from '../../src/simulation/run';
import { contend } from '../../src/validation/cases/backoff';
import { component, constant, exponential, lab, logNormal, pool, scenarioOf, systemOf } from '../../src/validation/systems';

export interface SameRuns {
  readonly runs: readonly RunResult[];
  /** Calls and times of clients that contend, by strategy. */
  readonly contentions: readonly unknown[];
}

const outage = scenarioOf([
  { at: 5, fault: { kind: 'kill', target: component('payment') } },
  { at: 12, fault: { kind: 'slow', target: component('db'), factor: 1.7, add: 0.003 } },
  { at: 20, fault: { kind: 'restore', target: component('payment') } },
  { at: 22, fault: { kind: 'errors', target: component('db'), share: 0.3 } },
]);

const jitters = ['none', 'full', 'equal', 'decorrelated', 'proportional'] as const;

/** Every service time and every jitter, breakers on a rate, a budget, a share of calls. */
const everything = systemOf({
  components: [
    { name: 'client', kind: 'client' },
    { name: 'front', replicas: 3, ...pool(16, 40), ...exponential(0.004) },
    ...jitters.map((name, i) => ({ name, ...pool(4, 6), ...(i % 2 === 0 ? logNormal(0.02, 0.3) : constant(0.03)), errorRate: 0.1 })),
  ],
  calls: [
    { from: 'client', to: 'front', timeout: 0.7 },
    ...jitters.map((to, i) => ({
      from: 'front',
      to,
      share: 1 / (1 + i / 3),
      timeout: 0.15,
      retry: { maxAttempts: 4, backoff: 'exponential' as const, base: 0.01, factor: 1.7, jitter: to, budget: { share: 0.3 } },
      circuitBreaker: { errorRate: 0.6, window: { seconds: 3 }, cooldown: 0.5 },
    })),
  ],
  journeys: [{ name: 'all', entry: 'client', rate: 90, latency: 0.4 }],
});

const protectedLab = lab({ pay: { timeout: 0.3, circuitBreaker: { failures: 5 } } });

export function sameRuns(): SameRuns {
  const requests = [
    ...variants.map((variant) => ({ system: protectedLab, variant, seed: 5, scenario: outage })),
    ...[1, 2 ** 31 - 1, 0.1].map((seed) => ({ system: everything, variant: 'written' as const, seed, scenario: scenarioOf([]) })),
  ];
  const runs = requests.map((request) => {
    const outcome = runScenario(request, { duration: 60 });
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.result;
  });
  const strategies = ['none', 'exponential', 'equal', 'full', 'decorrelated'] as const;
  return { runs, contentions: strategies.map((strategy) => contend(strategy, 40, 3)) };
}
