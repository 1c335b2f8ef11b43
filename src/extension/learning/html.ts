import type * as vscode from 'vscode';
import { addressOf, pageHtml } from '../page';

/**
 * The page around the questions. It runs the one script that carries this page's nonce and loads styles from its folder;
 * no connection to anything.
 */
export function checkHtml(webview: vscode.Webview, extension: vscode.ExtensionContext, title: string): string {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const address = addressOf(webview, extension);
  return pageHtml({
    title,
    policy: `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`,
    style: address('check.css'),
    scripts: `<script nonce="${nonce}" src="${address('check.js')}"></script>`,
  });
}
