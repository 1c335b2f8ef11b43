import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { Program } from './program';

const shop = `faultline: 1
system: shop
components:
  api: { kind: service, concurrency: 8, availability: 99.9% }
  db: { kind: database, availability: 99.95% }
calls:
  - from: api
    to: db
    operation: GET /orders
journeys:
  orders: { entry: api, rate: 50/s, availability: 99.5% }
`;

describe('the language server', function () {
  this.timeout(30_000);

  let program: Program;
  let folder: string;
  const watched: string[] = [];
  let server: ChildProcess;
  let client: ProtocolConnection;
  const published = new Map<string, readonly Diagnostic[]>();
  const waiting: (() => void)[] = [];

  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();

  /** The diagnostics of a file once they are as wanted. */
  async function diagnostics(name: string, wanted: (list: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    for (;;) {
      const list = published.get(uriOf(name));
      if (list && wanted(list)) return list;
      await new Promise<void>((done) => waiting.push(done));
    }
  }

  before(async () => {
    program = new Program();
    folder = program.folder;
    program.files({
      'shop.faultline.yaml': shop,
      'more/web.calls.yaml': 'faultline: 1\nsystem: shop\ncalls:\n  - { from: web, to: api }\n',
    });
    server = spawn(process.execPath, [program.path, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
    assert.ok(server.stdout && server.stdin);
    client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics: list }: PublishDiagnosticsParams) => {
      published.set(uri, list);
      for (const done of waiting.splice(0)) done();
    });
    client.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      watched.push(...registrations.map(({ method }) => method));
    });
    client.listen();
    const { capabilities } = (await client.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      workspaceFolders: [{ uri: pathToFileURL(folder).toString(), name: 'here' }],
    })) as { capabilities: Readonly<Record<string, unknown>> };
    assert.equal(capabilities['hoverProvider'], true);
    await client.sendNotification('initialized', {});
  });

  after(async () => {
    await client.sendRequest('shutdown');
    const gone = new Promise((done) => server.once('exit', done));
    await client.sendNotification('exit');
    assert.equal(await gone, 0);
    client.dispose();
    program.remove();
  });

  it('finds what is wrong in files that nobody has open', async () => {
    const list = await diagnostics('more/web.calls.yaml', (found) => found.length > 0);
    assert.deepEqual(list.map(({ code }) => code).includes('unknown-reference'), true);
    const [missing] = (await diagnostics('shop.faultline.yaml', (found) => found.length > 0)).filter(
      ({ code }) => code === 'missing-timeout',
    );
    assert.deepEqual(missing?.range, { start: { line: 6, character: 4 }, end: { line: 6, character: 13 } });
  });

  it('tells a journey’s availability in a hover', async () => {
    const textDocument = { uri: uriOf('shop.faultline.yaml') };
    await client.sendNotification('textDocument/didOpen', {
      textDocument: { ...textDocument, languageId: 'faultline', version: 1, text: shop },
    });
    const hover = (await client.sendRequest('textDocument/hover', { textDocument, position: { line: 10, character: 4 } })) as Hover | null;
    assert.match(JSON.stringify(hover?.contents), /99\.85%/);
    assert.equal(await client.sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 12 } }), null);
  });

  it('offers a fix, writes it, and sees it gone after the edit', async () => {
    const textDocument = { uri: uriOf('shop.faultline.yaml') };
    const range = { start: { line: 6, character: 4 }, end: { line: 6, character: 4 } };
    const actions = (await client.sendRequest('textDocument/codeAction', {
      textDocument,
      range,
      context: { diagnostics: [] },
    })) as CodeAction[];
    const insert = actions.find(({ title }) => title.startsWith('Insert timeout: '));
    assert.ok(insert && insert.edit === undefined);
    const resolved = (await client.sendRequest('codeAction/resolve', insert)) as CodeAction;
    const [edit] = resolved.edit?.changes?.[textDocument.uri] ?? [];
    assert.match(edit?.newText ?? '', /timeout: \d+(ms|s)/);
    await client.sendNotification('textDocument/didChange', {
      textDocument: { ...textDocument, version: 2 },
      contentChanges: [{ range: edit?.range, text: edit?.newText }],
    });
    await diagnostics('shop.faultline.yaml', (found) => found.every(({ code }) => code !== 'missing-timeout'));
  });

  it('leads to declarations, outlines and completes', async () => {
    const textDocument = { uri: uriOf('shop.faultline.yaml') };
    const definition = (await client.sendRequest('textDocument/definition', { textDocument, position: { line: 6, character: 11 } })) as {
      uri: string;
    }[];
    assert.deepEqual(
      definition.map(({ uri }) => uri),
      [textDocument.uri],
    );
    const symbols = (await client.sendRequest('textDocument/documentSymbol', { textDocument })) as unknown[];
    assert.ok(symbols.length > 0);
    const items = (await client.sendRequest('textDocument/completion', { textDocument, position: { line: 3, character: 10 } })) as {
      label: string;
    }[];
    assert.ok(Array.isArray(items));
  });

  it('goes by the configuration, and corrects what is wrong in it', async () => {
    const textDocument = { uri: uriOf('faultline.config.yaml') };
    await client.sendNotification('textDocument/didOpen', {
      textDocument: { ...textDocument, languageId: 'yaml', version: 1, text: 'ruels:\n  unknown-reference: hint\n' },
    });
    const [problem] = await diagnostics('faultline.config.yaml', (found) => found.length > 0);
    assert.deepEqual(problem?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } });
    const actions = (await client.sendRequest('textDocument/codeAction', {
      textDocument,
      range: problem?.range,
      context: { diagnostics: [] },
    })) as CodeAction[];
    const [edit] = actions[0]?.edit?.changes?.[textDocument.uri] ?? [];
    assert.equal(edit?.newText, 'rules');
    await client.sendNotification('textDocument/didChange', {
      textDocument: { ...textDocument, version: 2 },
      contentChanges: [{ range: edit?.range, text: edit?.newText }],
    });
    await diagnostics('more/web.calls.yaml', (found) => found.some(({ code, severity }) => code === 'unknown-reference' && severity === 4));
    const words = (await client.sendRequest('textDocument/completion', { textDocument, position: { line: 1, character: 21 } })) as {
      label: string;
    }[];
    assert.deepEqual(words.map(({ label }) => label).sort(), ['error', 'hint', 'info', 'off', 'warning']);
    const hover = (await client.sendRequest('textDocument/hover', { textDocument, position: { line: 0, character: 2 } })) as Hover;
    assert.match(JSON.stringify(hover.contents), /The severity of each rule/);
    await client.sendNotification('textDocument/didClose', { textDocument });
    await diagnostics('more/web.calls.yaml', (found) => found.some(({ code, severity }) => code === 'unknown-reference' && severity === 1));
  });

  it('renames across files, and says why it does not', async () => {
    const textDocument = { uri: uriOf('shop.faultline.yaml') };
    const edit = (await client.sendRequest('textDocument/rename', {
      textDocument,
      position: { line: 3, character: 3 },
      newName: 'front',
    })) as { changes?: Record<string, { newText: string }[]> };
    assert.equal(
      edit.changes?.[textDocument.uri]?.every(({ newText }) => newText === 'front'),
      true,
    );
    assert.equal(edit.changes?.[uriOf('more/web.calls.yaml')]?.length, 1);
    await assert.rejects(
      client.sendRequest('textDocument/rename', { textDocument, position: { line: 3, character: 3 }, newName: 'db' }) as Promise<unknown>,
      /db/,
    );
  });

  it('colours, folds, highlights, lists and hints', async () => {
    const textDocument = { uri: uriOf('shop.faultline.yaml') };
    const ask = (method: string, more: object = {}) => client.sendRequest(method, { textDocument, ...more }) as Promise<unknown>;
    const position = { line: 6, character: 11 };
    const tokens = (await ask('textDocument/semanticTokens/full')) as { data: number[] };
    assert.ok(tokens.data.length > 0 && tokens.data.length % 5 === 0);
    assert.ok(((await ask('textDocument/foldingRange')) as unknown[]).length > 0);
    assert.equal(((await ask('textDocument/documentHighlight', { position })) as unknown[]).length, 3);
    assert.ok(((await ask('textDocument/selectionRange', { positions: [position] })) as unknown[]).length === 1);
    const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
    assert.ok(((await ask('textDocument/inlayHint', { range })) as unknown[]).length > 0);
    const symbols = (await client.sendRequest('workspace/symbol', { query: 'ord' })) as { name: string }[];
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['orders'],
    );
  });

  it('asks to be told of changes on the disk, and follows them', async () => {
    assert.deepEqual(watched, ['workspace/didChangeWatchedFiles']);
    program.write('more/web.calls.yaml', 'faultline: 1\nsystem: shop\ncalls:\n  - { from: nowhere, to: api }\n');
    await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('more/web.calls.yaml'), type: 2 }] });
    await diagnostics('more/web.calls.yaml', (found) => found.some(({ message }) => JSON.stringify(message).includes('nowhere')));
  });

  it('takes severities from the settings, and text that is half typed', async () => {
    await client.sendNotification('workspace/didChangeConfiguration', {
      settings: { faultline: { rules: { 'unknown-reference': 'off' } } },
    });
    await diagnostics('more/web.calls.yaml', (found) => found.every(({ code }) => code !== 'unknown-reference'));
    const textDocument = { uri: uriOf('shop.faultline.yaml'), version: 3 };
    await client.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text: shop.replace('to: db', 'to: "d') }] });
    await diagnostics('shop.faultline.yaml', (found) => found.some(({ code }) => code === 'syntax'));
    await client.sendNotification('textDocument/didClose', { textDocument });
    await diagnostics('shop.faultline.yaml', (found) => found.every(({ code }) => code !== 'syntax'));
    assert.equal(readFileSync(join(folder, 'shop.faultline.yaml'), 'utf8'), shop);
  });
});
