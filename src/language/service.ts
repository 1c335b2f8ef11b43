import type {
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Range,
  SelectionRange,
  SemanticTokens,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver-types';
import { finish, type Steps } from '../model/steps';
import type { Position } from '../model/text';
import type { LinkedSystem } from '../workspace/linked';
import { codeActions, type OfferedAction } from './codeActions';
import { codeLenses } from './codeLens';
import { completions } from './completion/completion';
import { diagnostics } from './diagnostics';
import { fixAll } from './fixAll';
import { foldingRanges } from './folding';
import { documentHighlights } from './highlights';
import type { LanguageHost } from './host';
import { hover } from './hover/hover';
import { type InlayOptions, inlayHints } from './inlayHints';
import { documentLinks } from './links';
import { definition, references } from './names';
import { prepareRename, type Refusal, type Renameable, rename } from './rename';
import { selectionRanges } from './selection';
import { semanticTokens } from './semanticTokens';
import { documentSymbols } from './symbols';
import { SystemView } from './view';
import { workspaceSymbols } from './workspaceSymbols';

/**
 * The language features: plain functions of a linked system, one of its files and a position in it. Files are named
 * by the paths of the model; what comes back names them by the addresses that the host gives them.
 */
export interface LanguageService {
  /** The system with its figures and findings, which are computed once a version of it. */
  view(linked: LinkedSystem): SystemView;
  /**
   * Computes what the features rest on, in small steps, for a caller that has other things to do as well. They answer
   * without it too, only not at once.
   */
  prepare(linked: LinkedSystem): Steps<void>;
  /** By file; files of the system without findings have an empty list. */
  diagnostics(linked: LinkedSystem): ReadonlyMap<string, readonly Diagnostic[]>;
  hover(linked: LinkedSystem, path: string, position: Position): Hover | undefined;
  /** The same in small steps: what explains a journey's figure takes longer than the figure. */
  hoverSteps(linked: LinkedSystem, path: string, position: Position): Steps<Hover | undefined>;
  codeActions(linked: LinkedSystem, path: string, range: Range): readonly OfferedAction[];
  /** The same in small steps: titles carry figures. */
  codeActionSteps(linked: LinkedSystem, path: string, range: Range): Steps<readonly OfferedAction[]>;
  codeLenses(linked: LinkedSystem, path: string): readonly CodeLens[];
  completions(linked: LinkedSystem, path: string, position: Position): readonly CompletionItem[];
  documentSymbols(linked: LinkedSystem, path: string): readonly DocumentSymbol[];
  definition(linked: LinkedSystem, path: string, position: Position): readonly Location[];
  references(linked: LinkedSystem, path: string, position: Position, includeDeclaration: boolean): readonly Location[];
  /** The name under the caret to be typed over, or why it is not; undefined where none is. */
  prepareRename(linked: LinkedSystem, path: string, position: Position): Renameable | Refusal | undefined;
  rename(linked: LinkedSystem, path: string, position: Position, newName: string): WorkspaceEdit | Refusal | undefined;
  documentHighlights(linked: LinkedSystem, path: string, position: Position): readonly DocumentHighlight[];
  workspaceSymbols(linked: LinkedSystem, query: string): readonly WorkspaceSymbol[];
  /** Told from a text alone. */
  foldingRanges(text: string): readonly FoldingRange[];
  /** One for each position. */
  selectionRanges(linked: LinkedSystem, path: string, positions: readonly Position[]): readonly SelectionRange[];
  /** Numbered by `semanticLegend`. */
  semanticTokens(linked: LinkedSystem, path: string): SemanticTokens;
  documentLinks(linked: LinkedSystem, path: string): readonly DocumentLink[];
  inlayHints(linked: LinkedSystem, path: string, range: Range, options: InlayOptions): readonly InlayHint[];
  /** All changes of a file that are safe to make without asking; undefined where there are none. */
  fixAllSteps(linked: LinkedSystem, path: string): Steps<WorkspaceEdit | undefined>;
  /** Forgets what was computed, after a setting that figures or findings rest on changed. */
  forget(): void;
}

export function createLanguageService(host: LanguageHost): LanguageService {
  let views = new WeakMap<LinkedSystem, SystemView>();
  const view = (linked: LinkedSystem): SystemView => {
    const known = views.get(linked);
    if (known) return known;
    const made = new SystemView(linked, host);
    views.set(linked, made);
    return made;
  };
  return {
    view,
    prepare: (linked) => view(linked).prepare(),
    diagnostics: (linked) => diagnostics(view(linked)),
    hover: (linked, path, position) => finish(hover(view(linked), path, position)),
    hoverSteps: (linked, path, position) => hover(view(linked), path, position),
    codeActions: (linked, path, range) => finish(codeActions(view(linked), path, range)),
    codeActionSteps: (linked, path, range) => codeActions(view(linked), path, range),
    codeLenses: (linked, path) => codeLenses(view(linked), path),
    completions: (linked, path, position) => completions(view(linked), path, position),
    documentSymbols: (linked, path) => documentSymbols(view(linked), path),
    definition: (linked, path, position) => definition(view(linked), path, position),
    references: (linked, path, position, includeDeclaration) => references(view(linked), path, position, includeDeclaration),
    prepareRename: (linked, path, position) => prepareRename(view(linked), path, position),
    rename: (linked, path, position, newName) => rename(view(linked), path, position, newName),
    documentHighlights: (linked, path, position) => documentHighlights(view(linked), path, position),
    workspaceSymbols: (linked, query) => workspaceSymbols(view(linked), query),
    foldingRanges,
    selectionRanges: (linked, path, positions) => selectionRanges(view(linked), path, positions),
    semanticTokens: (linked, path) => semanticTokens(view(linked), path),
    documentLinks: (linked, path) => documentLinks(view(linked), path),
    inlayHints: (linked, path, range, options) => inlayHints(view(linked), path, range, options),
    fixAllSteps: (linked, path) => fixAll(view(linked), path),
    forget: () => {
      views = new WeakMap();
    },
  };
}
