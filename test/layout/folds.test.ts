import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from '../../src/layout/elk';
import { graphOf } from '../../src/layout/graphOf';
import type { Picture } from '../../src/layout/picture';
import { faultsOf } from './check';
import { movedShare, settings, textOf } from './edits';
import { type Fold, folded, zonesOf } from './folds';
import { generate } from './generate';
import { storefront } from './systems';

const elk: Layouter = new ELK();
const forms = ['collapse', 'expand', 'again'] as const;

type Form = (typeof forms)[number];

/** The zones of a picture from one end to the other, with what shows each: a frame, or the card that it is collapsed into. */
function zoneOrder({ cards, frames, direction }: Picture): readonly string[] {
  const zones = [...frames, ...cards].filter(({ id }) => id.startsWith('zone '));
  return zones.sort((a, b) => (direction === 'right' ? a.y - b.y : a.x - b.x)).map(({ id }) => id);
}

describe('what is outside a zone that changes its form', function () {
  this.timeout(300_000);
  const shares: Record<Form, number[]> = { collapse: [], expand: [], again: [] };
  const orders: { readonly text: string; readonly before: readonly string[]; readonly after: readonly string[] }[] = [];

  before(async () => {
    for (const [i, setting] of settings.entries()) {
      const { components, zones } = setting.wishes;
      if (zones === 0 || components > 40) continue;
      const options = { startup: true, telemetry: false, labels: setting.labels };
      for (const seed of [1, 2, 3]) {
        const direction = (seed + i) % 3 === 0 ? 'down' : 'right';
        const system = generate(31 * seed + i, setting.wishes);
        for (const zone of zonesOf(graphOf(system, [], [], options))) {
          const folds: Record<Form, Fold> = await folded(system, options, zone, elk, direction);
          for (const form of forms) {
            const { before, after, graph, isOutside } = folds[form];
            const text = `${textOf(setting)}, seed ${seed}: ${zone}, ${form}`;
            assert.deepEqual(faultsOf(graph, after), [], text);
            shares[form].push(movedShare(before, after, isOutside));
            orders.push({ text, before: zoneOrder(before), after: zoneOrder(after) });
          }
        }
      }
    }
  });

  const mean = (list: readonly number[]): number => list.reduce((sum, share) => sum + share, 0) / list.length;

  it('stays: 0.15 of it moves when the zone collapses, 0.35 when it expands, 0.1 when it expands again, at most', () => {
    for (const form of forms) {
      assert.ok(shares[form].length >= 30, `${form}: ${shares[form].length}`);
      const most = { collapse: 0.15, expand: 0.35, again: 0.1 }[form];
      assert.ok(mean(shares[form]) <= most, `${form}: ${mean(shares[form])}`);
    }
  });

  it('keeps its bands, and the zone its own among them', () => {
    assert.deepEqual(
      orders.filter(({ before, after }) => before.join() !== after.join()),
      [],
    );
  });

  it('does not move at all in the storefront, whichever zone collapses, and comes back to where it was', async () => {
    const options = { startup: true, telemetry: false };
    const zones = zonesOf(graphOf(storefront(), [], [], options));
    assert.equal(zones.length, 2);
    for (const zone of zones) {
      for (const direction of ['right', 'down'] as const) {
        const { collapse, again } = await folded(storefront(), options, zone, elk, direction);
        for (const { before, after, isOutside } of [collapse, again]) {
          const stayed = before.cards.filter(({ id }) => isOutside(id));
          assert.ok(stayed.length > 5);
          assert.equal(movedShare(before, after, isOutside), 0, `${zone}, ${direction}`);
        }
        assert.equal(movedShare(collapse.before, again.after), 0, `all of it, ${zone}, ${direction}`);
      }
    }
  });
});
