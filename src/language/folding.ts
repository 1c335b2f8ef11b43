import type { FoldingRange } from 'vscode-languageserver-types';

interface Open {
  readonly line: number;
  readonly indent: number;
  readonly dash: boolean;
}

/**
 * What can be folded in a YAML text: every entry with what is indented below it, and comments of several lines. Told
 * from the lines alone, so that it holds still while something half-typed does not parse.
 */
export function foldingRanges(text: string): readonly FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: Open[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  let lastWritten = 0;
  let comment: number | undefined;
  const close = (until: (top: Open) => boolean) => {
    for (let top = open.at(-1); top && until(top); top = open.at(-1)) {
      open.pop();
      if (lastWritten > top.line) ranges.push({ startLine: top.line, endLine: lastWritten });
    }
  };
  const endComment = (line: number) => {
    if (comment !== undefined && line - comment > 1) ranges.push({ startLine: comment, endLine: line - 1, kind: 'comment' });
    comment = undefined;
  };
  for (const [line, written] of lines.entries()) {
    const indent = written.search(/\S/);
    if (written.charAt(indent) === '#') comment ??= line;
    else endComment(line);
    // Comments stand above what they are about: they end nothing, and what follows them decides where they belong.
    if (indent < 0 || written.charAt(indent) === '#') continue;
    const dash = /^-(?:\s|$)/.test(written.slice(indent));
    // The items of a list may stand at the same indentation as its key.
    close((top) => top.indent > indent || (top.indent === indent && !(dash && !top.dash)));
    open.push({ line, indent, dash });
    lastWritten = line;
  }
  endComment(lines.length);
  close(() => true);
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}
