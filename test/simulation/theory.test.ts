import { strict as assert } from 'node:assert';
import { agrees, callOf, componentOf, run, seeds } from './running';
import { component, constant, exponential, pool, scenarioOf, systemOf } from './systems';

// What is held against theory with intervals and bars is the validation set: src/validation, run by test/validation.

describe('work in progress', function () {
  this.timeout(30_000);

  for (const { slots, load } of [
    { slots: 1, load: 0.5 },
    { slots: 64, load: 57.6 },
  ]) {
    it(`${load} erlangs keep ${load} of ${slots} slots busy`, () => {
      const system = systemOf({
        components: [{ name: 'server', ...pool(slots, 1_000_000), ...exponential(0.1) }],
        journeys: [{ name: 'all', entry: 'server', rate: load / 0.1 }],
      });
      const busy = seeds(12).map((seed) => componentOf(run(system, 8000 / load, { seed }), 'server').busyMean);
      agrees(busy, load, 0.01);
    });
  }
});

describe('a budget for retries', function () {
  this.timeout(30_000);

  const attempts = (budget: { readonly share: number } | { readonly tokens: number; readonly cost: number }) => {
    const system = systemOf({
      components: ['a', 'd'].map((name) => ({ name, ...pool('unlimited'), ...constant(0) })),
      calls: [{ from: 'a', to: 'd', retry: { maxAttempts: 3, budget } }],
      journeys: [{ name: 'all', entry: 'a', rate: 1000 }],
    });
    const dead = scenarioOf([{ at: 0, fault: { kind: 'crash', target: component('d') } }]);
    return callOf(run(system, 30, { scenario: dead }), 'a -> d');
  };

  it('of 10% adds a tenth to the load, and the ten that it starts with', () => {
    const { attempts: all, retries, requests } = attempts({ share: 0.1 });
    assert.equal(all, requests + retries);
    assert.ok(retries <= 0.1 * requests + 10 && retries > 0.1 * requests + 5, `${retries} of ${requests}`);
  });

  it('of tokens without refund is spent once', () => {
    assert.equal(attempts({ tokens: 500, cost: 5 }).retries, 100);
  });
});
