import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { variants } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import { build } from '../../src/simulation/build';
import type { Core } from '../../src/simulation/core';
import { runUntil, settle } from '../../src/simulation/engine';
import { applyFault } from '../../src/simulation/faults';
import { anyScenario, anySystem, fault } from './arbitrary';
import { audit } from './audit';
import { play } from './running';
import { exponential, pool, systemOf } from './systems';

describe('at every instant of any run', function () {
  this.timeout(30_000);

  it('requests, slots, queues, calls and budgets agree with what is really there', () => {
    fc.assert(
      fc.property(
        anySystem,
        anyScenario,
        fc.constantFrom(...variants),
        fc.integer({ min: 1, max: 1000 }),
        (system, scenario, variant, seed) => {
          const built = build({ system, scenario, variant, seed });
          assert.ok(built.ok);
          const { core } = built;
          for (let at = 0.05; at < 6; at += 0.05 + (at % 0.37)) {
            let looks = 40;
            runUntil(core, at * 1e9, () => looks-- > 0);
            settle(core);
            assert.deepEqual(audit(core), []);
          }
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(60_000);

  it('nothing is left of requests that have ended: every record is free again', () => {
    fc.assert(
      fc.property(anySystem, fc.array(fault, { maxLength: 6 }), fc.constantFrom(...variants), (system, faults, variant) => {
        const built = build({ system: bounded(system), variant, seed: 2 });
        assert.ok(built.ok);
        const { core } = built;
        const go = (seconds: number) => runUntil(core, core.now + seconds * 1e9, () => true);
        for (const one of faults) {
          applyFault(core, one);
          go(0.3);
        }
        for (const journey of core.journeys) applyFault(core, { kind: 'load', journey: journey.name, factor: 0 });
        for (const { name } of core.components) applyFault(core, { kind: 'restore', target: { kind: 'component', name } });
        go(600);
        assert.deepEqual(audit(core), []);
        const { visits, ops, requests, messages, effects } = core;
        assert.deepEqual(
          [visits, ops, requests, messages, effects].map(({ live }) => live),
          [0, 0, 0, 0, 0],
        );
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  it('on one replica with one slot, more service time makes no request end sooner', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(0.001, 0.01, 0.02),
        fc.constantFrom(1.1, 2, 5),
        fc.nat(),
        (rate, mean, factor, seed) => {
          const endings = (time: number) => {
            const system = systemOf({
              components: [{ name: 'a', ...pool(1, 1e6), ...exponential(time) }],
              journeys: [{ name: 'j', entry: 'a', rate }],
            });
            const simulation = play(system, { seed });
            const counts: number[] = [];
            let total = 0;
            for (let at = 0.1; at < 5; at += 0.1) {
              simulation.advance(at);
              simulation.frame();
              const { core } = simulation as unknown as { core: Core };
              total = core.journeys[0]?.ended[0] ?? 0;
              counts.push(total);
            }
            return counts;
          };
          const [fast, slow] = [endings(mean), endings(mean * factor)];
          // Served in order, the n-th request ends no sooner: at no moment have more ended.
          assert.ok(slow.every((count, i) => count <= (fast[i] ?? 0)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The same system with an end to every retry and every redelivery, so that all of its requests end. */
function bounded(system: System): System {
  const calls = system.calls.map((call) => {
    const retry = call.retry === 'none' ? undefined : call.retry;
    const isEndless = typeof retry?.maxAttempts !== 'number' || retry.maxAttempts < 2;
    return isEndless ? { ...call, retry: { ...retry, maxAttempts: 2 } } : call;
  });
  return { ...system, calls };
}
