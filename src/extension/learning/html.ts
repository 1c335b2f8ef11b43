import * as vscode from 'vscode';
import { attribute, pageFolder } from '../map/html';

/**
 * The page around the questions. It runs the one script that carries this page's nonce and loads styles from its folder;
 * nothing inline, nothing from elsewhere, no connection to anything.
 */
export function checkHtml(webview: vscode.Webview, extension: vscode.ExtensionContext, title: string): string {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const address = (name: string) => attribute(webview.asWebviewUri(vscode.Uri.joinPath(pageFolder(extension), name)).toString());
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  const words = vscode.l10n.bundle ? JSON.stringify(vscode.l10n.bundle) : '';
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${address('check.css')}">
</head>
<body>
<div id="root" data-words="${attribute(words)}"></div>
<script nonce="${nonce}" src="${address('check.js')}"></script>
</body>
</html>`;
}
