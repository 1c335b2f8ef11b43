import * as vscode from 'vscode';
import type * as lsp from 'vscode-languageserver-types';
import type { OfferedAction } from '../language/codeActions';

// What `language/` returns is the protocol's plain data; the editor's API wants its own classes.

export function range({ start, end }: lsp.Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

export function location({ uri, range: where }: lsp.Location): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri, true), range(where));
}

export function diagnostic(from: lsp.Diagnostic): vscode.Diagnostic {
  const message = typeof from.message === 'string' ? from.message : from.message.value;
  // The protocol counts severities and tags from one, the editor from zero and one.
  const to = new vscode.Diagnostic(range(from.range), message, (from.severity ?? 1) - 1);
  if (from.source !== undefined) to.source = from.source;
  const href = from.codeDescription?.href;
  if (from.code !== undefined) to.code = href === undefined ? from.code : { value: from.code, target: vscode.Uri.parse(href, true) };
  if (from.relatedInformation) {
    to.relatedInformation = from.relatedInformation.map(
      (related) => new vscode.DiagnosticRelatedInformation(location(related.location), related.message),
    );
  }
  if (from.tags) to.tags = from.tags.map((tag) => (tag === 1 ? vscode.DiagnosticTag.Unnecessary : vscode.DiagnosticTag.Deprecated));
  return to;
}

export function hover(from: lsp.Hover): vscode.Hover {
  const { contents } = from;
  const value = typeof contents === 'object' && 'value' in contents ? contents.value : '';
  return new vscode.Hover(new vscode.MarkdownString(value), from.range && range(from.range));
}

export function codeLens(from: lsp.CodeLens): vscode.CodeLens {
  return new vscode.CodeLens(range(from.range), from.command && command(from.command));
}

function command(from: lsp.Command): vscode.Command {
  return { title: from.title, command: from.command, ...(from.arguments ? { arguments: from.arguments } : {}) };
}

/** An action whose edit is computed when it is chosen. */
export class LazyAction extends vscode.CodeAction {
  readonly #offered: OfferedAction;

  constructor(offered: OfferedAction, known: readonly vscode.Diagnostic[]) {
    const { action } = offered;
    super(action.title, vscode.CodeActionKind.Empty.append(action.kind ?? 'quickfix'));
    this.#offered = offered;
    if (action.isPreferred) this.isPreferred = true;
    // The editor ties an action to its finding by the very diagnostics that it passed in.
    this.diagnostics = known.filter((shown) => action.diagnostics?.some((other) => isSame(shown, other)));
  }

  resolve(): this {
    const edit = this.#offered.edit();
    if (edit) this.edit = workspaceEdit(edit);
    return this;
  }
}

function isSame(shown: vscode.Diagnostic, other: lsp.Diagnostic): boolean {
  const code = typeof shown.code === 'object' ? shown.code.value : shown.code;
  return code === other.code && shown.range.isEqual(range(other.range));
}

export function workspaceEdit(from: lsp.WorkspaceEdit): vscode.WorkspaceEdit {
  const to = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(from.changes ?? {})) {
    to.set(
      vscode.Uri.parse(uri, true),
      edits.map((edit) => new vscode.TextEdit(range(edit.range), edit.newText)),
    );
  }
  for (const change of from.documentChanges ?? []) {
    if (!('edits' in change)) continue;
    to.set(
      vscode.Uri.parse(change.textDocument.uri, true),
      change.edits.map((edit) =>
        'snippet' in edit
          ? ([new vscode.SnippetTextEdit(range(edit.range), new vscode.SnippetString(edit.snippet.value)), undefined] as const)
          : ([new vscode.TextEdit(range(edit.range), edit.newText), undefined] as const),
      ) as [vscode.TextEdit | vscode.SnippetTextEdit, vscode.WorkspaceEditEntryMetadata | undefined][],
    );
  }
  return to;
}

export function documentSymbol(from: lsp.DocumentSymbol): vscode.DocumentSymbol {
  return new vscode.DocumentSymbol(from.name, from.detail ?? '', from.kind - 1, range(from.range), range(from.selectionRange));
}

export function highlight(from: lsp.DocumentHighlight): vscode.DocumentHighlight {
  return new vscode.DocumentHighlight(range(from.range), (from.kind ?? 1) - 1);
}

export function workspaceSymbol(from: lsp.WorkspaceSymbol): readonly vscode.SymbolInformation[] {
  // The protocol lets a symbol name its file alone; ours never do.
  if (!('range' in from.location)) return [];
  return [new vscode.SymbolInformation(from.name, from.kind - 1, from.containerName ?? '', location(from.location))];
}

export function foldingRange(from: lsp.FoldingRange): vscode.FoldingRange {
  return new vscode.FoldingRange(from.startLine, from.endLine, from.kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined);
}

export function selectionRange(from: lsp.SelectionRange): vscode.SelectionRange {
  return new vscode.SelectionRange(range(from.range), from.parent && selectionRange(from.parent));
}

export function documentLink(from: lsp.DocumentLink): vscode.DocumentLink {
  const to = new vscode.DocumentLink(range(from.range), from.target === undefined ? undefined : vscode.Uri.parse(from.target, true));
  if (from.tooltip !== undefined) to.tooltip = from.tooltip;
  return to;
}

export function inlayHint(from: lsp.InlayHint): vscode.InlayHint {
  const label = typeof from.label === 'string' ? from.label : from.label.map(({ value }) => value).join('');
  const to = new vscode.InlayHint(new vscode.Position(from.position.line, from.position.character), label);
  if (typeof from.tooltip === 'string') to.tooltip = from.tooltip;
  to.paddingLeft = from.paddingLeft ?? false;
  return to;
}

export function completionItem(from: lsp.CompletionItem): vscode.CompletionItem {
  const to = new vscode.CompletionItem(from.label, from.kind === undefined ? undefined : from.kind - 1);
  if (from.detail !== undefined) to.detail = from.detail;
  if (from.sortText !== undefined) to.sortText = from.sortText;
  const documentation = typeof from.documentation === 'string' ? from.documentation : from.documentation?.value;
  if (documentation !== undefined) to.documentation = new vscode.MarkdownString(documentation);
  if (from.filterText !== undefined) to.filterText = from.filterText;
  const edit = from.textEdit && 'range' in from.textEdit ? from.textEdit : undefined;
  if (edit) to.range = range(edit.range);
  const text = edit?.newText ?? from.insertText ?? from.label;
  to.insertText = from.insertTextFormat === 2 ? new vscode.SnippetString(text) : text;
  // Behind a key its value is to be chosen next.
  if (to.kind === vscode.CompletionItemKind.Property) to.command = { title: '', command: 'editor.action.triggerSuggest' };
  return to;
}
