import { strict as assert } from 'node:assert';
import type { Page } from 'playwright-core';
import type { System } from '../../src/model/system';
import { pack } from '../../src/model/transfer';
import { lab, systemOf } from '../model/systems';
import { openMap, type Theme, type Webview } from './browser';

/** Nobody comes in: nothing can be simulated. */
const silent = (): System => systemOf({ components: [{ name: 'alone' }] });

const faults = ['Kill', 'Crash', 'Slow down', 'Restore'];

describe('the menu of a card', function () {
  this.timeout(90_000);
  let view: Webview;
  /** What a browser prints of a file that is kept from it on purpose. */
  let isExpected: (error: string) => boolean = () => false;

  const refusal = () => view.page.locator('.refusal');
  const menu = () => view.page.getByRole('menu');
  const item = (name: string) => view.page.getByRole('menuitem', { name: new RegExp(`^${name}`) });
  const off = () =>
    view.page
      .getByRole('menuitem', { disabled: true })
      .locator('span:not(.icon)')
      .evaluateAll((all) => all.map((one) => one.textContent).filter((text) => text !== ''));
  const focused = () => view.page.evaluate(() => document.activeElement?.textContent ?? '');
  const openMenu = async (name: string) => {
    await view.page.locator(`.card[data-id="component ${name}"]`).focus();
    await view.page.keyboard.press('m');
    await view.page.locator('[role=menuitem]:focus').waitFor();
  };

  afterEach(async () => {
    const errors = view.errors.filter((error) => !isExpected(error));
    isExpected = () => false;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly Theme[]) {
    it(`offers no faults where nothing can be simulated, and says why (${theme})`, async () => {
      view = await openMap(silent(), [], { theme });
      await refusal().waitFor();
      const reason = await refusal().textContent();
      await openMenu('alone');
      assert.deepEqual(await off(), faults);
      // Said with the menu, with each of them, and to be seen.
      assert.equal(await view.page.locator('.menu .why').textContent(), reason);
      const described = await view.page
        .locator('[role=menu], [role=menuitem][aria-disabled=true]')
        .evaluateAll((all) => all.map((one) => document.getElementById(one.getAttribute('aria-describedby') ?? '')?.textContent));
      assert.deepEqual(described, Array(1 + faults.length).fill(reason));
      await view.screenshot(`menu-refused-${theme}`);
    });
  }

  it('leaves what is not offered alone, by keyboard and by pointer, and does the rest', async () => {
    view = await openMap(silent());
    await refusal().waitFor();
    await openMenu('alone');
    assert.match(await focused(), /^Show in the text/, 'what can be done has the focus');
    await view.page.keyboard.press('Home');
    assert.match(await focused(), /^Kill/, 'what cannot is still reached');
    await view.page.keyboard.press('Enter');
    await item('Slow down').click({ force: true });
    assert.equal(await menu().count(), 1, 'it stays open');
    await item('Show in the text').click();
    await view.received((message): message is object => JSON.stringify(message) === '{"type":"reveal","element":"component alone"}');
    assert.equal(await view.page.locator('.card.down').count(), 0);
  });

  it('offers them as soon as something can be simulated, in the menu that is open too', async () => {
    view = await openMap(silent());
    await refusal().waitFor();
    await openMenu('alone');
    assert.deepEqual(await off(), faults);
    const system = systemOf({ components: [{ name: 'alone' }], journeys: [{ name: 'all', entry: 'alone', rate: 5 }] });
    await view.send({ type: 'model', model: { version: 2, system: pack(system), marks: [], captions: [] } });
    await view.page.waitForFunction(() => document.querySelector('[role=menuitem][aria-disabled=true]') === null);
    assert.equal(await view.page.locator('.menu .why').count(), 0);
    await item('Kill').click();
    await view.page.locator('.card.down').waitFor();
  });

  it('offers none once the simulation could not be loaded', async () => {
    isExpected = (error) => error.includes('simulation-worker');
    const prepare = async (page: Page) => {
      await page.route('**/simulation-worker.js', (route) => route.abort());
    };
    view = await openMap(lab(), [], { prepare });
    await refusal().getByText('The simulation could not start').waitFor();
    await openMenu('payment');
    assert.deepEqual(await off(), faults);
  });

  it('offers none after the end of a scenario, for the story would begin again without it', async () => {
    const scenario = { name: 'short', duration: 1, events: [], expect: [] };
    view = await openMap({ ...lab(), scenarios: new Map([[scenario.name, scenario]]) });
    await view.page.getByLabel('Speed').selectOption('5');
    await view.send({ type: 'play', scenario: scenario.name });
    await view.page.getByText('· end').waitFor();
    await openMenu('payment');
    assert.deepEqual(await off(), faults);
    assert.equal(await view.page.locator('.menu .why').textContent(), 'The run is over. Go back in it, or start it again.');
    await view.page.keyboard.press('Escape');
    await view.page.getByRole('button', { name: 'Ten seconds back' }).click();
    await view.page.getByText('· end').waitFor({ state: 'detached' });
    await openMenu('payment');
    assert.deepEqual(await off(), []);
  });

  it('the keys of time say why they do nothing, and are reached even so', async () => {
    view = await openMap(silent());
    await refusal().waitFor();
    const reason = await refusal().textContent();
    for (const name of ['Play', 'Restart', 'Ten seconds back']) {
      const key = view.page.getByRole('button', { name });
      assert.equal(await key.getAttribute('aria-disabled'), 'true', name);
      assert.equal(await key.getAttribute('title'), reason, name);
      await key.focus();
      await view.page.keyboard.press('Enter');
    }
    assert.equal(await view.page.getByRole('button', { name: 'Pause' }).count(), 0);
    const system = systemOf({ components: [{ name: 'alone' }], journeys: [{ name: 'all', entry: 'alone', rate: 5 }] });
    await view.send({ type: 'model', model: { version: 2, system: pack(system), marks: [], captions: [] } });
    await refusal().waitFor({ state: 'detached' });
    await view.page.getByRole('button', { name: 'Play' }).click();
    await view.page.getByRole('button', { name: 'Pause' }).waitFor();
  });
});
