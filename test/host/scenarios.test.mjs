// Scenarios as a user runs them: from the lens above the text, with what came of them in the text and in the view of tests.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHost } from './host.mjs';
import { workbench } from './workbench.mjs';

const file = 'tea-house.faultline.yaml';
const text = `faultline: 1
system: tea-house

components:
  till: { kind: service, concurrency: 6, queue: 20, serviceTime: 4ms }
  kettle: { kind: service, concurrency: 20, serviceTime: 40ms }
  cards: { kind: external, serviceTime: 60ms }

calls:
  - { from: till, to: kettle, operation: POST /pots, journeys: [order], timeout: 500ms }
  - { from: till, to: cards, operation: POST /payments, journeys: [pay], timeout: 2s }

journeys:
  order: { entry: till, rate: 20/s, latency: 1s }
  pay: { entry: till, rate: 10/s, latency: 3s }

scenarios:
  cards-hang:
    description: For twenty seconds nobody hears from the card company
    duration: 40s
    seed: 2
    events:
      - { at: 10s, kill: cards }
      - { at: 30s, restore: cards }
    expect:
      - { journey: pay, success: 99%, to: 10s }
      - { journey: order, success: 99%, from: 10s, to: 30s }
      - { journey: order, success: 90%, variant: protected }

  quiet-day:
    duration: 20s
    expect:
      - { journey: order, p99: 1s }
`;

describe('scenarios in the editor', function () {
  this.timeout(400_000);
  let host;
  let editor;
  let page;

  before(async () => {
    host = await startHost({ workspace: 'examples', copy: true, theme: 'dark', label: 'scenarios' });
    page = host.page;
    writeFileSync(join(host.workspace, file), text);
    editor = workbench(host);
    await editor.openFile(file);
  });

  after(() => host?.stop());

  const lens = (title) => page.locator('.editor-instance .codelens-decoration a', { hasText: title });

  it('are run from above their name, and say there what came of it', async () => {
    await lens('▷ run').nth(1).waitFor();
    await lens('▷ run').first().click();
    await lens(/^✗ order success .*99%/).waitFor();
    // Beside the line, as the editor shows what tests say: the panel with the results may have come to stand over it.
    await editor.goTo(text.split('\n').findIndex((line) => line.includes('success: 99%, from: 10s')) + 1);
    await page.locator('.editor-instance .test-error-content-widget', { hasText: /\d+(\.\d+)?%.*99%/ }).waitFor();
    await host.screenshot('scenarios-1-failed');
  });

  it('are in the view of tests, and run there all at once', async () => {
    await editor.runCommand('Testing: Focus on Test Explorer View');
    const rows = page.locator('.test-explorer .monaco-list-row');
    await rows.filter({ hasText: 'tea-house' }).first().waitFor();
    await editor.runCommand('Test: Run All Tests');
    await rows.filter({ hasText: 'tea-house' }).first().click();
    await page.keyboard.press('ArrowRight');
    await rows.filter({ hasText: 'quiet-day' }).first().waitFor();
    for (const name of ['lab', 'cards-hang']) await rows.filter({ hasText: name }).first().waitFor();
    await page.locator('.result-summary-container .codicon-modifier-spin').waitFor({ state: 'detached', timeout: 30_000 });
    await host.screenshot('scenarios-2-view');
    // The results stand below the text: away with them, and what came of the last scenario is in view.
    await page.keyboard.press('ControlOrMeta+J');
    await editor.goTo(text.split('\n').length, 1);
    await lens(/^✓ 1 of 1 holds$/).waitFor();
  });

  it('look as good in a light theme', async () => {
    await editor.setTheme('light');
    await lens(/^✗ order success/).waitFor();
    await host.screenshot('scenarios-3-light');
  });

  it('say when what came of them is of an older text', async () => {
    const lines = text.split('\n');
    const line = lines.findIndex((each) => each.includes('concurrency: 6'));
    await editor.goTo(line + 1, (lines[line]?.indexOf('6') ?? 0) + 2);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('3');
    await lens(/\(before the last change\)$/)
      .first()
      .waitFor();
    await host.screenshot('scenarios-4-older');
  });
});
