// A system whose names are written to break out of wherever they are shown. They are shown as what they are: text.
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHost } from './host.mjs';
import { until, workbench } from './workbench.mjs';

const file = 'hostile.faultline.yaml';
// What would run says a word that stands nowhere in the text.
const run = 'console.log(["ran","anyway"].join("-"))';
const image = `<img src=x onerror='${run}'>`;
const script = `"><script>${run}</script>`;
const quoted = (text) => JSON.stringify(text);
const text = `faultline: 1
system: ${quoted(image)}
components:
  ${quoted(script)}:
    concurrency: 4
    description: ${quoted(`${image} [press](command:workbench.action.closeAllEditors)`)}
    runbook: ${quoted(`javascript:${run}`)}
  __proto__: { kind: database, availability: 99.5% }
  "\${{7*7}}": { kind: external, runbook: "command:workbench.action.closeAllEditors" }
calls:
  - { from: ${quoted(script)}, to: __proto__, operation: GET /gold }
  - { from: ${quoted(script)}, to: "\${{7*7}}", operation: ${quoted(`POST ${image}`)} }
journeys:
  ${quoted(`constructor ${image}`)}: { entry: ${quoted(script)}, rate: 10/s, availability: 99.99% }
scenarios:
  ${quoted(`toString ${image}`)}:
    description: ${quoted(script)}
    duration: 5s
    events: [{ at: 1s, kill: __proto__ }]
    expect: [{ journey: ${quoted(`constructor ${image}`)}, success: 99% }]
`;

describe('hostile names', function () {
  this.timeout(400_000);
  let folder;
  let host;
  let page;
  let editor;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-hostile-'));
    writeFileSync(join(folder, file), text);
    host = await startHost({ workspace: folder, label: 'hostile' });
    page = host.page;
    editor = workbench(host);
    await editor.openFile(file);
  });

  after(async () => {
    await host?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach('nothing ran', async () => {
    assert.deepEqual(
      host.console.filter((line) => line.includes('ran-anyway')),
      [],
    );
    // What came of a name would be an image without an address, or a script without a file.
    const foreign = await Promise.all(
      page.frames().map((frame) => frame.evaluate(() => document.querySelectorAll('img[src$="/x"], img[src="x"], [onerror]').length)),
    );
    assert.deepEqual(
      foreign.filter((count) => count > 0),
      [],
    );
    assert.deepEqual(host.outside, []);
  });

  it('are text in the editor: findings, lenses and hovers', async () => {
    await editor.waitForSquiggle('warning');
    await page
      .locator('.codelens-decoration', { hasText: `stops: constructor ${image}` })
      .first()
      .waitFor();
    await editor.problems((all) => all.some((line) => line.includes(`${script} waits for __proto__`)));
    await page.keyboard.press('ControlOrMeta+J');
    const hover = await editor.hoverAt(4, 8);
    assert.ok(hover.includes('"><script>'), hover);
    assert.ok(hover.includes('[press]') || !hover.includes('press'), hover);
    const links = await page
      .locator('.monaco-hover a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-href') ?? each.getAttribute('href') ?? ''));
    assert.deepEqual(
      links.filter((link) => /^(javascript|command):/i.test(link)),
      [],
    );
    await host.screenshot('hostile-1-hover');
    // Held down, what is a link could be followed.
    assert.equal(await page.locator('.view-line .detected-link', { hasText: /javascript|command/ }).count(), 0);
  });

  it('are text on the map, and it plays', async () => {
    await editor.runCommand('Faultline: Open Map');
    const map = await editor.webviewFrame(/Map: /);
    for (const name of [script, '__proto__', `\${{7*7}}`]) await map.locator(`.card[data-id=${quoted(`component ${name}`)}]`).waitFor();
    assert.equal(await map.getByRole('heading', { level: 1 }).textContent(), image);
    await map.getByRole('button', { name: 'Play' }).click();
    await map.locator('.card[data-id="component __proto__"]').click({ button: 'right' });
    await map.getByRole('menuitem', { name: /^Kill/ }).click();
    await map.locator('.log', { hasText: '__proto__' }).waitFor();
    await map.getByRole('button', { name: 'The map in words' }).click();
    await map.getByText(script).first().waitFor();
    // The editor brings a script of its own.
    assert.equal(await map.locator('script', { hasText: 'anyway' }).count(), 0);
    await host.screenshot('hostile-2-map');
  });

  it('are text in the tree, among the tests and in what they say', async () => {
    const header = page.locator('.pane-header', { hasText: 'Architecture' });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await page.locator('.monaco-list-row', { hasText: image }).first().waitFor();
    await page.locator(`.tab[data-resource-name="${file}"]`).first().click();
    await editor.goTo(text.split('\n').length, 1);
    await page.locator('.codelens-decoration a', { hasText: '▷ run' }).first().click();
    await page.locator('.codelens-decoration a', { hasText: '✗ constructor <img' }).first().waitFor();
    await editor.runCommand('Testing: Focus on Test Explorer View');
    await page.locator('.test-explorer .monaco-list-row', { hasText: image }).first().waitFor();
    await host.screenshot('hostile-3-tests');
  });

  it('are text in a report', async () => {
    await page.locator(`.tab[data-resource-name="${file}"]`).first().click();
    await editor.runCommand('Faultline: Write Report');
    const box = page.locator('.quick-input-widget:visible');
    await box.locator('.monaco-list-row', { hasText: 'Markdown in an editor' }).first().click();
    await page.locator('.tab.active', { hasText: /Untitled|Reliability report/ }).waitFor();
    await editor.runCommand('Markdown: Open Preview');
    // As a page, with what the text makes of the names.
    await until(
      async () =>
        (
          await Promise.all(
            page.frames().map((frame) =>
              frame
                .locator('body')
                .textContent({ timeout: 2000 })
                .catch(() => ''),
            ),
          )
        ).some((shown) => shown?.includes(`Reliability report: ${image}`)),
      (found) => found,
      45,
      'the preview of the report',
    );
    await host.screenshot('hostile-4-report');
  });
});
