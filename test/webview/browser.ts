// The webview's own page in a real Chromium, without an editor around it: the built files, an editor's colours, and messages in
// both directions.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { FromMap, Mark } from '../../src/layout/protocol';
import type { System } from '../../src/model/system';
import { pack } from '../../src/model/transfer';
import themes from './themes.json' with { type: 'json' };

export type Theme = keyof typeof themes;

export interface WebviewOptions {
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  /** What `getState()` gives at first: what an earlier page kept. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  /** Translations, as the shell puts them into the page. */
  readonly words?: Readonly<Record<string, string>>;
  /** Which page: the map (default), or the questions. */
  readonly show?: 'map' | 'check';
  /** A browser that is open already, and stays so. */
  readonly browser?: Browser;
  /** Where the built files are; `dist/webview` where nothing is said. */
  readonly folder?: string;
  /** Done with the page before anything is loaded into it. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** A page with the webview in it. */
export interface Webview {
  readonly page: Page;
  /** What the webview sent to the shell, in order. */
  readonly posted: readonly unknown[];
  /** Uncaught errors, errors printed, and what the page's policy forbade. A sound page has none. */
  readonly errors: readonly string[];
  /** Sends a message as the shell does. */
  send(message: unknown): Promise<void>;
  /** Waits for the first message to the shell that fits. */
  received<T>(fits: (message: unknown) => message is T, seconds?: number): Promise<T>;
  /** What the webview last kept with `setState`. */
  state(): Promise<unknown>;
  setTheme(theme: Theme): Promise<void>;
  /** Keeps a picture in dist/screenshots. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

const types = new Map([
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
  ['.ttf', 'font/ttf'],
  ['.json', 'application/json'],
]);

/** The page that the shell makes, with the same policy; see src/extension/map. */
function pageAround(origin: string, words: string): string {
  const policy = [
    `default-src 'none'`,
    `img-src ${origin} data:`,
    `font-src ${origin}`,
    `style-src ${origin}`,
    `script-src ${origin}`,
    `connect-src ${origin}`,
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Map</title>
<link rel="stylesheet" href="/editor.css">
<link rel="stylesheet" href="/main.css">
</head>
<body>
<div id="root" data-elk-worker="${origin}/elk-worker.js" data-simulation-worker="${origin}/simulation-worker.js" data-words="${words.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"></div>
<script type="module" src="/main.js"></script>
</body>
</html>`;
}

/** The page of questions, with the policy that the shell gives it; see src/extension/learning. */
function pageOfQuestions(origin: string, words: string): string {
  const nonce = 'e5b1';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${origin}; script-src 'nonce-${nonce}'">
<title>Check Questions</title>
<link rel="stylesheet" href="/editor.css">
<link rel="stylesheet" href="/check.css">
</head>
<body>
<div id="root" data-words="${words.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"></div>
<script nonce="${nonce}" src="/check.js"></script>
</body>
</html>`;
}

/** What an editor gives every webview to begin with. */
const editorStyle = `
html { background: var(--vscode-editor-background); }
body { margin: 0; padding: 0 20px; color: var(--vscode-editor-foreground);
  font: var(--vscode-font-weight) var(--vscode-font-size) var(--vscode-font-family); }
`;

/** Serves the built webview on a port of this machine. */
async function serve(words: string, folder: string): Promise<{ readonly origin: string; close(): void }> {
  let origin = '';
  const built = resolve(folder);
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const answer = (type: string, body: string | Buffer) => response.writeHead(200, { 'content-type': type }).end(body);
    if (path === '/') return answer('text/html; charset=utf-8', pageAround(origin, words));
    if (path === '/check') return answer('text/html; charset=utf-8', pageOfQuestions(origin, words));
    if (path === '/editor.css') return answer('text/css', editorStyle);
    // A webview's page asks for an icon only outside an editor.
    if (path === '/favicon.ico') return response.writeHead(204).end();
    const file = resolve(join(built, path));
    try {
      if (!file.startsWith(built + sep)) throw new Error('outside');
      return answer(types.get(extname(file)) ?? 'application/octet-stream', await readFile(file));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, close: () => server.close() };
}

/** Opens the built webview. Close it when done. */
export async function openWebview(options: WebviewOptions = {}): Promise<Webview> {
  const { theme = 'dark', size = { width: 1100, height: 800 }, state, reducedMotion = false, words } = options;
  const [{ launchChromium }, { screenshotFile }] = await Promise.all([import('../host/chromium.mjs'), import('../host/place.mjs')]);
  const files = await serve(words ? JSON.stringify(words) : '', options.folder ?? join('dist', 'webview'));
  const browser = options.browser ?? (await launchChromium());
  const page = await browser.newPage({ viewport: size, reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
  const posted: unknown[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
  page.on('crash', () => errors.push('the page crashed'));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  await page.exposeFunction('faultlinePosted', (message: unknown) => {
    posted.push(message);
  });
  await page.addInitScript(
    ({ kept, look }) => {
      let current = kept;
      let taken = false;
      const shared = window as unknown as Record<string, unknown>;
      const post = shared['faultlinePosted'] as (message: unknown) => Promise<void>;
      shared['acquireVsCodeApi'] = () => {
        if (taken) throw new Error('An instance of the VS Code API has already been acquired');
        taken = true;
        return {
          postMessage: (message: unknown) => void post(message),
          getState: () => current,
          setState: (next: unknown) => {
            current = next;
            return next;
          },
        };
      };
      shared['faultlineState'] = () => current;
      shared['faultlineTheme'] = ({ class: name, id, variables }: typeof look) => {
        for (const old of [...document.documentElement.style]) document.documentElement.style.removeProperty(old);
        for (const [key, value] of Object.entries(variables)) document.documentElement.style.setProperty(key, value);
        document.body.classList.remove('vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light');
        document.body.classList.add(...name.split(' '));
        document.body.dataset['vscodeThemeKind'] = name.split(' ')[0] ?? '';
        document.body.dataset['vscodeThemeId'] = id;
      };
      // Before the webview's own scripts run, as in the editor.
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        observer.disconnect();
        (shared['faultlineTheme'] as (look: unknown) => void)(look);
      }).observe(document, { childList: true, subtree: true });
    },
    { kept: state, look: themes[theme] },
  );
  await options.prepare?.(page);
  await page.goto(options.show === 'check' ? `${files.origin}/check` : files.origin);
  const webview: Webview = {
    page,
    posted,
    errors,
    send: (message) => page.evaluate((data) => window.postMessage(data, '*'), message),
    async received(fits, seconds = 15) {
      const end = Date.now() + seconds * 1000;
      for (;;) {
        const found = posted.find(fits);
        if (found !== undefined) return found;
        if (Date.now() > end) throw new Error(`No such message within ${seconds} s. There were: ${JSON.stringify(posted)}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    state: () => page.evaluate(() => (window as unknown as { faultlineState(): unknown }).faultlineState()),
    setTheme: (next) =>
      page.evaluate((look) => (window as unknown as { faultlineTheme(look: unknown): void }).faultlineTheme(look), themes[next]),
    async screenshot(name) {
      await page.screenshot({ path: screenshotFile(`webview-${name}`) });
    },
    async close() {
      await (options.browser ? page.close() : browser.close());
      files.close();
    },
  };
  return webview;
}

/** Opens the map of a system and waits until it is drawn. */
export async function openMap(system: System, marks: readonly Mark[] = [], options: WebviewOptions = {}): Promise<Webview> {
  const webview = await openWebview(options);
  await webview.received((message): message is FromMap => (message as FromMap).type === 'ready');
  await webview.send({ type: 'model', model: { version: 1, system: pack(system), marks, captions: [] } });
  await webview.page.locator('.card').first().waitFor();
  return webview;
}
