import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { FromMap, Mark } from '../../src/layout/protocol';
import { pack } from '../../src/model/transfer';
import { lab } from '../model/systems';
import { openMap, type Theme, type Webview } from './browser';

const marks: readonly Mark[] = [
  { element: 'component payment', rule: 'single-point-of-failure', severity: 'warning', message: 'pay stops whenever payment is down' },
];

const said =
  <T extends FromMap['type']>(type: T) =>
  (message: unknown): message is Extract<FromMap, { type: T }> =>
    (message as FromMap).type === type;

describe('around the map', function () {
  this.timeout(60_000);
  let view: Webview;

  const card = (name: string) => view.page.locator(`.card[data-id="component ${name}"]`);
  const ids = (selector: string) => view.page.locator(selector).evaluateAll((all) => all.map((one) => one.getAttribute('data-id')).sort());

  async function kill(name: string): Promise<void> {
    await card(name).click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await view.page.locator(`.card.down[data-id="component ${name}"]`).waitFor();
  }

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('a journey lights its path and nothing else, until it is chosen again', async () => {
    view = await openMap(lab());
    const chip = view.page.getByRole('button', { name: 'pay', exact: true });
    await chip.click();
    assert.equal(await chip.getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await ids('.card.aside, .edge.aside'), ['call api -> db', 'component db']);
    await chip.click();
    assert.deepEqual(await ids('.aside'), []);
  });

  it('writes what was done by hand as a scenario that plays the same', async () => {
    view = await openMap(lab());
    await view.page.getByLabel('Speed').selectOption('5');
    assert.equal(await view.page.getByRole('button', { name: 'Save as scenario' }).count(), 0);
    await view.page.getByRole('button', { name: 'Play' }).click();
    await view.page.waitForFunction(() => Number(document.querySelector('.clock')?.textContent?.slice(2)) > 1);
    await kill('payment');
    await view.page.waitForFunction(() => Number(document.querySelector('.clock')?.textContent?.slice(2)) > 6);
    await view.page.getByRole('button', { name: 'Pause' }).click();
    const lines = () => view.page.getByRole('log').locator('li').allTextContents();
    const before = await lines();
    await view.page.getByRole('button', { name: 'Save as scenario' }).click();
    const { story } = await view.received(said('save-scenario'));
    const [event] = story.events;
    assert.ok(event && event.at > 1 && Number.isInteger(Math.round(event.at * 1e6) / 1e4), `a time in hundredths: ${event?.at}`);
    assert.deepEqual(event.fault, { kind: 'kill', target: { kind: 'component', name: 'payment' } });
    assert.ok((story.duration ?? 0) >= 6);
    await view.close();
    // The same as a scenario of the text.
    view = await openMap({ ...lab(), scenarios: new Map([['saved', { ...story, name: 'saved', clients: new Map() }]]) });
    await view.page.getByLabel('Speed').selectOption('20');
    await view.send({ type: 'play', scenario: 'saved' });
    await view.page.waitForFunction((count) => document.querySelectorAll('[role=log] li').length >= count, before.length);
    assert.deepEqual((await lines()).slice(0, before.length), before);
  });

  it('gives what is seen as an SVG that needs nothing else, and as a PNG', async () => {
    view = await openMap(lab(), marks);
    await kill('payment');
    await view.page.getByRole('button', { name: 'SVG' }).click();
    const { content } = await view.received(
      (message): message is Extract<FromMap, { type: 'save-picture' }> => said('save-picture')(message) && message.format === 'svg',
    );
    assert.ok(!/var\(|color-mix|class=|data-id|tabindex/.test(content), 'no style sheet is needed');
    // As a document of its own, without any style around it.
    const seen = await view.page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { root: parsed.documentElement.tagName, words: [...parsed.querySelectorAll('text')].map((each) => each.textContent) };
    }, content);
    assert.equal(seen.root, 'svg');
    for (const word of ['payment', 'down', 'SPOF', 'no timeout']) assert.ok(seen.words.includes(word), `${word} in ${seen.words.join()}`);
    await view.page.getByRole('button', { name: 'PNG' }).click();
    const picture = await view.received(
      (message): message is Extract<FromMap, { type: 'save-picture' }> => said('save-picture')(message) && message.format === 'png',
    );
    const bytes = Buffer.from(picture.content, 'base64');
    assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
    assert.ok(bytes.readUInt32BE(16) > 600, 'twice as sharp as the screen');
    assert.ok(bytes.length > 5000, 'and not empty');
  });

  it('is there in words: a tree of frames, components and calls, with findings and what happens', async () => {
    view = await openMap(lab(), marks);
    const items = () => view.page.getByRole('treeitem').allTextContents();
    const words = await items();
    assert.equal(words.length, 6, words.join('\n'));
    assert.ok(words.some((text) => text.includes('payment') && text.includes('pay stops whenever payment is down')));
    await kill('payment');
    await view.page.getByRole('treeitem', { name: /payment.*, down/ }).waitFor();
    await view.page.getByRole('treeitem', { name: /api.*8\/8 hang/ }).waitFor();
    // By keyboard: down to a call, which is nowhere else in the order of the Tab key, and its text.
    await view.page.getByRole('treeitem').first().focus();
    await view.page.locator('.outline:focus-within').waitFor();
    assert.ok(((await view.page.locator('.outline').boundingBox())?.width ?? 0) > 100, 'in sight while it has the focus');
    await view.page.keyboard.press('End');
    await view.page.keyboard.press('Home');
    while (!(await view.page.evaluate(() => document.activeElement?.getAttribute('data-element')))?.startsWith('call'))
      await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('Enter');
    assert.match((await view.received(said('reveal'))).element, /^call api -> /);
    await view.page.keyboard.press('ArrowLeft');
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-element')), 'component api');
  });

  it('is reached in words even after what was read there last is gone', async () => {
    view = await openMap(lab());
    const reached = () => view.page.locator('[role=treeitem][tabindex="0"]').evaluateAll((all) => all.map((one) => one.dataset['element']));
    await view.page.locator('[role=treeitem][data-element="component db"]').focus();
    assert.deepEqual(await reached(), ['component db']);
    const components = new Map([...lab().components].filter(([name]) => name !== 'db'));
    const system = { ...lab(), components, calls: lab().calls.filter(({ to }) => to !== 'db') };
    await view.send({ type: 'model', model: { version: 2, system: pack(system), marks: [], captions: [] } });
    await view.page.locator('[role=treeitem][data-element="component db"]').waitFor({ state: 'detached' });
    const first = await view.page.getByRole('treeitem').first().getAttribute('data-element');
    assert.deepEqual(await reached(), [first ?? undefined]);
  });

  it('says what happens while something else is looked at', async () => {
    view = await openMap(lab());
    await view.page.getByRole('tab', { name: 'Game day' }).click();
    await kill('payment');
    await view.page.getByRole('log').getByText('payment stops answering').waitFor({ state: 'attached' });
    assert.equal(await view.page.getByRole('log').getAttribute('aria-live'), 'polite');
  });

  it('moves with a drag, zooms with the wheel, and a drag is no click', async () => {
    view = await openMap(lab());
    const place = () => view.page.locator('.scene').getAttribute('transform');
    const box = await card('db').boundingBox();
    assert.ok(box);
    const before = await place();
    await view.page.mouse.move(box.x + 40, box.y + 20);
    await view.page.mouse.down();
    await view.page.mouse.move(box.x + 90, box.y + 60, { steps: 5 });
    await view.page.mouse.up();
    const after = await card('db').boundingBox();
    assert.ok(Math.abs((after?.x ?? 0) - box.x - 50) < 2 && Math.abs((after?.y ?? 0) - box.y - 40) < 2);
    assert.deepEqual(view.posted.filter(said('reveal')), []);
    await view.page.mouse.wheel(0, -200);
    const zoomed = await card('db').boundingBox();
    assert.ok((zoomed?.width ?? 0) > box.width * 1.2);
    // What was under the pointer still is.
    const [pointer, old, now] = [box.x + 90, after?.x ?? 0, zoomed?.x ?? 0];
    assert.ok(Math.abs((pointer - old) / box.width - (pointer - now) / (zoomed?.width ?? 1)) < 0.01);
    await view.page.getByRole('button', { name: 'Fit the map into the window' }).click();
    assert.equal(await place(), before);
  });

  it('speaks the language that the shell hands it', async () => {
    const bundle = JSON.parse(readFileSync('media/l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
    const words = Object.fromEntries(Object.entries(bundle).map(([key, text]) => [key, `«${text}»`]));
    view = await openMap(lab(), marks, { words });
    await view.page.getByRole('button', { name: '«Play»' }).waitFor();
    for (const name of ['«Game day»', '«Compare»', '«Tipping point»']) {
      await view.page.getByRole('tab', { name }).click();
      await view.page.locator('.question').waitFor();
      const plain = await view.page.evaluate(() => {
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        while (walk.nextNode()) {
          const text = walk.currentNode.textContent ?? '';
          // Names of the file, the log of the simulation and the script stand as they are.
          const own = walk.currentNode.parentElement?.closest('.stage, .legend, .log, script, option, [role=treeitem], h1, .chip');
          if (!own && /[A-Za-z]{4}/.test(text) && !text.includes('«')) found.push(text);
        }
        return found;
      });
      assert.deepEqual(plain, []);
    }
  });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly Theme[]) {
    it(`has no serious violation of the rules for accessibility (${theme})`, async () => {
      view = await openMap(lab(), marks, { theme });
      const check = async (what: string) => {
        const violations = await view.page.evaluate(async () => {
          const { axe: engine } = window as unknown as { axe: typeof axe };
          // A card is a small drawing: all of its words in their order are no label. Its title is, and is looked at below.
          engine.configure({ rules: [{ id: 'label-content-name-mismatch', selector: 'body *:not(.stage *)' }] });
          const result = await engine.run(document, { resultTypes: ['violations'] });
          return result.violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
        });
        assert.deepEqual(violations, [], what);
      };
      await view.page.evaluate(axe.source);
      await check('at rest');
      const names = await view.page
        .locator('.card')
        .evaluateAll((all) => all.map((each) => [each.querySelector('.title')?.textContent ?? '', each.getAttribute('aria-label') ?? '']));
      for (const [title = '', name = ''] of names) assert.ok(title !== '' && name.startsWith(title), `${title} in ${name}`);
      await kill('payment');
      await view.page.getByRole('button', { name: 'Pause' }).click();
      await check('during a run');
      await card('payment').focus();
      await view.page.keyboard.press('f');
      await view.page.getByRole('dialog').waitFor();
      await check('with findings');
      await view.page.keyboard.press('Escape');
      await view.page.getByRole('button', { name: 'The map in words' }).click();
      await view.page.getByRole('tab', { name: 'Game day' }).click();
      await view.page.getByRole('button', { name: 'Run the game day' }).click();
      await view.page.locator('table.heat').waitFor();
      await check('with a game day');
      await view.screenshot(`words-${theme}`);
    });
  }

  it('has no moving dots where motion is not wanted', async () => {
    view = await openMap(lab(), [], { reducedMotion: true });
    await view.page.getByRole('button', { name: 'Play' }).click();
    await view.page.waitForFunction(() => Number(document.querySelector('.clock')?.textContent?.slice(2)) > 1);
    const painted = await view.page.locator('canvas.flow').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return data.some((value) => value !== 0);
    });
    assert.equal(painted, false);
  });
});
