import type {
  CodeActionKind,
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentHighlightKind,
  MarkupKind,
  SymbolKind,
} from 'vscode-languageserver-types';

// The numbers and words of the protocol that we use. The package that names its types also brings code, which no
// bundler can leave out piece by piece.

export const severities = { error: 1, warning: 2, info: 3, hint: 4 } as const satisfies Readonly<Record<string, DiagnosticSeverity>>;

export const unnecessaryTag: DiagnosticTag = 1;

export const quickFix: CodeActionKind = 'quickfix';
export const rewrite: CodeActionKind = 'refactor.rewrite';
export const fixAllKind: CodeActionKind = 'source.fixAll.faultline';

export const markdown = 'markdown' satisfies MarkupKind;

export const highlightKinds = { read: 2, write: 3 } as const satisfies Readonly<Record<string, DocumentHighlightKind>>;

export const symbolKinds = {
  namespace: 3,
  class: 5,
  method: 6,
  interface: 11,
  function: 12,
  object: 19,
  event: 24,
} as const satisfies Readonly<Record<string, SymbolKind>>;

export const completionKinds = {
  class: 7,
  interface: 8,
  module: 9,
  property: 10,
  value: 12,
  snippet: 15,
  enumMember: 20,
  event: 23,
} as const satisfies Readonly<Record<string, CompletionItemKind>>;
