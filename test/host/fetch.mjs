// Gets all that the tests in VS Code and in Chromium need, or says what to install.
import { vscodeServer } from './cache.mjs';
import { launchChromium } from './chromium.mjs';
import { giveUp, say } from './place.mjs';

try {
  const { version, node } = await vscodeServer();
  say(`VS Code ${version} is there, and runs on ${node}`);
  const browser = await launchChromium();
  say(`Chromium ${browser.version()} starts`);
  await browser.close();
} catch (error) {
  giveUp(error);
}
