import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { MapHandle } from '../../src/extension/activate';
import { faultline } from './api.js';
import { folder, inFront, setText, showNew, until } from './editor.js';

const text = `faultline: 1
system: harbour

zones:
  north: {}

components:
  quay: { kind: service, replicas: 2, zones: [north], concurrency: 4 }
  crane: { kind: database, availability: 99.5% }

calls:
  - { from: quay, to: crane }

journeys:
  load: { entry: quay, rate: 10/s }
`;

function tabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs: all }) =>
    all.flatMap(({ input }) => (input instanceof vscode.TabInputWebview ? [input.viewType] : [])),
  );
}

function isMap(viewType: string): boolean {
  return viewType.endsWith('faultline.map');
}

/** Answers a question of the editor as somebody in front of it would, until the result is called. */
function answering(
  question: 'showInputBox' | 'showSaveDialog' | 'showInformationMessage',
  answer: unknown,
  told: (text: unknown) => void = () => {},
): () => void {
  const { window } = vscode;
  const asked = window[question];
  const value = (text: unknown) => {
    told(text);
    return Promise.resolve(answer);
  };
  Object.defineProperty(window, question, { value, configurable: true, writable: true });
  return () => Object.defineProperty(window, question, { value: asked, configurable: true, writable: true });
}

describe('The map', () => {
  let editor: vscode.TextEditor;
  let map: MapHandle;

  before(async () => {
    editor = await showNew('harbour.faultline.yaml', text);
    await faultline();
  });

  it('opens beside the text and leaves the caret there', async () => {
    const api = await faultline();
    await vscode.commands.executeCommand('faultline.openMap');
    await until('the tab', () => tabs().filter(isMap).length === 1);
    map = await until('the page to run', () => api.maps().find(({ isReady }) => isReady));
    assert.match(map.title, /harbour/);
    await inFront('/harbour.faultline.yaml');
  });

  it('knows what the editor knows', () => {
    const marks = (map.model?.marks ?? []).map(({ rule, element }) => `${rule}: ${element}`);
    assert.ok(marks.includes('missing-timeout: call quay -> crane'), marks.join('\n'));
    const captions = new Map((map.model?.captions ?? []).map(({ element, text: shown }) => [String(element), shown]));
    assert.equal(captions.get('component crane'), '99.5%');
    assert.match(captions.get('journey load') ?? '', /% · .*h\/yr/);
  });

  it('selects what the caret stands in', async () => {
    const put = (needle: string) => {
      const at = editor.document.positionAt(editor.document.getText().indexOf(needle));
      editor.selection = new vscode.Selection(at, at);
    };
    put('database');
    await until('the component', () => map.selected === 'component crane');
    put('to: crane');
    await until('the call', () => map.selected === 'call quay -> crane');
    put('rate:');
    await until('the journey', () => map.selected === 'journey load');
  });

  it('reveals the text of what is selected on it', async () => {
    map.receive({ type: 'reveal', element: 'component quay' });
    await until('the selection', () => editor.document.getText(editor.selection) === 'quay' && editor.selection.start.line === 7);
    map.receive({ type: 'reveal', element: 'call quay -> crane' });
    await until('the call', () => editor.document.getText(editor.selection) === 'from: quay');
  });

  it('shows one map for a system, asked as often as you like', async () => {
    await vscode.commands.executeCommand('faultline.openMap');
    await vscode.commands.executeCommand('faultline.openMap', editor.document.uri);
    assert.equal(tabs().filter(isMap).length, 1);
  });

  it('is led to by a code lens, with what to select', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', editor.document.uri, 100);
    const lens = lenses.find(({ command }) => command?.title === 'quay → crane');
    assert.equal(lens?.command?.command, 'faultline.openMap');
    map.receive({ type: 'reveal', element: 'component crane' });
    // The caret follows, and the map follows the caret: only then is it the lens that selects.
    await until('the caret', () => editor.document.getText(editor.selection) === 'crane');
    await until('the component', () => map.selected === 'component crane');
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    await until('the journey', () => map.selected === 'journey load');
  });

  it('follows the text, and keeps the last sound model while the text is not', async () => {
    await setText(editor, text.replace('99.5%', '99.9%'));
    await until('the new figure', () =>
      map.model?.captions.some((caption) => caption.element === 'component crane' && caption.text === '99.9%'),
    );
    await setText(editor, text.replace('components:', 'components: "'));
    await until('a note', () => map.model?.note !== undefined);
    assert.ok(map.model?.captions.some(({ element }) => element === 'component crane'));
    await setText(editor, text);
    await until('the note to go', () => map.model?.note === undefined);
  });

  /** Asks what can be done about the call, and waits for the answer. */
  async function peek(): Promise<void> {
    map.receive({ type: 'peek', elements: ['call quay -> crane'] });
    await until('the fixes', () => map.offered.length > 0);
  }

  it('does what can be done about a finding, as an edit that can be undone', async () => {
    await peek();
    map.receive({ type: 'fix', id: 0 });
    await until('the timeout', () => /from: quay, to: crane, .*timeout: /.test(editor.document.getText()));
    const kept = text.split('\n').filter((line) => !line.includes('from: quay'));
    for (const line of kept) assert.ok(editor.document.getText().includes(line), line);
    await until('the picture without it', () => map.model && !map.model.marks.some(({ rule }) => rule === 'missing-timeout'));
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    await until('the text as it was', () => editor.document.getText() === text);
  });

  it('ignores a finding with a reason that is asked for, and does nothing where none is given', async () => {
    await peek();
    const id = map.offered.indexOf('Ignore missing-timeout here, with a reason');
    assert.ok(id > 0, map.offered.join('\n'));
    let isAsked = false;
    const drop = answering('showInputBox', undefined, () => {
      isAsked = true;
    });
    try {
      map.receive({ type: 'fix', id });
      await until('the question', () => isAsked);
    } finally {
      drop();
    }
    assert.equal(editor.document.getText(), text);
    const restore = answering('showInputBox', 'the client  has one');
    try {
      map.receive({ type: 'fix', id });
      await until('the comment', () => editor.document.getText().includes('  # faultline-ignore missing-timeout -- the client has one\n'));
    } finally {
      restore();
    }
    await until('the picture without it', () => map.model && !map.model.marks.some(({ rule }) => rule === 'missing-timeout'));
    await setText(editor, text);
  });

  it('answers what becomes of each journey on paper, of any variant', async () => {
    const onPaper = await map.onPaper('protected');
    assert.deepEqual(onPaper?.journeys, ['load']);
    assert.deepEqual(onPaper?.things.find(({ name }) => name === 'crane')?.stops, ['load']);
  });

  it('does nothing to a text that has changed since', async () => {
    await peek();
    const other = text.replace('10/s', '11/s');
    await setText(editor, other);
    const said: unknown[] = [];
    const restore = answering('showInformationMessage', undefined, (message) => said.push(message));
    try {
      map.receive({ type: 'fix', id: 0 });
      await until('why nothing was done', () => said.length > 0);
    } finally {
      restore();
    }
    assert.match(String(said[0]), /text has changed meanwhile/);
    assert.equal(editor.document.getText(), other);
    await setText(editor, text);
  });

  it('writes what was done by hand into the text, under a name that is asked for', async () => {
    const restore = answering('showInputBox', 'payment gone');
    map.receive({
      type: 'save-scenario',
      story: {
        name: '',
        duration: 20,
        seed: 1,
        events: [{ at: 1.25, fault: { kind: 'kill', target: { kind: 'component', name: 'crane' } } }],
        expect: [],
      },
    });
    const saved = `${text}
scenarios:
  payment gone:
    duration: 20s
    seed: 1
    events:
      - { at: 1.25s, kill: crane }
`;
    await until('the scenario', () => editor.document.getText() !== text).finally(restore);
    assert.equal(editor.document.getText(), saved);
    await until('the map to know it', () => map.model?.system.packed.includes('payment gone'));
    await until('the caret there', () => editor.document.getText(editor.selection) === 'payment gone');
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    await until('the text as it was', () => editor.document.getText() === text);
  });

  it('keeps a picture where somebody wants it', async () => {
    const svg = vscode.Uri.joinPath(folder(), 'harbour.svg');
    const restore = answering('showSaveDialog', svg);
    map.receive({ type: 'save-picture', format: 'svg', content: '<svg>ü</svg>' });
    const read = async (uri: vscode.Uri) => {
      try {
        return await vscode.workspace.fs.readFile(uri);
      } catch {
        return undefined;
      }
    };
    // A file is there before its content is.
    const whole = async (uri: vscode.Uri, length: number) => {
      const found = await read(uri);
      return found?.length === length && found;
    };
    const written = await until('the SVG', () => whole(svg, 13));
    restore();
    assert.equal(new TextDecoder().decode(written), '<svg>ü</svg>');
    const png = vscode.Uri.joinPath(folder(), 'harbour.png');
    const again = answering('showSaveDialog', png);
    map.receive({ type: 'save-picture', format: 'png', content: 'iVBO/w==' });
    const bytes = await until('the PNG', () => whole(png, 4));
    again();
    assert.deepEqual([...bytes], [0x89, 0x50, 0x4e, 0xff]);
  });

  it('opens on a compose file that no Faultline file knows', async () => {
    const api = await faultline();
    await showNew(
      'alone/compose.yaml',
      'services:\n  web:\n    image: nginx\n    environment:\n      DB: postgres://store/x\n  store:\n    image: postgres\n',
    );
    await vscode.commands.executeCommand('faultline.openMap');
    const other = await until('the second map', () => api.maps().find((open) => open.title !== map.title && open.isReady));
    assert.match(other.model?.system.packed ?? '', /store/);
    other.close();
  });

  it('is closed like any tab', async () => {
    const api = await faultline();
    map.close();
    await until('it to go', () => tabs().filter(isMap).length === 0);
    assert.equal(api.maps().length, 0);
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
