// The first quarter of an hour of a new user, in a real editor: findings, hover, fix, map, kill, protected, back.
import { strict as assert } from 'node:assert';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost } from './host.mjs';
import { workbench } from './workbench.mjs';

const file = 'lab.faultline.yaml';

describe('a first look', function () {
  this.timeout(400_000);
  let host;
  let editor;
  let folder;

  before(async () => {
    // One system alone, as somebody has it who begins.
    folder = mkdtempSync(join(tmpdir(), 'faultline-walk-'));
    copyFileSync(join('examples', file), join(folder, file));
    host = await startHost({ workspace: folder, copy: true, theme: 'dark', label: 'walk' });
    editor = workbench(host);
    await editor.openFile(file);
  });

  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The line of the file, from 1, that holds a text, and the column at which it begins. */
  function whereIs(text, after = '') {
    const whole = readFileSync(join(host.workspace, file), 'utf8');
    const offset = whole.indexOf(text, whole.indexOf(after));
    assert.ok(offset >= 0, `${text} is not in the file`);
    const before = whole.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }

  it('underlines the call without a timeout', async () => {
    await editor.waitForSquiggle('warning', { count: 3 });
    await editor.problems((all) => all.some((text) => /api waits for db/.test(text) && /missing-timeout/.test(text)));
    await host.screenshot('walk-1-findings');
    await host.page.keyboard.press('ControlOrMeta+J');
  });

  it('tells a journey’s availability and downtime in a hover', async () => {
    const { line, column } = whereIs('look-up:', 'journeys:');
    const text = await editor.hoverAt(line, column + 2);
    assert.match(text, /99\.8%/);
    assert.match(text, /17\.5 h/);
    await host.screenshot('walk-2-hover');
  });

  it('names the worst journey in the status bar', async () => {
    await host.page.locator('.statusbar-item', { hasText: /look-up 99\.8%/ }).waitFor();
  });

  it('inserts the timeout from the lightbulb, and the finding is gone', async () => {
    const { line, column } = whereIs('from: api', 'GET /orders');
    const titles = await editor.openQuickFix(line, column);
    assert.ok(
      titles.some((title) => title.startsWith('Insert timeout: 300ms')),
      titles.join('\n'),
    );
    await host.screenshot('walk-3-lightbulb');
    await editor.takeAction(/^Insert timeout: 300ms/);
    await host.page.locator('.tab.active.dirty').waitFor();
    const text = await editor.save(file);
    assert.match(text, /operation: POST \/charge\n {4}journeys: \[pay\]\n {4}timeout: 300ms\n {4}circuitBreaker: /);
    await editor.problems(
      (all) => all.some((text) => /api waits for db/.test(text)) && !all.some((text) => /api waits for payment/.test(text)),
    );
    await host.page.keyboard.press('ControlOrMeta+J');
    await editor.focusEditor();
    await host.page.keyboard.press('ControlOrMeta+Z');
    await host.page.locator('.tab.active.dirty').waitFor();
    assert.doesNotMatch(await editor.save(file), /^ {4}timeout: 300ms/m);
  });

  it('opens the map beside the text, and selection goes both ways', async () => {
    await editor.runCommand('Faultline: Open Map');
    const map = await editor.webviewFrame(/Map: lab/);
    await map.locator('.card').nth(2).waitFor();
    await host.screenshot('walk-4-map');
    await map.locator('.card[data-id="component db"]').click();
    const { line } = whereIs('db:', 'components:');
    await host.page.locator('.editor-instance .active-line-number', { hasText: new RegExp(`^${line}$`) }).waitFor();
    await host.page.locator(`.tab[data-resource-name="${file}"]`).first().click();
    const place = whereIs('payment:', 'components:');
    await editor.goTo(place.line, place.column + 2);
    await map.locator('.card.selected[data-id="component payment"]').waitFor();
  });

  it('shows what a dead payment service does, and what protection changes', async () => {
    const map = await editor.webviewFrame(/Map: lab/);
    await map.getByRole('button', { name: 'Play' }).click();
    await map.locator('.card[data-id="component payment"]').click({ button: 'right' });
    await map.getByRole('menuitem', { name: /^Kill/ }).click();
    await map.locator('.card.stuck[data-id="component api"]').waitFor();
    await map.getByText('8 of 8 threads wait for payment').first().waitFor();
    await host.screenshot('walk-5-killed');
    // The pointer rests where the menu was: what it shows there goes with it.
    await host.page.mouse.move(5, 5);
    await map.locator('.peek').waitFor({ state: 'detached' });
    await map.locator('.segment', { hasText: 'Protected' }).click();
    await map.locator('.lamp.open').waitFor();
    await map.locator('.card.stuck').waitFor({ state: 'detached' });
    await host.screenshot('walk-6-protected');
    await map.locator('.segment', { hasText: 'As written' }).click();
    await map.locator('.card.stuck[data-id="component api"]').waitFor();
  });

  it('looks as good in a light theme', async () => {
    await editor.setTheme('light');
    const map = await editor.webviewFrame(/Map: lab/);
    await map.locator('.card').first().waitFor();
    await map.locator('body.vscode-light').waitFor();
    await host.screenshot('walk-7-light');
  });

  it('lists the system in the explorer', async () => {
    const header = host.page.locator('.pane-header', { hasText: 'Architecture' });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await host.page
      .locator('.monaco-list-row', { hasText: /look-up.*99\.8%/ })
      .first()
      .waitFor();
    await host.screenshot('walk-7-tree');
  });

  it('says nothing in the status bar once nothing is open', async () => {
    const worst = host.page.locator('.statusbar-item', { hasText: /look-up 99\.8%/ });
    await worst.waitFor();
    await editor.runCommand('View: Close All Editors');
    await worst.waitFor({ state: 'detached' });
  });
});
