// Somebody's first minutes with no system at all: the welcome view, the lesson, a scenario on the map, questions, a system of their own.
import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost } from './host.mjs';
import { until, workbench } from './workbench.mjs';

describe('the way in', function () {
  this.timeout(400_000);
  let folder;
  let host;
  let editor;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-empty-'));
    writeFileSync(join(folder, 'notes.txt'), 'Nothing yet.\n');
    host = await startHost({ workspace: folder, theme: 'light', label: 'learning' });
    editor = workbench(host);
  });

  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const step = (title) => host.page.locator('.getting-started-step', { hasText: title });
  const button = (name) => host.page.getByRole('button', { name }).first();

  it('offers a new system, the examples and the lesson where there is no system', async () => {
    const header = host.page.locator('.pane-header', { hasText: 'Architecture' });
    await header.waitFor({ timeout: 60_000 });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await button('New System…').waitFor();
    await button('Open an Example…').waitFor();
    await host.screenshot('learning-1-welcome');
    await host.page.getByText('Learn by playing').first().click();
    await step('Nines multiply').waitFor();
    assert.equal(await host.page.locator('.getting-started-step').count(), 10);
  });

  it('shows each step with its picture or its page', async () => {
    for (const [title, shown] of [
      ['Nines multiply', '43.7 h'],
      ['Lose a zone', '150% busy'],
      ['Keep a promise', 'orders-db'],
    ]) {
      await step(title).click();
      // The page of a step stands in a frame of its own.
      const texts = () =>
        Promise.all(
          host.page.frames().map((frame) =>
            frame
              .locator('body')
              .textContent({ timeout: 2000 })
              .catch(() => ''),
          ),
        );
      await until(
        async () => (await texts()).some((text) => text?.includes(shown)),
        (found) => found,
        45,
        `${title}: ${shown}`,
      );
      await host.screenshot(`learning-2-${title.toLowerCase().replace(/ /g, '-')}`);
    }
  });

  it('plays a step’s scenario on the map and marks the step as done', async () => {
    await step('Kill the payment service').click();
    await button('Play It on the Map').click();
    const map = await editor.webviewFrame(/Map: lab/);
    // Ten seconds into the scenario payment is killed, and soon all eight threads wait.
    await map.locator('.card.stuck[data-id="component api"]').waitFor({ timeout: 40_000 });
    await host.screenshot('learning-3-played');
    await host.page.locator('.tab', { hasText: 'Welcome' }).first().click();
    await step('Kill the payment service').locator('.codicon-getting-started-step-checked, .complete').first().waitFor();
  });

  it('asks the questions of that step', async () => {
    await button('Check Yourself').click();
    const page = await editor.webviewFrame(/Check Questions/);
    await page.getByRole('heading', { level: 1, name: 'Timeouts, retries, breakers' }).waitFor();
    // Beside the lesson, which forgets its place when it is covered.
    await step('Kill the payment service').waitFor();
    const question = page.locator('form').first();
    await question.getByRole('radio').last().check();
    await question.getByRole('button', { name: 'Check' }).click();
    await question.getByRole('status').getByText('267 ms').waitFor();
    await host.screenshot('learning-4-questions');
  });

  it('leaves nothing of an example behind that is closed', async () => {
    await host.page.locator('.monaco-list-row', { hasText: /^lab/ }).first().waitFor();
    await editor.runCommand('View: Close All Editors');
    await button('New System…').waitFor();
    await host.page.locator('.monaco-list-row', { hasText: /^lab/ }).waitFor({ state: 'detached' });
  });

  it('gives an example back as it was, when somebody asks', async () => {
    const open = async () => {
      await editor.runCommand('Faultline: Open an Example…');
      const box = host.page.locator('.quick-input-widget:visible');
      await box.locator('.monaco-list-row', { hasText: 'backlog' }).first().click();
      await host.page.locator('.tab.active[data-resource-name="backlog.faultline.yaml"]').waitFor();
    };
    const first = () => host.page.locator('.editor-group-container.active .view-line').first().textContent();
    await open();
    await editor.goTo(1, 1);
    await host.page.keyboard.type('# mine');
    await host.page.keyboard.press('ControlOrMeta+S');
    await host.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await editor.runCommand('View: Close Editor');
    await open();
    assert.match((await first()) ?? '', /^#\s+mine/);
    await editor.notification('The example backlog is as you changed it.');
    await host.screenshot('learning-5-start-over');
    await host.page.getByRole('button', { name: 'Start Over' }).click();
    await until(first, (text) => /^#\s+A\s+queue/.test(text ?? ''), 45, 'the example as it was');
  });

  it('writes a system that can be reviewed at once', async () => {
    await editor.runCommand('Create: New File...');
    const box = host.page.locator('.quick-input-widget:visible');
    await box.locator('.monaco-list-row', { hasText: 'Faultline System' }).click();
    await box.locator('.monaco-list-row', { hasText: 'Web shop' }).click();
    await box.locator('.monaco-list-row').first().click();
    await box.getByText('The name of the system').waitFor();
    await box.locator('input').first().fill('corner');
    await host.page.keyboard.press('Enter');
    await host.page.locator('.tab.active[data-resource-name="corner.faultline.yaml"]').waitFor();
    await editor.waitForSquiggle('warning');
    await host.screenshot('learning-6-new');
    assert.match(readFileSync(join(host.workspace, 'corner.faultline.yaml'), 'utf8'), /^system: corner$/m);
  });
});
