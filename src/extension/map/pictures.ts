import * as vscode from 'vscode';
import type { FromMap } from '../../layout/protocol';
import type { MapTarget } from './panel';

/** Asks where to keep a picture of the map, beside the text at first, and writes it there. */
export async function savePicture({ format, content }: Extract<FromMap, { type: 'save-picture' }>, target: MapTarget): Promise<void> {
  const folder = vscode.Uri.joinPath(target.root.addresses.uri(target.path), '..');
  const name = target.system.replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'map';
  const uri = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `${name}.${format}`),
    filters: { [format.toUpperCase()]: [format] },
    title: vscode.l10n.t('Save the map as a picture'),
  });
  if (!uri) return;
  await vscode.workspace.fs.writeFile(uri, format === 'svg' ? new TextEncoder().encode(content) : bytesOf(content));
}

/** Base 64 as bytes; `atob` is there in every editor, in a browser too. */
function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
