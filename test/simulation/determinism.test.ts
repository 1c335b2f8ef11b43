import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type Variant, variants } from '../../src/model/scenario';
import { build } from '../../src/simulation/build';
import { runUntil } from '../../src/simulation/engine';
import type { SimulationRequest } from '../../src/simulation/frame';
import { runScenario } from '../../src/simulation/run';
import { anyScenario, anySystem, fault } from './arbitrary';
import { play, run } from './running';
import { component, lab, scenarioOf } from './systems';

const paymentDies = scenarioOf([
  { at: 3, fault: { kind: 'kill', target: component('payment') } },
  { at: 8, fault: { kind: 'restore', target: component('payment') } },
]);

function digestOf(request: SimulationRequest, slices: readonly number[]): string {
  const built = build(request);
  assert.ok(built.ok);
  for (const until of slices) {
    let looks = until % 7;
    runUntil(built.core, until * 1e9, () => looks-- > 0);
  }
  runUntil(built.core, 10e9, () => true);
  return `${built.core.events} ${built.core.digest} ${built.core.now}`;
}

describe('the same model, scenario and seed', function () {
  this.timeout(30_000);

  it('give the same run, figure by figure, and another seed another', () => {
    for (const variant of variants) {
      const first = run(lab(), 12, { seed: 5, variant, scenario: paymentDies });
      assert.deepEqual(run(lab(), 12, { seed: 5, variant, scenario: paymentDies }), first);
      assert.notEqual(run(lab(), 12, { seed: 6, variant, scenario: paymentDies }).digest, first.digest);
    }
  });

  it('give the same run however it is cut into slices', () => {
    fc.assert(
      fc.property(
        anySystem,
        anyScenario,
        fc.constantFrom<Variant>(...variants),
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { maxLength: 12 }),
        (system, scenario, variant, slices) => {
          const request = { system, scenario, variant, seed: 3 };
          assert.equal(
            digestOf(
              request,
              [...slices].sort((a, b) => a - b),
            ),
            digestOf(request, []),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('and the same faults by hand give the same frames, whether they are asked for in between or not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fault), { maxLength: 5 }), fc.boolean(), (acts, asks) => {
        const playOnce = (looks: boolean) => {
          const simulation = play(lab());
          let at = 0;
          for (const [wait, one] of acts) {
            at += wait;
            simulation.advance(at);
            if (looks) simulation.frame();
            simulation.act(one);
          }
          simulation.advance(30);
          const { components, calls, time } = simulation.frame();
          return { components, calls, time };
        };
        assert.deepEqual(playOnce(asks), playOnce(!asks));
      }),
      { numRuns: 20 },
    );
  });

  it('do not depend on the order in which components and calls are written, as far as arrivals go', () => {
    const system = lab();
    const turned = { ...system, components: new Map([...system.components].reverse()), calls: [...system.calls].reverse() };
    assert.deepEqual(run(turned, 10).journeys['orders']?.series.offered, run(system, 10).journeys['orders']?.series.offered);
  });
});

describe('a run under way', function () {
  this.timeout(30_000);

  it('can be cancelled, and tells how far it is', () => {
    let asked = 0;
    const shares: number[] = [];
    const outcome = runScenario(
      { system: lab(), variant: 'written', seed: 1 },
      { duration: 1e6, isCancelled: () => ++asked > 3, onProgress: (share) => shares.push(share) },
    );
    assert.deepEqual(outcome, { ok: false, reason: 'The run was cancelled.' });
    assert.ok(shares.length === 3 && shares.every((share, i) => share > (shares[i - 1] ?? 0) && share < 1));
  });

  it('keeps to a budget of time and goes on from there', () => {
    const simulation = play(lab());
    const started = performance.now();
    assert.equal(simulation.advance(1e6, 10), false);
    assert.ok(performance.now() - started < 2000);
    const { now } = simulation;
    assert.ok(now > 0 && now < 1e6);
    assert.equal(simulation.advance(now + 1), true);
    assert.ok(Math.abs(simulation.now - (now + 1)) < 1e-6);
  });
});
