import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { faultline } from './api.js';
import { folder, showNew, until } from './editor.js';

const text = `faultline: 1
system: ferry

zones:
  north: {}

components:
  quay: { kind: service, replicas: 2, zones: [north], concurrency: 4 }
  "<b>winch</b>": { kind: database, availability: 99.5%, runbook: "javascript:alert(1)" }

calls:
  - { from: quay, to: "<b>winch</b>" }

journeys:
  sail: { entry: quay, rate: 10/s, availability: 99.9% }
`;

async function written(target: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
}

describe('the report', () => {
  let uri: string;
  let place: vscode.Uri;

  before(async () => {
    await faultline();
    place = vscode.Uri.joinPath(folder(), 'reports');
    uri = (await showNew('reports/ferry.faultline.yaml', text)).document.uri.toString();
  });

  after(async () => {
    await vscode.workspace.fs.delete(place, { recursive: true });
  });

  it('is written as one page with its picture', async () => {
    const target = vscode.Uri.joinPath(place, 'ferry.html');
    await vscode.commands.executeCommand('faultline.report', { uri, format: 'html', target: target.toString() });
    const html = await written(target);
    assert.match(html, /<h1>Reliability report: ferry<\/h1>/);
    assert.match(html, /<figure>.*<svg [^>]*role="img"/);
    assert.match(html, /&lt;b&gt;winch&lt;\/b&gt;/);
    assert.doesNotMatch(html, /<script|<b>|href="(?:javascript|command|data):/i);
    assert.match(html, /missing-timeout/);
  });

  it('has no runbook that is anything but a page to open', async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', vscode.Uri.parse(uri), 100);
    assert.deepEqual(
      links.map(({ target }) => target?.scheme).filter((scheme) => scheme !== 'https'),
      [],
    );
  });

  it('is written as Markdown with the picture beside it', async () => {
    const target = vscode.Uri.joinPath(place, 'ferry.md');
    await vscode.commands.executeCommand('faultline.report', { uri, format: 'markdown', target: target.toString() });
    assert.match(await written(target), /!\[The architecture of ferry\]\(<ferry-map\.svg>\)/);
    assert.match(await written(vscode.Uri.joinPath(place, 'ferry-map.svg')), /^<svg /);
  });

  it('is shown as a text that is not saved yet', async () => {
    await vscode.commands.executeCommand('faultline.report', { uri, format: 'untitled' });
    const shown = await until('the report', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.languageId === 'markdown' ? document : undefined;
    });
    assert.match(shown.getText(), /^# Reliability report: ferry\n/);
    assert.equal(shown.isUntitled, true);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
