import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { faultline } from './api.js';
import { codeOf, diagnostics, folder, inFront, until } from './editor.js';

function tabOf(viewType: string): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
}

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

describe('The examples of the lesson', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('open at the right place, as copies that are reviewed like any file', async () => {
    await vscode.commands.executeCommand('faultline.openExample', { example: 'double-charge', at: 'idempotencyKey' });
    const editor = await inFront('/double-charge.faultline.yaml');
    const { document } = editor;
    await until('the selection', () => document.getText(editor.selection) === 'idempotencyKey');
    assert.doesNotMatch(document.lineAt(editor.selection.start.line).text, /^#/);
    assert.ok(!document.uri.toString().startsWith(folder().toString()), document.uri.toString());
    const extension = vscode.extensions.getExtension('faultline.faultline');
    assert.ok(extension && !document.uri.path.startsWith(extension.extensionUri.path), document.uri.path);
    assert.equal((await diagnostics(document, 'retry-not-idempotent')).length, 1);
  });

  it('stay as they were changed, until somebody wants to start over', async () => {
    const open = () => vscode.commands.executeCommand('faultline.openExample', { example: 'backlog' });
    await open();
    const editor = await inFront('/backlog.faultline.yaml');
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), '# mine\n'));
    assert.equal(await editor.document.save(), true);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await open();
    const again = await inFront('/backlog.faultline.yaml');
    assert.match(again.document.getText(), /^# mine\n# A queue/);
    // There was nothing to stand beside.
    assert.equal(vscode.window.tabGroups.all.length, 1);
    // Examples that were opened before are not looked at with it.
    const beside = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(again.document.uri, '..'));
    assert.deepEqual(
      beside.map(([name]) => name),
      ['backlog.faultline.yaml'],
    );
    // The file that others get is as it was.
    const extension = vscode.extensions.getExtension('faultline.faultline');
    assert.ok(extension);
    assert.match(await read(vscode.Uri.joinPath(extension.extensionUri, 'examples', 'backlog.faultline.yaml')), /^# A queue/);
  });

  it('open their map and play a scenario on it', async () => {
    const api = await faultline();
    await vscode.commands.executeCommand('faultline.openExample', { example: 'lab', at: 'to: payment', map: true, play: 'payment-hangs' });
    const map = await until('the map', () => api.maps().find(({ isReady, title }) => isReady && /lab/.test(title)));
    assert.match(map.model?.system.packed ?? '', /payment-hangs/);
    map.close();
  });

  it('are only those that there are', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no editor', () => vscode.window.activeTextEditor === undefined);
    for (const example of ['no-such', '../package', '__proto__', ''])
      await vscode.commands.executeCommand('faultline.openExample', { example });
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});

describe('The questions', () => {
  after(async () => {
    (await faultline()).questions.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('open at the topic that is asked for, in a page of their own', async () => {
    const { questions } = await faultline();
    await vscode.commands.executeCommand('faultline.checkQuestions', 'recovery');
    await until('the page to run', () => questions.isReady);
    await until('its tab', () => tabOf('faultline.check'));
    assert.equal(questions.topic, 'recovery');
    await vscode.commands.executeCommand('faultline.checkQuestions', 'storms');
    assert.equal(questions.topic, 'storms');
    await vscode.commands.executeCommand('faultline.checkQuestions', '__proto__');
    assert.equal(questions.topic, 'storms');
    assert.equal(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label === tabOf('faultline.check')?.label).length,
      1,
    );
  });

  it('keep the answers when the page is closed', async () => {
    const { questions } = await faultline();
    questions.receive({ type: 'answer', question: 'five-in-a-row', answer: 2 });
    await until('the answer to be kept', () => questions.given.length === 1);
    questions.receive({ type: 'answer', question: 'no-such', answer: 0 });
    questions.receive({ type: 'answer', question: 'better-one', answer: 99 });
    questions.close();
    await until('the page to close', () => !questions.isReady);
    await vscode.commands.executeCommand('faultline.checkQuestions');
    await until('the page to run again', () => questions.isReady);
    assert.deepEqual(questions.given, [['five-in-a-row', 2]]);
    // The first topic is not done yet.
    assert.equal(questions.topic, 'nines');
    questions.receive({ type: 'restart', topic: 'nines' });
    await until('the answer to be forgotten', () => questions.given.length === 0);
  });

  it('lead to an example and to the page of a rule, beside them', async () => {
    const { questions } = await faultline();
    questions.receive({ type: 'open', question: 'five-in-a-row', link: 0 });
    const editor = await inFront('/nines.faultline.yaml');
    // A group of its own, which it gets a moment later.
    await until(
      'the place beside the questions',
      () => editor.viewColumn === vscode.ViewColumn.Two,
      () => editor.viewColumn,
    );
    assert.ok(tabOf('faultline.check'), 'the questions stay');
    questions.receive({ type: 'open', question: 'five-in-a-row', link: 1 });
    await until('the page of the rule', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('objective-unreachable'))),
    );
    // What is not there is no error.
    questions.receive({ type: 'open', question: 'five-in-a-row', link: 7 });
    questions.receive({ type: 'open', question: 'no-such', link: 0 });
  });
});

describe('A new system', () => {
  const make = (sample: string, name: string) =>
    vscode.commands.executeCommand('faultline.newSystem', { sample, name, folder: vscode.Uri.joinPath(folder(), 'new') });
  const fileOf = (name: string) => vscode.Uri.joinPath(folder(), 'new', `${name}.faultline.yaml`);

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), 'new'), { recursive: true });
  });

  for (const [sample, said] of [
    ['small', 'missing-timeout'],
    ['web-shop', 'missing-timeout'],
    ['lab', 'missing-circuit-breaker'],
  ] as const) {
    it(`is written, opened and reviewed: ${sample}`, async () => {
      await make(sample, `my-${sample}`);
      const editor = await inFront(`/my-${sample}.faultline.yaml`);
      assert.match(await read(fileOf(`my-${sample}`)), new RegExp(`^system: my-${sample}$`, 'm'));
      await diagnostics(editor.document, said);
      const errors = vscode.languages
        .getDiagnostics(editor.document.uri)
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      assert.deepEqual(errors.map(codeOf), []);
    });
  }

  it('overwrites nothing', async () => {
    const text = 'faultline: 1\nsystem: mine\n';
    await vscode.workspace.fs.writeFile(fileOf('mine'), new TextEncoder().encode(text));
    await make('web-shop', 'mine');
    await make('small', 'other');
    await inFront('/other.faultline.yaml');
    assert.equal(await read(fileOf('mine')), text);
  });

  it('has a name that a file can have everywhere', async () => {
    for (const name of ['../up', 'a/b', '', '.hidden', 'a:b', 'end.']) await make('small', name);
    await make('small', 'last');
    await inFront('/last.faultline.yaml');
    const names = (await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder(), 'new'))).map(([name]) => name);
    assert.ok(names.includes('last.faultline.yaml'));
    assert.deepEqual(
      names.filter((name) => !/^(my-|mine|other|last)/.test(name)),
      [],
    );
  });

  it('takes what runs from a compose file', async () => {
    const compose = vscode.Uri.joinPath(folder(), 'new', 'compose.yaml');
    await vscode.workspace.fs.writeFile(compose, new TextEncoder().encode('services:\n  only: { image: nginx }\n'));
    await make('compose', 'composed');
    const editor = await inFront('/composed.faultline.yaml');
    assert.match(editor.document.getText(), /^include: \[compose\.yaml\]$/m);
    assert.match(editor.document.getText(), /visit: \{ entry: only,/);
    // The journey makes it one; it is said where the service stands.
    await diagnostics(await vscode.workspace.openTextDocument(compose), 'single-point-of-failure');
  });
});
