import * as vscode from 'vscode';

/** The folder that a page may read, and nothing else. */
export function pageFolder(extension: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(extension.extensionUri, 'dist', 'webview');
}

/** What a page of ours is made of. Addresses are those of files in the page's folder. */
export interface PageParts {
  readonly title: string;
  /** What it may do, as a content security policy: nothing inline, nothing from elsewhere. */
  readonly policy: string;
  readonly style: string;
  /** Elements in its head and behind its root, as HTML. */
  readonly head?: string;
  readonly scripts: string;
  /** Attributes of its root beside the words, as HTML. */
  readonly data?: string;
}

/** The page that a webview shows: a root that a script fills, with the words of the editor's language. */
export function pageHtml({ title, policy, style, head = '', scripts, data = '' }: PageParts): string {
  // The page runs in a process of its own, where nobody but it translates.
  const words = vscode.l10n.bundle ? JSON.stringify(vscode.l10n.bundle) : '';
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
${head}
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="root" ${data} data-words="${attribute(words)}"></div>
${scripts}
</body>
</html>`;
}

/** The address of a file in a page's folder, as the value of an attribute. */
export function addressOf(webview: vscode.Webview, extension: vscode.ExtensionContext): (name: string) => string {
  return (name) => attribute(webview.asWebviewUri(vscode.Uri.joinPath(pageFolder(extension), name)).toString());
}

/** A text as the value of an attribute, whoever wrote it. */
function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
