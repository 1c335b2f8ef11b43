// What the tests of this folder need again and again.
import * as vscode from 'vscode';

/** The folder that is open: a copy of the examples, which tests may change. */
export function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  if (!first) throw new Error('No folder is open.');
  return first.uri;
}

/** Opens a file of the folder in the editor. */
export async function show(path: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), path));
  return vscode.window.showTextDocument(document);
}

/** Writes a file into the folder and opens it. */
export async function showNew(path: string, text: string): Promise<vscode.TextEditor> {
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), path), new TextEncoder().encode(text));
  return show(path);
}

/** Replaces the whole text of an editor, as one edit. */
export async function setText(editor: vscode.TextEditor, text: string): Promise<void> {
  const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
  await editor.edit((builder) => builder.replace(editor.document.validateRange(all), text));
}

/** Waits until `look` finds something (not undefined, not false); `what` is named when it never does. */
export async function until<T>(what: string, look: () => T | Promise<T>, seconds = 10): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (Date.now() > end) throw new Error(`Not seen within ${seconds} s: ${what}`);
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
  return until(`a diagnostic ${code} in ${document.uri.path}`, () => {
    const found = vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => codeOf(diagnostic) === code);
    return found.length > 0 && found;
  });
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
