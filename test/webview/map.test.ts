import { strict as assert } from 'node:assert';
import type { Mark } from '../../src/layout/protocol';
import type { System } from '../../src/model/system';
import { pack } from '../../src/model/transfer';
import { lab, systemOf } from '../model/systems';
import { openWebview, type Theme, type Webview, type WebviewOptions } from './browser';

const marks: readonly Mark[] = [
  { element: 'component payment', rule: 'single-point-of-failure', severity: 'warning', message: 'pay stops whenever payment is down' },
  { element: 'call api -> payment', rule: 'missing-timeout', severity: 'warning', message: 'api waits for payment without a timeout' },
];

const isReady = (message: unknown): message is { type: 'ready' } => (message as { type?: string }).type === 'ready';

describe('the map', function () {
  this.timeout(60_000);
  let view: Webview;

  async function open(system: System, options: WebviewOptions = {}): Promise<void> {
    view = await openWebview(options);
    await view.received(isReady);
    await view.send({ type: 'model', model: { version: 1, system: pack(system), marks, captions: [] } });
    await view.page.locator('.card').first().waitFor();
  }

  const card = (name: string) => view.page.locator(`.card[data-id="component ${name}"]`);

  /** Kills a component from its menu. */
  async function kill(name: string): Promise<void> {
    await card(name).click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
  }

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly Theme[]) {
    it(`draws every component, call and mark (${theme})`, async () => {
      await open(lab(), { theme });
      assert.equal(await view.page.locator('.card').count(), 3);
      assert.equal(await view.page.locator('.edge[data-id]').count(), 2);
      assert.equal(await card('payment').getByText('SPOF').count(), 1);
      assert.equal(await view.page.locator('.pill-text', { hasText: 'no timeout' }).count(), 2);
      await view.screenshot(`map-${theme}`);
    });
  }

  it('tells the shell what is chosen, by pointer and by keyboard', async () => {
    await open(lab());
    await card('db').click();
    await view.received((message): message is object => JSON.stringify(message) === '{"type":"reveal","element":"component db"}');
    await card('payment').focus();
    await view.page.keyboard.press('Enter');
    await view.received((message): message is object => JSON.stringify(message) === '{"type":"reveal","element":"component payment"}');
    await view.page.locator('.pill').last().click();
    await view.received((message): message is object => JSON.stringify(message) === '{"type":"reveal","element":"call api -> payment"}');
  });

  it('lights what the shell selects, and only that', async () => {
    await open(lab());
    await view.send({ type: 'select', element: 'component db' });
    await view.page.locator('.card.selected').waitFor();
    assert.deepEqual(await view.page.locator('.selected').evaluateAll((all) => all.map((one) => one.getAttribute('data-id'))), [
      'component db',
    ]);
    await view.send({ type: 'select', element: null });
    await view.page.waitForFunction(() => document.querySelector('.selected') === null);
  });

  it('shows a pool filling with hanging calls after a kill, and not when protected', async () => {
    await open(lab());
    await view.page.getByRole('button', { name: 'Play' }).click();
    await kill('payment');
    await view.page.locator('.card.down[data-id="component payment"]').waitFor();
    await view.page.waitForFunction(() => document.querySelector('.card[data-id="component api"] .pool[data-hanging="8"]') !== null);
    await view.page.getByRole('log').getByText('8 of 8 threads wait for payment').first().waitFor();
    await view.screenshot('killed');
    await view.page.locator('.segment', { hasText: 'Protected' }).click();
    // The same traffic and the same kill, played again: the pool never fills, and the breaker opens.
    await view.page.locator('.lamp.open').waitFor();
    await view.page.waitForFunction(() => document.querySelector('.card[data-id="component api"] .pool[data-hanging="0"]') !== null);
    // The labels say what is being simulated, not what is written.
    assert.deepEqual(await view.page.locator('.pill-text').allTextContents(), ['120 ms', '2×', '300 ms']);
    await view.screenshot('protected');
    await view.page.locator('.segment', { hasText: 'As written' }).click();
    await view.page.locator('.pill-text', { hasText: 'no timeout' }).first().waitFor();
  });

  it('takes another variant while findings are open', async () => {
    await open(lab());
    await card('payment').focus();
    await view.page.keyboard.press('f');
    await view.page.getByRole('dialog', { name: 'Findings' }).waitFor();
    await view.page.locator('.segment', { hasText: 'Protected' }).click();
    await view.page.locator('.pill-text', { hasText: '300 ms' }).waitFor();
  });

  it('works by keyboard alone: menu, kill, restore', async () => {
    await open(lab());
    await card('payment').focus();
    await view.page.keyboard.press('Shift+F10');
    await view.page.locator('[role=menuitem]:focus').waitFor();
    await view.page.keyboard.press('Enter');
    await view.page.locator('.card.down').waitFor();
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'component payment');
    await view.page.keyboard.press('m');
    await view.page.locator('[role=menuitem]:focus').waitFor();
    for (let i = 0; i < 3; i++) await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('Enter');
    await view.page.waitForFunction(() => document.querySelector('.card.down') === null);
    await view.page.keyboard.press('m');
    await view.page.locator('[role=menuitem]:focus').waitFor();
    await view.page.keyboard.press('Escape');
    await view.page.getByRole('menu').waitFor({ state: 'detached' });
  });

  it('plays a scenario on demand and stops at its end', async () => {
    const scenario = {
      name: 'payment-dies',
      duration: 4,
      events: [{ at: 1, fault: { kind: 'kill', target: { kind: 'component', name: 'payment' } } as const }],
      expect: [],
    };
    await open({ ...lab(), scenarios: new Map([[scenario.name, scenario]]) });
    await view.page.getByLabel('Speed').selectOption('5');
    await view.send({ type: 'play', scenario: scenario.name });
    await view.page.locator('.card.down').waitFor();
    await view.page.getByText('0:04.0 · end').waitFor();
    assert.equal(await view.page.getByRole('button', { name: 'Play' }).count(), 1);
  });

  it('goes back in time and shows the same again', async () => {
    await open(lab());
    await view.page.getByLabel('Speed').selectOption('10');
    await view.page.getByRole('button', { name: 'Play' }).click();
    await kill('payment');
    await view.page.waitForFunction(() => Number(document.querySelector('.clock')?.textContent?.slice(2)) > 12);
    await view.page.getByRole('button', { name: 'Pause' }).click();
    const log = () => view.page.getByRole('log').locator('li').allTextContents();
    const before = await log();
    await view.page.getByRole('button', { name: 'Ten seconds back' }).click();
    await view.page.waitForFunction(() => Number(document.querySelector('.clock')?.textContent?.slice(2)) < 12);
    await view.page.getByRole('button', { name: 'Play' }).click();
    await view.page.waitForFunction((count) => document.querySelectorAll('[role=log] li').length >= count, before.length);
    assert.deepEqual((await log()).slice(0, before.length), before);
  });

  it('says why nothing can be simulated', async () => {
    await open(systemOf({ components: [{ name: 'alone' }] }));
    await view.page.locator('.refusal').waitFor();
    assert.notEqual(await view.page.locator('.refusal').textContent(), '');
  });

  it('keeps saying so while the text is edited, for the map would move twice, until it can be simulated', async () => {
    await open(systemOf({ components: [{ name: 'alone' }] }));
    await view.page.locator('.refusal').waitFor();
    await view.page.evaluate(() => {
      const gone = { count: 0 };
      Object.assign(window, { gone });
      new MutationObserver((changes) => {
        for (const { removedNodes } of changes)
          for (const node of removedNodes) if (node instanceof Element && node.matches('.refusal')) gone.count++;
      }).observe(document.body, { childList: true, subtree: true });
    });
    const goneBy = () => view.page.evaluate(() => (window as unknown as { gone: { count: number } }).gone.count);
    const other = systemOf({ components: [{ name: 'other' }] });
    await view.send({ type: 'model', model: { version: 2, system: pack(other), marks: [], captions: [] } });
    await card('other').waitFor();
    assert.equal(await goneBy(), 0);
    await view.send({ type: 'model', model: { version: 3, system: pack(lab()), marks: [], captions: [] } });
    await view.page.locator('.refusal').waitFor({ state: 'detached' });
    assert.equal(await goneBy(), 1);
  });

  it('shows names as text whatever they are', async () => {
    const hostile = [
      '<img src=x onerror="document.title=1">',
      '__proto__',
      '"><script>document.title=2</script>',
      'a -> b',
      ''.padEnd(300, 'w'),
    ];
    await open(
      systemOf({
        components: hostile.map((name) => ({ name })),
        calls: hostile.slice(1).map((to) => ({ from: hostile[0] ?? '', to, operation: '<b>GET</b>' })),
        journeys: [{ name: '<i>j</i>', entry: hostile[0] ?? '', rate: 5 }],
      }),
    );
    await view.page.getByRole('button', { name: 'Play' }).click();
    await view.page.waitForFunction(() => document.querySelector('.clock')?.textContent !== '0:00.0');
    assert.equal(await view.page.locator('.card').count(), hostile.length);
    assert.equal(await view.page.title(), 'Map');
    assert.equal(await view.page.locator('img, .stage b, .stage i, body script:not([src])').count(), 0);
  });

  it('comes back as it was, without a layout', async () => {
    await open(lab());
    await view.page.getByRole('button', { name: 'Zoom in' }).click();
    await view.page.locator('.segment', { hasText: 'Bare' }).click();
    await view.page.waitForTimeout(400);
    const state = await view.state();
    const places = () => view.page.locator('.card').evaluateAll((all) => all.map((one) => one.getAttribute('transform')));
    const before = await places();
    const scene = await view.page.locator('.scene').getAttribute('transform');
    await view.close();
    view = await openWebview({ state });
    // It is fetched, but nothing in it would answer.
    await view.page.route('**/elk-worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    await view.received(isReady);
    await view.send({ type: 'model', model: { version: 1, system: pack(lab()), marks, captions: [] } });
    await view.page.locator('.card').first().waitFor();
    assert.deepEqual(await places(), before);
    assert.equal(await view.page.locator('.scene').getAttribute('transform'), scene);
    assert.equal(await view.page.getByRole('radio', { name: 'Bare' }).isChecked(), true);
  });

  it('keeps the last model while the text is not sound, and says so', async () => {
    await open(lab());
    await view.send({
      type: 'model',
      model: { version: 2, system: pack(lab()), marks, captions: [], note: 'The text cannot be read as it stands.' },
    });
    await view.page.getByText('The text cannot be read as it stands.').waitFor();
    assert.equal(await view.page.locator('.card').count(), 3);
  });

  it('finds a component by a part of its name', async () => {
    await open(lab());
    await view.page.getByLabel('Find a component').fill('pay');
    assert.deepEqual(await view.page.locator('.card.match').evaluateAll((all) => all.map((one) => one.getAttribute('data-id'))), [
      'component payment',
    ]);
    await view.page.keyboard.press('Enter');
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'component payment');
  });

  it('a chain runs along a wide window and down a narrow one', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const chain = systemOf({
      components: names.map((name) => ({ name })),
      calls: names.slice(1).map((to, i) => ({ from: names[i] ?? '', to })),
      journeys: [{ name: 'all', entry: 'a' }],
    });
    const spanOf = async (): Promise<{ x: number; y: number }> => {
      const [first, last] = [await card('a').boundingBox(), await card('e').boundingBox()];
      assert.ok(first && last);
      return { x: last.x - first.x, y: last.y - first.y };
    };
    await open(chain, { size: { width: 1500, height: 700 } });
    const wide = await spanOf();
    assert.ok(wide.x > 300 && wide.x > 3 * Math.abs(wide.y), JSON.stringify(wide));
    await view.close();
    await open(chain, { size: { width: 500, height: 1000 } });
    const narrow = await spanOf();
    assert.ok(narrow.y > 200 && narrow.y > 3 * Math.abs(narrow.x), JSON.stringify(narrow));
  });
});
