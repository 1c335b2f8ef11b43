import { strict as assert } from 'node:assert';
import { logFullText } from '../../src/model/happenings';
import { Log } from '../../src/simulation/log';
import { nanoseconds } from '../../src/simulation/outcome';

describe('the log of a run', () => {
  it('keeps what happened, in order, with its time in seconds', () => {
    const log = new Log();
    log.add(1.5 * nanoseconds, 'db crashes');
    log.add(2 * nanoseconds, 'db is back');
    assert.deepEqual(log.lines, [
      { at: 1.5, text: 'db crashes' },
      { at: 2, text: 'db is back' },
    ]);
  });

  it('says once that it is full, and keeps nothing from then on', () => {
    const log = new Log();
    for (let i = 0; i < 10_000; i++) log.add(i * nanoseconds, `line ${i}`);
    const full = log.lines.length - 1;
    assert.ok(full >= 1000 && full < 5000, `${full}`);
    assert.deepEqual(log.lines.at(-1), { at: full, text: logFullText() });
    assert.deepEqual(
      log.lines.slice(0, full).map(({ text }) => text),
      Array.from({ length: full }, (_, i) => `line ${i}`),
    );
  });
});
