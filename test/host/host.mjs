// A real VS Code with the extension in it, in a browser that tests can drive.
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { logFolder, root, screenshotFile } from './place.mjs';
import { copyOf, startServer } from './server.mjs';

/** An extension that does nothing. */
const nothing = join(root, 'test', 'host', 'standins', 'none');

/**
 * Starts VS Code on a folder and opens it in Chromium.
 * @param options.workspace the folder to open; a copy of it, unless `copy` is false. Where a `.code-workspace` stands in
 *   it, that is opened
 * @param options.extensionPath the extension's folder (default: this checkout), there as if installed; or
 * @param options.vsix a package to install instead
 * @param options.tests a compiled module inside `extensionPath` that exports `run()`: started in the extension host.
 *   The editor then shows no notifications and refuses dialogs.
 * @param options.installed true where tests are to find the extension as if installed: one under development is never disabled
 * @param options.beside folders of other extensions, there as if installed
 * @param options.trusted false to open the folder as one that is not trusted
 * @param options.web run the extension in the web worker extension host instead of the Node one
 * @param options.settings user settings
 * @param options.theme 'dark' (default), 'light', 'hc-dark', 'hc-light'
 * @param options.onOutput called with each line that code in the extension hosts and the page prints
 * @param options.label names the logs in dist/host-logs
 */
export async function startHost(options) {
  const { extensionPath = root, vsix, tests, web = false, copy = true, theme = 'dark', label = 'host', onOutput } = options;
  const { size = { width: 1400, height: 900 }, settings = {}, beside = [], trusted = true, installed = !tests } = options;
  const { publisher, name } = JSON.parse(readFileSync(join(extensionPath, 'package.json'), 'utf8'));
  const workspace = copy ? copyOf(options.workspace) : { path: resolve(options.workspace), clear() {} };
  const undo = [() => workspace.clear()];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const server = await startServer({
      ...(vsix ? { vsix } : {}),
      extensions: [...(vsix || !installed ? [] : [extensionPath]), ...beside],
      testDriver: Boolean(tests),
      trusted,
      settings: { ...(web ? { 'remote.extensionKind': { [`${publisher}.${name}`]: ['web'] } } : {}), ...settings },
      theme,
      label: `${label}-server`,
    });
    undo.push(() => server.stop());
    const browser = await launchChromium();
    undo.push(() => browser.close());
    const context = await browser.newContext({ viewport: size, permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    // A busy machine is no failure: only what hangs is.
    page.setDefaultTimeout(45_000);

    const lines = [];
    mkdirSync(logFolder, { recursive: true });
    const log = createWriteStream(join(logFolder, `${label}-console.log`));
    undo.push(() => log.end());
    const keep = (kind, text) => {
      const line = `${kind}: ${text}`;
      if (lines.length < 5000) lines.push(line);
      log.write(`${line}\n`);
    };
    /** Addresses outside this machine that the editor asked for. None is ever answered. */
    const outside = [];
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      // Files of a webview have an address that looks outside, but the page's own service worker answers it.
      const ofWebview = hostname.endsWith('.vscode-resource.vscode-cdn.net');
      if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && !ofWebview) outside.push(request.url());
    });
    page.on('pageerror', (error) => keep('uncaught', error.stack ?? String(error)));
    page.on('crash', () => keep('uncaught', 'the page crashed'));
    page.on('console', (message) => {
      // The editor's own log comes with colours: they say nothing in a file.
      const text = message
        .text()
        .replace(/(%c)+/g, '')
        .replace(/color: [^ ;]*;?/g, '')
        .trim();
      if (!tests) onOutput?.(text);
      keep(message.type(), text);
    });

    const run = tests ? await testRun(page, server, browser, onOutput) : undefined;
    await page.goto(address(server, workspace.path, { developed: installed ? nothing : extensionPath, tests }), {
      waitUntil: 'domcontentloaded',
      timeout: 150_000,
    });
    await page.waitForSelector('.monaco-workbench', { timeout: 150_000 });
    return {
      page,
      server,
      /** The folder that is open: where to read what the editor saved. */
      workspace: workspace.path,
      console: lines,
      outside,
      /** Resolves with `{ code, why }` when the tests are over. */
      exit: run?.exit,
      screenshot: async (as) => {
        const path = screenshotFile(as);
        await page.screenshot({ path });
        return relative(root, path);
      },
      /** Ends the editor, the browser, and what they wrote. */
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function address(server, folder, { developed, tests }) {
  const url = new URL(server.url);
  const file = readdirSync(folder).find((name) => name.endsWith('.code-workspace'));
  if (file) url.searchParams.set('workspace', join(folder, file));
  else url.searchParams.set('folder', folder);
  if (tests) {
    // With the address the page has, so that the editor sees the tests inside the extension and runs them in its host.
    const remote = (path) => `vscode-remote://${server.authority}${resolve(path)}`;
    const payload = [
      ['extensionDevelopmentPath', remote(developed)],
      ['extensionTestsPath', remote(tests)],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ];
    url.searchParams.set('payload', JSON.stringify(payload));
  }
  return url.href;
}

/** Lets the page report the output and the end of a test run. @returns `exit`, a promise of `{ code, why }` */
async function testRun(page, server, browser, onOutput) {
  let end;
  const exit = new Promise((resolve) => {
    end = resolve;
  });
  await page.exposeFunction('codeAutomationLog', (_type, args) => onOutput?.(args.map(String).join(' ')));
  await page.exposeFunction('codeAutomationExit', (code) => end({ code }));
  page.on('crash', () => end({ code: 1, why: 'The page crashed.' }));
  browser.on('disconnected', () => end({ code: 1, why: 'Chromium ended.' }));
  server.ended.then(() => end({ code: 1, why: "VS Code's server ended." }));
  return { exit };
}

/** Complaints of the editor about itself that say nothing about us. */
const noise = /status of 404|bad HTTP response code \(404\)|\[Service Worker\]|same-origin|sandbox|Canceled/;

/** The errors among what a page printed: each once, without the editor's everyday ones and the inside of its stacks. */
export function troubles(lines) {
  const found = lines
    .filter((line) => /^(error|uncaught)/.test(line) && !noise.test(line))
    .map((line) =>
      line
        .replace(/^(\w+: )ERR\s+/, '$1')
        .split('\n')
        .filter((part) => !/out\/vs\/(code|workbench)\//.test(part))
        .join('\n'),
    );
  return [...new Set(found)];
}
