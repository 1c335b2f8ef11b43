import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { faultline } from '../api.js';
import { behind, completionLabels, findings, hoverTexts, show, until } from '../editor.js';

/** What test/host/standins/yaml says to every document of the language `yaml`. */
const other = {
  hover: 'hover of another extension',
  completion: 'completion of another extension',
  symbol: 'symbol of another extension',
  text: '# formatted by another extension\n',
};

/** How many of the hovers at a position are ours, and how many the other extension's. */
async function hovers(document: vscode.TextDocument, text: string): Promise<{ readonly ours: number; readonly others: number }> {
  const texts = await hoverTexts(document.uri, behind(document, text));
  const others = texts.filter((each) => each === other.hover).length;
  return { ours: texts.length - others, others };
}

/** The findings of a file, each as text. */
function texts(uri: vscode.Uri): readonly string[] {
  return vscode.languages.getDiagnostics(uri).map(({ range, message }) => `${range.start.line}:${range.start.character} ${message}`);
}

async function count(document: vscode.TextDocument, text: string, label: string): Promise<number> {
  return (await completionLabels(document.uri, behind(document, text))).filter((each) => each === label).length;
}

describe('Beside another extension for YAML', () => {
  before(async () => {
    // It starts with the first document of its language.
    const { document } = await show('docker-compose.yml');
    await until('the other extension', async () => (await hovers(document, '  we')).others === 1);
    await faultline();
  });

  describe('a file of our language', () => {
    let document: vscode.TextDocument;

    before(async () => {
      ({ document } = await show('shop.faultline.yaml'));
      await until('a finding', () => findings(document.uri, 'missing-timeout').length > 0);
    });

    it('is ours alone', async () => {
      assert.equal(document.languageId, 'faultline');
      assert.deepEqual(await hovers(document, 'from: ti'), { ours: 1, others: 0 });
      assert.equal(await count(document, 'kind: ', other.completion), 0);
      assert.equal(await count(document, 'kind: ', 'database'), 1);
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
      assert.deepEqual(
        symbols.filter(({ name }) => name === other.symbol || name === 'till').map(({ name }) => name),
        ['till'],
      );
    });

    it('has each finding once', () => {
      assert.equal(findings(document.uri, 'missing-timeout').length, 1);
      assert.equal(new Set(texts(document.uri)).size, texts(document.uri).length);
    });

    it('is not formatted by it', async () => {
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
        'vscode.executeFormatDocumentProvider',
        document.uri,
      );
      assert.ok(!(edits ?? []).some(({ newText }) => newText === other.text));
    });
  });

  describe('a file of ours that somebody reads as YAML', () => {
    let document: vscode.TextDocument;

    before(async () => {
      ({ document } = await show('corner.topology.yaml'));
      await until('a finding', () => findings(document.uri, 'missing-timeout').length > 0);
    });

    it('has each finding once', () => {
      assert.equal(document.languageId, 'yaml');
      assert.equal(findings(document.uri, 'missing-timeout').length, 1);
      assert.equal(new Set(texts(document.uri)).size, texts(document.uri).length);
    });

    it('has what both know, each once', async () => {
      assert.deepEqual(await hovers(document, 'from: ti'), { ours: 1, others: 1 });
      assert.equal(await count(document, 'kind: ', 'database'), 1);
      assert.equal(await count(document, 'kind: ', other.completion), 1);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
      assert.equal(lenses.filter(({ command }) => command?.title === 'till → stock').length, 1);
      const declared = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        behind(document, 'from: ti'),
      );
      assert.deepEqual(
        declared.map(({ range }) => range.start.line),
        [4],
      );
    });

    it('has each fix once', async () => {
      const [finding] = findings(document.uri, 'missing-timeout');
      assert.ok(finding);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding.range,
      );
      assert.equal(actions.filter(({ title }) => title.startsWith('Insert timeout: ')).length, 1);
    });

    it('is formatted by the other extension', async () => {
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>('vscode.executeFormatDocumentProvider', document.uri);
      assert.ok(edits.some(({ newText }) => newText === other.text));
    });
  });

  describe('a compose file', () => {
    let document: vscode.TextDocument;

    before(async () => {
      ({ document } = await show('docker-compose.yml'));
      await until('a finding', () => texts(document.uri).length > 0);
    });

    it('has each finding once, and what both know once', async () => {
      assert.equal(new Set(texts(document.uri)).size, texts(document.uri).length);
      assert.deepEqual(await hovers(document, '  we'), { ours: 1, others: 1 });
    });

    it('is completed by the other extension', async () => {
      assert.equal(await count(document, 'image: ', other.completion), 1);
      assert.equal(await count(document, 'services:\n  ', 'component'), 0);
    });
  });
});
