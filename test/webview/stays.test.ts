import { strict as assert } from 'node:assert';
import type { System } from '../../src/model/system';
import { pack } from '../../src/model/transfer';
import { systemOf } from '../model/systems';
import { openMap, type Webview } from './browser';

/** A chain of services, and on request one that calls the first: the flow then begins farther left. */
function chain(isLonger: boolean): System {
  const names = ['web', 'orders', 'payments', 'ledger'];
  const all = isLonger ? ['edge', ...names] : names;
  return systemOf({
    components: all.map((name) => ({ name })),
    calls: all.slice(1).map((to, i) => ({ from: all[i] ?? '', to, timeout: 1 })),
    journeys: [{ name: 'all', entry: 'web', rate: 20 }],
  });
}

/** Wide, so that the flow runs to the right. */
const size = { width: 1500, height: 700 };

interface Place {
  readonly map: string;
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

describe('a map that grows at its left edge', function () {
  this.timeout(120_000);
  let view: Webview;

  /** Where the cards are in the window. */
  const places = (): Promise<readonly Place[]> =>
    view.page.locator('.stage .card').evaluateAll((all) =>
      all.map((card) => {
        const { x, y } = card.getBoundingClientRect();
        const map = card.closest('.stage')?.getAttribute('aria-label') ?? '';
        return { map, id: card.getAttribute('data-id') ?? '', x, y };
      }),
    );
  const transforms = () => view.page.locator('.scene').evaluateAll((all) => all.map((scene) => scene.getAttribute('transform')));

  async function extend(): Promise<void> {
    const maps = await view.page.locator('.stage').count();
    await view.send({ type: 'model', model: { version: 2, system: pack(chain(true)), marks: [], captions: [] } });
    await view.page.waitForFunction((count) => document.querySelectorAll('.card[data-id="component edge"]').length === count, maps);
  }

  /** What was there before is where it was, within a pixel; what is new stands before all of it. */
  function assertStayed(before: readonly Place[], after: readonly Place[]): void {
    assert.ok(before.length >= 4);
    for (const { map, id, x, y } of before) {
      const now = after.find((place) => place.map === map && place.id === id);
      assert.ok(now, `${id} on ${map}`);
      assert.ok(Math.abs(now.x - x) <= 1 && Math.abs(now.y - y) <= 1, `${id} on ${map}: ${x}, ${y} to ${now.x}, ${now.y}`);
      const edge = after.find((place) => place.map === map && place.id === 'component edge');
      assert.ok(edge && edge.x < now.x - 50, `the new one is not before ${id}`);
    }
  }

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('moves no other card on the screen where somebody has chosen the view', async () => {
    view = await openMap(chain(false), [], { size });
    await view.page.getByRole('button', { name: 'Zoom in' }).click();
    const [before, lay] = [await places(), await transforms()];
    await extend();
    assertStayed(before, await places());
    assert.notDeepEqual(await transforms(), lay, 'the drawing itself has moved');
  });

  it('moves none on either of two maps', async () => {
    view = await openMap(chain(false), [], { size });
    await view.page.getByLabel('What is played beside it').selectOption({ label: 'Protected' });
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 2);
    await view.page.getByRole('button', { name: 'Zoom in' }).click();
    const before = await places();
    assert.equal(before.length, 8);
    await extend();
    assertStayed(before, await places());
    const [left, right] = await transforms();
    assert.equal(left, right);
  });

  it('moves none when the system has grown while the page was hidden', async () => {
    view = await openMap(chain(false), [], { size });
    await view.page.getByRole('button', { name: 'Zoom in' }).click();
    const before = await places();
    const [lay] = await transforms();
    const kept = (state: unknown) => {
      const at = (state as { at?: { x: number; y: number; k: number } } | undefined)?.at;
      return at && `translate(${at.x} ${at.y}) scale(${at.k})`;
    };
    let state = await view.state();
    while (kept(state) !== lay) state = await view.state();
    await view.close();
    view = await openMap(chain(true), [], { size, state: JSON.parse(JSON.stringify(state)) });
    await view.page.locator('.card[data-id="component edge"]').waitFor();
    assertStayed(before, await places());
  });

  it('is fitted again where nobody has chosen the view', async () => {
    view = await openMap(chain(false), [], { size });
    await extend();
    const inside = await view.page.locator('.stage').evaluate((stage) => {
      const { left, right } = stage.getBoundingClientRect();
      return [...stage.querySelectorAll('.card')].every((card) => {
        const box = card.getBoundingClientRect();
        return box.left >= left && box.right <= right;
      });
    });
    assert.ok(inside);
  });
});
