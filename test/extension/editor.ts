// What the tests of this folder need again and again.
import * as vscode from 'vscode';

/** The folder that is open: a copy of the examples, which tests may change. */
export function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  if (!first) throw new Error('No folder is open.');
  return first.uri;
}

/** Opens a file of the folder in the editor, and waits until it is the one in front. */
export async function show(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), path));
  await vscode.window.showTextDocument(document);
  return inFront(path);
}

/** Waits until the editor in front is one whose address ends like this: that comes a moment after it was opened. */
export function inFront(path: string): Promise<vscode.TextEditor> {
  const shown = () => vscode.window.activeTextEditor;
  return until(
    `${path} in front`,
    () => shown()?.document.uri.path.endsWith(path) && shown(),
    () => shown()?.document.uri.path ?? 'no editor',
  );
}

/** Writes a file into the folder and opens it. */
export async function showNew(path: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), path), new TextEncoder().encode(text));
  return show(path);
}

/** Replaces the whole text of an editor, as one edit. The editor refuses an edit of a text that changed under way: then once more. */
export async function setText(editor: vscode.TextEditor, text: string): Promise<void> {
  await until(
    `the new text of ${editor.document.uri.path}`,
    async () => {
      const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
      if (editor.document.getText() !== text) await editor.edit((builder) => builder.replace(editor.document.validateRange(all), text));
      return editor.document.getText() === text;
    },
    () => editor.document.getText(),
  );
}

/** Writes a setting of the workspace, or takes it away. The editor refuses it while the file of settings is being read again. */
export async function configure(
  section: string,
  scope: vscode.ConfigurationScope | undefined,
  name: string,
  value: unknown,
  forLanguage = false,
): Promise<void> {
  let trouble: unknown;
  await until(
    `the setting ${section}.${name}`,
    async () => {
      try {
        await vscode.workspace.getConfiguration(section, scope).update(name, value, vscode.ConfigurationTarget.Workspace, forLanguage);
        return true;
      } catch (error) {
        trouble = error;
        return false;
      }
    },
    () => trouble,
  );
}

/** Seconds after which what is waited for is not coming. Far more than it takes: a busy machine is no failure, only what hangs is. */
const patience = 45;

/**
 * Waits until `look` finds something (not undefined, not false).
 * @param what is named when it never does
 * @param seen tells what there was instead, at the end
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  seen?: () => unknown,
  seconds = patience,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (Date.now() > end) {
      const last = seen?.();
      const text = typeof last === 'string' || last instanceof Error ? String(last) : JSON.stringify(last);
      throw new Error(`Not seen within ${seconds} s: ${what}${seen ? `. Last seen: ${text}` : ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The code of a diagnostic as text; where it links to a page, its value. */
export function codeOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : (code ?? ''));
}

/** Waits until a file has a diagnostic with this code, and returns all those that have it. */
export function diagnostics(document: vscode.TextDocument, code: string): Promise<vscode.Diagnostic[]> {
  return until(
    `a diagnostic ${code} in ${document.uri.path}`,
    () => {
      const found = vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => codeOf(diagnostic) === code);
      return found.length > 0 && found;
    },
    () => vscode.languages.getDiagnostics(document.uri).map(codeOf),
  );
}

/** The findings of ours in a file that have this code, as they are now. */
export function findings(uri: vscode.Uri, code: string): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'faultline' && codeOf(diagnostic) === code);
}

/** The position just behind the first occurrence of a text. */
export function behind(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`${text} is not in ${document.uri.path}`);
  return document.positionAt(at + text.length);
}

/** The text of each hover at a position. */
export async function hoverTexts(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers.map(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n'));
}

/** All that hovers at a position say. */
export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  return (await hoverTexts(uri, position)).join('\n');
}

/** What completion offers at a position. */
export async function completionLabels(uri: vscode.Uri, position: vscode.Position): Promise<readonly string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, position);
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
