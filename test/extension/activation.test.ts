import { web } from 'faultline:suites';
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { diagnostics, folder, show } from './editor.js';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('The extension', () => {
  const extension = vscode.extensions.getExtension<unknown>('faultline.faultline');

  it('starts by itself when an architecture is opened', async () => {
    assert.ok(extension);
    const { document } = await show('lab.faultline.yaml');
    const found = await diagnostics(document, 'missing-timeout');
    assert.equal(extension.isActive, true);
    assert.equal(found.length, 2);
  });

  it('runs in the host that is meant', () => {
    assert.equal(extension?.extensionKind, web ? vscode.ExtensionKind.UI : vscode.ExtensionKind.Workspace);
    // The worker sees no disk: what is open comes through the editor.
    assert.equal(folder().scheme, web ? 'vscode-remote' : 'file');
  });

  it('has every command that its manifest names', async () => {
    assert.ok(extension);
    const { contributes } = extension.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
    assert.ok(contributes.commands.length > 0);
  });
});
