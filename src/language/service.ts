import type { CodeLens, CompletionItem, Diagnostic, DocumentSymbol, Hover, Location, Range } from 'vscode-languageserver-types';
import { finish, type Steps } from '../analysis/steps';
import type { Position } from '../model/text';
import type { LinkedSystem } from '../workspace/linked';
import { codeActions, type OfferedAction } from './codeActions';
import { codeLenses } from './codeLens';
import { completions } from './completion/completion';
import { diagnostics } from './diagnostics';
import type { LanguageHost } from './host';
import { hover } from './hover/hover';
import { definition, references } from './names';
import { documentSymbols } from './symbols';
import { SystemView } from './view';

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
    forget: () => {
      views = new WeakMap();
    },
  };
}
