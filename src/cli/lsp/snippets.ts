import type { CompletionItem, WorkspaceEdit } from 'vscode-languageserver-types';

/** A completion for a client that does not know snippets. */
export function withoutSnippet(item: CompletionItem): CompletionItem {
  if (item.insertTextFormat !== 2) return item;
  const { insertTextFormat: _, textEdit, insertText, ...rest } = item;
  return {
    ...rest,
    ...(insertText === undefined ? {} : { insertText: plainText(insertText) }),
    ...(textEdit ? { textEdit: { ...textEdit, newText: plainText(textEdit.newText) } } : {}),
  };
}

/** A snippet as it stands, with its placeholders filled in and its stops left out. */
function plainText(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1')
    .replaceAll(/\$(?:\d+|\{\d+\})/g, '')
    .replaceAll(/\\(.)/g, '$1');
}

/** Few clients know snippets in edits. */
export function withoutSnippets(edit: WorkspaceEdit): WorkspaceEdit {
  const { documentChanges } = edit;
  if (!documentChanges) return edit;
  return {
    ...edit,
    documentChanges: documentChanges.map((change) => {
      if (!('textDocument' in change)) return change;
      const edits = change.edits.map((one) => ('snippet' in one ? { range: one.range, newText: plainText(one.snippet.value) } : one));
      return { ...change, edits };
    }),
  };
}
