import { strict as assert } from 'node:assert';
import type { Frame, ReplicasFrame } from '../../src/simulation/frame';
import { play } from './running';
import { component, constant, pool, systemOf } from './systems';

/** A web tier over two zones, two replicas in one and one in the other, in front of a database that serves in one of them. */
function spread() {
  return systemOf({
    ...spreadParts(),
    calls: [
      { from: 'web', to: 'db' },
      { from: 'web', to: 'near' },
    ],
  });
}

function spreadParts(): Omit<Parameters<typeof systemOf>[0], 'calls'> {
  return {
    components: [
      {
        name: 'web',
        replicas: new Map([
          ['a', 2],
          ['b', 1],
        ]),
        ...pool(4, 2),
        ...constant(0.01),
      },
      {
        name: 'db',
        kind: 'database',
        replicas: 2,
        zones: ['a', 'b'],
        failover: { automatic: true, within: 3 },
        ...pool(20, 50),
        ...constant(0.01),
      },
      { name: 'near', replicas: 2, zones: ['a'], ...pool(2, 0), ...constant(0.01) },
    ],
    journeys: [{ name: 'all', entry: 'web', rate: 30 }],
  };
}

const of = (frame: Frame, name: string) => frame.components.find((each) => each.name === name);

describe('what the map draws of a run', () => {
  it('tells zones apart where replicas are in several, and only there', () => {
    const simulation = play(spread());
    simulation.advance(1);
    const frame = simulation.frame();
    const counts = of(frame, 'web')?.zones?.map(({ zone, replicas, live, slots }) => ({ zone, replicas, live, slots }));
    assert.deepEqual(counts, [
      { zone: 'a', replicas: 2, live: 2, slots: 8 },
      { zone: 'b', replicas: 1, live: 1, slots: 4 },
    ]);
    assert.equal(of(frame, 'near')?.zones, undefined);
  });

  it('counts zone by zone what the component counts as a whole, whatever happens', () => {
    const simulation = play(spread());
    const figures = ['replicas', 'live', 'slots', 'busy', 'hanging', 'queued'] as const satisfies readonly (keyof ReplicasFrame)[];
    let busiest = 0;
    for (let second = 1; second <= 12; second++) {
      if (second === 3) simulation.act({ kind: 'kill', target: { kind: 'zone', name: 'a' } });
      if (second === 5) simulation.act({ kind: 'slow', target: component('web'), factor: 5 });
      if (second === 9) simulation.act({ kind: 'restore', target: { kind: 'zone', name: 'a' } });
      simulation.advance(second);
      for (const each of simulation.frame().components) {
        if (!each.zones) continue;
        for (const figure of figures) {
          const sum: number = each.zones.reduce((all, zone) => all + zone[figure], 0);
          assert.equal(sum, each[figure], `${figure} of ${each.name} at ${second}`);
          busiest = Math.max(busiest, each.hanging);
        }
        assert.equal(
          each.zones.some(({ slow }) => slow),
          each.slow,
        );
      }
    }
    assert.ok(busiest > 0, 'something hung');
  });

  it('shows a lost zone in that zone alone, and one replica that hangs', () => {
    const simulation = play(spread());
    simulation.advance(1);
    simulation.act({ kind: 'kill', target: { kind: 'zone', name: 'a' } });
    const live = () => of(simulation.frame(), 'web')?.zones?.map((zone) => zone.live);
    assert.deepEqual(live(), [0, 1]);
    simulation.act({ kind: 'restore', target: { kind: 'zone', name: 'a' } });
    simulation.advance(10);
    assert.deepEqual(live(), [2, 1]);
    simulation.act({ kind: 'kill', target: { kind: 'replica', name: 'web', replica: 2 } });
    assert.deepEqual(live(), [1, 1]);
  });

  /** Zone a of the web tier reaches the database no more; zone b does. */
  function cutOff() {
    const calls = [{ from: 'web', to: 'db', timeout: 0.2, circuitBreaker: { failures: 3, cooldown: 60 } }];
    const simulation = play(systemOf({ ...spreadParts(), calls }));
    simulation.advance(2);
    simulation.act({ kind: 'partition', sides: [['zone a'], ['db']] });
    simulation.advance(10);
    return simulation.frame().calls.find(({ id }) => id === 'web -> db');
  }

  it('tells the breakers of replicas in different zones apart, and which of them call', () => {
    const call = cutOff();
    assert.equal(call?.breaker, 'open');
    const [a, b, ...more] = call?.zones ?? [];
    assert.deepEqual([a?.zone, a?.breaker, b?.zone, b?.breaker, more], ['a', 'open', 'b', 'closed', []]);
    assert.ok((a?.failed ?? 0) > 0);
    assert.equal(b?.failed, 0);
    for (const key of ['attempts', 'retries', 'failed'] as const) {
      assert.equal(
        call?.zones?.reduce((sum, zone) => sum + zone[key], 0),
        call?.[key],
        key,
      );
    }
    // Open breakers keep those in zone a from calling.
    assert.ok((a?.attempts ?? 0) < (b?.attempts ?? 0), `${a?.attempts} ${b?.attempts}`);
  });

  it('has no zones for the calls of a component that is in one place', () => {
    const simulation = play(
      systemOf({ ...spreadParts(), calls: [{ from: 'near', to: 'db' }], journeys: [{ name: 'all', entry: 'near', rate: 30 }] }),
    );
    simulation.advance(1);
    assert.deepEqual(
      simulation.frame().calls.map(({ id, zones }) => [id, zones]),
      [['near -> db', undefined]],
    );
  });

  it('gives the slots of a database to the zone in which it answers, also after it has switched over', () => {
    const simulation = play(spread());
    simulation.advance(1);
    const slots = () => of(simulation.frame(), 'db')?.zones?.map((zone) => [zone.zone, zone.slots]);
    assert.deepEqual(slots(), [
      ['a', 20],
      ['b', 0],
    ]);
    simulation.act({ kind: 'kill', target: { kind: 'zone', name: 'a' } });
    simulation.advance(60);
    assert.deepEqual(slots(), [
      ['a', 0],
      ['b', 20],
    ]);
  });
});
