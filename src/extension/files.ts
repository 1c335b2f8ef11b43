import * as vscode from 'vscode';
import type { Log } from './log';

/** Larger files are not reviewed: nobody writes them by hand, and the editor must not wait for them. */
export const mostCharacters = 2_000_000;

/**
 * The text of a file, or undefined where there is none, it is not text or it is too large. Read as bytes: opening a
 * document for it would wake every other extension for YAML.
 */
export async function readText(uri: vscode.Uri, log: Log): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return undefined;
    if (size > mostCharacters) {
      log.warn(`${uri.toString()} has ${size} bytes and is not read.`);
      return undefined;
    }
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return text.includes('\0') ? undefined : text;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) log.failed(`reading ${uri.toString()}`, error);
    return undefined;
  }
}

/** The names in a folder, folders with a slash behind; undefined where there is no such folder. */
export async function readFolder(uri: vscode.Uri): Promise<readonly string[] | undefined> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.map(([name, type]) => ((type & vscode.FileType.Directory) !== 0 ? `${name}/` : name)).sort();
  } catch {
    return undefined;
  }
}
