import * as vscode from 'vscode';
import type { OfferedAction } from '../language/codeActions';
import type { LinkedSystem } from '../workspace/linked';
import * as convert from './convert';
import type { Log } from './log';
import { described, languageId } from './names';
import type { Root } from './root';
import type { Roots } from './roots';
import { isNative, isShown } from './shown';
import { inSlices } from '../language/slices';

interface Place {
  readonly root: Root;
  readonly path: string;
  readonly systems: readonly LinkedSystem[];
}

/** Registers what `language/` computes with the editor. Each feature fails alone. */
export function registerFeatures(roots: Roots, log: Log): vscode.Disposable {
  /** Asks about a document, unless nobody wants to hear about it; an exception is logged and answered with nothing. */
  async function ask<T>(
    doing: string,
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
    answer: (place: Place) => T | PromiseLike<T>,
  ): Promise<T | undefined> {
    return log.guardAsync(
      `${doing} in ${document.uri.path}`,
      async () => {
        const place = await roots.systemsOf(document);
        if (!place || token.isCancellationRequested) return undefined;
        const systems = place.systems.filter((linked) => isShown(place.root, linked, place.path));
        return systems.length === 0 ? undefined : answer({ ...place, systems });
      },
      undefined,
    );
  }
  /** The same for an answer that takes figures or findings. */
  function askPrepared<T>(doing: string, document: vscode.TextDocument, token: vscode.CancellationToken, answer: (place: Place) => T) {
    return ask<T | undefined>(doing, document, token, async (place) => {
      for (const linked of place.systems) {
        if (!(await inSlices(place.root.service.prepare(linked), () => token.isCancellationRequested))) return undefined;
      }
      return answer(place);
    });
  }
  const lensesChanged = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    lensesChanged,
    roots.onDidSettle(() => lensesChanged.fire()),
    vscode.languages.registerHoverProvider(described, {
      provideHover: (document, position, token) =>
        ask('hovering', document, token, async ({ root, path, systems }) => {
          for (const linked of systems) {
            const hover = await inSlices(root.service.hoverSteps(linked, path, position), () => token.isCancellationRequested);
            if (hover?.value) return convert.hover(hover.value);
          }
          return undefined;
        }),
    }),
    vscode.languages.registerCodeActionsProvider(
      described,
      {
        provideCodeActions: (document, range, context, token) =>
          ask('looking for fixes', document, token, async ({ root, path, systems }) => {
            const offered: OfferedAction[] = [];
            for (const linked of systems) {
              const found = await inSlices(root.service.codeActionSteps(linked, path, range), () => token.isCancellationRequested);
              offered.push(...(found?.value ?? []));
            }
            return offered
              .map((one) => new convert.LazyAction(one, context.diagnostics))
              .filter(({ kind }) => !context.only || (kind !== undefined && context.only.contains(kind)));
          }),
        resolveCodeAction: (action: convert.LazyAction) =>
          log.guard(
            `writing "${action.title}"`,
            () => {
              if (!action.resolve().edit)
                void vscode.window.showInformationMessage(
                  vscode.l10n.t('This cannot be written here without changing more than it says. It is left to you.'),
                );
              return action;
            },
            action,
          ),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite] },
    ),
    vscode.languages.registerCodeLensProvider([{ language: languageId }, { language: 'yaml' }], {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: (document, token) =>
        askPrepared('writing code lenses', document, token, ({ root, path, systems }) =>
          isNative(root, path) ? systems.flatMap((linked) => root.service.codeLenses(linked, path)).map(convert.codeLens) : [],
        ),
    }),
    vscode.languages.registerDocumentSymbolProvider(
      { language: languageId },
      {
        provideDocumentSymbols: (document, token) =>
          ask('outlining', document, token, ({ root, path, systems }) =>
            systems.flatMap((linked) => root.service.documentSymbols(linked, path)).map(convert.documentSymbol),
          ),
      },
      { label: 'Faultline' },
    ),
    vscode.languages.registerDefinitionProvider(described, {
      provideDefinition: (document, position, token) =>
        ask('looking for a definition', document, token, ({ root, path, systems }) =>
          systems.flatMap((linked) => root.service.definition(linked, path, position)).map(convert.location),
        ),
    }),
    vscode.languages.registerReferenceProvider(described, {
      provideReferences: (document, position, { includeDeclaration }, token) =>
        ask('looking for references', document, token, ({ root, path, systems }) =>
          systems.flatMap((linked) => root.service.references(linked, path, position, includeDeclaration)).map(convert.location),
        ),
    }),
    vscode.languages.registerCompletionItemProvider(
      { language: languageId },
      {
        provideCompletionItems: (document, position, token) =>
          ask('completing', document, token, ({ root, path, systems }) =>
            systems
              .slice(0, 1)
              .flatMap((linked) => root.service.completions(linked, path, position))
              .map(convert.completionItem),
          ),
      },
      ' ',
      '[',
    ),
  );
}
