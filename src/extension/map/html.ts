import * as vscode from 'vscode';

/** The folder that the page may read, and nothing else. */
export function pageFolder(extension: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(extension.extensionUri, 'dist', 'webview');
}

/**
 * The page around the map. It may load scripts and styles from its folder and start workers from what it fetched
 * there; nothing inline, nothing from elsewhere.
 */
export function pageHtml(webview: vscode.Webview, extension: vscode.ExtensionContext, title: string): string {
  const { cspSource } = webview;
  const folder = pageFolder(extension);
  const address = (name: string) => attribute(webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString());
  // The page runs in a process of its own, where nobody but it translates.
  const words = vscode.l10n.bundle ? JSON.stringify(vscode.l10n.bundle) : '';
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource}`,
    `script-src ${cspSource}`,
    `connect-src ${cspSource}`,
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${address('main.css')}">
</head>
<body>
<div id="root" data-elk-worker="${address('elk-worker.js')}" data-simulation-worker="${address('simulation-worker.js')}" data-words="${attribute(words)}"></div>
<script type="module" src="${address('main.js')}"></script>
</body>
</html>`;
}

/** A text as the value of an attribute, whoever wrote it. */
export function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
