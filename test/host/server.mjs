// Starts VS Code's server on a port of this machine, with a data folder of its own that goes when it stops.
import { cpSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { vscodeServer } from './cache.mjs';
import { HostProblem, logFolder } from './place.mjs';
import { onEnd, runToEnd, startKept } from './processes.mjs';

/** What is said when the port that was asked for is taken. */
export const portInUse = 'That port is in use by another program.';

/** Settings for a first run without welcome pages, tips, questions or traffic. */
const quiet = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.restoreWindows': 'none',
  'workbench.editor.languageDetection': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** What makes every folder one that is not trusted, without a question. */
const restricted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/** The themes by the names that tests use: what settings call them, what the editor shows, and the class of its window. */
export const themes = {
  dark: { name: 'Dark Modern', label: 'Dark Modern', class: 'vs-dark' },
  light: { name: 'Light Modern', label: 'Light Modern', class: 'vs' },
  'hc-dark': { name: 'Default High Contrast', label: 'Dark High Contrast', class: 'hc-black' },
  'hc-light': { name: 'Default High Contrast Light', label: 'Light High Contrast', class: 'hc-light' },
};

/**
 * Starts the server.
 * @param options.extensions folders whose extensions are there as if installed
 * @param options.vsix a package that is installed before the start
 * @param options.testDriver accept a development payload in the address; the editor then shows no notifications
 * @param options.settings user settings, over the quiet ones
 * @param options.theme 'dark' (default), 'light', 'hc-dark' or 'hc-light'
 * @param options.trusted false for an editor that has not been told whom to trust, and does not ask
 * @param options.port 0 (default) for any that is free
 * @param options.label names the log in dist/host-logs
 */
export async function startServer(options = {}) {
  const { extensions = [], vsix, testDriver = false, trusted = true, settings = {}, theme = 'dark', port = 0, label = 'server' } = options;
  const { node, main } = await vscodeServer();
  const data = mkdtempSync(join(tmpdir(), 'faultline-host-'));
  const clear = () => remove(data);
  const forget = onEnd(clear);
  const folders = ['--server-data-dir', join(data, 'server'), '--extensions-dir', join(data, 'extensions')];
  const settingsFile = join(data, 'server', 'data', 'User', 'settings.json');
  try {
    mkdirSync(join(data, 'extensions'), { recursive: true });
    mkdirSync(join(data, 'server', 'data', 'User'), { recursive: true });
    const all = { ...quiet, 'workbench.colorTheme': themes[theme]?.name ?? theme, ...(trusted ? {} : restricted), ...settings };
    writeFileSync(settingsFile, JSON.stringify(all));
    if (extensions.length > 0) putInstalled(join(data, 'extensions'), extensions);
    // No gallery: the editor would ask it for news of every extension.
    const env = { EXTENSIONS_GALLERY: '{}', ...temporary(data) };
    const common = [main, ...folders, '--accept-server-license-terms', '--telemetry-level', 'off'];
    if (vsix) await runToEnd(node, [...common, '--install-extension', vsix, '--force'], { env, what: `Installing ${vsix}`, seconds: 120 });

    const args = [...common, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
    if (trusted) args.push('--disable-workspace-trust');
    if (testDriver) args.push('--enable-smoke-test-driver');
    const child = startKept(node, args, { env });
    mkdirSync(logFolder, { recursive: true });
    const logFile = join(logFolder, `${label}.log`);
    const log = createWriteStream(logFile);
    child.stderr.pipe(log, { end: false });
    const actual = await listening(child, log, logFile);
    const authority = `127.0.0.1:${actual}`;
    await answers(`http://${authority}/version`, logFile);
    return {
      authority,
      url: `http://${authority}/`,
      data,
      logFile,
      /** Resolves when the server is no more. */
      ended: new Promise((resolve) => child.once('close', resolve)),
      async stop() {
        await child.stop();
        keepOutput(join(data, 'server', 'data', 'logs'), join(logFolder, `${label.replace(/-server$/, '')}-output.log`));
        log.end();
        forget();
        clear();
      },
    };
  } catch (error) {
    forget();
    clear();
    throw error;
  }
}

/** Sockets and scratch files go with the data folder. The path of a socket has room for about 100 characters only. */
function temporary(data) {
  const folder = join(data, 'tmp');
  mkdirSync(folder);
  return folder.length < 50 ? { TMPDIR: folder, XDG_RUNTIME_DIR: folder } : {};
}

/** Lists folders among the installed extensions, where they stand: what the editor then loads is the checkout. */
function putInstalled(folder, extensions) {
  const entries = extensions.map((extension) => {
    const path = resolve(extension);
    const { publisher, name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    return { identifier: { id: `${publisher}.${name}` }, version, location: { $mid: 1, path, scheme: 'file' }, metadata: {} };
  });
  writeFileSync(join(folder, 'extensions.json'), JSON.stringify(entries));
}

/** Waits until the server says which port it listens on. */
function listening(child, log, logFile) {
  return new Promise((resolve, reject) => {
    let out = '';
    const fail = (message) => {
      clearTimeout(timer);
      child.stop().then(() => reject(new HostProblem(message)));
    };
    const timer = setTimeout(() => fail(`VS Code's server did not start within 150 s. What it said is in ${logFile}.`), 150_000);
    child.stdout.on('data', (data) => {
      log.write(data);
      if (out === undefined) return;
      out += data;
      const port = /agent listening on (\d+)/.exec(out)?.[1];
      if (!port) return;
      out = undefined;
      clearTimeout(timer);
      resolve(Number(port));
    });
    // The server goes on without a port when it gets none.
    child.stderr.on('data', (data) => {
      if (out !== undefined && String(data).includes('EADDRINUSE')) fail(portInUse);
    });
    child.once('close', (status) => fail(`VS Code's server ended at once (status ${status}). What it said is in ${logFile}.`));
  });
}

/** Keeps what the extension wrote to its output channel: the editor has it in files, when its extension host is a Node. */
function keepOutput(logs, file) {
  rmSync(file, { force: true });
  if (!existsSync(logs)) return;
  const ours = readdirSync(logs, { recursive: true })
    .map(String)
    .filter((name) => /faultline/i.test(name) && name.endsWith('.log'));
  const texts = ours.map((name) => readFileSync(join(logs, name), 'utf8')).filter((text) => text !== '');
  if (texts.length > 0) writeFileSync(file, texts.join('\n'));
}

async function answers(url, logFile) {
  for (let attempt = 0; attempt < 900; attempt++) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new HostProblem(`VS Code's server does not answer at ${url}. What it said is in ${logFile}.`);
}

/** Deletes a folder. What cannot be deleted stays in the temporary folder: no reason to fail. */
function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    // See above.
  }
}

/** A copy of a folder that a test may change, under the same name. */
export function copyOf(folder) {
  const above = mkdtempSync(join(tmpdir(), 'faultline-workspace-'));
  const clear = () => remove(above);
  const forget = onEnd(clear);
  const path = join(above, basename(resolve(folder)));
  cpSync(folder, path, { recursive: true });
  return {
    path,
    clear: () => {
      forget();
      clear();
    },
  };
}
