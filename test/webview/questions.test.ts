import { strict as assert } from 'node:assert';
import { lab } from '../model/systems';
import { openMap, type Theme, type Webview, type WebviewOptions } from './browser';

describe('questions that take many runs', function () {
  this.timeout(120_000);
  let view: Webview;

  async function open(tab: string, options: WebviewOptions = {}): Promise<void> {
    view = await openMap(lab(), [], options);
    await view.page.getByRole('tab', { name: tab }).click();
  }

  const verdicts = () =>
    view.page.locator('table.heat button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  for (const theme of ['dark', 'hc-light'] as const satisfies readonly Theme[]) {
    it(`game day: a heat map of what becomes of each journey, in words too (${theme})`, async () => {
      await open('Game day', { theme });
      await view.page.getByRole('button', { name: 'Run the game day' }).click();
      await view.page.locator('table.heat').waitFor({ timeout: 60_000 });
      const said = await verdicts();
      assert.equal(said.length, 6, said.join('\n'));
      // Nothing works without the API; without payment the threads hang, and what needs no payment stops as well.
      assert.ok(said.some((text) => /^orders without api: stops/.test(text)));
      assert.ok(said.some((text) => /^pay without payment: stops/.test(text)));
      assert.ok(said.some((text) => /^orders without payment: stops/.test(text)));
      await view.screenshot(`game-day-${theme}`);
    });
  }

  it('are opened when the shell asks for them', async () => {
    await open('Run');
    for (const [question, title, start] of [
      ['game-day', 'Game day', 'Run the game day'],
      ['compare', 'Compare', /^Compare with/],
      ['tipping', 'Tipping point', 'Find the tipping point'],
    ] as const) {
      await view.send({ type: 'question', question });
      await view.page.getByRole('tab', { name: title, selected: true }).waitFor();
      await view.page.getByRole('button', { name: start }).waitFor();
    }
  });

  it('are still looked at when the page comes back after it was hidden', async () => {
    await open('Compare');
    await view.page.getByRole('button', { name: /^Compare with/ }).waitFor();
    const state = await view.state();
    await view.close();
    view = await openMap(lab(), [], { state });
    await view.page.getByRole('tab', { name: 'Compare', selected: true }).waitFor();
    await view.page.getByRole('button', { name: /^Compare with/ }).waitFor();
    await view.close();
    // What nobody knows is a run.
    view = await openMap(lab(), [], { state: { ...(state as object), tab: '__proto__' } });
    await view.page.getByRole('tab', { name: 'Run', selected: true }).waitFor();
    assert.equal(await view.page.getByRole('tab', { selected: true }).count(), 1);
  });

  it('game day: a cell plays it on the map, by keyboard', async () => {
    await open('Game day');
    await view.page.locator('.segment', { hasText: 'Protected' }).click();
    await view.page.getByRole('button', { name: 'Run the game day' }).click();
    const first = view.page.locator('table.heat [tabindex="0"]');
    await first.waitFor({ timeout: 60_000 });
    assert.ok((await verdicts()).some((text) => /^orders without payment: survives/.test(text)));
    await first.focus();
    const wanted = await view.page.locator('table.heat button').evaluateAll((all) => {
      const found = all.find((one) => one.getAttribute('aria-label')?.startsWith('orders without payment'));
      return [Number(found?.getAttribute('data-row')), Number(found?.getAttribute('data-column'))];
    });
    await view.page.keyboard.press('Home');
    for (let row = 0; row < (wanted[0] ?? 0); row++) await view.page.keyboard.press('ArrowDown');
    for (let column = 0; column < (wanted[1] ?? 0); column++) await view.page.keyboard.press('ArrowRight');
    assert.match(await view.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''), /^orders without payment/);
    await view.page.keyboard.press('Enter');
    await view.page.locator('.card.down[data-id="component payment"]').waitFor();
    assert.equal(await view.page.locator('table.heat').count(), 1, 'the table stays');
  });

  it('compares two variants on the same traffic with many seeds, as bands', async () => {
    await open('Compare');
    assert.equal(await view.page.getByRole('button', { name: /^Compare with/ }).isDisabled(), true);
    await view.page.locator('.card[data-id="component payment"]').click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await view.page.getByRole('button', { name: /^Compare with/ }).click();
    await view.page.locator('.side').first().waitFor({ timeout: 90_000 });
    const sides = await view.page.locator('.side').evaluateAll((all) =>
      all.map((side) => ({
        name: side.querySelector('figcaption')?.textContent ?? '',
        figures: side.querySelector('svg')?.getAttribute('aria-label') ?? '',
        bands: [...side.querySelectorAll('path.band')].map((path) => path.getAttribute('d')?.length ?? 0),
      })),
    );
    const success = (i: number) => Number(/orders [<>]?(\d+)%/.exec(sides[i]?.figures ?? '')?.[1]);
    assert.match(sides[0]?.name ?? '', /^As written/);
    assert.match(sides[1]?.name ?? '', /^Protected/);
    assert.ok(success(1) > success(0) + 20, JSON.stringify(sides));
    assert.ok(
      sides.every(({ bands }) => bands.length === 2 && bands.every((length) => length > 100)),
      'a band for each journey',
    );
    await view.screenshot('compare');
  });

  it('never compares a variant with itself: the two change places', async () => {
    await open('Compare');
    const [left, right] = [view.page.getByLabel('Left variant'), view.page.getByLabel('Right variant')];
    const both = async () => [await left.inputValue(), await right.inputValue()];
    const [first = '', second = ''] = await both();
    assert.notEqual(first, second);
    await left.selectOption(second);
    assert.deepEqual(await both(), [second, first]);
    await right.selectOption(second);
    assert.deepEqual(await both(), [first, second]);
  });

  it('shows at which load which outage is survived, and plays a cell', async () => {
    await open('Tipping point');
    await view.page.getByLabel('What is gone').selectOption('component payment');
    await view.page.getByRole('button', { name: 'Find the tipping point' }).click();
    await view.page.locator('table.heat').waitFor({ timeout: 100_000 });
    const said = await verdicts();
    assert.equal(said.length, 35);
    assert.ok(
      said.every((text) => /(recovers|stuck|overloaded|not known)$/.test(text)),
      said.join('\n'),
    );
    assert.equal(await view.page.locator('.tipping li').count(), 3, 'one line for each variant');
    await view.screenshot('tipping');
    await view.page.locator('table.heat button').first().click();
    await view.page.locator('.card.down[data-id="component payment"]').waitFor();
  });

  it('stops when somebody changes their mind', async () => {
    await open('Tipping point');
    await view.page.getByRole('button', { name: 'Find the tipping point' }).click();
    await view.page.getByRole('progressbar').waitFor();
    await view.page.getByRole('button', { name: 'Stop' }).click();
    await view.page.getByRole('button', { name: 'Find the tipping point' }).waitFor();
    assert.equal(await view.page.getByRole('progressbar').count(), 0);
  });
});
