// Does in the editor what a user does, with keyboard and mouse, and reads what a user sees:
//   const host = await startHost({ workspace: 'examples', theme: 'light' });
//   const editor = workbench(host);
//   await editor.openFile('lab.faultline.yaml');
//   await editor.waitForSquiggle('warning');
//   await editor.openQuickFix(28, 7);
//   await editor.takeAction(/^Insert timeout/);
//   await editor.runCommand('Faultline: Open Map');
//   const map = await editor.webviewFrame(/Map/);
//   await host.screenshot('fixed');
//   await host.stop();
// Tests of this kind are `test/host/*.test.mjs`; `node test/run.mjs test/host` runs them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { themes } from './server.mjs';

const editor = '.editor-group-container.active .editor-instance';

/** @param host what startHost gave */
export function workbench(host) {
  const { page } = host;
  const press = (key) => page.keyboard.press(key);

  /**
   * Opens the box at the top, writes into it, and takes the row that `fits` by its label. The editor closes the box when
   * something else takes the focus, as happens while it starts: then once more.
   */
  async function pick(open, text, fits, what) {
    const box = page.locator('.quick-input-widget:visible');
    const rows = box.locator('.quick-input-list .monaco-list-row');
    const labels = () => rows.evaluateAll((all) => all.map((row) => row.querySelector('.label-name')?.textContent?.trim() ?? ''));
    let offered = [];
    // While it starts it does not open the box at all: soon once more, and on a busy machine with more patience each time.
    for (const patience of [2, 4, 8, 16, 32]) {
      try {
        await open();
        await box
          .locator('input')
          .first()
          .fill(text, { timeout: patience * 1000 });
        const found = await until(
          async () => {
            offered = await labels();
            return offered.findIndex(fits);
          },
          (index) => index >= 0,
          4 + patience,
          what,
        );
        await rows.nth(found).click({ timeout: patience * 1000 });
        return;
      } catch {
        await press('Escape');
      }
    }
    throw new Error(`${what} is not offered. There is: ${offered.join(' · ') || 'nothing'}`);
  }

  async function runCommand(title) {
    await pick(
      () => press('F1'),
      `>${title}`,
      (label) => label.toLowerCase() === title.toLowerCase(),
      `The command “${title}”`,
    );
  }

  /** Opens a file by its path in the folder. */
  async function openFile(path) {
    const name = path.split('/').at(-1);
    await pick(
      () => press('ControlOrMeta+P'),
      path,
      (label) => label === name,
      `The file ${path}`,
    );
    await page.locator(`.tab.active[data-resource-name="${name}"]`).first().waitFor({ timeout: 20_000 });
    await page.locator(`${editor} .view-line`).first().waitFor({ timeout: 20_000 });
  }

  /** Puts the cursor at a line and column, counted from 1, and shows it. */
  async function goTo(line, column = 1) {
    await focusEditor();
    await press('Control+G');
    await page.locator('.quick-input-widget:visible').waitFor();
    await page.keyboard.type(`${line}:${column}`);
    await press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor({ timeout: 20_000 });
  }

  async function focusEditor() {
    const area = page.locator(`${editor} .monaco-editor`).first();
    if (!(await area.evaluate((element) => element.contains(document.activeElement)))) await runCommand('View: Focus Active Editor Group');
  }

  /** Waits for a wavy line: 'error', 'warning', 'info' or 'hint'. @returns where each is, in pixels */
  async function waitForSquiggle(severity = 'warning', { count = 1, seconds = 45 } = {}) {
    const marks = page.locator(`${editor} .squiggly-${severity}`);
    await until(
      () => marks.count(),
      (found) => found >= count,
      seconds,
      `${count} × ${severity} underlined`,
    );
    return marks.evaluateAll((all) =>
      all.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { x, y, width, height };
      }),
    );
  }

  /** Rests the mouse on a line and column, counted from 1. @returns the text of the hover */
  async function hoverAt(line, column, { seconds = 30 } = {}) {
    await goTo(line, column);
    const hover = page.locator('.monaco-editor .monaco-hover:not(.hidden):visible, .monaco-resizable-hover:visible').last();
    let text = '';
    await until(
      async () => {
        const cursor = await page.locator(`${editor} .cursors-layer .cursor`).first().boundingBox();
        if (!cursor) return '';
        // Away and back: resting means to have moved before.
        await page.mouse.move(cursor.x + 3, cursor.y + cursor.height / 2 + 60);
        await page.mouse.move(cursor.x + 4, cursor.y + cursor.height / 2, { steps: 4 });
        await hover.waitFor({ timeout: 3000 }).catch(() => {});
        if (await hover.isVisible()) {
          // Parts may still be computed.
          await until(
            async () => (await hover.allInnerTexts()).join('\n'),
            (now) => {
              const settled = now !== '' && !/Loading/.test(now) && now === text;
              text = now;
              return settled;
            },
            5,
          ).catch(() => {});
        }
        return text;
      },
      (now) => now !== '',
      seconds,
      `a hover at ${line}:${column}`,
    );
    return text;
  }

  const actions = page.locator('.action-widget:visible .monaco-list-row.action');

  /** Opens the lightbulb's menu, at a line and column if given. @returns the titles in it */
  async function openQuickFix(line, column) {
    if (line !== undefined) await goTo(line, column);
    await focusEditor();
    await press('ControlOrMeta+.');
    await actions.first().waitFor({ timeout: 30_000 });
    return actions.allInnerTexts();
  }

  /** Takes an action of the open menu, by its title or a pattern for it. */
  async function takeAction(title) {
    const found = actions.filter({ hasText: title }).first();
    await found.click({ timeout: 20_000 }).catch(async () => {
      throw new Error(`No action fits ${title}. There is: ${(await actions.allInnerTexts()).join(' · ')}`);
    });
    await actions.first().waitFor({ state: 'hidden', timeout: 20_000 });
  }

  /**
   * Opens the panel of problems, and waits until what can be seen in it fits: findings come a moment after the text.
   * @param fits is given the text of each line; without it the first lines will do
   */
  async function problems(fits = (texts) => texts.length > 0) {
    await runCommand('Problems: Focus on Problems View');
    const rows = page.locator('.markers-panel .monaco-list-row');
    await page.locator('.markers-panel').waitFor({ timeout: 20_000 });
    return until(
      async () => (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()),
      fits,
      30,
      'the lines in the panel of problems',
    );
  }

  /**
   * The inside of a webview panel, once it has content: an iframe in an iframe.
   * @param title what its tab says, or a pattern for it
   * @returns a playwright Frame
   */
  async function webviewFrame(title, { seconds = 45 } = {}) {
    const tabs = page.locator('.tab', { hasText: title });
    await tabs.first().waitFor({ timeout: seconds * 1000 });
    // One that is behind others of its group is brought forward.
    if ((await tabs.count()) === 1 && (await tabs.and(page.locator('.active')).count()) === 0) await tabs.click();
    // Webviews float above the page: the one that covers the tab's group is the one that is meant.
    const outer = await until(
      () => tabs.evaluateAll(coveringWebview),
      (name) => name !== '',
      seconds,
      `the webview “${title}”`,
    );
    const inner = page.frameLocator(`iframe[name="${outer}"]`).locator('iframe#active-frame');
    await inner.waitFor({ timeout: seconds * 1000 });
    const frame = await (await inner.elementHandle()).contentFrame();
    await frame.waitForLoadState('domcontentloaded');
    return frame;
  }

  /** Changes the colours: 'dark', 'light', 'hc-dark', 'hc-light'. */
  async function setTheme(name) {
    const theme = themes[name];
    await pick(
      () => runCommand('Preferences: Color Theme'),
      theme.label,
      (label) => label === theme.label,
      `The theme “${theme.label}”`,
    );
    await page.locator(`.monaco-workbench.${theme.class}`).waitFor({ timeout: 30_000 });
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Saves the active editor. @returns the text that is then in the file, by its path in the folder */
  async function save(path) {
    await focusEditor();
    await press('ControlOrMeta+S');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached', timeout: 30_000 });
    return readFileSync(join(host.workspace, path), 'utf8');
  }

  return {
    runCommand,
    openFile,
    goTo,
    focusEditor,
    waitForSquiggle,
    hoverAt,
    openQuickFix,
    takeAction,
    problems,
    webviewFrame,
    setTheme,
    save,
    /** Waits for a message in the corner. @returns all its text */
    async notification(text) {
      const toast = page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
      await toast.waitFor({ timeout: 30_000 });
      return (await toast.allInnerTexts()).join('\n');
    },
    /** The texts at the bottom. */
    statusBar: () => page.locator('.statusbar-item:visible').allInnerTexts(),
  };
}

/** Runs in the page. @returns the name of the webview that covers the group of one of these tabs, if that tab is in front */
function coveringWebview(tabs) {
  const webviews = [...document.querySelectorAll('iframe.webview.ready')];
  for (const tab of tabs.filter((each) => each.classList.contains('active'))) {
    const group = tab.closest('.editor-group-container')?.getBoundingClientRect();
    const covering = webviews.find((frame) => {
      const { x, y, width, height } = frame.getBoundingClientRect();
      const [middle, centre] = [x + width / 2, y + height / 2];
      if (!group || width === 0 || getComputedStyle(frame).visibility === 'hidden') return false;
      return middle > group.left && middle < group.right && centre > group.top && centre < group.bottom;
    });
    if (covering) return covering.getAttribute('name') ?? '';
  }
  return '';
}

/** Asks until the answer is good. Says at the end what the last answer was. */
export async function until(ask, good, seconds, what = 'what was waited for') {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > end) throw new Error(`Not seen within ${seconds} s: ${what}. Last seen: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
