import type * as vscode from 'vscode';
import { addressOf, pageHtml } from '../page';

/**
 * The page around the map. It may load scripts and styles from its folder and start workers from what it fetched
 * there.
 */
export function mapHtml(webview: vscode.Webview, extension: vscode.ExtensionContext, title: string): string {
  const { cspSource } = webview;
  const address = addressOf(webview, extension);
  return pageHtml({
    title,
    policy: [
      `default-src 'none'`,
      `img-src ${cspSource} data:`,
      `font-src ${cspSource}`,
      `style-src ${cspSource}`,
      `script-src ${cspSource}`,
      `connect-src ${cspSource}`,
      `worker-src blob:`,
    ].join('; '),
    style: address('main.css'),
    data: `data-elk-worker="${address('elk-worker.js')}" data-simulation-worker="${address('simulation-worker.js')}"`,
    scripts: `<script type="module" src="${address('main.js')}"></script>`,
  });
}
