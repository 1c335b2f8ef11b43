import { strict as assert } from 'node:assert';
import type { Mark } from '../../src/layout/protocol';
import type { System } from '../../src/model/system';
import { pack } from '../../src/model/transfer';
import { storefront } from '../layout/systems';
import { lab, systemOf } from '../model/systems';
import { openMap, type Theme, type Webview, type WebviewOptions } from './browser';

const length = 80;
const names = Array.from({ length }, (_, i) => `service-${i}`);
const worst = names[60] ?? '';
const marks: readonly Mark[] = [
  { element: `component ${worst}`, rule: 'single-point-of-failure', severity: 'error', message: 'stands alone' },
];

/** Services that call each other one after the other: far longer than any window. */
function chain(more: readonly string[] = [], entry?: string): System {
  const all = [...names, ...more];
  return systemOf({
    components: all.map((name) => ({ name })),
    calls: all.slice(1).map((to, i) => ({ from: all[i] ?? '', to, timeout: 1 })),
    journeys: entry === undefined ? [] : [{ name: 'all', entry, rate: 1 }],
  });
}

const themes = ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly Theme[];

describe('a map too large for its window', function () {
  this.timeout(120_000);
  let view: Webview;

  async function open(system: System, options: WebviewOptions = {}, found: readonly Mark[] = marks): Promise<void> {
    view = await openMap(system, found, { size: { width: 1000, height: 700 }, ...options });
  }

  const card = (name: string) => view.page.locator(`.card[data-id="component ${name}"]`).first();
  const line = () => view.page.locator('.beyond');
  const scales = () =>
    view.page
      .locator('.scene')
      .evaluateAll((all) => all.map((scene) => Number(/scale\(([\d.e-]+)\)/.exec(scene.getAttribute('transform') ?? '')?.[1])));
  /** How many cards have their middles outside of the left map's window. */
  const outside = () =>
    view.page.evaluate(() => {
      const stage = document.querySelector('.stage')?.getBoundingClientRect();
      // What stands over the drawing takes its room away.
      const floor = document.querySelector('.legend')?.getBoundingClientRect();
      const bottom = floor && floor.height > 0 ? floor.top - 6 : (stage?.bottom ?? 0);
      const cards = [...document.querySelectorAll('.stage')].at(0)?.querySelectorAll('.card-box') ?? [];
      return [...cards].filter((each) => {
        const box = each.getBoundingClientRect();
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        return !stage || x < stage.left || x > stage.right || y < stage.top || y > bottom;
      }).length;
    });
  const isInside = async (name: string): Promise<boolean> => {
    const [box, stage] = [await card(name).boundingBox(), await view.page.locator('.stage').first().boundingBox()];
    assert.ok(box && stage);
    return (
      box.x >= stage.x && box.y >= stage.y && box.x + box.width <= stage.x + stage.width && box.y + box.height <= stage.y + stage.height
    );
  };

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('begins where a journey does, at a scale at which names are read, and says what is not in the window', async () => {
    await open(chain([], names[0]));
    await line()
      .getByText(/cards are outside the window\. \/ finds one, 0 shows all\.$/)
      .waitFor();
    const [scale = 0] = await scales();
    assert.ok(scale >= 0.16, `${scale}`);
    const height = await card('service-0')
      .locator('.title-large')
      .evaluate((one) => one.getBoundingClientRect().height / 1.3);
    assert.ok(height > 6, `letters of ${height} pixels`);
    assert.ok(await isInside('service-0'));
    const [, count, all] = /^(\d+) of (\d+) /.exec((await line().textContent()) ?? '') ?? [];
    assert.deepEqual([Number(count), Number(all)], [await outside(), length]);
    await view.screenshot('large');
  });

  it('begins at the worst findings where no journey does', async () => {
    await open(chain());
    await line().waitFor();
    assert.ok(await isInside(worst));
    assert.equal(await isInside('service-0'), false);
  });

  it('is shown whole on demand, also in a window of another size, and can be left and come back to', async () => {
    await open(chain([], names[0]));
    await line().waitFor();
    const ground = () =>
      card('service-0')
        .locator('.card-box')
        .evaluate((one) => getComputedStyle(one).fill);
    const near = await ground();
    await view.page.getByRole('button', { name: 'Fit the map into the window' }).click();
    await line().waitFor({ state: 'detached' });
    assert.equal(await outside(), 0);
    const [fitted = 0] = await scales();
    assert.ok(fitted < 0.08, `${fitted}`);
    // Names could not be read: cards are dots that stand out instead.
    assert.equal(await card('service-0').locator('.title-large').isVisible(), false);
    assert.notEqual(await ground(), near);
    await view.screenshot('whole');
    await view.page.setViewportSize({ width: 800, height: 700 });
    await view.page.waitForFunction(
      (old) => !document.querySelector('.scene')?.getAttribute('transform')?.includes(`scale(${old})`),
      fitted,
    );
    assert.equal(await outside(), 0);
    // Further away than the whole is nothing to be seen, and "out" never leads nearer.
    const [whole = 0] = await scales();
    await view.page.getByRole('button', { name: 'Zoom in' }).click();
    await view.page.getByRole('button', { name: 'Zoom out' }).click();
    await view.page.getByRole('button', { name: 'Zoom out' }).click();
    const [last = 0] = await scales();
    assert.ok(Math.abs(last / whole - 1) < 1e-6, `${last} after ${whole}`);
  });

  it('stays where somebody looks when something comes', async () => {
    await open(chain([], names[0]));
    await line().waitFor();
    const before = await card('service-3').boundingBox();
    const next = pack(chain(['newcomer'], names[0]));
    await view.send({
      type: 'model',
      model: { version: 2, system: next, marks: [{ ...marks[0], element: 'component service-79' }], captions: [] },
    });
    await card('newcomer').waitFor({ state: 'attached' });
    assert.deepEqual(await card('service-3').boundingBox(), before);
    await line()
      .getByText(` of ${length + 1} cards`)
      .waitFor();
  });

  it('shows two variants at one place, both to be read', async () => {
    await open(chain([], names[0]), { size: { width: 1200, height: 700 } });
    await view.page.getByLabel('What is played beside it').selectOption({ label: 'Protected' });
    await view.page.locator('.surface').nth(1).locator('.card').first().waitFor();
    await view.page.waitForFunction(() => {
      const [left, right] = [...document.querySelectorAll('.scene')].map((scene) => scene.getAttribute('transform'));
      return left !== undefined && left === right;
    });
    const [left = 0, right] = await scales();
    assert.ok(left >= 0.16 && left === right, `${left}, ${right}`);
    assert.ok(await isInside('service-0'));
    await line().waitFor();
    assert.equal(await line().count(), 1, 'both show the same, and it is said once');
    await view.page.getByRole('button', { name: 'Fit the map into the window' }).click();
    await line().waitFor({ state: 'detached' });
    const [whole = 0] = await scales();
    assert.ok(whole < 0.08, `${whole}`);
    // Away from there leads nowhere, and least of all nearer.
    await view.page.locator('.surface').nth(1).locator('.card').first().focus();
    await view.page.keyboard.press('-');
    assert.deepEqual(await scales(), [whole, whole]);
  });

  it('is searched with a key from anywhere, which remains a letter of a name', async () => {
    await open(chain([], names[0]));
    await view.page.keyboard.press('/');
    await view.page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
    await view.page.keyboard.type('service-79');
    await view.page.keyboard.press('Enter');
    await view.page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 'component service-79');
    assert.ok(await isInside('service-79'));
    await view.page.keyboard.press('/');
    await view.page.keyboard.type('a/b');
    assert.equal(await view.page.getByLabel('Find a component').inputValue(), 'a/b');
  });

  it('says nothing of the kind where all of it can be read', async () => {
    await open(lab(), {}, []);
    for (let i = 0; i < 8; i++) await view.page.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok((await outside()) > 0);
    // The view is kept as late as it would be spoken of.
    const [scale = 0] = await scales();
    await view.page.waitForFunction((k) => {
      const state = (window as unknown as { faultlineState(): { at?: { k: number } } | undefined }).faultlineState();
      return state?.at?.k === k;
    }, scale);
    await view.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    assert.equal(await line().count(), 0);
  });

  for (const theme of themes) {
    it(`has titles over no card, from near and from far (${theme})`, async () => {
      await open(storefront(), { theme, size: { width: 1200, height: 800 } }, []);
      const seen = new Set<number>();
      for (;;) {
        const [scale = 0] = await scales();
        seen.add(scale);
        const faults = await view.page.evaluate(() => {
          const cards = [...document.querySelectorAll('.stage .card-box')].map((each) => each.getBoundingClientRect());
          const titles = [...document.querySelectorAll('.stage .frame-title')];
          const over = (box: DOMRect, other: DOMRect) =>
            box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 1 && other.top < box.bottom - 1;
          return titles.flatMap((title) => {
            const box = title.querySelector('text')?.getBoundingClientRect();
            return box && cards.some((each) => over(box, each)) ? [title.getAttribute('aria-label')] : [];
          });
        });
        assert.deepEqual(faults, [], `at ${scale}`);
        if (scale < 0.25 && !(await view.page.locator(`.stage[data-shot]`).count())) {
          await view.page.locator('.stage').evaluate((stage) => stage.setAttribute('data-shot', ''));
          await view.screenshot(`titles-${theme}`);
        }
        if (scale <= 0.09) break;
        await view.page.getByRole('button', { name: 'Zoom out' }).click();
      }
      assert.ok(seen.size > 6);
    });
  }

  for (const theme of themes) {
    it(`on a small window both maps, the time and the last that happened are there (${theme})`, async () => {
      await open(lab(), { theme, size: { width: 420, height: 800 } }, []);
      await view.page.getByLabel('What is played beside it').selectOption({ label: 'Protected' });
      await view.page.locator('.surface').nth(1).locator('.card').first().waitFor();
      await view.page.getByLabel('Speed').selectOption('5');
      await view.page.getByRole('button', { name: 'Play' }).click();
      await card('payment').click({ button: 'right' });
      await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
      await view.page
        .getByRole('log')
        .getByText(/breaker opens/)
        .first()
        .waitFor();
      await view.page.getByRole('button', { name: 'Pause' }).click();
      const log = view.page.getByRole('log');
      const last = log.locator('li').last();
      // The newest line is scrolled to once it is there.
      await view.page.waitForFunction(() => {
        const [frame, item] = [document.querySelector('.log'), document.querySelector('.log li:last-child')].map((one) =>
          one?.getBoundingClientRect(),
        );
        return frame && item && item.bottom <= frame.bottom && item.bottom > frame.top && frame.bottom <= innerHeight && frame.height >= 56;
      });
      for (const part of [last, view.page.getByRole('button', { name: 'Play' }), view.page.getByLabel('Speed')]) {
        const box = await part.boundingBox();
        assert.ok(box && box.y >= 0 && box.y + box.height <= 800 && box.x >= 0 && box.x + box.width <= 420, JSON.stringify(box));
      }
      for (const surface of await view.page.locator('.surface').all()) {
        const box = await surface.boundingBox();
        assert.ok(box && box.height >= 150 && box.y + box.height <= 800, JSON.stringify(box));
      }
      const charts = await view.page
        .getByRole('figure')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right, bottom }) => ({ left, right, bottom })));
      assert.ok(
        charts.length === 2 && charts.every(({ left, right, bottom }) => right - left > 150 && bottom <= 800),
        JSON.stringify(charts),
      );
      await view.screenshot(`small-${theme}`);
    });
  }
});
