import { strict as assert } from 'node:assert';
import { inSlices } from '../../src/language/slices';
import type { Steps } from '../../src/model/steps';

/** Work of so many steps of about a millisecond each. */
function* work(count: number, taken: (step: number) => void): Steps<string> {
  for (let step = 0; step < count; step++) {
    for (const until = performance.now() + 1; performance.now() < until; );
    taken(step);
    yield;
  }
  return 'done';
}

describe('long work in slices', () => {
  it('lets others go on meanwhile, and comes to its end', async () => {
    let steps = 0;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const result = await inSlices(
      work(100, () => steps++),
      () => false,
    );
    clearInterval(timer);
    assert.deepEqual(result, { value: 'done' });
    assert.equal(steps, 100);
    assert.ok(ticks >= 2, `others went on ${ticks} times`);
  });

  it('stops at the next step once nobody wants it any more', async () => {
    let steps = 0;
    let cancelled = false;
    setTimeout(() => {
      cancelled = true;
    }, 5);
    const result = await inSlices(
      work(10_000, () => steps++),
      () => cancelled,
    );
    assert.equal(result, undefined);
    assert.ok(steps < 1000, `${steps} steps`);
  });

  it('passes on what goes wrong', async () => {
    await assert.rejects(
      inSlices(
        work(3, (step) => {
          if (step === 1) throw new Error('a bug');
        }),
        () => false,
      ),
      /a bug/,
    );
  });
});
