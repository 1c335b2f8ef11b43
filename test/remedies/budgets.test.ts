import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Call } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import type { System } from '../../src/model/system';
import { suggestedBudget } from '../../src/remedies/budgets';
import { completeSystem } from '../../src/remedies/complete';
import { journeyOf, run } from '../simulation/running';
import { component, constant, pool, scenarioOf, systemOf } from '../simulation/systems';

type About = Partial<Component>;

const retry = { maxAttempts: 3, backoff: 'exponential', base: 0.02, jitter: 'full' } as const;

/** a calls b, which calls c, a hundred times a second. */
function chain(b: About, c: About = {}, inner: Partial<Call> = {}): System {
  return systemOf({
    components: [
      { name: 'a', ...constant(0.001) },
      { name: 'b', ...b },
      { name: 'c', ...c },
    ],
    calls: [
      { from: 'a', to: 'b', timeout: 0.3, retry },
      { from: 'b', to: 'c', timeout: 0.1, ...inner },
    ],
    journeys: [{ name: 'go', entry: 'a', rate: 100 }],
  });
}

function budgetOf(system: System, attempts = 3): number {
  const call = system.calls[0];
  assert.ok(call);
  return suggestedBudget(system, call, attempts);
}

/** So many slots, each held for 10 ms: a hundred requests a second take one, and c one more. */
const slots = (concurrency: number): About => ({ ...pool(concurrency), ...constant(0.01) });

describe('the budget of a retry', () => {
  it('is a tenth where nothing is known', () => {
    assert.equal(budgetOf(chain({})), 0.1);
    assert.equal(budgetOf(chain({ concurrency: 'unlimited' })), 0.1);
    assert.equal(budgetOf(chain({ kind: 'database', replicas: 3 })), 0.1);
    assert.equal(budgetOf(chain({ kind: 'external', replicas: 3 })), 0.1);
  });

  it('goes round a replica or a zone that may be lost, of the callee or behind it', () => {
    assert.equal(budgetOf(chain({ replicas: 2 })), 1);
    assert.equal(budgetOf(chain({ replicas: 3 })), 0.5);
    assert.equal(budgetOf(chain({ replicas: 5 })), 0.25);
    assert.equal(budgetOf(chain({}, { replicas: 3 })), 0.5);
    assert.equal(budgetOf(chain({ replicas: 4, zones: ['x', 'y'] })), 1);
    assert.equal(budgetOf(chain({ replicas: 4, zones: ['x', 'y', 'z', 'w'] })), 0.3);
    assert.equal(budgetOf(chain({ replicas: 4, zones: ['x'] })), 0.3);
  });

  it('is what everything behind the call bears, up to four fifths of it', () => {
    // 20 ms a request are two slots.
    assert.equal(budgetOf(chain(slots(4), slots(50))), 0.6);
    assert.equal(budgetOf(chain(slots(100), slots(50))), 1);
    // 10 ms there are one.
    assert.equal(budgetOf(chain(slots(100), slots(2))), 0.6);
    assert.equal(budgetOf(chain(slots(100), slots(1))), 0.1);
    assert.equal(budgetOf(chain({ quota: 180 })), 0.4);
    // What stands by does not share the load.
    assert.equal(budgetOf(chain(slots(100), { kind: 'database', replicas: 2, ...slots(2) })), 0.6);
  });

  it('is at most half of the retries that the attempts allow, so that there is something it holds down', () => {
    assert.equal(budgetOf(chain({ replicas: 2 }), 2), 0.5);
    assert.equal(budgetOf(chain(slots(100), slots(50)), 2), 0.5);
    assert.equal(budgetOf(chain({ replicas: 5 }), 2), 0.25);
    assert.equal(budgetOf(chain({ replicas: 2 }), 10), 1);
    assert.equal(budgetOf(chain({ replicas: 2 }), Number.POSITIVE_INFINITY), 1);
  });

  it('leaves room for the retries of other calls', () => {
    const twice = (budget?: number): Partial<Call> => ({ retry: { ...retry, ...(budget && { budget: { share: budget } }) } });
    // 1.2 slots, of two.
    assert.equal(budgetOf(chain(slots(100), slots(2), twice(0.2))), 0.3);
    assert.equal(budgetOf(chain(slots(100), slots(2), twice())), 0.45);
  });

  it('is a share of a tenth to all, whatever is written', () => {
    const odd = fc.constantFrom(0, 1, 1e300, Number.POSITIVE_INFINITY, 1e-300);
    const about = fc.record({ replicas: fc.constantFrom(0, 1, 2, 10_000), concurrency: odd, quota: odd }, { requiredKeys: [] });
    fc.assert(
      fc.property(about, odd, odd, odd, (fields, mean, count, rate) => {
        const system = chain({ ...fields, serviceTime: { kind: 'exponential', mean } }, {}, { count });
        const journeys = new Map([['go', { name: 'go', entry: 'a', rate, implied: false }]]);
        const budget = budgetOf({ ...system, journeys });
        assert.ok(budget >= 0.1 && budget <= 1, String(budget));
      }),
    );
  });

  it('lets a service of two be as good with one of them dead', () => {
    const system = chain({ replicas: 2, ...slots(20) }, slots(20));
    const killed = scenarioOf([{ at: 5, fault: { kind: 'kill', target: { kind: 'replica', name: 'b', replica: 1 } } }]);
    const answered = (of: System): number => {
      const { offered, succeeded } = journeyOf(run(of, 40, { scenario: killed }), 'go');
      return succeeded / offered;
    };
    const tenth = {
      ...system,
      calls: system.calls.map((call) => (call.retry ? { ...call, retry: { ...retry, budget: { share: 0.1 } } } : call)),
    };
    assert.ok(answered(tenth) < 0.7);
    // Of three attempts one in eight meets the dead replica each time.
    assert.ok(answered(completeSystem(system)) > 0.84);
  });

  it('lets what was overloaded come back by itself', () => {
    // A hundred requests a second on what can do a hundred and thirty, and for five seconds three hundred.
    const system = systemOf({
      components: [
        { name: 'a', ...pool('unlimited'), ...constant(0.001) },
        { name: 'b', ...pool(13, 200), ...constant(0.1) },
      ],
      calls: [{ from: 'a', to: 'b', timeout: 0.5, retry }],
      journeys: [{ name: 'go', entry: 'a', rate: 100 }],
    });
    const busy = scenarioOf([
      { at: 5, fault: { kind: 'load', journey: 'go', factor: 3 } },
      { at: 10, fault: { kind: 'load', journey: 'go', factor: 1 } },
      { at: 30, fault: { kind: 'restore', target: component('a') } },
    ]);
    const late = (of: System): number => {
      const { series } = journeyOf(run(of, 60, { scenario: busy }), 'go');
      const sum = (values: readonly number[]): number => values.slice(30, 58).reduce((all, value) => all + value, 0);
      return sum(series.succeeded) / sum(series.offered);
    };
    assert.ok(late(system) < 0.1, 'as written it stays down');
    assert.ok(late(completeSystem(system)) > 0.95);
  });
});
