// What the extension host loads: runs the tests of this folder with mocha, in Node as in the web worker.
import { grep, load } from 'faultline:suites';
import Mocha from 'mocha';
import { Report } from './report.js';

/** Called by the editor. Rejects when a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    // A busy machine is no failure: only what hangs is. Longer than any wait in a test, which says more.
    timeout: 150_000,
    slow: 1000,
    forbidOnly: true,
    forbidPending: true,
    reporter: Report,
    ...(grep ? { grep } : {}),
  });
  // Makes `describe`, `it` and the hooks.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  await load();
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
