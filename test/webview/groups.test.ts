import { strict as assert } from 'node:assert';
import { linesInto } from '../../src/layout/drawing/frameShape';
import type { Picture } from '../../src/layout/picture';
import type { Mark } from '../../src/layout/protocol';
import type { System } from '../../src/model/system';
import { storefront } from '../layout/systems';
import { systemOf } from '../model/systems';
import { openMap, type Webview, type WebviewOptions } from './browser';

const zone = 'zone eu-west-1a';

const marks: readonly Mark[] = [
  { element: 'component sessions', rule: 'single-point-of-failure', severity: 'error', message: 'sessions stands alone' },
  { element: 'component cart', rule: 'single-zone', severity: 'warning', message: 'cart is in one zone' },
  { element: 'call cart -> sessions', rule: 'missing-breaker', severity: 'warning', message: 'cart has no breaker for sessions' },
  { element: 'call web -> sessions', rule: 'missing-timeout', severity: 'error', message: 'web waits for sessions' },
];

describe('groups on the map', function () {
  this.timeout(90_000);
  let view: Webview;

  async function open(system: System, options: WebviewOptions = {}): Promise<void> {
    view = await openMap(system, marks, options);
  }

  const title = (group: string) => view.page.locator(`.frame-title[data-group="${group}"]`);
  const card = (id: string, state = '') => view.page.locator(`.card${state}[data-id="${id}"]`);
  const count = (id: string) => card(id).count();
  const shown = () => view.page.locator('.card').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
  const item = (name: RegExp) => view.page.getByRole('treeitem', { name });

  /** The storefront with a zone as one card. */
  async function fold(): Promise<void> {
    await open(storefront(), { size: { width: 1400, height: 900 } });
    await title(zone).click();
    await card(zone, '.collapsed').waitFor();
  }

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('a zone collapses into a card and expands, by pointer, by key and from the menu', async () => {
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
    // What is kept, a little later, brings it back as it was.
    const places = await shown();
    let state = await view.state();
    while (!JSON.stringify(state).includes('"collapsed":[')) state = await view.state();
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

  it('third parties, whom no one element stands for, collapse too', async () => {
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

  it('what begins collapsed opens one by one', async () => {
    const zones = ['a', 'b', 'c'];
    const components = zones.flatMap((zone) => Array.from({ length: 90 }, (_, i) => ({ name: `${zone}${i}`, zones: [zone] })));
    await open(systemOf({ components, rest: { zones: new Map(zones.map((name) => [name, { name }])) } }));
    assert.deepEqual(await shown(), ['zone a', 'zone b', 'zone c']);
    await view.page.locator('.card[data-id="zone b"]').click();
    await title('zone b').waitFor();
    assert.equal((await shown()).length, 92);
    assert.equal(await view.page.locator('.card.collapsed').count(), 2);
  });

  it('what lies in a collapsed one is found, and shown where it is', async () => {
    await fold();
    const search = view.page.getByLabel('Find a component');
    await search.fill('cart');
    await card(zone, '.match').waitFor();
    assert.equal(await view.page.locator('.card.match').count(), 1);
    await view.page.getByText('In eu-west-1a. Enter opens it.').waitFor();
    await view.screenshot('found-inside');
    await search.press('Enter');
    await card('component cart', '.selected').waitFor();
    await title(zone).waitFor();
    await view.page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 'component cart');
    await search.fill('nobody');
    await view.page.getByText('Nothing has this name.').waitFor();
    assert.equal(await view.page.locator('.card:not(.miss)').count(), 0);
    // From one to the next, drawn things first.
    await search.fill('orders');
    await view.page.getByText('2 found').waitFor();
    for (const name of ['orders', 'orders-db', 'orders']) {
      await search.press('Enter');
      await view.page.waitForFunction((id) => document.activeElement?.getAttribute('data-id') === id, `component ${name}`);
    }
  });

  it('what lies in a region is found through both of its collapsed frames', async () => {
    await fold();
    await title('region eu-west-1').click();
    await card('region eu-west-1', '.collapsed').waitFor();
    assert.equal(await count('component web'), 0);
    await view.page.getByLabel('Find a component').fill('nightly');
    await view.page.getByLabel('Find a component').press('Enter');
    await card('component nightly', '.selected').waitFor();
    assert.equal(await title(zone).count(), 1);
  });

  it('what lies in a collapsed one stands below it in the words, is selected there, and lights its card', async () => {
    await fold();
    const texts = await view.page
      .getByRole('treeitem')
      .evaluateAll((all) => all.map((one) => `${one.getAttribute('aria-level')} ${one.textContent?.split(',')[0]}`));
    const at = texts.indexOf('2 Zone eu-west-1a');
    const inside = texts.slice(at + 1).filter((text) => /^3 (cart|nightly|sessions)$/.test(text));
    assert.deepEqual(inside, ['3 cart', '3 nightly', '3 sessions'], texts.join('\n'));
    assert.ok(texts.includes('4 cart calls sessions'), texts.join('\n'));
    for (const element of ['component cart', 'call cart -> sessions']) {
      await view.send({ type: 'select', element: null });
      await view.page.waitForFunction(() => document.querySelector('.selected') === null);
      await view.send({ type: 'select', element });
      await card(zone, '.selected').waitFor();
      assert.equal(await view.page.locator('.card.selected').count(), 1);
    }
    // A line that stands for several calls is lit with each of them.
    await view.send({ type: 'select', element: 'call web -> sessions' });
    await view.page.waitForFunction(() => document.querySelectorAll('.edge.selected').length === 1);
    await item(/^nightly, /).focus();
    await view.page.keyboard.press('Enter');
    await view.received((message): message is object => JSON.stringify(message) === '{"type":"reveal","element":"component nightly"}');
    await card(zone, '.selected').waitFor();
    // A journey through it lights it.
    await view.page.getByRole('button', { name: 'checkout' }).click();
    assert.equal(await card(zone, '.aside').count(), 0);
  });

  it('a collapsed one says what happens in it', async () => {
    await fold();
    await item(/^cart, /).focus();
    await view.page.keyboard.press('m');
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await card(zone, '.partly').waitFor();
    assert.equal(await card(zone).locator('.state').textContent(), '1 of 3 down');
    await item(/^Zone eu-west-1a, collapsed, 3 components, 3 findings, 1 of 3 down/).waitFor({ state: 'attached' });
    await item(/^cart, .*, down/).waitFor({ state: 'attached' });
    await view.screenshot('down-inside');
    await card(zone).focus();
    await view.page.keyboard.press('m');
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await card(zone, '.down').waitFor();
    assert.equal(await card(zone).locator('.state').textContent(), '3 of 3 down');
  });

  it('findings in a collapsed one are counted on it, and listed', async () => {
    await fold();
    // On two components and on the call between them; the call into the zone is drawn, and has its own mark.
    assert.equal(await card(zone).locator('.badge-text').textContent(), '3');
    await card(zone).focus();
    await view.page.keyboard.press('f');
    const dialog = view.page.getByRole('dialog', { name: 'Findings' });
    await dialog.waitFor();
    for (const { message } of marks.slice(0, 3)) assert.equal(await dialog.getByRole('listitem').getByText(message).count(), 1, message);
    assert.equal(await dialog.getByRole('listitem').count(), 3);
  });

  it('zones of no region collapse together, and again after they were opened', async () => {
    const zones = ['a', 'b'];
    const components = zones.flatMap((name) => ['1', '2'].map((i) => ({ name: `${name}${i}`, zones: [name] })));
    await open(
      systemOf({ components, calls: [{ from: 'a1', to: 'b1' }], rest: { zones: new Map(zones.map((name) => [name, { name }])) } }),
    );
    const folded = view.page.locator('.card.collapsed[data-group="zones"]');
    for (let i = 0; i < 2; i++) {
      assert.equal(await title('zones').getAttribute('aria-expanded'), 'true');
      await title('zones').focus();
      await view.page.keyboard.press('Enter');
      await folded.waitFor();
      assert.equal((await title('zones').count()) + (await title('zone a').count()), 0);
      assert.match((await folded.getAttribute('aria-label')) ?? '', /^Zones All zones, collapsed, 4 components/);
      await folded.click();
      await title('zone a').waitFor();
    }
    // It is there for hands only.
    await view.page.getByRole('button', { name: 'SVG' }).click();
    const { content } = await view.received(
      (message): message is { content: string } => (message as { type?: string }).type === 'save-picture',
    );
    assert.ok(content.includes('>a1<') && !content.includes('All zones'));
  });

  it('a title stands beside the lines that run into its frame, with its sign', async () => {
    await open(storefront(), { size: { width: 1700, height: 1500 } });
    await view.page.waitForFunction(() => {
      const { faultlineState } = window as unknown as { faultlineState(): { readonly picture?: unknown } | undefined };
      return faultlineState()?.picture !== undefined;
    });
    const { picture } = (await view.state()) as { readonly picture: Picture };
    assert.equal(picture.direction, 'down');
    const taken = await title('external').evaluate((element) => {
      const [text, sign] = [element.querySelector('text'), element.querySelector('.toggle')].map((each) => each?.getBoundingClientRect());
      const scale = (element.querySelector('text')?.getBBox().width ?? 0) / (text?.width ?? 1);
      const x = element.querySelector('text')?.getBBox().x ?? 0;
      return { from: x, to: x + ((sign?.right ?? 0) - (text?.left ?? 0)) * scale };
    });
    const frame = picture.frames.find(({ id }) => id === 'external');
    assert.ok(frame);
    const lines = linesInto(frame, picture);
    assert.equal(lines.length, 2);
    assert.deepEqual(
      lines.filter((x) => x > taken.from && x < taken.to),
      [],
      JSON.stringify({ taken, lines }),
    );
  });

  it('titles stand on a ground of their own above every line', async () => {
    await open(storefront(), { size: { width: 1400, height: 900 } });
    const grounds = await view.page.locator('.frame-title').evaluateAll((all) =>
      all.map((each) => {
        const box = (selector: string) => each.querySelector(selector)?.getBoundingClientRect();
        const [back, text, sign] = [box('.frame-back'), box('text'), box('.toggle')];
        const isOver = document.querySelector('.edges')?.compareDocumentPosition(each) === Node.DOCUMENT_POSITION_FOLLOWING;
        return back && text && sign && isOver && back.left <= text.left && back.right >= sign.right && back.width < text.width + 40;
      }),
    );
    assert.ok(grounds.length >= 4);
    assert.deepEqual(
      grounds.filter((isCovered) => isCovered !== true),
      [],
    );
  });
});
