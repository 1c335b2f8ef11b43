// Maps as somebody has them all day: two at once, behind other tabs, over a text that changes, after a reload.
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost } from './host.mjs';
import { until, workbench } from './workbench.mjs';

const north = `faultline: 1
system: north
components:
  gate: { concurrency: 4, serviceTime: 5ms }
  vault: { kind: database, availability: 99.5% }
calls:
  - { from: gate, to: vault, operation: GET /gold }
journeys:
  enter: { entry: gate, rate: 10/s }
`;
const south = north.replace('north', 'south').replaceAll('gate', 'dock').replaceAll('vault', 'crane').replace('enter', 'load');

describe('maps', function () {
  this.timeout(400_000);
  let folder;
  let host;
  let page;
  let editor;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-panels-'));
    writeFileSync(join(folder, 'north.faultline.yaml'), north);
    writeFileSync(join(folder, 'south.faultline.yaml'), south);
    writeFileSync(join(folder, 'notes.txt'), 'Nothing yet.\n');
    host = await startHost({ workspace: folder, label: 'panels', size: { width: 1600, height: 900 } });
    page = host.page;
    editor = workbench(host);
  });

  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const map = (name) => editor.webviewFrame(new RegExp(`Map: ${name}`));
  const card = (frame, name) => frame.locator(`.card[data-id="component ${name}"]`);
  const selected = (frame) => frame.locator('.card.selected').evaluateAll((cards) => cards.map(({ dataset }) => dataset.id));
  const text = (name) => page.locator(`.tab[data-resource-name="${name}.faultline.yaml"]`).first().click();
  const placeIn = (whole, found) => {
    const lines = whole.split('\n');
    const line = lines.findIndex((each) => each.includes(found));
    return [line + 1, lines[line].indexOf(found) + 1];
  };
  /** Where the cards stand and what part of the drawing is seen. */
  const view = (frame) =>
    frame.evaluate(() => ({
      scene: document.querySelector('.stage .scene')?.getAttribute('transform'),
      cards: [...document.querySelectorAll('.stage .card')].map((each) => `${each.dataset.id} ${each.getAttribute('transform')}`).sort(),
    }));
  const clock = async (frame) => {
    const [minutes, seconds] = ((await frame.locator('.clock').textContent()) ?? '').split(':').map(Number.parseFloat);
    return minutes * 60 + seconds;
  };

  it('of two systems each show their own, and follow their own text', async () => {
    for (const name of ['north', 'south']) {
      if (name === 'north') await editor.openFile('north.faultline.yaml');
      else {
        await text('north');
        await editor.openFile('south.faultline.yaml');
      }
      await editor.runCommand('Faultline: Open Map');
      await map(name);
    }
    // A map behind the other one is not seen: each gets a place of its own.
    await page.locator('.tab', { hasText: 'Map: south' }).click();
    await editor.runCommand('View: Move Editor into Right Group');
    const [first, second] = [await map('north'), await map('south')];
    await card(first, 'vault').waitFor();
    await card(second, 'crane').waitFor();
    assert.equal(await card(first, 'crane').count(), 0);
    assert.equal(await card(second, 'vault').count(), 0);

    await text('north');
    await editor.goTo(...placeIn(north, 'vault:'));
    await first.locator('.card.selected[data-id="component vault"]').waitFor();
    await text('south');
    await editor.goTo(...placeIn(south, 'dock:'));
    await second.locator('.card.selected[data-id="component dock"]').waitFor();
    assert.deepEqual(await selected(first), ['component vault']);
    await host.screenshot('panels-1-two');

    // And from each map to its own text.
    await card(first, 'gate').click();
    await page.locator('.tab.active[data-resource-name="north.faultline.yaml"]').waitFor();
    const [line] = placeIn(north, 'gate:');
    await page.locator('.editor-instance .active-line-number', { hasText: new RegExp(`^${line}$`) }).waitFor();
    assert.deepEqual(await selected(second), ['component dock']);

    const [at, column] = placeIn(north, '99.5%');
    await text('north');
    await editor.goTo(at, column + 4);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('9');
    await card(first, 'vault').getByText('99.9%').first().waitFor();
    assert.equal(await card(second, 'crane').getByText('99.5%').count(), 1);
    await editor.save('north.faultline.yaml');
  });

  it('open at a question, for the text at hand', async () => {
    await text('south');
    for (const [command, title] of [
      ['Faultline: Game Day', 'Game day'],
      ['Faultline: Compare Variants', 'Compare'],
      ['Faultline: Tipping Point', 'Tipping point'],
    ]) {
      await editor.runCommand(command);
      await (await map('south')).getByRole('tab', { name: title, selected: true }).waitFor();
    }
    assert.equal(await (await map('north')).getByRole('tab', { name: 'Run', selected: true }).count(), 1);
    await (await map('south')).getByRole('tab', { name: 'Run' }).click();
  });

  it('go on behind another tab, and are as they were', async () => {
    const frame = await map('south');
    await frame.getByRole('button', { name: 'Zoom in' }).click();
    await frame.locator('.segment', { hasText: 'Protected' }).click();
    await frame.getByRole('button', { name: 'Play' }).click();
    await card(frame, 'crane').click({ button: 'right' });
    await frame.getByRole('menuitem', { name: /^Kill/ }).click();
    await frame.getByRole('button', { name: 'Save as scenario' }).waitFor();
    const before = { ...(await view(frame)), time: await clock(frame) };
    // Over it, in the same group.
    await page.locator('.tab', { hasText: 'Map: south' }).click();
    await editor.openFile('notes.txt');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('iframe.webview')].some((each) => getComputedStyle(each).visibility === 'hidden'),
    );
    const again = await map('south');
    await again.getByRole('button', { name: 'Pause' }).waitFor();
    assert.deepEqual(await view(again), { scene: before.scene, cards: before.cards });
    assert.ok(await again.getByRole('radio', { name: 'Protected' }).isChecked());
    await again.getByRole('button', { name: 'Save as scenario' }).waitFor();
    await until(
      () => clock(again),
      (now) => now > before.time,
      30,
      'the clock going on',
    );
    // What was done by hand is written into the text, and goes on from there.
    await again.getByRole('button', { name: 'Save as scenario' }).click();
    await page.locator('.quick-input-widget:visible').getByText('The name of the scenario').waitFor();
    await page.keyboard.press('Enter');
    await until(
      () => again.getByRole('combobox', { name: 'Scenario' }).inputValue(),
      (played) => played === 'by-hand',
      45,
      'the scenario that is played',
    );
  });

  it('keep their picture while the text changes, and say what became of the run', async () => {
    const frame = await map('south');
    const { cards } = await view(frame);
    await text('south');
    const [line, column] = placeIn(south, '10/s');
    await editor.goTo(line, column);
    await page.keyboard.press('Delete');
    await page.keyboard.type('2');
    await frame.getByText('The text has changed, so the run began again.').waitFor();
    assert.equal(await frame.getByRole('button', { name: 'Save as scenario' }).count(), 0);
    assert.deepEqual((await view(frame)).cards, cards);
    // A quotation mark that nothing closes.
    const [broken, end] = placeIn(south, 'components:');
    await editor.goTo(broken, end + 'components:'.length);
    await page.keyboard.type(' "');
    await frame.getByText('This is the last version that could.').waitFor();
    assert.deepEqual((await view(frame)).cards, cards);
    await host.screenshot('panels-2-unsound');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    if ((await page.locator('.editor-instance .view-line', { hasText: /^components:$/ }).count()) === 0) await page.keyboard.type(':');
    await frame.locator('.notices').waitFor({ state: 'detached' });
    await editor.save('south.faultline.yaml');
  });

  it('come back when the window is loaded again', async () => {
    const frame = await map('south');
    await card(frame, 'crane').click();
    await frame.locator('.card.selected[data-id="component crane"]').waitFor();
    const before = await view(frame);
    // The editor keeps what it is told a moment later.
    await until(
      () => page.evaluate(keptOfMaps),
      (kept) => kept.includes('"selected":"component crane"'),
      45,
      'what is kept of the maps',
    );
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.locator('.monaco-workbench').waitFor();
    const again = await map('south');
    await card(again, 'crane').waitFor({ timeout: 60_000 });
    assert.deepEqual(await view(again), before);
    assert.ok(await again.getByRole('radio', { name: 'Protected' }).isChecked());
    await again.locator('.card.selected[data-id="component crane"]').waitFor();
    await card(await map('north'), 'vault').waitFor();
    await host.screenshot('panels-3-reloaded');
  });
});

/** Runs in the page. @returns what the editor has stored of the extension's memory */
async function keptOfMaps() {
  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  let found = '';
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      found += (await answer(database.transaction(store).objectStore(store).get('faultline.faultline'))) ?? '';
    }
    database.close();
  }
  return found;
}
