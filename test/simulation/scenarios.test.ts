import { strict as assert } from 'node:assert';
import type { Scenario } from '../../src/model/scenario';
import { answering } from '../../src/simulation/questions';
import { runScenario } from '../../src/simulation/run';
import { fingerprint, passes, type ScenarioOutcome, scenarioTest, seedOf, variantsOf } from '../../src/simulation/scenarios';
import { component, constant, lab, scenarioOf, systemOf } from './systems';

const success = { subject: { kind: 'journey', name: 'orders' }, measure: 'success', comparison: 'at-least', bound: 0.99 } as const;
const outage = scenarioOf(
  [
    { at: 5, fault: { kind: 'kill', target: component('payment') } },
    { at: 15, fault: { kind: 'restore', target: component('payment') } },
  ],
  {
    duration: 20,
    seed: 3,
    expect: [
      { ...success, variant: 'protected' },
      { ...success, from: 6, to: 15 },
      { ...success, to: 5 },
    ],
  },
);

function outcomeOf(scenario: Scenario, system = lab()): ScenarioOutcome {
  const steps = answering(system, scenarioTest(scenario));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('a scenario as a test', () => {
  it('is about the system as written, and the variants that its expectations name', () => {
    assert.deepEqual(variantsOf(outage), ['written', 'protected']);
    assert.deepEqual(variantsOf(scenarioOf([])), ['written']);
    assert.deepEqual([seedOf(outage), seedOf(scenarioOf([]))], [3, 1]);
  });

  it('runs once for each variant with its own seed, and checks what it expects in its order', () => {
    const outcome = outcomeOf(outage);
    assert.ok(outcome.ok);
    for (const result of outcome.results) {
      const alone = runScenario({ system: lab(), variant: result.variant, seed: 3, scenario: outage });
      assert.ok(alone.ok);
      assert.equal(result.digest, alone.result.digest);
    }
    assert.deepEqual(
      outcome.results.map(({ variant }) => variant),
      ['written', 'protected'],
    );
    assert.deepEqual(
      outcome.checks.map(({ index, holds }) => [index, holds]),
      [
        [0, true],
        [1, false],
        [2, true],
      ],
    );
    assert.equal(outcome.checks[1]?.text, 'orders success >= 99% from 6s to 15s');
    assert.equal(outcome.checks[1]?.expectation, outage.expect[1]);
  });

  it('passes when everything holds, or nothing is expected', () => {
    assert.equal(passes(outcomeOf(outage)), false);
    assert.equal(passes(outcomeOf({ ...outage, expect: outage.expect.slice(0, 1) })), true);
    assert.equal(passes(outcomeOf({ ...outage, expect: [] })), true);
    assert.equal(passes({ ok: true, checks: [], stopped: 'too much' }), false);
  });

  it('says why it cannot be run', () => {
    const outcome = outcomeOf(outage, systemOf({ components: [{ name: 'a', ...constant(0.01) }], journeys: [] }));
    assert.ok(!outcome.ok);
    assert.match(outcome.reason, /nothing to simulate/);
    assert.equal(passes(outcome), false);
  });

  it('knows that a run was stopped, and then holds nothing', () => {
    const crowd = scenarioOf([], { duration: 60, expect: [{ ...success, bound: 0 }] });
    const hung = systemOf({
      components: [{ name: 'api', concurrency: 'unlimited', ...constant(1e6) }],
      journeys: [{ name: 'orders', entry: 'api', rate: 10_000 }],
    });
    const outcome = outcomeOf(crowd, hung);
    assert.ok(outcome.ok);
    assert.match(outcome.stopped ?? '', /are open at once/);
    assert.deepEqual([outcome.checks[0]?.holds, outcome.checks[0]?.stopped], [false, outcome.stopped]);
  });
});

describe('what an outcome rests on', () => {
  const system = lab();
  const [name, first] = [...system.components][0] ?? [];
  assert.ok(name !== undefined && first);
  const changed = (fields: object) => ({ ...system, components: new Map(system.components).set(name, { ...first, ...fields }) });

  it('is the system and the scenario', () => {
    const now = fingerprint(system, outage);
    assert.equal(fingerprint(lab(), { ...outage }), now);
    const others = [
      fingerprint(changed({ concurrency: 9 }), outage),
      fingerprint(changed({ concurrency: Number.POSITIVE_INFINITY }), outage),
      fingerprint(changed({ concurrency: null }), outage),
      fingerprint(system, { ...outage, seed: 4 }),
      fingerprint(system, { ...outage, clients: new Map([['orders', 3]]) }),
      fingerprint(system, { ...outage, expect: outage.expect.slice(1) }),
    ];
    assert.equal(new Set([now, ...others]).size, others.length + 1);
  });

  it('is neither words for people nor another scenario', () => {
    const now = fingerprint(system, outage);
    assert.equal(fingerprint(changed({ description: 'Eight threads' }), outage), now);
    assert.equal(fingerprint({ ...system, scenarios: new Map([['other', scenarioOf([])]]) }, outage), now);
    assert.equal(fingerprint(system, { ...outage, description: 'A bad day' }), now);
  });
});
