import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { faultline } from '../api.js';
import { behind, findings, until } from '../editor.js';

// Two folders of one window, each with a system of the same name, the same parts and a configuration of its own.
describe('Two folders with a system of the same name', () => {
  const folderAt = (index: number): vscode.Uri => {
    const found = vscode.workspace.workspaceFolders?.[index];
    assert.ok(found);
    return found.uri;
  };
  let shops: readonly vscode.Uri[];

  const severities = () => shops.map((shop) => findings(shop, 'missing-timeout').map(({ severity }) => severity));
  const isIn = (found: readonly { readonly uri: vscode.Uri }[], shop: vscode.Uri | undefined) =>
    found.every(({ uri }) => uri.toString() === shop?.toString());

  const opened = (uri: vscode.Uri) => vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

  /** Waits until each folder has these and no others: neither is looked at before or after the other. */
  async function have(...wanted: readonly (readonly vscode.DiagnosticSeverity[])[]): Promise<void> {
    await until(`severities ${JSON.stringify(wanted)}`, () => JSON.stringify(severities()) === JSON.stringify(wanted), severities);
  }

  /** The first of the two, with the name of a component under the caret. */
  async function asked(): Promise<readonly [vscode.Uri, vscode.Position]> {
    const [first] = shops;
    const document = first && opened(first);
    assert.ok(document);
    return [first, behind(document, 'from: ti')];
  }

  before(async () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    shops = [0, 1].map((index) => vscode.Uri.joinPath(folderAt(index), 'shop.faultline.yaml'));
    // As a user opens them: what the API opens stays open for minutes after its tab is closed.
    for (const shop of shops) await vscode.commands.executeCommand('vscode.open', shop, { preview: false });
    await until('both documents', () => shops.every(opened));
    await faultline();
  });

  it('each go by their own configuration, with each finding once', async () => {
    await have([vscode.DiagnosticSeverity.Error], [vscode.DiagnosticSeverity.Information]);
    for (const shop of shops) {
      const [finding] = findings(shop, 'missing-timeout');
      assert.ok(
        isIn(
          (finding?.relatedInformation ?? []).map(({ location }) => location),
          shop,
        ),
      );
    }
  });

  it('each follow their own configuration alone', async () => {
    const configuration = vscode.Uri.joinPath(folderAt(1), 'faultline.config.yaml');
    await vscode.workspace.fs.writeFile(configuration, new TextEncoder().encode('rules: { missing-timeout: hint }\n'));
    await have([vscode.DiagnosticSeverity.Error], [vscode.DiagnosticSeverity.Hint]);
  });

  it('have no finding about the name that they share', () => {
    assert.deepEqual(
      shops.flatMap((shop) => findings(shop, 'duplicate-name')),
      [],
    );
  });

  it('keep their names apart', async () => {
    const [shop, position] = await asked();
    const declared = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', shop, position);
    assert.equal(declared.length, 1);
    assert.ok(isIn(declared, shop));
    const used = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', shop, position);
    assert.equal(used.length, 3);
    assert.ok(isIn(used, shop));
  });

  it('are renamed apart', async () => {
    const [shop, position] = await asked();
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      shop,
      position,
      'counter',
    );
    assert.deepEqual(
      edit.entries().map(([uri, edits]) => [uri.toString(), edits.length]),
      [[shop.toString(), 3]],
    );
  });

  it('are both found by name', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'till');
    const files = symbols.filter(({ name }) => name === 'till').map(({ location }) => location.uri.toString());
    assert.deepEqual([...files].sort(), shops.map(String).sort());
  });

  it('come and go alone', async () => {
    // A file that is open has findings in any folder, so it is closed first.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until(
      'the documents to be closed',
      () => !shops.some(opened),
      () => vscode.workspace.textDocuments.map(({ uri }) => uri.path),
    );
    const second = folderAt(1);
    assert.ok(vscode.workspace.updateWorkspaceFolders(1, 1));
    await have([vscode.DiagnosticSeverity.Error], []);
    await until('the folder to be gone', () => vscode.workspace.workspaceFolders?.length === 1);
    assert.ok(vscode.workspace.updateWorkspaceFolders(1, 0, { uri: second }));
    await have([vscode.DiagnosticSeverity.Error], [vscode.DiagnosticSeverity.Hint]);
  });
});
