import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from '../../src/layout/elk';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture } from '../../src/layout/picture';
import { faultsOf } from './check';
import { edits, movedShare, settings, textOf } from './edits';
import { generate, randomOf } from './generate';

const elk: Layouter = new ELK();

/** The share of cards that each edit moves, over generated systems of up to 40 components. */
async function tried(): Promise<readonly { readonly edit: string; readonly share: number; readonly text: string }[]> {
  const results: { edit: string; share: number; text: string }[] = [];
  for (const [i, setting] of settings.entries()) {
    if (setting.wishes.components > 40) continue;
    for (const seed of [1, 2, 3]) {
      const direction = (seed + i) % 3 === 0 ? 'down' : 'right';
      const options = { startup: true, telemetry: false, labels: setting.labels };
      const system = generate(31 * seed + i, setting.wishes);
      const before = await layoutPicture(graphOf(system, [], [], options), elk, { direction });
      for (const [k, edit] of edits.entries()) {
        const text = `${textOf(setting)}, seed ${seed}: ${edit.name}`;
        const graph = graphOf(edit.of(system, randomOf(100 * seed + 7 * i + k)), [], [], options);
        const after = await layoutPicture(graph, elk, { direction, previous: before });
        assert.deepEqual(faultsOf(graph, after), [], text);
        results.push({ edit: edit.name, share: movedShare(before, after), text });
      }
    }
  }
  return results;
}

describe('what was placed', function () {
  this.timeout(300_000);
  let results: Awaited<ReturnType<typeof tried>> = [];

  before(async () => {
    results = await tried();
  });

  it('stays: at least 99 of 100 edits move at most a quarter of the cards, and 9 of 10 move none', () => {
    const far = results.filter(({ share }) => share > 0.25);
    assert.ok(far.length <= results.length / 100, `${far.length} of ${results.length}:\n${far.map(({ text }) => text).join('\n')}`);
    const some = results.filter(({ share }) => share > 0);
    assert.ok(some.length <= results.length / 10, `${some.length} of ${results.length}:\n${some.map(({ text }) => text).join('\n')}`);
  });

  it('stays, all of it, when something is removed or a value changes', () => {
    const quiet = results.filter(({ edit }) => /removed|changes/.test(edit));
    assert.ok(quiet.length > 50);
    assert.deepEqual(
      quiet.filter(({ share }) => share > 0).map(({ text }) => text),
      [],
    );
  });
});
