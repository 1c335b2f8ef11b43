import { strict as assert } from 'node:assert';
import type { Box } from '../../src/layout/flow';
import type { Mark } from '../../src/layout/protocol';
import { pack } from '../../src/model/transfer';
import { storefront } from '../layout/systems';
import { lab, systemOf } from '../model/systems';
import { openMap, type Theme, type Webview } from './browser';

/** Forty services in rows of four behind one gateway: more than can be read at once. */
function crowd() {
  const names = Array.from({ length: 40 }, (_, i) => `department-${i}-api`);
  return systemOf({
    components: ['gateway', ...names].map((name) => ({ name, concurrency: 4 })),
    calls: names.map((to, i) => ({ from: i % 4 === 0 ? 'gateway' : (names[i - 1] ?? ''), to, timeout: 1 })),
    journeys: [{ name: 'all', entry: 'gateway', rate: 20 }],
  });
}

describe('moving about the map', function () {
  this.timeout(90_000);
  let view: Webview;

  const card = (name: string) => view.page.locator(`.card[data-id="component ${name}"]`);
  const place = async () => {
    const transform = await view.page.locator('.scene').getAttribute('transform');
    const [x = Number.NaN, y = Number.NaN, k = Number.NaN] = (transform?.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    return { x, y, k };
  };
  const focused = () => view.page.evaluate(() => document.activeElement?.getAttribute('data-id'));
  const boxOf = async (selector: string): Promise<Box> => {
    const box = await view.page.locator(selector).first().boundingBox();
    assert.ok(box, selector);
    return box;
  };

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('goes along the calls of a card by keyboard, out of it and into it, and says where it is', async () => {
    view = await openMap(storefront());
    await card('orders').focus();
    const walked: (string | null | undefined)[] = [];
    for (let i = 0; i < 5; i++) {
      await view.page.keyboard.press('e');
      walked.push(await focused());
    }
    const [first, second, third, fourth, again] = walked;
    assert.deepEqual([first, second, third].sort(), ['call orders -> jobs', 'call orders -> orders-db', 'call orders -> payment']);
    assert.deepEqual([fourth, again], ['call web -> orders', first], 'and round again');
    const line = view.page.locator(`.edge[data-id="${first}"]`);
    assert.equal(await line.getAttribute('aria-description'), 'call 1 of 4 of orders, out of it');
    assert.notEqual(await line.getAttribute('aria-label'), null);
    await view.page.keyboard.press('Shift+E');
    assert.equal(await focused(), fourth);
    assert.equal(await view.page.locator(`.edge[data-id="${fourth}"]`).getAttribute('aria-description'), 'call 4 of 4 of orders, into it');
    // The line, its label and both of its ends are marked.
    assert.deepEqual(await view.page.locator('.card.end').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')).sort()), [
      'component orders',
      'component web',
    ]);
    assert.equal(await view.page.locator('.edge.walked').count(), 1);
    await view.screenshot('walked');
    await view.page.keyboard.press('Enter');
    await view.received((message): message is object => JSON.stringify(message) === `{"type":"reveal","element":"${fourth}"}`);
    // To the other end, and along the calls there.
    await view.page.keyboard.press('o');
    assert.equal(await focused(), 'component web');
    assert.equal(await view.page.locator('.walked, .end').count(), 0);
    await view.page.keyboard.press('e');
    assert.match((await focused()) ?? '', /^call web -> /);
    await view.page.keyboard.press('Escape');
    assert.equal(await focused(), 'component web');
    // What calls nobody and is called by nobody has nothing to go along.
    await card('releases').focus();
    await view.page.keyboard.press('e');
    assert.equal(await focused(), 'component releases');
  });

  it('goes along the lines of one replica card, and keeps its place when the picture is drawn again', async () => {
    view = await openMap(storefront());
    await view.page.getByText('Deployment').click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 2);
    await card('web').nth(1).focus();
    await view.page.keyboard.press('e');
    const before = await focused();
    const ends = await view.page.locator('.card.end').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    assert.ok(
      ends.some((name) => name?.includes('web') && name.includes('eu-west-1b')),
      ends.join('\n'),
    );
    await view.page.keyboard.press('e');
    const second = await focused();
    // A finding that comes makes another drawing.
    await view.page.evaluate(() => document.querySelector('.cards')?.setAttribute('data-old', ''));
    const found: Mark = { element: 'component web', rule: 'single-zone', severity: 'warning', message: 'found' };
    await view.send({ type: 'model', model: { version: 2, system: pack(storefront()), marks: [found], captions: [] } });
    await view.page.waitForFunction(() => document.querySelector('.cards[data-old]') === null);
    assert.equal(await focused(), second);
    await view.page.keyboard.press('Shift+E');
    assert.equal(await focused(), before);
    await view.page.keyboard.press('Escape');
    const label = await view.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.match(label ?? '', /^web, .*eu-west-1b/);
  });

  it('lists its keys on demand', async () => {
    view = await openMap(lab());
    const button = view.page.getByRole('button', { name: 'Keys' });
    await button.click();
    await view.page.getByText('along the calls of a card', { exact: true }).waitFor();
    assert.equal(await button.getAttribute('aria-expanded'), 'true');
    await view.page.keyboard.press('Escape');
    await view.page.getByText('along the calls of a card', { exact: true }).waitFor({ state: 'detached' });
    assert.match((await view.page.locator('.stage').getAttribute('aria-description')) ?? '', /E goes along the calls/);
  });

  it('lists them inside a narrow window too, and says how a search went without moving the map', async () => {
    view = await openMap(storefront(), [], { size: { width: 420, height: 800 } });
    await view.page.getByRole('button', { name: 'Keys' }).click();
    const keys = await view.page.locator('.keys dl').boundingBox();
    assert.ok(keys && keys.x >= 0 && keys.x + keys.width <= 420, JSON.stringify(keys));
    const top = async () => (await view.page.locator('.surface').boundingBox())?.y;
    const before = await top();
    await view.page.getByLabel('Find a component').fill('nothing like it anywhere');
    const said = view.page.locator('.search output');
    await said.getByText('Nothing has this name.').waitFor();
    assert.equal(await top(), before);
    const box = await said.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 420, JSON.stringify(box));
  });

  it('a pinch on a trackpad scales around the pointer, and two fingers that go sideways move it', async () => {
    view = await openMap(lab());
    const before = await place();
    const stage = await boxOf('.stage');
    const [x, y] = [stage.x + 200, stage.y + 150];
    await view.page.mouse.move(x, y);
    await view.page.keyboard.down('Control');
    await view.page.mouse.wheel(0, -40);
    await view.page.keyboard.up('Control');
    await view.page.waitForFunction((old) => document.querySelector('.scene')?.getAttribute('transform') !== old, transformText(before));
    const pinched = await place();
    assert.ok(Math.abs(pinched.k / before.k - Math.exp(0.4)) < 0.01, JSON.stringify({ before, pinched }));
    assert.ok(Math.abs((200 - before.x) / before.k - (200 - pinched.x) / pinched.k) < 0.5, 'what was under the pointer still is');
    await view.page.mouse.wheel(30, 12);
    await view.page.waitForFunction((old) => document.querySelector('.scene')?.getAttribute('transform') !== old, transformText(pinched));
    const moved = await place();
    assert.deepEqual(moved, { x: pinched.x - 30, y: pinched.y - 12, k: pinched.k });
  });

  it('two fingers on a screen scale and move it', async () => {
    view = await openMap(lab());
    const before = await place();
    const stage = await boxOf('.stage');
    const fingers = await view.page.context().newCDPSession(view.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly (readonly [number, number])[]) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([x, y], id) => ({ x: stage.x + x, y: stage.y + y, id })),
      });
    await touch('touchStart', [200, 200], [300, 200]);
    // Apart: twice the distance is twice the scale.
    await touch('touchMove', [150, 200], [300, 200]);
    await touch('touchMove', [150, 200], [350, 200]);
    await view.page.waitForFunction((least) => {
      const scale = Number(/scale\(([\d.]+)\)/.exec(document.querySelector('.scene')?.getAttribute('transform') ?? '')?.[1]);
      return scale > least;
    }, before.k * 1.9);
    const apart = await place();
    assert.ok(Math.abs(apart.k / before.k - 2) < 0.05, JSON.stringify({ before, apart }));
    // Together sideways: the same scale, another place.
    await touch('touchMove', [170, 240], [370, 240]);
    await view.page.waitForFunction((old) => document.querySelector('.scene')?.getAttribute('transform') !== old, transformText(apart));
    const along = await place();
    assert.ok(Math.abs(along.k / apart.k - 1) < 0.05, JSON.stringify({ apart, along }));
    assert.ok(Math.abs(along.x - apart.x - 20) < 8 && Math.abs(along.y - apart.y - 40) < 8, JSON.stringify({ apart, along }));
    await touch('touchEnd');
    assert.equal(await view.page.locator('.selected').count(), 0, 'none of it was a click');
  });

  const sizes = [
    { width: 1200, height: 800 },
    { width: 500, height: 800 },
  ];
  for (const size of sizes) {
    for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly Theme[]) {
      it(`nothing lies under what the signs mean, ${size.width} pixels wide (${theme})`, async () => {
        view = await openMap(storefront(), [], { size, theme });
        await view.page.waitForFunction(() => {
          const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
          const [key, surface] = [box('.legend'), box('.surface')];
          const bottoms = [...document.querySelectorAll('.card')].map((one) => one.getBoundingClientRect().bottom);
          // Not cut off, and below the lowest card.
          return key && surface && key.width > 100 && key.right <= surface.right && Math.max(...bottoms) <= key.top;
        });
        await view.screenshot(`fit-${size.width}-${theme}`);
      });
    }
  }

  it('leaves out what the signs mean where it would cover a low map', async () => {
    view = await openMap(storefront(), [], { size: { width: 900, height: 420 } });
    await view.page.locator('.legend').waitFor({ state: 'hidden' });
    await view.page.setViewportSize({ width: 900, height: 900 });
    await view.page.locator('.legend').waitFor({ state: 'visible' });
  });

  it('folds away what the signs mean, gives its room to the map, and remembers that', async () => {
    view = await openMap(storefront(), [], { size: { width: 900, height: 900 } });
    const before = await place();
    const button = () => view.page.getByRole('button', { name: 'What the signs mean' });
    assert.equal(await button().getAttribute('aria-pressed'), 'true');
    await button().click();
    await view.page.locator('.legend').waitFor({ state: 'hidden' });
    while (JSON.stringify(await place()) === JSON.stringify(before));
    const after = await place();
    assert.ok(after.k > before.k || after.y > before.y, JSON.stringify({ before, after }));
    let state = await view.state();
    while (!JSON.stringify(state).includes('"legend":false')) state = await view.state();
    await view.close();
    view = await openMap(storefront(), [], { size: { width: 900, height: 900 }, state });
    assert.equal(await view.page.locator('.legend').isVisible(), false);
    assert.equal(await button().getAttribute('aria-pressed'), 'false');
    await button().click();
    await view.page.locator('.legend').waitFor({ state: 'visible' });
  });

  it('from far away shows names, states and ways, and keeps the names readable', async () => {
    view = await openMap(crowd(), [], { size: { width: 500, height: 700 } });
    const { k } = await place();
    assert.ok(k < 0.5, `far enough at ${k}`);
    const letters = () =>
      view.page.locator('.title-large').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height / 1.3));
    assert.ok(Math.min(...(await letters())) > 7.5, (await letters()).join());
    assert.equal(await view.page.locator('.card .title').first().isVisible(), false);
    await view.screenshot('far');
    while ((await place()).k >= 0.33) await view.page.getByRole('button', { name: 'Zoom out' }).click();
    for (const part of ['.pool', '.arrow', '.port'])
      assert.equal(await view.page.locator(`.stage ${part}`).first().isVisible(), false, part);
    assert.ok(Math.min(...(await letters())) > 6.5, (await letters()).join());
    await card('department-3-api').click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await view.page.locator('.card.down .down-cross-far').waitFor();
    const [cross, name] = [await boxOf('.card.down .down-cross-far'), await boxOf('.card.down .title-large')];
    assert.ok(
      cross.x >= name.x + name.width - 2 || cross.y + cross.height <= name.y + name.height / 3,
      `no letter is crossed out: ${JSON.stringify([cross, name])}`,
    );
    await view.page.getByRole('button', { name: 'Fit the map into the window' }).click();
    while ((await place()).k < 0.6) await view.page.getByRole('button', { name: 'Zoom in' }).click();
    const near = view.page.locator('.card .title-large').first();
    assert.equal(await near.isVisible(), false);
    assert.equal(await view.page.locator('.card.down .down-cross').isVisible(), true);
  });
});

function transformText({ x, y, k }: { readonly x: number; readonly y: number; readonly k: number }): string {
  return `translate(${x} ${y}) scale(${k})`;
}
