import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { faultline } from './api.js';
import { configure, folder, setText, showNew, until } from './editor.js';

const topology = `faultline: 1
system: bakery
# Where bread
# comes from.
components:
  oven:
    kind: service
    replicas: 2
    availability: 99%
    runbook: https://wiki.example.com/oven
  flour: { kind: database, availability: 99.5% }
`;

const text = `faultline: 1
system: bakery
include: [bakery.topology.yaml]
calls:
  - { from: oven, to: flour, timeout: 500ms, retry: { maxAttempts: 2, backoff: constant, base: 200ms } }
journeys:
  bake: { entry: oven, rate: 10/s }
scenarios:
  no-flour: { events: [{ at: 1s, kill: flour }, { at: 5s, crash: oven#2 }] }
`;

/** The position just behind the first occurrence of a text. */
function behind(document: vscode.TextDocument, found: string): vscode.Position {
  const at = document.getText().indexOf(found);
  assert.ok(at >= 0, `${found} is not in ${document.uri.path}`);
  return document.positionAt(at + found.length);
}

describe('What an editor knows of a language', () => {
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;
  let other: vscode.TextDocument;

  before(async () => {
    other = (await showNew('bakery.topology.yaml', topology)).document;
    editor = await showNew('bakery.calls.yaml', text);
    document = editor.document;
    await faultline();
  });

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const rename = (position: vscode.Position, name: string) =>
    vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, position, name);

  it('a renaming goes through all files', async () => {
    const edit = await rename(behind(document, 'crash: ov'), 'big oven');
    assert.deepEqual(
      edit
        .entries()
        .map(([uri, edits]) => `${uri.path.slice(uri.path.lastIndexOf('/') + 1)} ${edits.length}`)
        .sort(),
      ['bakery.calls.yaml 3', 'bakery.topology.yaml 1'],
    );
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(document.getText(), text.replaceAll('oven', 'big oven'));
    assert.equal(other.getText(), topology.replace('  oven:', '  big oven:'));
    const back = await rename(behind(document, 'crash: big'), 'oven');
    assert.ok(await vscode.workspace.applyEdit(back));
    assert.equal(document.getText(), text);
    assert.equal(other.getText(), topology);
  });

  it('a renaming that cannot be says why', async () => {
    const failure = (of: PromiseLike<unknown>) =>
      Promise.resolve(of).then(
        () => 'it was renamed',
        (error: unknown) => String(error),
      );
    assert.match(await failure(rename(behind(document, 'entry: ov'), 'flour')), /There is a component `flour` already/);
    const prepare = (position: vscode.Position) => vscode.commands.executeCommand('vscode.prepareRename', document.uri, position);
    assert.match(await failure(prepare(behind(document, 'timeout: 5'))), /no name to rename/);
    const at = await vscode.commands.executeCommand<{ readonly placeholder: string }>(
      'vscode.prepareRename',
      document.uri,
      behind(document, 'crash: ov'),
    );
    assert.equal(at.placeholder, 'oven');
  });

  it('a name is highlighted where it is said', async () => {
    const found = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      behind(document, 'entry: ov'),
    );
    assert.deepEqual(
      found.map(({ range }) => `${document.getText(range)} ${range.start.line}`),
      ['oven 4', 'oven 6', 'oven 8'],
    );
  });

  it('the symbols of the workspace are those of all systems', async () => {
    const names = async (query: string) => {
      const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', query);
      return found.filter(({ containerName }) => containerName === 'bakery').map(({ name }) => name);
    };
    assert.deepEqual((await names('')).sort(), ['bake', 'flour', 'no-flour', 'oven']);
    assert.deepEqual(await names('nofl'), ['no-flour']);
  });

  it('entries and comments fold', async () => {
    const found = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', other.uri);
    assert.deepEqual(
      found.map(({ start, end }) => `${start}-${end}`),
      ['2-3', '4-10', '5-9'],
    );
  });

  it('a selection grows from a value to its entry', async () => {
    const [first] = await vscode.commands.executeCommand<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [
      behind(document, 'maxAttempts: 2'),
    ]);
    assert.ok(first);
    const steps: string[] = [];
    for (let here: vscode.SelectionRange | undefined = first; here; here = here.parent) steps.push(document.getText(here.range));
    assert.ok(steps.includes('2') && steps.includes('maxAttempts: 2'), steps.join('\n'));
    assert.ok(steps.some((step) => step.startsWith('retry: {')) && steps.some((step) => step.startsWith('calls:')));
  });

  it('names have the colours of what they name', async () => {
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      document.uri,
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    const types = [...tokens.data].flatMap((value, i) => (i % 5 === 3 ? (legend.tokenTypes[value] ?? '?') : []));
    assert.deepEqual(types, ['class', 'class', 'event', 'class', 'function', 'class', 'class']);
    assert.deepEqual(legend.tokenModifiers, ['declaration']);
  });

  it('links lead to runbooks and included files', async () => {
    const links = async (of: vscode.TextDocument) =>
      (await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', of.uri, 100)).map(({ target }) =>
        String(target),
      );
    assert.ok((await links(other)).includes('https://wiki.example.com/oven'));
    assert.deepEqual(await links(document), [other.uri.toString()]);
  });

  it('hints stand behind components, and behind calls for who wants them', async () => {
    const hints = async (of: vscode.TextDocument) => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        of.uri,
        new vscode.Range(0, 0, of.lineCount, 0),
      );
      return found.map(({ position, label }) => `${position.line} ${String(label)}`);
    };
    // Two replicas of 99%: 1 − 0.01².
    assert.deepEqual(await hints(other), ['5 99.99%', '10 99.5%']);
    assert.deepEqual(await hints(document), []);
    await configure('faultline', folder(), 'inlayHints.calls', true);
    try {
      // Twice half a second, and 200 ms between.
      assert.deepEqual(await until('a hint', async () => (await hints(document)).length > 0 && hints(document)), ['4 ≤ 1.2 s']);
    } finally {
      await configure('faultline', folder(), 'inlayHints.calls', undefined);
    }
  });

  it('all that is safe is fixed at once, when somebody asks', async () => {
    await setText(editor, text.replace('timeout: 500ms', 'timeout: 500').replace('entry: oven', 'enty: oven'));
    const ask = (kind: string) =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
        kind,
      );
    const [action, ...more] = await ask('source.fixAll');
    assert.ok(action?.edit && more.length === 0);
    assert.equal(action.kind?.value, 'source.fixAll.faultline');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.equal(document.getText(), text.replace('base: 200ms', 'base: 200ms, jitter: full'));
    assert.deepEqual(await ask('source.fixAll'), []);
    assert.deepEqual(await ask('source.organizeImports'), []);
    await setText(editor, text);
  });

  it('all that is safe is fixed when a file is saved, for who wants it', async () => {
    const scope = { uri: document.uri, languageId: 'faultline' };
    await configure('editor', scope, 'codeActionsOnSave', { 'source.fixAll.faultline': 'explicit' }, true);
    try {
      await setText(editor, text.replace('timeout: 500ms', 'timeout: 500'));
      await vscode.window.showTextDocument(document);
      // The editor gives up on fixes that take it too long, and saves: then somebody saves again.
      await until(
        'the unit',
        async () => {
          await vscode.commands.executeCommand('workbench.action.files.save');
          return document.getText().includes('timeout: 500ms');
        },
        () => document.getText(),
      );
    } finally {
      await configure('editor', scope, 'codeActionsOnSave', undefined, true);
      await setText(editor, text);
    }
  });
});
