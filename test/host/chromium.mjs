// Finds the system's Chromium and starts it.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { HostProblem } from './place.mjs';
import { onEnd } from './processes.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** @returns the path of a Chromium: $CHROME_PATH, or the first found on the path. */
export function findChromium() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!existsSync(given)) throw new HostProblem(`CHROME_PATH names ${given}, which is not there.`);
    return given;
  }
  const found = names.map(onPath).find(Boolean) ?? elsewhere.find((file) => existsSync(file));
  if (found) return found;
  throw new HostProblem(
    'No Chromium was found. On Debian or Ubuntu: apt-get install chromium. Elsewhere install Chrome or Chromium, or set CHROME_PATH to its program.',
  );
}

/** @returns the full path of a program on the path, if it is there. */
export function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of process.platform === 'win32' ? ['.exe', '.cmd'] : ['']) {
      const file = join(folder, name + ending);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** Starts a Chromium that can reach this machine only. @returns a playwright Browser */
export async function launchChromium(options = {}) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...options,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      ...(options.args ?? []),
    ],
  });
  const forget = onEnd(() => browser.close());
  browser.on('disconnected', forget);
  return browser;
}
