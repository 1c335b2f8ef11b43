import { strict as assert } from 'node:assert';
import axe from 'axe-core';
import type { FromMap } from '../../src/layout/protocol';
import { pack } from '../../src/model/transfer';
import { lab } from '../model/systems';
import { openMap, type Theme, type Webview, type WebviewOptions } from './browser';

describe('two variants side by side', function () {
  this.timeout(120_000);
  let view: Webview;

  const region = (name: string) => view.page.getByRole('region', { name: `Map, ${name}` });
  const card = (variant: string, name: string) => region(variant).locator(`.card[data-id="component ${name}"]`);
  const scenes = () => view.page.locator('.scene').evaluateAll((all) => all.map((scene) => scene.getAttribute('transform')));

  async function open(options: WebviewOptions = {}): Promise<void> {
    view = await openMap(lab(), [], options);
    await view.page.getByLabel('What is played beside it').selectOption({ label: 'Protected' });
    await card('Protected', 'payment').waitFor();
  }

  /** Kills a component on the map of one variant, and waits until it is dead on both. */
  async function kill(variant: string, name: string): Promise<void> {
    await card(variant, name).click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    for (const each of ['As written', 'Protected']) await region(each).locator(`.card.down[data-id="component ${name}"]`).waitFor();
  }

  const lines = () => view.page.getByRole('log').locator('li').allTextContents();

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  for (const theme of ['light', 'hc-dark'] as const satisfies readonly Theme[]) {
    it(`what is killed on one is dead on both, and one of them bears it (${theme})`, async () => {
      await open({ theme, size: { width: 1400, height: 800 } });
      await view.page.getByLabel('Speed').selectOption('5');
      await kill('Protected', 'payment');
      await region('As written').locator('.card.stuck[data-id="component api"]').waitFor();
      await view.page
        .getByRole('log')
        .getByText(/^As written: api: 8 of 8 threads wait for payment, the queue/)
        .first()
        .waitFor({ state: 'attached' });
      await view.page
        .getByRole('log')
        .getByText(/^Protected: .*breaker opens/)
        .first()
        .waitFor({ state: 'attached' });
      await view.page.getByRole('button', { name: 'Pause' }).click();
      assert.equal(await region('Protected').locator('.card.stuck[data-id="component api"]').count(), 0);
      const said = await lines();
      assert.equal(said.filter((line) => /payment stops answering/.test(line)).length, 1, said.join('\n'));
      assert.ok(
        said.some((line) => /Protected: .*breaker opens/.test(line)),
        said.join('\n'),
      );
      const charts = await view.page.getByRole('figure').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
      assert.deepEqual(charts, ['As written: Requests that succeed, by journey', 'Protected: Requests that succeed, by journey']);
      // Signs that stand after a text do so on both.
      const signs = await view.page.locator('.frame-title .toggle').evaluateAll((all) => all.map((one) => one.getAttribute('transform')));
      const [left = [], right = []] = signs.map((sign) => (sign?.match(/[\d.]+/g) ?? []).map(Number));
      // A browser measures texts a little differently at another scale.
      const isClose = left.length === 3 && left.every((value, i) => Math.abs(value - (right[i] ?? Number.NaN)) < 1);
      assert.ok(signs.length === 2 && isClose, signs.join('\n'));
      await view.screenshot(`beside-${theme}`);
      await view.page.evaluate(axe.source);
      const violations = await view.page.evaluate(async () => {
        const { axe: engine } = window as unknown as { axe: typeof axe };
        // A card is a small drawing: all of its words in their order are no label.
        engine.configure({ rules: [{ id: 'label-content-name-mismatch', selector: 'body *:not(.stage *)' }] });
        const result = await engine.run(document, { resultTypes: ['violations'] });
        return result.violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      });
      assert.deepEqual(violations, []);
    });
  }

  it('both are moved and zoomed together, from either', async () => {
    await open();
    const [left, right] = await scenes();
    assert.equal(left, right);
    await card('Protected', 'db').focus();
    await view.page.keyboard.press('+');
    await view.page.keyboard.press('ArrowLeft');
    const [moved, other] = await scenes();
    assert.notEqual(moved, left);
    assert.equal(moved, other);
    await card('As written', 'db').hover();
    await view.page.mouse.wheel(0, -200);
    await view.page.waitForFunction((old) => document.querySelector('.scene')?.getAttribute('transform') !== old, moved);
    const [zoomed, too] = await scenes();
    assert.equal(zoomed, too);
  });

  it('by keyboard: the menu of either map, and the focus goes back to where it was asked for', async () => {
    await open();
    await card('Protected', 'payment').focus();
    await view.page.keyboard.press('m');
    await view.page.getByRole('menuitem', { name: /^Kill/ }).waitFor();
    await view.page.keyboard.press('Escape');
    await view.page.getByRole('menuitem').first().waitFor({ state: 'detached' });
    const where = await view.page.evaluate(() => document.activeElement?.closest('section')?.getAttribute('aria-label'));
    assert.equal(where, 'Map, Protected');
  });

  it('closing one returns to the other, with what was done', async () => {
    await open();
    await kill('As written', 'payment');
    await view.page.getByRole('button', { name: 'Show one map alone' }).click();
    await view.page.locator('.surface').nth(1).waitFor({ state: 'detached' });
    assert.equal(await view.page.locator('.surface').count(), 1);
    await view.page.locator('.card.down[data-id="component payment"]').waitFor();
    const said = await lines();
    assert.ok(said.some((line) => /payment stops answering/.test(line)) && !said.some((line) => /As written:/.test(line)), said.join('\n'));
  });

  it('a variant that is chosen for the one while the other shows it changes places with it', async () => {
    await open();
    await view.page.locator('.segment', { hasText: 'Protected' }).click();
    await region('As written').waitFor();
    assert.deepEqual(await view.page.locator('.surface').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))), [
      'Map, Protected',
      'Map, As written',
    ]);
  });

  it('on a narrow panel one stands below the other', async () => {
    await open({ size: { width: 520, height: 1000 } });
    const [first, second] = [await region('As written').boundingBox(), await region('Protected').boundingBox()];
    assert.ok(first && second);
    assert.ok(second.y >= first.y + first.height - 1 && Math.abs(first.x - second.x) < 2, JSON.stringify([first, second]));
    assert.ok(first.height > 100 && second.height > 100, JSON.stringify([first, second]));
    await view.screenshot('beside-narrow');
  });

  it('comes back after the page was hidden, and takes another text', async () => {
    await open();
    await view.page.waitForFunction(() => {
      const state = (window as unknown as { faultlineState(): { player?: { beside?: string } } | undefined }).faultlineState();
      return state?.player?.beside === 'protected';
    });
    const state = await view.state();
    await view.close();
    view = await openMap(lab(), [], { state });
    await card('Protected', 'payment').waitFor();
    const next = { ...lab(), components: new Map([...lab().components].filter(([name]) => name !== 'db')) };
    await view.send({ type: 'model', model: { version: 2, system: pack(next), marks: [], captions: [] } });
    for (const variant of ['As written', 'Protected']) await card(variant, 'db').waitFor({ state: 'detached' });
  });

  it('saves a picture of the one that was looked at last, with its name', async () => {
    await open();
    const isPicture = (message: unknown): message is Extract<FromMap, { type: 'save-picture' }> =>
      (message as FromMap).type === 'save-picture';
    const titles: string[] = [];
    for (const variant of ['As written', 'Protected', 'As written']) {
      await card(variant, 'db').focus();
      const seen = view.posted.length;
      await view.page.getByRole('button', { name: 'SVG' }).click();
      const { content } = await view.received((message): message is Extract<FromMap, { type: 'save-picture' }> => {
        return view.posted.indexOf(message) >= seen && isPicture(message);
      });
      titles.push(/<title>([^<]*)<\/title>/.exec(content)?.[1] ?? '');
    }
    const [first = '', second = '', third] = titles;
    assert.ok(first.endsWith(', As written') && second.endsWith(', Protected'), titles.join());
    assert.equal(third, first);
  });

  it('says which of them is saved: the one that was clicked or gone to last, and not one that the pointer crosses', async () => {
    await open();
    const buttons = () =>
      view.page
        .locator('.tools button')
        .filter({ hasText: /SVG|PNG/ })
        .allTextContents();
    const say = async (name: string): Promise<void> => {
      await view.page.getByRole('button', { name: `SVG: ${name}` }).waitFor();
      assert.deepEqual(
        (await buttons()).map((text) => text.trim()),
        [`SVG: ${name}`, `PNG: ${name}`],
      );
    };
    await say('As written');
    await region('Protected')
      .locator('.stage')
      .click({ position: { x: 5, y: 5 } });
    await say('Protected');
    const hint = await view.page.getByRole('button', { name: 'SVG: Protected' }).getAttribute('title');
    assert.ok(hint?.includes('“Protected”'), `${hint}`);
    await card('As written', 'db').hover();
    await card('As written', 'payment').hover();
    await say('Protected');
    await card('As written', 'db').focus();
    await say('As written');
    await card('Protected', 'db').focus();
    await view.page.getByRole('button', { name: 'Show one map alone' }).click();
    await view.page.getByRole('button', { name: 'SVG', exact: true }).waitFor();
    assert.deepEqual(
      (await buttons()).map((text) => text.trim()),
      ['SVG', 'PNG'],
    );
  });

  it('the words of the map say what each of them does', async () => {
    await open();
    await kill('As written', 'payment');
    await view.page.getByRole('button', { name: 'The map in words' }).click();
    await view.page.getByRole('treeitem', { name: /api.*As written: 8\/8 hang.*; Protected:/ }).waitFor();
  });
});
