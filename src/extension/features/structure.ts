import * as vscode from 'vscode';
import { foldingRanges } from '../../language/folding';
import { semanticLegend } from '../../language/semanticTokens';
import * as convert from '../convert';
import { languageId, own } from '../names';
import { inlayOptions } from '../settings';
import { isNative } from '../shown';
import type { Asking } from './asking';

/** How a file is built and what its parts are: outline, folding, selection, colours, links and hints between the letters. */
export function registerStructure(asking: Asking): vscode.Disposable {
  const hintsChanged = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    hintsChanged,
    asking.roots.onDidSettle(() => hintsChanged.fire()),
    vscode.languages.registerDocumentSymbolProvider(
      { language: languageId },
      {
        provideDocumentSymbols: (document, token) =>
          asking.about('outlining', document, token, ({ root, path, systems }) =>
            systems.flatMap((linked) => root.service.documentSymbols(linked, path)).map(convert.documentSymbol),
          ),
      },
      { label: 'Faultline' },
    ),
    vscode.languages.registerFoldingRangeProvider(
      { language: languageId },
      {
        // It takes the text alone: no reason to wait for a system.
        provideFoldingRanges: (document) =>
          asking.log.guard('folding', () => foldingRanges(document.getText()).map(convert.foldingRange), undefined),
      },
    ),
    vscode.languages.registerSelectionRangeProvider(
      { language: languageId },
      {
        provideSelectionRanges: (document, positions, token) =>
          asking.about(
            'selecting',
            document,
            token,
            ({ root, path, systems: [linked] }) =>
              linked && root.service.selectionRanges(linked, path, positions).map(convert.selectionRange),
          ),
      },
    ),
    vscode.languages.registerDocumentSemanticTokensProvider(
      { language: languageId },
      {
        provideDocumentSemanticTokens: (document, token) =>
          asking.about(
            'colouring',
            document,
            token,
            ({ root, path, systems: [linked] }) =>
              linked && new vscode.SemanticTokens(new Uint32Array(root.service.semanticTokens(linked, path).data)),
          ),
      },
      new vscode.SemanticTokensLegend([...semanticLegend.tokenTypes], [...semanticLegend.tokenModifiers]),
    ),
    vscode.languages.registerDocumentLinkProvider(own, {
      provideDocumentLinks: (document, token) =>
        asking.about('looking for links', document, token, ({ root, path, systems: [linked] }) =>
          linked && isNative(root, path) ? root.service.documentLinks(linked, path).map(convert.documentLink) : undefined,
        ),
    }),
    vscode.languages.registerInlayHintsProvider(own, {
      onDidChangeInlayHints: hintsChanged.event,
      provideInlayHints: (document, range, token) =>
        asking.about('writing hints', document, token, ({ root, path, systems }) =>
          isNative(root, path)
            ? systems.flatMap((linked) => root.service.inlayHints(linked, path, range, inlayOptions(document.uri))).map(convert.inlayHint)
            : undefined,
        ),
    }),
  );
}
