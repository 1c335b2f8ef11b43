import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { TestHandle } from '../../src/extension/tests/tests';
import { faultline } from './api.js';
import { folder, setText, show, showNew, until } from './editor.js';

const text = `faultline: 1
system: lighthouse

components:
  keeper: { concurrency: 4, serviceTime: 10ms }
  lamp: { kind: external, serviceTime: 10ms }

calls:
  - { from: keeper, to: lamp, timeout: 200ms }

journeys:
  shine: { entry: keeper, rate: 10/s, latency: 1s }

scenarios:
  calm:
    duration: 10s
    expect:
      - { journey: shine, success: 99% }
  dark:
    description: The lamp goes out
    duration: 20s
    events:
      - { at: 5s, crash: lamp }
      - { at: 15s, restore: lamp }
    expect:
      - { journey: shine, p99: 900ms }
      - { journey: shine, success: 99%, from: 5s, to: 15s }
  looked-at:
    duration: 5s
`;

/** One that takes much longer than anybody waits. */
const endless = `faultline: 1
system: ocean
components:
  wave: { concurrency: unlimited, serviceTime: 1ms }
journeys:
  roll: { entry: wave, rate: 5000/s }
scenarios:
  for-years:
    duration: 365d
`;

const empty = `faultline: 1
system: desert
components:
  dune: { kind: scheduler }
journeys:
  drift: { entry: dune, rate: 0/s }
scenarios:
  storm:
    duration: 5s
`;

async function tests(uri: vscode.Uri): Promise<readonly TestHandle[]> {
  const api = await faultline();
  return api.tests().filter((test) => test.uri?.toString() === uri.toString());
}

/** A test, once the editor knows of it too. */
async function named(uri: vscode.Uri, label: string): Promise<TestHandle> {
  return until(`the test ${label}`, async () => {
    const test = (await tests(uri)).find((one) => one.label === label);
    return test && (await pathsIn(uri)).some((path) => path.at(-1) === test.id) && test;
  });
}

/** What the editor lists of a file: ids from the controller's down. */
async function pathsIn(uri: vscode.Uri): Promise<readonly (readonly string[])[]> {
  return vscode.commands.executeCommand('vscode.testing.getTestsInFile', uri);
}

/** Waits until a test has run more often than before. */
async function rerun(before: TestHandle): Promise<TestHandle> {
  return until(`another run of ${before.label}`, async () =>
    (await faultline()).tests().find(({ id, runs }) => id === before.id && runs > before.runs),
  );
}

async function lenses(uri: vscode.Uri): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return found.flatMap(({ range, command }) => (command ? [`${range.start.line}: ${command.title}`] : []));
}

describe('Scenarios as tests', () => {
  let editor: vscode.TextEditor;
  let uri: vscode.Uri;

  before(async () => {
    editor = await showNew('lighthouse.faultline.yaml', text);
    uri = editor.document.uri;
    await faultline();
  });

  /** The place of a text, as line and columns. */
  function rangeOf(needle: string): vscode.Range {
    const at = editor.document.getText().indexOf(needle);
    assert.ok(at >= 0, needle);
    return new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + needle.length));
  }

  it('are listed by the editor, each at its place', async () => {
    await named(uri, 'calm');
    const found = await tests(uri);
    assert.deepEqual(
      found.map(({ label, range }) => [label, range?.start.line]),
      [
        ['calm', 14],
        ['dark', 18],
        ['looked-at', 27],
      ],
    );
    await until('the editor to know of them', async () => {
      const paths = await pathsIn(uri);
      // The system, and below it the scenarios.
      return paths.length === 4 && found.every(({ id }) => paths.some((path) => path.at(-1) === id && path.length === 3));
    });
  });

  it('are listed for files that nobody opened', async () => {
    const lost = vscode.Uri.joinPath(folder(), 'storefront', 'bad-days.faultline.yaml');
    assert.ok((await tests(lost)).some(({ label }) => label === 'zone-lost'));
  });

  it('offer to be run above their names', async () => {
    assert.deepEqual(
      (await lenses(uri)).filter((lens) => lens.includes('run')),
      ['14: ▷ run', '18: ▷ run', '27: ▷ run'],
    );
  });

  it('fail at the line that does not hold, with what was measured', async () => {
    await vscode.commands.executeCommand('testing.runCurrentFile');
    const dark = await until('the result', async () => (await tests(uri)).find(({ label, state }) => label === 'dark' && state));
    assert.equal(dark.state, 'failed');
    assert.equal(dark.messages?.length, 1);
    const [message] = dark.messages ?? [];
    assert.equal(message?.location?.uri.toString(), uri.toString());
    const { start, end } = rangeOf('{ journey: shine, success: 99%, from: 5s, to: 15s }');
    assert.deepEqual(
      [message?.location?.range.start.line, message?.location?.range.start.character, message?.location?.range.end.character],
      [start.line, start.character, end.character],
    );
    assert.equal(message?.message, 'shine success 0%, not 99%');
    assert.equal(message?.expectedOutput, '99%');
    assert.equal(message?.actualOutput, '0%');
    assert.match(dark.output ?? '', /dark: The lamp goes out\r\n/);
    assert.match(dark.output ?? '', /journey +requests +answered +p99 +failed/);
    assert.match(dark.output ?? '', /5 s +.*lamp/);
  });

  it('pass when what they expect holds, and when they expect nothing', async () => {
    const looked = await until('the last one', async () => (await tests(uri)).find(({ label, state }) => label === 'looked-at' && state));
    assert.equal(looked.state, 'passed');
    assert.match(looked.output ?? '', /shine +\d+ +100\.0%/);
    assert.equal((await named(uri, 'calm')).state, 'passed');
  });

  it('say above their names what came of them, and when that is of an older text', async () => {
    const outcomes = async () => (await lenses(uri)).filter((lens) => /✓|✗/.test(lens));
    assert.deepEqual(await outcomes(), ['14: ✓ 1 of 1 holds', '18: ✗ shine success 0%, not 99%', '27: ✓ ran, expects nothing']);
    await setText(editor, text.replace('journey: shine, p99: 900ms', 'journey: shine, p99: 800ms'));
    // The other scenarios rest on nothing that has changed.
    const stale = '18: ✗ shine success 0%, not 99% (before the last change)';
    assert.deepEqual(await outcomes(), ['14: ✓ 1 of 1 holds', stale, '27: ✓ ran, expects nothing']);
    await setText(editor, `# A comment changes nothing.\n${text}`);
    assert.deepEqual(await outcomes(), ['15: ✓ 1 of 1 holds', '19: ✗ shine success 0%, not 99%', '28: ✓ ran, expects nothing']);
    await setText(editor, text);
    await faultline();
  });

  it('are run by the command behind the lens', async () => {
    const before = await named(uri, 'calm');
    const dark = await named(uri, 'dark');
    await vscode.commands.executeCommand('faultline.runScenario', { uri: uri.toString(), system: 'lighthouse', scenario: 'calm' });
    assert.equal((await named(uri, 'calm')).runs, before.runs + 1);
    assert.equal((await named(uri, 'dark')).runs, dark.runs);
  });

  it('are run again when something changes that they rest on, for as long as that is wanted', async () => {
    const calm = await named(uri, 'calm');
    const dark = await named(uri, 'dark');
    await vscode.commands.executeCommand('testing.startContinuousRun');
    // Until the editor has told us there is no telling; so change it until it does.
    let turn = 0;
    const again = await until('a run after an edit', async () => {
      turn++;
      await setText(editor, text.replace('{ at: 5s, crash: lamp }', `{ at: ${turn % 2 === 0 ? '5s' : '6s'}, slow: lamp, add: 5ms }`));
      await (await faultline()).whenIdle();
      // The next change ends the run of this one, so it gets its time.
      for (let look = 0; look < 40; look++) {
        const found = (await tests(uri)).find(({ id, runs, state }) => id === dark.id && runs > dark.runs && state === 'passed');
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return undefined;
    });
    assert.deepEqual(again.messages, []);
    // What the edit does not concern is not run.
    assert.equal((await named(uri, 'calm')).runs, calm.runs);
    await vscode.commands.executeCommand('testing.stopContinuousRun');
    await until('the end of it', async () => {
      const { runs } = await named(uri, 'dark');
      await setText(editor, text.replace('{ at: 5s, crash: lamp }', `{ at: ${turn++ % 2 === 0 ? '5s' : '6s'}, slow: lamp, add: 7ms }`));
      await (await faultline()).whenIdle();
      // Too short a wait lets something pass that should not, and never the other way round.
      await new Promise((resolve) => setTimeout(resolve, 500));
      return (await named(uri, 'dark')).runs === runs;
    });
    await setText(editor, text);
  });

  it('can be cancelled, and are then neither right nor wrong', async () => {
    const ocean = await showNew('ocean.faultline.yaml', endless);
    const test = await named(ocean.document.uri, 'for-years');
    const done = vscode.commands.executeCommand('testing.runCurrentFile');
    let ended = false;
    void Promise.resolve(done).then(() => {
      ended = true;
    });
    // It runs, and the extension answers all the while.
    assert.match((await lenses(ocean.document.uri)).join('\n'), /▷ run/);
    await until('how far it is', async () => /^\d+%$/.test((await named(ocean.document.uri, 'for-years')).description ?? ''));
    assert.equal((await named(ocean.document.uri, 'for-years')).runs, test.runs);
    assert.equal(ended, false);
    await vscode.commands.executeCommand('testing.cancelRun');
    const { state, messages } = await rerun(test);
    assert.equal(state, 'skipped');
    assert.deepEqual(messages, []);
    await setText(ocean, endless.slice(0, endless.indexOf('scenarios:')));
    await until('it to be off the list', async () => (await tests(ocean.document.uri)).length === 0);
  });

  it('say why they cannot be run', async () => {
    const desert = await showNew('desert.faultline.yaml', empty);
    const test = await named(desert.document.uri, 'storm');
    await vscode.commands.executeCommand('testing.runCurrentFile');
    const { state, messages } = await rerun(test);
    assert.equal(state, 'errored');
    assert.match(String(messages?.[0]?.message), /every journey has a rate of 0/);
    assert.equal(messages?.[0]?.location?.range.start.line, 7);
  });

  it('go with their text', async () => {
    editor = await show('lighthouse.faultline.yaml');
    await setText(editor, text.replace('  calm:', '  quiet:'));
    await until('the new name', async () => (await tests(uri)).some(({ label }) => label === 'quiet'));
    assert.ok(!(await tests(uri)).some(({ label }) => label === 'calm'));
    await setText(editor, text);
  });

  // There are as many as there are examples.
  it('are all run at once', async () => {
    const before = new Map((await faultline()).tests().map(({ id, runs }) => [id, runs]));
    void vscode.commands.executeCommand('testing.runAll');
    const left = async () => (await faultline()).tests().filter(({ id, runs }) => runs <= (before.get(id) ?? 0));
    let waiting: readonly TestHandle[] = [];
    await until(
      'a result for all of them',
      async () => {
        waiting = await left();
        return waiting.length === 0;
      },
      () => waiting.map(({ label }) => label),
      140,
    );
    assert.ok((await faultline()).tests().length > 5);
  });
});
