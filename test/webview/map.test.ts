import { strict as assert } from 'node:assert';
import type { Mark } from '../../src/layout/protocol';
import type { System } from '../../src/model/system';
import { pack } from '../../src/model/transfer';
import { storefront } from '../layout/systems';
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
    await view.page.getByText('Protected').click();
    // The same traffic and the same kill, played again: the pool never fills, and the breaker opens.
    await view.page.locator('.lamp.open').waitFor();
    await view.page.waitForFunction(() => document.querySelector('.card[data-id="component api"] .pool[data-hanging="0"]') !== null);
    // The labels say what is being simulated, not what is written.
    assert.deepEqual(await view.page.locator('.pill-text').allTextContents(), ['120 ms', '2×', '300 ms']);
    await view.screenshot('protected');
    await view.page.getByText('As written').click();
    await view.page.locator('.pill-text', { hasText: 'no timeout' }).first().waitFor();
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
    await view.page.getByText('Bare').click();
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

  const title = (group: string) => view.page.locator(`.frame-title[data-group="${group}"]`);
  const shown = () => view.page.locator('.card').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
  const count = (id: string) => view.page.locator(`.card[data-id="${id}"]`).count();

  it('views: shows where replicas stand, and keeps to it', async () => {
    await open(storefront(), { size: { width: 1400, height: 900 } });
    assert.equal(await count('component web'), 1);
    await view.page.getByRole('radio', { name: 'Logical' }).focus();
    await view.page.keyboard.press('ArrowRight');
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 2);
    assert.equal(await count('component search'), 3);
    assert.equal(await view.page.getByRole('radio', { name: 'Deployment' }).isChecked(), true);
    // What the shell selects is lit wherever it stands, on cards and lines.
    await view.send({ type: 'select', element: 'component search' });
    await view.page.waitForFunction(() => document.querySelectorAll('.card.selected').length === 3);
    await view.send({ type: 'select', element: 'call web -> catalog' });
    await view.page.waitForFunction(() => document.querySelectorAll('.edge.selected').length === 2);
    // A path lights the replicas on it, and leaves the others.
    await view.page.getByRole('button', { name: 'browse' }).click();
    assert.equal(await view.page.locator('.card.aside[data-id="component web"]').count(), 0);
    assert.equal(await view.page.locator('.card.aside[data-id="component orders"]').count(), 2);
    await view.page.getByRole('button', { name: 'browse' }).click();
    await view.screenshot('deployment');
    await view.page.waitForTimeout(400);
    const [state, places] = [await view.state(), await shown()];
    await view.close();
    await open(storefront(), { state, size: { width: 1400, height: 900 } });
    assert.deepEqual(await shown(), places);
    await view.page.getByText('Logical').click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 1);
  });

  it('views: shows states and breakers on every replica card and line', async () => {
    await open(storefront(), { size: { width: 1400, height: 900 } });
    await view.page.getByText('Deployment').click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component catalog"]').length === 3);
    await view.page.getByRole('button', { name: 'Play' }).click();
    await view.page.locator('.card[data-id="component catalog"]').nth(1).click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card.down[data-id="component catalog"]').length === 3);
    await view.page.waitForFunction(() => document.querySelectorAll('.lamp.open').length === 2);
    await view.page.waitForFunction(() => document.querySelectorAll('.edge.broken[data-id="call web -> catalog"]').length === 2);
    assert.equal(await view.page.locator('.card.down').count(), 3);
    await view.page
      .getByRole('treeitem', { name: /catalog.*, down/ })
      .first()
      .waitFor({ state: 'attached' });
  });

  it('views: has no switch where both would look alike', async () => {
    await open(lab());
    assert.equal(await view.page.getByRole('radio', { name: 'Deployment' }).count(), 0);
    assert.equal(await view.page.getByRole('radio', { name: 'Bare' }).count(), 1);
  });

  it('groups: a zone collapses into a card and expands, by pointer, by key and from the menu', async () => {
    await open(storefront(), { size: { width: 1400, height: 900 } });
    const zone = 'zone eu-west-1a';
    const before = await shown();
    assert.equal(await title(zone).getAttribute('aria-expanded'), 'true');
    await title(zone).click();
    const folded = () => view.page.locator(`.card.collapsed[data-id="${zone}"]`);
    await folded().waitFor();
    assert.equal(await folded().getAttribute('aria-expanded'), 'false');
    assert.equal(await title(zone).count(), 0);
    assert.equal(await count('component cart'), 0);
    await view.screenshot('collapsed');
    // What is kept brings it back as it was.
    await view.page.waitForTimeout(400);
    const [state, places] = [await view.state(), await shown()];
    await view.close();
    // As an editor keeps it.
    await open(storefront(), { state: JSON.parse(JSON.stringify(state)), size: { width: 1400, height: 900 } });
    assert.deepEqual(await shown(), places);
    await folded().focus();
    await view.page.keyboard.press('Enter');
    await title(zone).waitFor();
    assert.deepEqual(await shown(), before);
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-group')), zone, 'the focus stays');
    await view.page.keyboard.press(' ');
    await folded().waitFor();
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-id')), zone);
    await view.page.keyboard.press('m');
    await view.page.getByRole('menuitem', { name: /^Expand/ }).click();
    await title(zone).waitFor();
    await title(zone).click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Collapse/ }).click();
    await folded().waitFor();
    assert.deepEqual(
      view.posted.filter((message) => (message as { type?: string }).type === 'reveal'),
      [],
    );
  });

  it('groups: third parties, whom no one element stands for, collapse too', async () => {
    await open(storefront(), { size: { width: 1400, height: 900 } });
    await title('external').focus();
    await view.page.keyboard.press('Enter');
    await view.page.locator('.card.collapsed').waitFor();
    assert.equal(await count('component payment'), 0);
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-group')), 'external');
    await view.page.keyboard.press('Enter');
    await title('external').waitFor();
    assert.equal(await count('component payment'), 1);
  });

  it('groups: what begins collapsed opens one by one', async () => {
    const zones = ['a', 'b', 'c'];
    const components = zones.flatMap((zone) => Array.from({ length: 90 }, (_, i) => ({ name: `${zone}${i}`, zones: [zone] })));
    await open(systemOf({ components, rest: { zones: new Map(zones.map((name) => [name, { name }])) } }));
    assert.deepEqual(await shown(), ['zone a', 'zone b', 'zone c']);
    await view.page.locator('.card[data-id="zone b"]').click();
    await title('zone b').waitFor();
    assert.equal((await shown()).length, 92);
    assert.equal(await view.page.locator('.card.collapsed').count(), 2);
  });

  it('views: a chain runs along a wide window and down a narrow one', async () => {
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
