import fc from 'fast-check';
import type { Call, Fallback } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import type { Kind } from '../../src/model/kinds';
import type { System } from '../../src/model/system';
import { type Availability, fromDown } from '../../src/model/units';
import { variablesOf } from './oracle';
import { type Parts, systemOf } from './small';

const names = ['a', 'b', 'c', 'd', 'e'] as const;
const name = fc.constantFrom(...names);
const availability: fc.Arbitrary<Availability> = fc.constantFrom(0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.3, 1).map(fromDown);
const usually = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 3 });
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Without the keys that are undefined, as a reader would leave them out. */
function written<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const component: fc.Arbitrary<Omit<Component, 'name'>> = fc
  .record({
    kind: usually(fc.constantFrom<Kind>('service', 'service', 'service', 'database', 'queue', 'cache', 'external', 'client', 'worker')),
    managed: seldom(fc.boolean()),
    replicas: usually(fc.constantFrom(1, 2, 2, 3)),
    needs: seldom(fc.constantFrom(1, 2, 3)),
    zones: usually(fc.uniqueArray(fc.constantFrom('z1', 'z2', 'z3'), { minLength: 1, maxLength: 3 })),
    availability: usually(availability),
    commonCause: seldom(fc.constantFrom(0.1, 0.5, 1)),
    releases: seldom(fc.constant({ every: 100, failureRate: 0.1, rollback: 50 })),
    concurrency: seldom(fc.constantFrom<number | 'unlimited'>(1, 2, 4, 'unlimited')),
    serviceTime: seldom(fc.constantFrom(0.01, 0.1, 0.3).map((value) => ({ kind: 'constant', value }) as const)),
    healthCheck: seldom(fc.constantFrom({ interval: 5 }, { interval: 5, unhealthyAfter: 2 }, 'none' as const)),
    failover: seldom(
      fc.constantFrom({ automatic: true }, { automatic: false }, { automatic: false, within: 600 }, { within: 30 }, 'none' as const),
    ),
    mttr: seldom(fc.constantFrom(1800, 7200)),
  })
  .map((value) => {
    // A reader reports a quorum above the number of replicas and drops it.
    const { needs, ...rest } = value;
    return written(needs !== undefined && needs <= (value.replicas ?? 1) ? { ...rest, needs } : rest) as Omit<Component, 'name'>;
  });

const fallbacksOf = (name: fc.Arbitrary<string>): fc.Arbitrary<Fallback | 'none'> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant<Fallback>({ kind: 'degrade', word: 'later' }) },
    { weight: 4, arbitrary: name.map((to): Fallback => ({ kind: 'component', to })) },
    { weight: 1, arbitrary: fc.constant('none' as const) },
  );

const callsOf = (name: fc.Arbitrary<string>): fc.Arbitrary<readonly [string, Partial<Call>]> =>
  fc
    .record({
      from: name,
      to: name,
      rest: fc.record({
        timeout: fc.constantFrom<number | 'none'>(1, 2, 'none'),
        deadline: seldom(fc.constantFrom<number | 'none'>(3, 'none')),
        circuitBreaker: fc.constantFrom({ failures: 5 }, { failures: 5 }, 'none' as const),
        retry: seldom(
          fc.constantFrom({ maxAttempts: 3, base: 0.1 }, { base: 0.1 }, { maxAttempts: 'unlimited' as const }, 'none' as const),
        ),
        bulkhead: seldom(fc.constantFrom({ concurrency: 1 }, { concurrency: 3 }, 'none' as const)),
        required: usually(fc.boolean()),
        async: seldom(fc.boolean()),
        fallback: usually(fallbacksOf(name)),
        journeys: seldom(fc.constantFrom(['first'], ['second'], ['first', 'second'])),
        count: seldom(fc.constantFrom(2)),
        share: seldom(fc.constantFrom(0.5)),
        role: fc.constantFrom<Call['role']>(
          'request',
          'request',
          'request',
          'request',
          'request',
          'request',
          'request',
          'telemetry',
          'startup',
        ),
      }),
    })
    .map(({ from, to, rest }) => [`${from} -> ${to}`, written(rest) as Partial<Call>] as const);

const zone = fc.record({ availability, region: usually(fc.constantFrom('r1', 'r2')) }).map(written);

/** Random architectures: zones, quorums, fallbacks, calls that hang, rings, shared fates. */
export function architectures(most: number): fc.Arbitrary<System> {
  return fc
    .integer({ min: 1, max: names.length })
    .chain((size) =>
      fc.record({
        components: fc
          .tuple(...names.slice(0, size).map((key) => component.map((value) => [key, value] as const)))
          .map((entries) => Object.fromEntries(entries)),
        calls: fc.array(callsOf(fc.constantFrom(...names.slice(0, size))), { minLength: size - 1, maxLength: 2 * size }),
        journeys: fc.record({ first: name, second: name, rate: usually(fc.constantFrom(1, 5, 20)) }).map(({ first, second, rate }) => ({
          first: written({ entry: names.indexOf(first) < size ? first : 'a', rate }),
          second: { entry: names.indexOf(second) < size ? second : 'a', rate: 2 },
        })),
        zones: fc.record({ z1: zone, z2: zone, z3: zone }),
        fate: seldom(fc.record({ availability, components: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }) })),
      }),
    )
    .map(({ components, calls, journeys, zones, fate }) => {
      // Only what is used is declared, so that there are few variables.
      const used = new Set(Object.values(components).flatMap((c: Omit<Component, 'name'>) => c.zones ?? []));
      const kept = Object.fromEntries(Object.entries(zones).filter(([key]) => used.has(key)));
      const regions = new Set(Object.values(kept).flatMap(({ region }) => (region === undefined ? [] : [region])));
      return systemOf({
        components,
        calls,
        journeys: journeys as NonNullable<Parts['journeys']>,
        zones: kept,
        regions: Object.fromEntries([...regions].map((region) => [region, { availability: fromDown(0.05) }])),
        ...(fate ? { sharedFates: { fate } } : {}),
      });
    })
    .filter((system) => variablesOf(system).length <= most);
}
