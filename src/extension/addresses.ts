import * as vscode from 'vscode';
import type { Addresses } from './root';

/** Files that may stand outside of every folder. The last is where an editor in a browser keeps what extensions store. */
const filesOnTheirOwn: ReadonlySet<string> = new Set(['file', 'vscode-remote', 'vscode-userdata']);

/** Which root a document belongs to; undefined for documents that are no files (the other side of a comparison, output). */
export function addressesOf(uri: vscode.Uri): Addresses | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder) return folderAddresses(folder);
  if (uri.scheme === 'untitled') return untitledAddresses(uri);
  if (filesOnTheirOwn.has(uri.scheme)) return looseAddresses(uri);
  return undefined;
}

export function folderAddresses(folder: vscode.WorkspaceFolder): Addresses {
  return within(folder.uri, folder.uri.toString(), true);
}

/** A file outside of every workspace folder: its system is what stands beside it. */
function looseAddresses(uri: vscode.Uri): Addresses {
  const folder = vscode.Uri.joinPath(uri, '..');
  return within(folder, `loose ${folder.toString()}`, false);
}

function within(folder: vscode.Uri, key: string, deep: boolean): Addresses {
  return { key, folder, deep, path: (uri) => uri.path, uri: (path) => folder.with({ path }) };
}

/** A text that is not saved yet has no folder and no name that tells its format, so it gets both. */
function untitledAddresses(document: vscode.Uri): Addresses {
  const path = `/${encodeURIComponent(document.path)}/untitled.faultline.yaml`;
  return {
    key: document.toString(),
    folder: undefined,
    deep: false,
    path: (uri) => (uri.scheme === 'untitled' ? path : uri.path),
    uri: (other) => (other === path ? document : vscode.Uri.file(other)),
  };
}
