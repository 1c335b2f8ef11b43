import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { faultline } from './api.js';
import {
  behind,
  codeOf,
  completionLabels,
  configure,
  findings,
  folder,
  hoverText,
  hoverTexts,
  setText,
  show,
  showNew,
  until,
} from './editor.js';

const shop = `faultline: 1
system: configured
components:
  api: { kind: service }
  db: { kind: database }
calls:
  - { from: api, to: db }
journeys:
  orders: { entry: api, rate: 50/s, availability: 99.5% }
`;

const file = 'configured/faultline.config.yaml';

function severities(uri: vscode.Uri, rule: string): readonly vscode.DiagnosticSeverity[] {
  return findings(uri, rule).map(({ severity }) => severity);
}

async function hasOnly(uri: vscode.Uri, severity: vscode.DiagnosticSeverity | undefined): Promise<void> {
  const wanted = severity === undefined ? '' : String(severity);
  await until(
    `missing-timeout with severity ${wanted}`,
    () => severities(uri, 'missing-timeout').join() === wanted,
    () => severities(uri, 'missing-timeout'),
  );
}

describe('faultline.config.yaml in the editor', () => {
  const uri = () => vscode.Uri.joinPath(folder(), 'configured/shop.faultline.yaml');

  before(async () => {
    await showNew('configured/shop.faultline.yaml', shop);
    await hasOnly(uri(), vscode.DiagnosticSeverity.Warning);
  });

  after(async () => {
    await configure('faultline', uri(), 'rules', undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), 'configured'), { recursive: true });
    await (await faultline()).whenIdle();
  });

  it('counts as soon as it is there, and no more when it is gone', async () => {
    const other = vscode.Uri.joinPath(folder(), 'configured/faultline.config.yml');
    await vscode.workspace.fs.writeFile(other, new TextEncoder().encode('rules: { missing-timeout: error }\n'));
    await hasOnly(uri(), vscode.DiagnosticSeverity.Error);
    await vscode.workspace.fs.delete(other);
    await hasOnly(uri(), vscode.DiagnosticSeverity.Warning);
  });

  it('counts while it is being edited', async () => {
    const editor = await showNew(file, 'rules: { missing-timeout: error }\n');
    await hasOnly(uri(), vscode.DiagnosticSeverity.Error);
    await setText(editor, 'rules: { missing-timeout: info }\navailability: { database: 42% }\n');
    await hasOnly(uri(), vscode.DiagnosticSeverity.Information);
    await until('the assumption in a hover', async () => (await hoverText(uri(), new vscode.Position(4, 3))).includes('42%'));
    await editor.document.save();
  });

  it('gives way to what is set in the editor', async () => {
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder(), file),
      new TextEncoder().encode('rules: { missing-timeout: error }\n'),
    );
    await hasOnly(uri(), vscode.DiagnosticSeverity.Error);
    await configure('faultline', uri(), 'rules', { 'missing-timeout': 'hint' });
    await hasOnly(uri(), vscode.DiagnosticSeverity.Hint);
    await configure('faultline', uri(), 'rules', undefined);
    await hasOnly(uri(), vscode.DiagnosticSeverity.Error);
  });

  it('leaves files out', async () => {
    const editor = await show(file);
    await setText(editor, 'exclude: [shop.faultline.yaml]\n');
    await until('no findings', () => vscode.languages.getDiagnostics(uri()).length === 0);
    await setText(editor, '\n');
    await hasOnly(uri(), vscode.DiagnosticSeverity.Warning);
    await editor.document.save();
  });

  it('shows what is wrong in it, and corrects it', async () => {
    const editor = await show(file);
    await setText(editor, 'rules:\n  mising-timeout: error\n');
    const [problem] = await until('the misspelt rule', () => {
      const found = vscode.languages.getDiagnostics(editor.document.uri);
      return found.length > 0 && found;
    });
    assert.ok(problem);
    assert.equal(codeOf(problem), 'unknown-key');
    assert.ok(problem.range.isEqual(new vscode.Range(1, 2, 1, 16)));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      problem.range,
    );
    const fix = actions.find(({ title }) => title === 'Replace with `missing-timeout`');
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(editor.document.getText(), 'rules:\n  missing-timeout: error\n');
    await until('no problem any more', () => vscode.languages.getDiagnostics(editor.document.uri).length === 0);
    await hasOnly(uri(), vscode.DiagnosticSeverity.Error);
    await editor.document.save();
  });

  it('is completed and explained while it is written', async () => {
    const editor = await show(file);
    const { document } = editor;
    await setText(editor, 'rules:\n  missing-timeout: \nlimits: { restoreAge: 90d }\n');
    const words = await completionLabels(document.uri, behind(document, 'missing-timeout: '));
    for (const severity of ['error', 'warning', 'info', 'hint', 'off'])
      assert.equal(words.filter((word) => word === severity).length, 1, `${severity} in ${words.join(' ')}`);
    await until('what the limit means', async () =>
      (await hoverText(document.uri, behind(document, 'restoreA'))).includes('How long ago a restore may have been tried'),
    );
    assert.equal((await hoverTexts(document.uri, behind(document, 'restoreA'))).length, 1);
    await setText(editor, 'rules:\n  \n');
    assert.ok((await completionLabels(document.uri, new vscode.Position(1, 2))).includes('single-zone'));
    await setText(editor, '\n');
    const keys = await completionLabels(document.uri, new vscode.Position(0, 0));
    assert.ok(keys.includes('rules') && keys.includes('limits'), keys.join(' '));
    await document.save();
  });

  it('points at a wrong value, and follows the disk', async () => {
    const { document } = await show(file);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const write = (text: string) => vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode(text));
    await write('rules: { missing-timeout: eror }\n');
    const [problem] = await until('the wrong severity', () => {
      const found = findings(document.uri, 'invalid-value');
      return found.length > 0 && found;
    });
    assert.ok(problem?.range.isEqual(new vscode.Range(0, 26, 0, 30)));
    await write('rules: { missing-timeout: error }\n');
    await until('no problem any more', () => vscode.languages.getDiagnostics(document.uri).length === 0);
    await hasOnly(uri(), vscode.DiagnosticSeverity.Error);
  });
});
