import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from '../../src/layout/elk';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import type { System } from '../../src/model/system';
import { movedShare, withCall } from './edits';
import { storefront } from './systems';

const elk: Layouter = new ELK();
const zone = 'zone eu-west-1a';
const region = 'region eu-west-1';

function show(system: System, collapsed: readonly string[], previous?: Picture): Promise<Picture> {
  const graph = graphOf(system, [], [], { startup: true, telemetry: false, collapsed: new Set(collapsed) });
  return layoutPicture(graph, elk, { direction: 'right', ...(previous ? { previous } : {}) });
}

describe('what a collapsed group holds', () => {
  it('comes back to where it was, through an edit and being kept as JSON', async () => {
    const open = await show(storefront(), []);
    const folded = await show(storefront(), [zone], open);
    assert.deepEqual(
      folded.folded?.map(({ group }) => group),
      [zone],
    );
    const edited = withCall(storefront(), 'catalog', 'orders');
    const kept = JSON.parse(JSON.stringify(await show(edited, [zone], folded))) as Picture;
    const again = await show(edited, [], kept);
    assert.equal(movedShare(open, again), 0);
    assert.equal(again.folded, undefined);
  });

  it('is known of a zone in a region that is collapsed after it', async () => {
    const open = await show(storefront(), []);
    const inner = await show(storefront(), [zone], open);
    const outer = await show(storefront(), [zone, region], inner);
    assert.deepEqual(
      outer.folded?.map(({ group }) => group),
      [region, zone],
    );
    const back = await show(storefront(), [zone], outer);
    assert.equal(movedShare(inner, back), 0);
    assert.equal(movedShare(open, await show(storefront(), [], back)), 0);
  });

  it('is nothing where nothing was seen of it', async () => {
    const first = await show(storefront(), [zone]);
    assert.equal(first.folded, undefined);
    assert.equal((await show(withCall(storefront(), 'catalog', 'orders'), [zone], first)).folded, undefined);
  });
});
