import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { semanticLegend } from '../../language/semanticTokens';

/** All changes of a file that are safe to make, as one action. */
export const fixAllKind = 'source.fixAll.faultline';

/** What the server can do, as it tells its clients. */
export const capabilities: ServerCapabilities = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [' ', '['] },
  definitionProvider: true,
  referencesProvider: true,
  documentSymbolProvider: true,
  codeLensProvider: {},
  codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite', fixAllKind], resolveProvider: true },
  renameProvider: { prepareProvider: true },
  documentHighlightProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: [...semanticLegend.tokenTypes], tokenModifiers: [...semanticLegend.tokenModifiers] },
    full: true,
  },
  documentLinkProvider: {},
  inlayHintProvider: true,
  workspace: { workspaceFolders: { supported: true } },
};
