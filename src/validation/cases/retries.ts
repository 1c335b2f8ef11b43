import type { Retry } from '../../model/call';
import type { Component } from '../../model/component';
import type { System } from '../../model/system';
import type { ValidationCase, ValidationFamily } from '../case';
import { advance, begin, callOf, componentOf, journeyOf, run } from '../running';
import { component, constant, pool, scenarioOf, systemOf } from '../systems';

/** From the start, d refuses. */
const refuses = scenarioOf([{ at: 0, fault: { kind: 'crash', target: component('d') } }]);

/** Each of three layers makes four attempts: 4 × 4 × 4 at the last for every request, once all have ended. */
const layered: ValidationCase = {
  name: 'four attempts at each of three layers',
  source: 'counting: 4 × 4 × 4',
  setting: '1,000 requests, the last callee refuses',
  runs: 10,
  quantities: [{ name: 'attempts a request', unit: 'number', theory: () => 64, bar: 0 }],
  measure: (seed) => {
    const retry = { maxAttempts: 4 };
    const system = systemOf({
      components: ['a', 'b', 'c', 'd'].map((name) => ({ name, ...pool('unlimited'), ...constant(0) })),
      calls: [
        { from: 'a', to: 'b', retry },
        { from: 'b', to: 'c', retry },
        { from: 'c', to: 'd', retry },
      ],
      journeys: [{ name: 'all', entry: 'a', rate: 20 }],
    });
    const quiet = { at: 50, fault: { kind: 'load', journey: 'all', factor: 0 } } as const;
    const result = run(system, 60, { seed, scenario: scenarioOf([...refuses.events, quiet]) });
    return [componentOf(result, 'd').arrivals / journeyOf(result, 'all').offered];
  },
};

function oneCall(retry: Retry, d: Partial<Component> = {}): System {
  return systemOf({
    components: [
      { name: 'a', ...pool('unlimited'), ...constant(0) },
      { name: 'd', ...pool('unlimited'), ...constant(0), ...d },
    ],
    calls: [{ from: 'a', to: 'd', retry }],
    journeys: [{ name: 'all', entry: 'a', rate: 1000 }],
  });
}

const capped: ValidationCase = {
  name: 'three attempts, all of which fail',
  source: 'counting: just under 3, for the last requests are still at it',
  setting: '1,000 requests a second for 30 s, 100 ms between attempts',
  runs: 10,
  quantities: [{ name: 'attempts a request', unit: 'number', theory: () => 3, bar: 0.005, within: 0.01 }],
  measure: (seed) => {
    const system = oneCall({ maxAttempts: 3, backoff: 'constant', base: 0.1 });
    const { attempts, requests } = callOf(run(system, 30, { seed, scenario: refuses }), 'a -> d');
    return [attempts / requests];
  },
};

/** A bucket that gets a tenth of a token with each request holds ten at most: they are the difference. */
const budgeted: ValidationCase = {
  name: 'three attempts with a budget of 10%, all of which fail',
  source: 'counting: 1.1, and the ten tokens that the budget starts with',
  setting: '1,000 requests a second for 100 s',
  runs: 10,
  quantities: [{ name: 'attempts a request', unit: 'number', theory: () => 1.1, bar: 0.001, within: 0.001 }],
  measure: (seed) => {
    const { attempts, requests } = callOf(
      run(oneCall({ maxAttempts: 3, budget: { share: 0.1 } }), 100, { seed, scenario: refuses }),
      'a -> d',
    );
    return [attempts / requests];
  },
};

/** Attempts fail independently with probability p: 1 + p + p² + p³ of them, and all four fail with p⁴. */
function independent(p: number): ValidationCase {
  return {
    name: `four attempts, each of which fails with ${p * 100}%`,
    source: 'geometric series',
    setting: '1,000 requests a second for 100 s',
    runs: 10,
    quantities: [
      { name: 'attempts a request', unit: 'number', theory: () => 1 + p + p ** 2 + p ** 3, bar: 0.01 },
      { name: 'succeed', unit: 'share', theory: () => 1 - p ** 4, bar: 0.01 },
    ],
    measure: (seed) => {
      const result = run(oneCall({ maxAttempts: 4 }, { errorRate: p }), 100, { seed });
      const { attempts, requests } = callOf(result, 'a -> d');
      const { succeeded, offered, inFlight } = journeyOf(result, 'all');
      return [attempts / requests, succeeded / (offered - inFlight)];
    },
  };
}

/** When the crowd has used up what the quota had saved, this many requests a second come back. */
const crowd = 2.1;
const capacity = 10_000;
const offered = 10_100;

/**
 * 10,100 requests a second for a capacity of 10,000; what is refused comes again a second later. The excess of 100 is
 * there again every second: 10,100, 10,200, 10,300 … A quota saves up a second's worth, which a crowd uses up in the
 * first second; what it leaves over, crowd × 10,100 − 20,000, comes back every second, too.
 */
const excess: ValidationCase = {
  name: '10,100 requests a second for a capacity of 10,000, tried again after a second',
  source: 'counting: 100 more every second',
  setting: 'a crowd in the first second, then 20 s',
  runs: 10,
  quantities: [5, 10, 20].map((second) => ({
    name: `attempts in second ${second}`,
    unit: 'number',
    theory: () => offered + (crowd * offered - 2 * capacity) + (second - 1) * (offered - capacity),
    bar: 0.1,
    within: 0.01,
  })),
  measure: (seed) => {
    const system = systemOf({
      components: [
        { name: 'a', ...pool('unlimited'), ...constant(0) },
        { name: 'd', ...pool('unlimited'), ...constant(0), quota: capacity },
      ],
      calls: [{ from: 'a', to: 'd', retry: { backoff: 'constant', base: 1 } }],
      journeys: [{ name: 'all', entry: 'a', rate: offered }],
    });
    const scenario = scenarioOf([
      { at: 0, fault: { kind: 'load', journey: 'all', factor: crowd } },
      { at: 1, fault: { kind: 'load', journey: 'all', factor: 1 } },
    ]);
    const core = begin(system, { seed, scenario });
    const attempts: number[] = [];
    for (let second = 0; second <= 21; second++) {
      advance(core, second);
      attempts.push(core.calls[0]?.attempts ?? Number.NaN);
    }
    return [5, 10, 20].map((second) => (attempts[second + 1] ?? Number.NaN) - (attempts[second] ?? Number.NaN));
  },
};

export const retries: ValidationFamily = {
  name: 'Retries',
  cases: [layered, capped, budgeted, independent(0.1), independent(0.5), excess],
};
