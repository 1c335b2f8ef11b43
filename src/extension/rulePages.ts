import * as vscode from 'vscode';

/**
 * The pages of the rules come with the extension and need no network. They have a scheme of their own because a
 * finding's code can link to an address, but not to a command; the manifest has the editor show it as a Markdown preview.
 */
const scheme = 'faultline-rule';

/** What the link behind a finding's code opens. */
export function rulePage(rule: string): string {
  return vscode.Uri.from({ scheme, path: `/${rule}.md` }).toString();
}

export async function showRulePage(rule: string, viewColumn = vscode.ViewColumn.Active): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(rulePage(rule), true), { viewColumn });
}

export function registerRulePages(extension: vscode.ExtensionContext): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const page = vscode.Uri.joinPath(extension.extensionUri, 'docs', 'rules', uri.path.replace(/^.*\//, ''));
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
    },
  });
}
