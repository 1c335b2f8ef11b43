import { analyse } from '../../analysis/analyse';
import type { Call } from '../../model/call';
import type { Component } from '../../model/component';
import type { System } from '../../model/system';
import { fromDown } from '../../model/units';
import { measured } from '../../simulation/result';
import type { ValidationCase, ValidationFamily } from '../case';
import { failAndRepair } from '../failing';
import { begin, journeyOf } from '../running';
import { constant, pool, systemOf } from '../systems';
import { StateWatch } from '../works';

const duration = 150_000;
const rate = 0.1;

/** Found out at once, and done with in no time: what is left is whether somebody answers. */
const quick = { ...pool('unlimited'), ...constant(0), healthCheck: { interval: 0, unhealthyAfter: 1 } } as const;
const down = (share: number) => ({ availability: fromDown(share) });
const bounded: Partial<Call> = { timeout: 1, circuitBreaker: 'none', bulkhead: { concurrency: 1000 } };

/** Two services that share a database, in three zones: shared things count once. */
const shared = {
  ...systemOf({
    zones: ['x', 'y', 'z'].map((name) => ({ name, region: 'r', ...down(0.02) })),
    components: [
      { name: 'gateway', ...quick, ...down(0.1), replicas: 3, zones: ['x', 'y', 'z'] },
      { name: 'left', ...quick, ...down(0.1), replicas: 2, zones: ['x', 'y'], commonCause: 0.1 },
      { name: 'right', ...quick, ...down(0.08), replicas: 2, zones: ['y', 'z'] },
      { name: 'db', kind: 'database', ...quick, ...down(0.01), zones: ['x'] },
    ],
    calls: [
      { from: 'gateway', to: 'left', ...bounded, fallback: { kind: 'component', to: 'right' } },
      { from: 'left', to: 'db', ...bounded },
      { from: 'right', to: 'db', ...bounded },
    ],
    journeys: [{ name: 'browse', entry: 'gateway', rate }],
  }),
  regions: new Map([['r', { name: 'r', ...down(0.005) }]]),
} satisfies System;

/** Two of three replicas of a database have to be up; one zone each, and a certificate that stops two components. */
const quorum = {
  ...systemOf({
    zones: ['x', 'y', 'z'].map((name) => ({ name, ...down(0.03) })),
    components: [
      { name: 'api', ...quick, ...down(0.05), replicas: 2, zones: ['x', 'y'] },
      {
        name: 'store',
        kind: 'database',
        ...quick,
        ...down(0.06),
        replicas: 3,
        needs: 2,
        zones: ['x', 'y', 'z'],
        failover: { automatic: true, within: 0 },
      },
      { name: 'mail', kind: 'external', ...pool('unlimited'), ...constant(0), ...down(0.2) },
    ],
    calls: [
      { from: 'api', to: 'store', ...bounded },
      { from: 'api', to: 'mail', ...bounded, required: false },
    ],
    journeys: [{ name: 'order', entry: 'api', rate }],
  }),
  sharedFates: new Map([['certificate', { name: 'certificate', components: ['api', 'mail'], ...down(0.01) }]]),
} satisfies System;

/** An optional call without a timeout takes its caller down when it hangs; a dead replica that nobody takes out, too. */
const hanging = systemOf({
  components: [
    { name: 'web', ...quick, ...down(0.02), concurrency: 8 },
    { name: 'ads', ...quick, ...down(0.05), replicas: 3, healthCheck: 'none' } satisfies Component,
    { name: 'db', kind: 'database', ...quick, ...down(0.02) },
  ],
  calls: [
    { from: 'web', to: 'ads', required: false },
    { from: 'web', to: 'db', ...bounded, bulkhead: { concurrency: 4 } },
  ],
  journeys: [{ name: 'read', entry: 'web', rate }],
});

function exact(system: System, journey: string, mode: 'up' | 'protected'): number {
  const figure = analyse(system).journeys.find((one) => one.journey === journey)?.[mode];
  return figure?.exact ? figure.value.down : Number.NaN;
}

const setting = '150,000 s in which everything fails at random, and is back 10 s later on average';
const source = 'exact availability by the analysis';

/** What dies refuses at once: whether requests succeed is asked as well. They arrive at random, so they see the mean. */
function refusing(name: string, system: System, journey: string, bar: number): ValidationCase {
  return {
    name: `${name}, what dies refuses`,
    source,
    setting,
    runs: 28,
    quantities: [
      { name: 'share of time in which the journey does not work', unit: 'share', theory: () => exact(system, journey, 'protected'), bar },
      { name: 'share of requests that fail', unit: 'share', theory: () => exact(system, journey, 'protected'), bar: 1.5 * bar },
    ],
    measure: (seed) => {
      const core = begin(system, { seed });
      const states = new StateWatch(core, system);
      failAndRepair(core, system, 'crash', seed, duration, states.watch);
      const { offered, succeeded, degraded } = journeyOf(measured(core), journey);
      return [states.down(journey, 'protected'), 1 - (succeeded + degraded) / offered];
    },
  };
}

/** What dies hangs: the journey works by the rules that count who waits for whom. */
function hangs(name: string, system: System, journey: string, bar: number): ValidationCase {
  return {
    name: `${name}, what dies hangs`,
    source,
    setting,
    runs: 28,
    quantities: [
      { name: 'share of time in which the journey does not work', unit: 'share', theory: () => exact(system, journey, 'up'), bar },
    ],
    measure: (seed) => {
      const core = begin(system, { seed });
      const states = new StateWatch(core, system);
      failAndRepair(core, system, 'kill', seed, duration, states.watch);
      return [states.down(journey, 'up')];
    },
  };
}

export const availability: ValidationFamily = {
  name: 'Availability from failure and repair',
  cases: [
    refusing('two services with one database, in three zones', shared, 'browse', 0.08),
    refusing('a quorum of two of three, and a shared certificate', quorum, 'order', 0.08),
    refusing('an optional call without a timeout', hanging, 'read', 0.08),
    hangs('two services with one database, in three zones', shared, 'browse', 0.08),
    hangs('an optional call without a timeout', hanging, 'read', 0.08),
  ],
};
