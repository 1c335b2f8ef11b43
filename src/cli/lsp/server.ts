import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  CancellationToken,
  Connection,
  InitializeParams,
  InitializeResult,
  Position,
  TextDocumentPositionParams,
} from 'vscode-languageserver';
import { DidChangeWatchedFilesNotification, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction } from 'vscode-languageserver-types';
import type { OfferedAction } from '../../language/codeActions';
import { configurationCompletions } from '../../language/config/completion';
import { configurationHover } from '../../language/config/hover';
import { configurationActions, configurationDiagnostics } from '../../language/configuration';
import { inSlices } from '../../language/slices';
import type { Steps } from '../../model/steps';
import type { Severity } from '../../rules/rule';
import { type Configuration, isConfiguration } from '../../workspace/config';
import type { LinkedSystem } from '../../workspace/linked';
import { canonical, rootOf } from '../disk';
import { capabilities, fixAllKind } from './capabilities';
import { addressOf, Session } from './session';
import { withoutSnippet, withoutSnippets } from './snippets';
import { fixAllAction, type Place, registerStructure } from './structure';

/** The files that somebody else may change. */
const watched = '**/*.{yaml,yml,env}';

/** How long after the last change findings are computed again, in milliseconds. */
const pause = 150;

/** Answers a client of the language server protocol with what the language layer computes. */
export class Server {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #sessions: Session[] = [];
  readonly #published = new Map<Session, ReadonlyMap<string, string>>();
  readonly #timers = new Map<Session, ReturnType<typeof setTimeout>>();
  readonly #versions = new Map<Session, number>();
  /** Actions that were offered last, by number: their edits are written when one is chosen. */
  #offered: readonly OfferedAction[] = [];
  #rules: unknown;
  #knowsSnippets = false;
  #canWatch = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => {
      if (this.#canWatch) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: watched }] });
      for (const session of this.#sessions) this.#schedule(session, 0);
    });
    connection.onDidChangeConfiguration(({ settings }) =>
      this.#configure((settings as { faultline?: { rules?: unknown } } | null)?.faultline?.rules),
    );
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri } of changes) this.#onDisk(uri);
    });
    this.#documents.onDidChangeContent(({ document }) => this.#changed(document));
    this.#documents.onDidClose(({ document }) => this.#closed(document));
    this.#register();
    this.#documents.listen(connection);
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#rules = (params.initializationOptions as { rules?: unknown } | undefined)?.rules;
    this.#knowsSnippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    this.#canWatch = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    for (const folder of folders) {
      const path = pathOf(folder);
      if (path !== undefined) this.#addSession(path.replace(/\/$/, ''));
    }
    return { capabilities, serverInfo: { name: 'faultline' } };
  }

  #addSession(folder: string): Session {
    const session = new Session(folder, (doing, error) => this.#connection.console.error(`While ${doing}: ${String(error)}`));
    session.configure(this.#rules);
    this.#sessions.push(session);
    // The innermost folder is looked at first.
    this.#sessions.sort((a, b) => b.folder.length - a.folder.length);
    return session;
  }

  /** The session of a file; a loose file has one for what surrounds it. */
  #sessionOf(path: string): Session {
    const known = this.#sessions.find(({ folder }) => path.startsWith(`${folder}/`));
    return known ?? this.#addSession(rootOf(path) === dirname(path) ? dirname(path) : rootOf(path));
  }

  #configure(rules: unknown): void {
    this.#rules = rules;
    for (const session of this.#sessions) {
      session.configure(rules);
      this.#schedule(session, 0);
    }
  }

  #changed(document: TextDocument): void {
    const path = pathOf(document.uri);
    if (path === undefined) return;
    const session = this.#sessionOf(path);
    const isNew = !session.isOpen(path);
    session.open(path, document.getText());
    this.#schedule(session, isNew ? 0 : pause);
  }

  #closed(document: TextDocument): void {
    const path = pathOf(document.uri);
    if (path === undefined) return;
    const session = this.#sessionOf(path);
    session.close(path);
    this.#schedule(session, 0);
  }

  #onDisk(uri: string): void {
    const path = pathOf(uri);
    const session = path === undefined ? undefined : this.#sessions.find(({ folder }) => path.startsWith(`${folder}/`));
    if (path === undefined || !session) return;
    session.changedOnDisk(path);
    this.#schedule(session, pause);
  }

  #schedule(session: Session, delay: number): void {
    this.#versions.set(session, (this.#versions.get(session) ?? 0) + 1);
    clearTimeout(this.#timers.get(session));
    this.#timers.set(
      session,
      setTimeout(() => void this.#guard('looking for findings', () => this.#publish(session), undefined), delay),
    );
  }

  async #publish(session: Session): Promise<void> {
    const version = this.#versions.get(session);
    const stale = (): boolean => this.#versions.get(session) !== version;
    const files = new Map<string, unknown[]>();
    for (const linked of session.systems()) {
      if (!session.isInView(linked)) continue;
      if (!(await inSlices(session.service.prepare(linked), stale))) return;
      for (const [path, list] of session.service.diagnostics(linked)) files.set(path, [...(files.get(path) ?? []), ...list]);
    }
    for (const configuration of session.configurations())
      files.set(configuration.file, [...configurationDiagnostics(configuration, session.host)]);
    const before = this.#published.get(session) ?? new Map<string, string>();
    const now = new Map([...files].map(([path, list]) => [path, JSON.stringify(list)] as const));
    for (const path of before.keys()) if (!now.has(path)) now.set(path, '[]');
    for (const [path, text] of now) {
      if (before.get(path) !== text) await this.#connection.sendDiagnostics({ uri: addressOf(path), diagnostics: JSON.parse(text) });
    }
    this.#published.set(session, now);
  }

  #place(uri: string): Place | undefined {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    const session = this.#sessionOf(path);
    return { session, path, systems: session.systemsOf(path) };
  }

  /** The configuration in an open document, and its text. */
  #configuration(uri: string): { readonly read: Configuration<Severity>; readonly text: string } | undefined {
    const path = pathOf(uri);
    const text = this.#documents.get(uri)?.getText();
    if (path === undefined || text === undefined || !isConfiguration(path)) return undefined;
    const read = this.#sessionOf(path)
      .configurations()
      .find(({ file }) => file === path);
    return read && { read, text };
  }

  /** What the first system that has an answer says about a position. */
  async #first<T>(
    doing: string,
    { textDocument, position }: TextDocumentPositionParams,
    token: CancellationToken,
    ask: (place: Place, linked: LinkedSystem, position: Position) => Steps<T | undefined>,
  ): Promise<T | null> {
    return this.#guard(
      doing,
      async () => {
        const place = this.#place(textDocument.uri);
        for (const linked of place?.systems ?? []) {
          const found = place && (await inSlices(ask(place, linked, position), () => token.isCancellationRequested));
          if (found?.value !== undefined) return found.value;
        }
        return null;
      },
      null,
    );
  }

  /** What all systems of a file say together. */
  #all<T>(doing: string, uri: string, ask: (place: Place, linked: LinkedSystem) => readonly T[]): Promise<T[]> {
    return this.#guard(doing, async () => {
      const place = this.#place(uri);
      return place ? place.systems.flatMap((linked) => ask(place, linked)) : [];
    }, []);
  }

  #register(): void {
    const connection = this.#connection;
    registerStructure(connection, {
      place: (uri) => this.#place(uri),
      text: (uri) => this.#documents.get(uri)?.getText(),
      sessions: () => this.#sessions,
      guard: (doing, work, otherwise) => this.#guard(doing, work, otherwise),
    });
    connection.onHover((params, token) => {
      const configuration = this.#configuration(params.textDocument.uri);
      if (configuration) {
        const { read, text } = configuration;
        return this.#guard('hovering', async () => configurationHover(read, text, params.position) ?? null, null);
      }
      return this.#first('hovering', params, token, ({ session, path }, linked, at) => session.service.hoverSteps(linked, path, at));
    });
    connection.onCompletion(({ textDocument, position }) => {
      const configuration = this.#configuration(textDocument.uri);
      if (configuration) return this.#guard('completing', async () => [...configurationCompletions(configuration.text, position)], []);
      return this.#all('completing', textDocument.uri, ({ session, path }, linked) =>
        session.service.completions(linked, path, position).map((item) => (this.#knowsSnippets ? item : withoutSnippet(item))),
      );
    });
    connection.onDefinition(({ textDocument, position }) =>
      this.#all('looking for a definition', textDocument.uri, ({ session, path }, linked) =>
        session.service.definition(linked, path, position),
      ),
    );
    connection.onReferences(({ textDocument, position, context }) =>
      this.#all('looking for references', textDocument.uri, ({ session, path }, linked) =>
        session.service.references(linked, path, position, context.includeDeclaration),
      ),
    );
    connection.onDocumentSymbol(({ textDocument }) =>
      this.#all('outlining', textDocument.uri, ({ session, path }, linked) => session.service.documentSymbols(linked, path)),
    );
    connection.onCodeLens(({ textDocument }) =>
      this.#all('writing code lenses', textDocument.uri, ({ session, path }, linked) => session.service.codeLenses(linked, path)),
    );
    connection.onCodeAction(({ textDocument, range, context }, token) =>
      this.#guard('looking for fixes', async () => {
        const place = this.#place(textDocument.uri);
        if (place && context.only?.some((kind) => fixAllKind.startsWith(kind)))
          return [...(await fixAllAction(place, () => token.isCancellationRequested))];
        const offered: OfferedAction[] = [];
        for (const linked of place?.systems ?? []) {
          const found =
            place &&
            (await inSlices(place.session.service.codeActionSteps(linked, place.path, range), () => token.isCancellationRequested));
          offered.push(...(found?.value ?? []));
        }
        for (const configuration of place?.session.configurations() ?? []) {
          if (!place || configuration.file !== place.path) continue;
          const corrections = configurationActions(configuration, range, place.session.host);
          offered.push(...corrections.map((action): OfferedAction => ({ action, edit: () => action.edit })));
        }
        this.#offered = offered;
        const wanted = (action: CodeAction) => !context.only || context.only.some((kind) => action.kind?.startsWith(kind));
        return offered.map(({ action }, number): CodeAction => ({ ...action, data: number })).filter(wanted);
      }, []),
    );
    connection.onCodeActionResolve((action) =>
      this.#guard(
        `writing "${action.title}"`,
        async () => {
          const chosen = this.#offered[Number(action.data)];
          const edit = chosen?.action.title === action.title ? chosen.edit() : undefined;
          return edit ? { ...action, edit: withoutSnippets(edit) } : action;
        },
        action,
      ),
    );
  }

  /** A bug in one feature is told to the client, and takes no other down. */
  async #guard<T>(doing: string, work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#connection.console.error(`While ${doing}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return otherwise;
    }
  }
}

/** The path of a file on the disk; undefined for any other address. */
function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? canonical(fileURLToPath(uri)) : undefined;
  } catch {
    return undefined;
  }
}
