// What the usual extensions for YAML do to every document of that language: hovers, completion, an outline, a formatter.
const vscode = require('vscode');

const yaml = [{ language: 'yaml' }, { language: 'dockercompose' }];

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.languages.registerHoverProvider(yaml, { provideHover: () => new vscode.Hover('hover of another extension') }),
    vscode.languages.registerCompletionItemProvider(yaml, {
      provideCompletionItems: () => [new vscode.CompletionItem('completion of another extension')],
    }),
    vscode.languages.registerDocumentSymbolProvider(yaml, {
      provideDocumentSymbols: ({ lineCount }) => {
        const all = new vscode.Range(0, 0, lineCount, 0);
        return [new vscode.DocumentSymbol('symbol of another extension', '', vscode.SymbolKind.Object, all, all)];
      },
    }),
    vscode.languages.registerDocumentFormattingEditProvider(yaml, {
      provideDocumentFormattingEdits: () => [vscode.TextEdit.insert(new vscode.Position(0, 0), '# formatted by another extension\n')],
    }),
  );
};
