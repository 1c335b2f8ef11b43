import { strict as assert } from 'node:assert';
import { fromDown } from '../../src/model/units';
import { measured } from '../../src/simulation/result';
import { failAndRepair } from '../../src/validation/failing';
import { begin, journeyOf } from '../../src/validation/running';
import { constant, pool, systemOf } from '../../src/validation/systems';
import { StateWatch } from '../../src/validation/works';

/** One replica in one zone, each down for half of the time: both are up for a quarter of it. */
const system = systemOf({
  zones: [{ name: 'z', availability: fromDown(0.5) }],
  components: [{ name: 'a', ...pool('unlimited'), ...constant(0), zones: ['z'], availability: fromDown(0.5) }],
  journeys: [{ name: 'j', entry: 'a', rate: 0.2 }],
});

function played(how: 'crash' | 'kill', duration: number) {
  const core = begin(system, { seed: 1 });
  const states = new StateWatch(core, system);
  let watched = 0;
  failAndRepair(core, system, how, 1, duration, (seconds) => {
    watched += seconds;
    states.watch(seconds);
  });
  return { states, watched, core };
}

describe('random failure and repair', () => {
  it('hands over all of the time', () => {
    const { watched, core } = played('crash', 5000);
    assert.ok(Math.abs(watched - 5000) < 1e-6, `${watched}`);
    assert.equal(core.now, 5000e9);
  });

  it('keeps a replica down as long as anything keeps it down', () => {
    const { states } = played('crash', 100_000);
    const down = states.down('j', 'protected');
    assert.ok(Math.abs(down - 0.75) < 0.02, `${down}`);
  });

  it('crashes or kills: requests are refused, or hang until it is back', () => {
    const failed = (how: 'crash' | 'kill') => journeyOf(measured(played(how, 20_000).core), 'j').failed;
    const [crashed, killed] = [failed('crash'), failed('kill')];
    assert.ok(crashed.refused > 1000 && crashed.error < 10, JSON.stringify(crashed));
    assert.ok(killed.error > 1000 && killed.refused === 0, JSON.stringify(killed));
  });

  it('knows no journey that is not there', () => {
    assert.ok(Number.isNaN(played('crash', 100).states.down('nobody', 'up')));
  });
});
