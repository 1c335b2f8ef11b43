import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CodeAction } from 'vscode-languageserver-types';
import type { InlayOptions } from '../../language/inlayHints';
import type { Refusal } from '../../language/rename';
import { inSlices } from '../../language/slices';
import type { LinkedSystem } from '../../workspace/linked';
import { fixAllKind } from './capabilities';
import type { Session } from './session';

/** Where a question is asked. */
export interface Place {
  readonly session: Session;
  readonly path: string;
  readonly systems: readonly LinkedSystem[];
}

/** What the features of this file need of the server. */
export interface Asked {
  place(uri: string): Place | undefined;
  text(uri: string): string | undefined;
  sessions(): readonly Session[];
  /** Runs some work; a bug is told to the client and answered with `otherwise`. */
  guard<T>(doing: string, work: () => Promise<T>, otherwise: T): Promise<T>;
}

/** Hints for components; those for calls are many, and off in every editor unless somebody asks. */
const hints: InlayOptions = { components: true, calls: false };

/** Names and structure: rename, highlights, symbols, folding, selection, colours, links and hints. */
export function registerStructure(connection: Connection, asked: Asked): void {
  const all = <T>(doing: string, uri: string, ask: (place: Place, linked: LinkedSystem) => readonly T[]): Promise<T[]> =>
    asked.guard(doing, async () => {
      const place = asked.place(uri);
      return place ? place.systems.flatMap((linked) => ask(place, linked)) : [];
    }, []);
  connection.onPrepareRename(({ textDocument, position }) => {
    const place = asked.place(textDocument.uri);
    for (const linked of place?.systems ?? []) {
      const found = place?.session.service.prepareRename(linked, place.path, position);
      if (found) return isRefusal(found) ? refusalOf(found) : found;
    }
    return null;
  });
  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const place = asked.place(textDocument.uri);
    for (const linked of place?.systems ?? []) {
      const found = place?.session.service.rename(linked, place.path, position, newName);
      if (found) return isRefusal(found) ? refusalOf(found) : found;
    }
    return null;
  });
  connection.onDocumentHighlight(({ textDocument: { uri }, position }) =>
    all('highlighting', uri, ({ session, path }, linked) => session.service.documentHighlights(linked, path, position)),
  );
  connection.onWorkspaceSymbol(({ query }) =>
    asked.guard(
      'looking for symbols',
      async () =>
        asked.sessions().flatMap((session) => session.systems().flatMap((linked) => session.service.workspaceSymbols(linked, query))),
      [],
    ),
  );
  connection.onFoldingRanges(({ textDocument: { uri } }) =>
    asked.guard('folding', async () => [...(asked.place(uri)?.session.service.foldingRanges(asked.text(uri) ?? '') ?? [])], []),
  );
  connection.onSelectionRanges(({ textDocument: { uri }, positions }) =>
    asked.guard('selecting', async () => {
      const place = asked.place(uri);
      const [linked] = place?.systems ?? [];
      return place && linked ? [...place.session.service.selectionRanges(linked, place.path, positions)] : [];
    }, []),
  );
  connection.languages.semanticTokens.on(({ textDocument: { uri } }) =>
    asked.guard(
      'colouring',
      async () => {
        const place = asked.place(uri);
        const [linked] = place?.systems ?? [];
        return place && linked ? place.session.service.semanticTokens(linked, place.path) : { data: [] };
      },
      { data: [] },
    ),
  );
  connection.onDocumentLinks(({ textDocument: { uri } }) =>
    all('linking', uri, ({ session, path }, linked) => session.service.documentLinks(linked, path)),
  );
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }) =>
    all('hinting', uri, ({ session, path }, linked) => session.service.inlayHints(linked, path, range, hints)),
  );
}

/** All that is safe to change in a file, as one action; none where there is nothing. */
export async function fixAllAction(place: Place, cancelled: () => boolean): Promise<readonly CodeAction[]> {
  for (const linked of place.systems) {
    const found = await inSlices(place.session.service.fixAllSteps(linked, place.path), cancelled);
    if (found?.value) return [{ title: 'Fix all that is safe to fix', kind: fixAllKind, edit: found.value }];
  }
  return [];
}

function isRefusal(found: object): found is Refusal {
  return 'refused' in found;
}

function refusalOf({ refused }: Refusal): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, refused);
}
