import * as vscode from 'vscode';
import type { LinkedSystem } from '../workspace/linked';
import type { Located, Roots } from './roots';

/** The file that somebody looks at; else some file of some system. */
export function fileAtHand(roots: Roots): vscode.Uri | undefined {
  const shown = vscode.window.activeTextEditor?.document.uri;
  if (shown) return shown;
  for (const root of roots.all()) {
    const path = root.systems()[0]?.files[0];
    if (path !== undefined) return root.addresses.uri(path);
  }
  return undefined;
}

/** A system around a file: the named one, the only one, or the one that the user picks. */
export async function chooseSystem(
  { root, path }: Located,
  name: string | undefined,
  placeHolder: string,
): Promise<LinkedSystem | undefined> {
  const here = root.systemsOf(path);
  const candidates = here.length > 0 ? here : root.systems();
  const named = candidates.find((linked) => linked.system.name === name);
  if (named || candidates.length <= 1) return named ?? candidates[0];
  const items = candidates.map((linked) => ({
    label: linked.system.name,
    description: vscode.workspace.asRelativePath(linked.folder),
    linked,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.linked;
}
