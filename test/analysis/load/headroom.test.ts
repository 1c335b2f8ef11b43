import { strict as assert } from 'node:assert';
import type { Component } from '../../../src/model/component';
import type { System } from '../../../src/model/system';
import { journeyOf, run } from '../../simulation/running';
import { near } from '../near';
import { systemOf } from '../small';
import { componentOf, sound } from './sound';

/** A component that a hundred requests a second hold for 50 ms: five slots of it are busy. */
function busy(fields: Omit<Component, 'name'>): System {
  return systemOf({
    components: { store: { serviceTime: { kind: 'constant', value: 0.05 }, replicas: 3, zones: ['a', 'b'], ...fields } },
    calls: [],
    journeys: { read: { entry: 'store', rate: 100 } },
  });
}

const failover = { automatic: true, within: 20 };

describe('the headroom of what has a primary', () => {
  const of = (fields: Omit<Component, 'name'>) => componentOf(sound(busy({ kind: 'database', concurrency: 10, ...fields })), 'store');

  it('is that of the primary, whoever it is', () => {
    const { slots, utilisation, utilisationOneDown, utilisationZoneDown } = of({ failover });
    assert.equal(slots, 10);
    near(utilisation ?? 0, 0.5);
    near(utilisationOneDown ?? 0, 0.5);
    near(utilisationZoneDown?.value ?? 0, 0.5);
  });

  it('is gone with the quorum', () => {
    const { utilisationOneDown, utilisationZoneDown } = of({ failover, needs: 2 });
    near(utilisationOneDown ?? 0, 0.5);
    assert.deepEqual(utilisationZoneDown, { zone: 'a', value: Infinity });
  });

  it('is gone with the primary where nobody takes over', () => {
    const { slots, utilisationOneDown, utilisationZoneDown } = of({ zones: ['b', 'a', 'a'] });
    assert.equal(slots, 10);
    assert.equal(utilisationOneDown, Infinity);
    assert.deepEqual(utilisationZoneDown, { zone: 'b', value: Infinity });
  });

  for (const kind of ['database', 'service'] as const) {
    it(`is what the simulation has: ${kind}`, () => {
      const system = busy({ kind, concurrency: 4, ...(kind === 'database' && { failover }) });
      const { utilisation = 0 } = componentOf(sound(system), 'store');
      const { offered, succeeded } = journeyOf(run(system, 60), 'read');
      if (kind === 'database') {
        near(utilisation, 1.25);
        // Five erlangs on four slots: Erlang B turns 39.8% away, (5⁴ / 4!) / (1 + 5 + 5² / 2 + 5³ / 3! + 5⁴ / 4!).
        near(succeeded / offered, 0.6017, 0.03);
      } else {
        near(utilisation, 5 / 12);
        assert.ok(succeeded > 0.9 * offered, `${succeeded} of ${offered}`);
      }
    });
  }
});
