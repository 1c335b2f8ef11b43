import * as vscode from 'vscode';
import type * as lsp from 'vscode-languageserver-types';
import * as convert from '../convert';
import { described } from '../names';
import { isNative, systemsInView } from '../shown';
import type { Asking } from './asking';

/** Why nothing was renamed: the editor shows the message of what a provider throws. */
class NotRenamed extends Error {}

/** What follows a name: where it is declared and used, and its renaming. */
export function registerNames(asking: Asking): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider(described, {
      provideDefinition: (document, position, token) =>
        asking.about('looking for a definition', document, token, ({ root, path, systems }) =>
          systems.flatMap((linked) => root.service.definition(linked, path, position)).map(convert.location),
        ),
    }),
    vscode.languages.registerReferenceProvider(described, {
      provideReferences: (document, position, { includeDeclaration }, token) =>
        asking.about('looking for references', document, token, ({ root, path, systems }) =>
          systems.flatMap((linked) => root.service.references(linked, path, position, includeDeclaration)).map(convert.location),
        ),
    }),
    vscode.languages.registerDocumentHighlightProvider(described, {
      provideDocumentHighlights: (document, position, token) =>
        asking.about('highlighting', document, token, ({ root, path, systems }) => {
          const found = systems.flatMap((linked) => root.service.documentHighlights(linked, path, position)).map(convert.highlight);
          // No answer leaves the editor's own highlighting of words, which is better than none.
          return found.length === 0 ? undefined : found;
        }),
    }),
    vscode.languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols: (query) =>
        asking.log.guard(
          'looking for symbols',
          () =>
            asking.roots
              .all()
              .flatMap((root) => systemsInView(root).flatMap((linked) => root.service.workspaceSymbols(linked, query)))
              .flatMap(convert.workspaceSymbol),
          [],
        ),
    }),
    vscode.languages.registerRenameProvider(described, {
      async prepareRename(document, position, token) {
        const answer = await asking.about('preparing to rename', document, token, ({ root, path, systems }) => {
          const found = systems.flatMap((linked) => root.service.prepareRename(linked, path, position) ?? []);
          const refused = found.find((one) => 'refused' in one);
          return refused ?? found[0] ?? (isNative(root, path) ? { refused: vscode.l10n.t('There is no name to rename here.') } : undefined);
        });
        if (answer && 'refused' in answer) throw new NotRenamed(answer.refused);
        return answer && { range: convert.range(answer.range), placeholder: answer.placeholder };
      },
      async provideRenameEdits(document, position, newName, token) {
        const answer = await asking.about('renaming', document, token, ({ root, path, systems }) => {
          const edits: lsp.WorkspaceEdit[] = [];
          for (const linked of systems) {
            const edit = root.service.rename(linked, path, position, newName);
            if (edit && 'refused' in edit) return edit;
            if (edit) edits.push(edit);
          }
          return edits;
        });
        if (answer && 'refused' in answer) throw new NotRenamed(answer.refused);
        return answer && answer.length > 0 ? convert.workspaceEdit(joined(answer)) : undefined;
      },
    }),
  );
}

/** Edits of several systems as one: a file that belongs to two of them is changed once. */
function joined(edits: readonly lsp.WorkspaceEdit[]): lsp.WorkspaceEdit {
  const changes = new Map<string, Map<string, lsp.TextEdit>>();
  for (const edit of edits) {
    for (const [uri, list] of Object.entries(edit.changes ?? {})) {
      const known = changes.get(uri) ?? new Map<string, lsp.TextEdit>();
      for (const one of list) known.set(`${one.range.start.line} ${one.range.start.character}`, one);
      changes.set(uri, known);
    }
  }
  return { changes: Object.fromEntries([...changes].map(([uri, list]) => [uri, [...list.values()]])) };
}
