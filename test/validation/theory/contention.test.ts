import { strict as assert } from 'node:assert';
import { contend } from '../../../src/validation/cases/backoff';
import { contention } from '../../../src/validation/theory/contention';

/** Both programs for the study's model; each alone has to keep to what can be said without running it. */
for (const [name, play] of [
  ['with the engine’s parts', contend],
  ['written a second time', contention],
] as const) {
  describe(`contention for a row, ${name}`, () => {
    it('one client needs one write and four hops of about 10 ms', () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { calls, time } = play('full', 1, seed);
        assert.equal(calls, 1);
        assert.ok(time > 0.02 && time < 0.06, `${time}`);
      }
    });

    it('two clients at the same instant need two writes, and three unless the first had its turn before the other read', () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { calls } = play('none', 2, seed);
        assert.ok(calls === 2 || calls === 3, `${calls}`);
      }
    });

    it('a wait that grows without jitter makes all take longest', () => {
      const time = (strategy: 'none' | 'exponential' | 'full') => {
        let sum = 0;
        for (let seed = 1; seed <= 20; seed++) sum += play(strategy, 20, seed).time;
        return sum;
      };
      assert.ok(time('exponential') > time('full') && time('full') > time('none'));
    });

    it('is the same for the same seed, and another for another', () => {
      assert.deepEqual(play('equal', 30, 7), play('equal', 30, 7));
      assert.notDeepEqual(play('equal', 30, 7), play('equal', 30, 8));
    });
  });
}
