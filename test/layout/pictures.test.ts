import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from '../../src/layout/elk';
import type { Graph } from '../../src/layout/graph';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import type { System } from '../../src/model/system';
import { faultsOf } from './check';
import { generate, reordered } from './generate';
import { lab, marksFor, storefront, twoZones } from './systems';

const elk: Layouter = new ELK();
const options = { startup: false, telemetry: false } as const;

function graph(system: System): Graph {
  return graphOf(system, marksFor(system), [], options);
}

async function picture(system: System, previous?: Picture): Promise<Picture> {
  return layoutPicture(graph(system), elk, { direction: 'right', ...(previous ? { previous } : {}) });
}

describe('a picture', function () {
  this.timeout(60_000);

  for (const [name, system] of [
    ['the lab', lab()],
    ['the storefront', storefront()],
    ['two zones', twoZones()],
  ] as const) {
    for (const direction of ['right', 'down'] as const) {
      it(`of ${name} has no overlaps, and every line ends at its cards (${direction})`, async () => {
        const drawn = await layoutPicture(graph(system), elk, { direction });
        assert.deepEqual(faultsOf(graph(system), drawn), []);
      });
    }
  }

  it('of any system has none either', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const system = generate(seed, { components: 6 + seed * 2, zones: seed % 4, regions: seed % 2 });
      assert.deepEqual(faultsOf(graph(system), await picture(system)), [], `seed ${seed}`);
    }
  });

  it('does not depend on the order in which anything is written', async () => {
    const system = storefront();
    assert.deepEqual(await picture(reordered(system, 5)), await picture(system));
  });

  it('stays as it is when only figures change, without asking the layouter', async () => {
    const before = await picture(storefront());
    const silent: Layouter = { layout: () => Promise.reject(new Error('asked')) };
    const after = await layoutPicture(
      graphOf(storefront(), marksFor(storefront()), [{ element: 'component web', text: '99.9%', detail: '' }], options),
      silent,
      {
        direction: 'right',
        previous: before,
      },
    );
    assert.deepEqual(after, before);
  });

  it('moves little when something is added', async () => {
    const system = storefront();
    const before = await picture(system);
    const grown: System = { ...system, components: new Map([...system.components, ['newcomer', { name: 'newcomer' }]]) };
    const after = await picture(grown, before);
    assert.deepEqual(faultsOf(graph(grown), after), []);
    const places = new Map(before.cards.map((card) => [card.id, card]));
    const moved = after.cards.filter(({ id, x, y }) => {
      const old = places.get(id);
      return old !== undefined && Math.hypot(x - old.x, y - old.y) > 60;
    });
    assert.ok(moved.length <= before.cards.length / 4, `${moved.length} of ${before.cards.length} moved`);
  });

  it('is refused when the layouter fails', async () => {
    const broken: Layouter = { layout: () => Promise.reject(new Error('no')) };
    await assert.rejects(layoutPicture(graph(lab()), broken, { direction: 'right' }), /no/);
  });
});
