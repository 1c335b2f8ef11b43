import ELK from 'elkjs/lib/elk-api';
import * as vscode from 'vscode';
import type { Layouter } from '../../layout/elk';

/** What the layouter's script gives to who loads it as a module: a worker that runs where it is made. */
interface Script {
  readonly Worker: new () => Worker;
}

const loaded = new Map<string, Promise<Layouter>>();

/**
 * ELK in the extension host. Its script is the one that the map runs in a worker; it is as large as all the rest, so it
 * is read only when somebody asks for a picture. Rejects when the file is not there.
 */
export function layouterOf(extension: vscode.ExtensionContext): Promise<Layouter> {
  const file = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'webview', 'elk-worker.js');
  const known = loaded.get(file.toString());
  if (known) return known;
  const layouter = load(file);
  loaded.set(file.toString(), layouter);
  layouter.catch(() => loaded.delete(file.toString()));
  return layouter;
}

async function load(file: vscode.Uri): Promise<Layouter> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const module: { exports: Partial<Script> } = { exports: {} };
  // In the browser's extension host, which is a worker, the script would take the host's own messages for its own: it is
  // told of no worker's scope, and of a global one as in Node.
  const run = new Function('module', 'exports', 'self', 'document', 'global', text);
  run(module, module.exports, undefined, undefined, globalThis);
  const { Worker: HostWorker } = module.exports;
  if (!HostWorker) throw new Error(`${file.toString()} is not the layouter`);
  return new ELK({ workerFactory: () => new HostWorker() });
}
