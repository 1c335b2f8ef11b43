import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { detectionTime, failoverOf, replicaCount, replicaZones } from '../../src/model/defaults';
import type { Fault, FaultTarget, ScenarioEvent } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import { breaker } from '../../src/remedies/numbers';
import { between, journeyOf, run } from '../simulation/running';
import { type CallFields, component, lab, logNormal, pool, scenarioOf, systemOf } from '../simulation/systems';
import { linkTexts } from '../workspace/helpers';

const killed = 10;
const restored = 30;
/** Whoever came just before the end may be answered after it, by a last attempt. */
const tail = 2;
/** A breaker may be open for as long as this when its callee is back; then it has to see one call end. */
const closing = (breaker.cooldown ?? 0) + tail;
const end = 48;

/** Three standard deviations of the difference of two such shares, by the variance of a binomial; at least one in a hundred. */
function noise(share: number, offered: number): number {
  const variance = Math.max(share * (1 - share), 1 / offered) / offered;
  return Math.max(0.01, 3 * Math.sqrt(2 * variance));
}

interface Shares {
  readonly offered: number;
  readonly written: number;
  readonly guarded: number;
}

/** What is wrong from {@link killed} to {@link restored}. */
type Wrong = Fault &
  (
    | { readonly kind: 'kill'; readonly target: FaultTarget }
    | { readonly kind: 'slow'; readonly target: FaultTarget; readonly factor: number }
  );

const dead = (target: FaultTarget): Wrong => ({ kind: 'kill', target });
/** So many times as slow. */
const slow = (factor: number, target: FaultTarget): Wrong => ({ kind: 'slow', target, factor });

/** The shares of a journey's requests that are answered, as written and protected, with something wrong or nothing. */
function shares(system: System, wrong: Wrong | undefined, seeds: readonly number[], from: number, to: number): ReadonlyMap<string, Shares> {
  const events: readonly ScenarioEvent[] =
    wrong === undefined
      ? []
      : [
          { at: killed, fault: wrong },
          { at: restored, fault: { kind: 'restore', target: wrong.target } },
        ];
  const sums = new Map<string, Shares>();
  for (const seed of seeds) {
    const written = runOnce(system, seed, 'written', events);
    const guarded = runOnce(system, seed, 'protected', events);
    for (const journey of Object.keys(written.journeys)) {
      const was = between(journeyOf(written, journey), from, to);
      const is = between(journeyOf(guarded, journey), from, to);
      const sum = sums.get(journey) ?? { offered: 0, written: 0, guarded: 0 };
      sums.set(journey, {
        offered: sum.offered + was.offered,
        written: sum.written + was.succeeded + was.degraded,
        guarded: sum.guarded + is.succeeded + is.degraded,
      });
    }
  }
  return sums;
}

/** The runs of the last few settings: the windows of one are looked at one after the other. */
const results = new Map<string, ReturnType<typeof run>>();
let of: System | undefined;

function runOnce(system: System, seed: number, variant: 'written' | 'protected', events: readonly ScenarioEvent[]) {
  if (of !== system) results.clear();
  of = system;
  const key = JSON.stringify([seed, variant, events]);
  const result = results.get(key) ?? run(system, end, { seed, variant, scenario: scenarioOf(events) });
  results.set(key, result);
  return result;
}

/**
 * When somebody else takes over from a dead primary. Its callee is back then as after a restore: for as long as it takes
 * them to close, breakers cost what nothing else does.
 */
function switches(system: System, { kind, target }: Wrong): readonly number[] {
  if (kind !== 'kill') return [];
  return [...system.components.values()].flatMap((one) => {
    const within = failoverOf(one)?.value;
    const hit = target.kind === 'zone' ? replicaZones(one)[0] === target.name : target.name === one.name;
    return hit && within !== undefined ? [killed + (detectionTime(one) ?? 0) + within] : [];
  });
}

/** The stretches of a run that are compared: while all is well, while something is wrong, and afterwards. */
function windowsOf(system: System, wrong: Wrong | undefined): readonly (readonly [from: number, to: number])[] {
  if (wrong === undefined) return [[0, end - tail]];
  const windows: (readonly [number, number])[] = [[0, killed - tail]];
  let from = killed;
  for (const at of [...switches(system, wrong)].sort((a, b) => a - b)) {
    if (at > from && at < restored) windows.push([from, at]);
    from = Math.max(from, Math.min(at, restored) + closing);
  }
  if (from < restored - tail) windows.push([from, restored - tail]);
  windows.push([Math.max(from, restored + closing), end - tail]);
  return windows;
}

function worse(system: System, wrong: Wrong | undefined, seeds: readonly number[]): readonly string[] {
  return windowsOf(system, wrong).flatMap(([from, to]) =>
    [...shares(system, wrong, seeds, from, to)].flatMap(([journey, { offered, written, guarded }]) =>
      offered > 0 && guarded < written - noise(written / offered, offered) * offered
        ? [`${JSON.stringify(wrong)}, ${journey} from ${from} to ${to}: ${written} of ${offered}, protected ${guarded}`]
        : [],
    ),
  );
}

/** Everything that can be hit: each component, one replica of those that have several, each zone. */
function targetsOf(system: System): readonly FaultTarget[] {
  const replicas = [...system.components.values()].filter((one) => replicaCount(one) > 1);
  return [
    ...[...system.components.keys()].map(component),
    ...replicas.map(({ name }) => ({ kind: 'replica', name, replica: 1 }) as const),
    ...[...system.zones.keys()].map((name) => ({ kind: 'zone', name }) as const),
  ];
}

function storefront(): System {
  const folder = 'examples/storefront';
  return linkTexts(Object.fromEntries(readdirSync(folder).map((file) => [`/${file}`, readFileSync(`${folder}/${file}`, 'utf8')]))).system;
}

const call = (from: string, to: string): fc.Arbitrary<CallFields> =>
  fc
    .record({
      timeout: fc.constantFrom(undefined, undefined, 0.5, 1),
      retry: fc.constantFrom(undefined, undefined, { maxAttempts: 3, backoff: 'exponential', base: 0.05, jitter: 'full' } as const),
      operation: fc.constantFrom('GET /a', 'POST /b'),
    })
    .map(({ timeout, retry, operation }) => ({
      from,
      to,
      operation,
      ...(timeout === undefined ? {} : { timeout }),
      ...(retry === undefined ? {} : { retry }),
    }));

const times = fc.constantFrom([0.004, 0.02], [0.01, 0.06], [0.03, 0.12]).map(([p50 = 0, p99 = 0]) => logNormal(p50, p99));

/** A gateway, two services that each have a journey, and what those stand on, one of it together; busy by half at most. */
const small: fc.Arbitrary<System> = fc
  .record({
    slots: fc.constantFrom(8, 16, 60),
    leaves: fc.tuple(times, times, times),
    // Without one, whoever waited for the end of the outage would count as served.
    latency: fc.constantFrom(1, 2),
    rates: fc.tuple(fc.constantFrom(4, 15), fc.constantFrom(4, 15)),
    replicas: fc.constantFrom(1, 2),
    calls: fc.tuple(
      call('gate', 'one'),
      call('gate', 'two'),
      call('one', 'own'),
      call('one', 'shared'),
      call('two', 'shared'),
      call('two', 'other'),
    ),
  })
  .map(({ slots, leaves: [own, shared, other], latency, rates, replicas, calls }) => {
    const [toOne, toTwo, toOwn, toShared, fromTwo, toOther] = calls;
    return systemOf({
      components: [
        { name: 'gate', ...pool(3 * slots, 20), ...logNormal(0.001, 0.004) },
        { name: 'one', replicas, ...pool(slots, 10), ...logNormal(0.005, 0.03) },
        { name: 'two', replicas, ...pool(slots, 10), ...logNormal(0.005, 0.03) },
        { name: 'own', kind: 'database', ...pool(40), ...own },
        { name: 'shared', kind: 'cache', ...pool(40), ...shared },
        { name: 'other', kind: 'external', ...other },
      ],
      calls: [{ ...toOne, journeys: ['first'] }, { ...toTwo, journeys: ['second'] }, toOwn, toShared, fromTwo, toOther],
      journeys: [
        { name: 'first', entry: 'gate', rate: rates[0], latency },
        { name: 'second', entry: 'gate', rate: rates[1], latency },
      ],
    });
  });

describe('the protected variant', function () {
  this.timeout(300_000);

  // What is written waits for as long as it takes in the lab, which nothing that ends a wait can match for a callee that is
  // slow beyond the twofold of its p99 that a timeout grants. The storefront has timeouts nearly everywhere.
  for (const [what, system, factor] of [
    ['the storefront', storefront(), 5],
    ['the lab', lab(), 1.5],
  ] as const) {
    it(`answers as many as what is written: ${what} in health`, () => {
      assert.deepEqual(worse(system, undefined, [1, 2, 3]), []);
    });

    it(`answers as many as what is written: ${what} with each component, replica and zone killed in turn`, () => {
      assert.deepEqual(
        targetsOf(system).flatMap((target) => worse(system, dead(target), [1, 2])),
        [],
      );
    });

    it(`answers as many as what is written: ${what} with each component, replica and zone slow in turn`, () => {
      assert.deepEqual(
        targetsOf(system).flatMap((target) => worse(system, slow(factor, target), [1, 2])),
        [],
      );
    });
  }

  it('answers as many as what is written: small systems', () => {
    fc.assert(
      fc.property(small, (system) => {
        const wrong = [undefined, ...targetsOf(system).map(dead)];
        assert.deepEqual(
          wrong.flatMap((one) => worse(system, one, [1, 2])),
          [],
        );
      }),
      { numRuns: 25 },
    );
  });

  it('saves what does not need the dead component', () => {
    const {
      written = 0,
      guarded = 0,
      offered = 0,
    } = shares(lab(), dead(component('payment')), [1, 2, 3], killed + 2, restored - tail).get('orders') ?? {};
    assert.ok(written < 0.1 * offered && guarded > 0.99 * offered, `${written}, ${guarded} of ${offered}`);
  });
});
