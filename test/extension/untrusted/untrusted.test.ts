import { web } from 'faultline:suites';
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { faultline } from '../api.js';
import { behind, diagnostics, findings, hoverText, show, until } from '../editor.js';

describe('In a folder that nobody trusts', () => {
  let document: vscode.TextDocument;

  before(async () => {
    ({ document } = await show('shop.faultline.yaml'));
    await faultline();
  });

  it('the editor is in its restricted mode', () => {
    assert.equal(vscode.workspace.isTrusted, false);
    // One that asks for trust is there in the other runs, and not in this one.
    assert.equal(vscode.extensions.getExtension('standin.yaml-standin'), undefined);
  });

  it('findings, hovers and fixes are there', async () => {
    const [finding] = await diagnostics(document, 'missing-timeout');
    assert.ok(finding);
    assert.equal(document.getText(finding.range), 'from: till');
    assert.match(await hoverText(document.uri, behind(document, 'from: ti')), /till/);
    const edit = await until('the fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding.range,
        undefined,
        20,
      );
      return actions.find(({ title }) => title.startsWith('Insert timeout: '))?.edit;
    });
    await vscode.workspace.applyEdit(edit);
    await until('the finding to go', () => findings(document.uri, 'missing-timeout').length === 0);
  });

  it('the map opens', async () => {
    await vscode.commands.executeCommand('faultline.openMap');
    const { maps } = await faultline();
    await until('the page of the map', () => maps()[0]?.isReady);
  });

  it('scenarios run', async () => {
    const { tests } = await faultline();
    await vscode.commands.executeCommand('faultline.runScenario', { uri: document.uri.toString(), system: 'shop', scenario: 'rush' });
    assert.equal(tests().find(({ label }) => label === 'rush')?.state, 'passed');
  });

  it('nothing is executed', async () => {
    assert.deepEqual([vscode.tasks.taskExecutions.length, vscode.window.terminals.length], [0, 0]);
    const extension = vscode.extensions.getExtension('faultline.faultline');
    assert.ok(extension);
    const file = vscode.Uri.joinPath(extension.extensionUri, web ? 'dist/web/extension.js' : 'dist/extension.js');
    const code = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    // Modules of Node that read: none that starts a process, runs code or talks to a network. And no text becomes code.
    const modules = new Set([...code.matchAll(/\brequire\(\s*["'`](?:node:)?([^"'`]+)["'`]\s*\)/g)].map(([, name]) => name ?? ''));
    assert.ok(modules.has('vscode'));
    const harmless = ['vscode', 'buffer', 'fs', 'fs/promises', 'process'];
    assert.deepEqual(
      [...modules].filter((name) => !harmless.includes(name)),
      [],
    );
    assert.doesNotMatch(code, /\beval\(|\bnew Function\(|\bimport\(/);
  });
});
