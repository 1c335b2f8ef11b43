import * as l10n from '@vscode/l10n';
import type { Span } from '../../model/text';
import type { ParsedLeaf } from './yamlLeaf';
import type { YamlError } from './yamlText';

export interface Described extends YamlError {
  /** A value that the error swallowed, and that must not be taken for what somebody meant. */
  readonly broken?: Span;
}

/** What we refuse to hand to the library. */
function refusalText(refusal: string): string {
  switch (refusal) {
    case 'Nested too deeply':
      return l10n.t('This is nested too deeply to be read.');
    case 'Too large':
      return l10n.t('This is too large to be read in one piece.');
    default:
      return l10n.t('This cannot be read as YAML.');
  }
}

type LibraryError = ParsedLeaf['errors'][number];

/** An error of the YAML library in plain English. Spans count from the start of the text. */
export function describeError(error: LibraryError, text: string): Described {
  const at = Math.min(error.pos[0], Math.max(0, text.length - 1));
  const span = wordAt(text, at, error.pos[1]);
  const comparison = unquotedComparison(text, at);
  if (comparison) {
    const value = text.slice(comparison.start, comparison.end);
    return {
      message: l10n.t('`{0}` must be in quotes: YAML takes the `>` for the start of a block of text.', value),
      span: comparison,
      fixes: [{ title: l10n.t('Put it in quotes'), edits: [{ span: comparison, text: `"${value}"` }], safe: true }],
    };
  }
  switch (error.code) {
    case 'MISSING_CHAR':
      return missing(error, text, span);
    case 'BAD_INDENT':
      return badIndent(error, text, span);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return secondColon(text, at, span);
    case 'BAD_SCALAR_START':
      return { message: l10n.t('A value cannot start with `{0}`: put it in quotes.', text.charAt(at)), span, fixes: quoting(text, span) };
    case 'BAD_DQ_ESCAPE':
      return {
        message: l10n.t('This is not an escape sequence. In single quotes a backslash is just a backslash.'),
        span: { start: at, end: Math.min(text.length, at + 2) },
      };
    case 'TAB_AS_INDENT':
      return { message: l10n.t('A tab indents this line; YAML takes only spaces.'), span };
    case 'MULTIPLE_ANCHORS':
      return { message: l10n.t('A value has at most one anchor.'), span };
    case 'MULTIPLE_TAGS':
      return { message: l10n.t('A value has at most one tag.'), span };
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return { message: l10n.t('An alias is `*` and a name, and nothing else.'), span };
    case 'KEY_OVER_1024_CHARS':
      return { message: l10n.t('A key is at most 1,024 characters long.'), span };
    case 'MULTILINE_IMPLICIT_KEY':
      return { message: l10n.t('A key must stand on one line, with a colon behind it.'), span };
    case 'IMPOSSIBLE':
      return { message: refusalText(error.message), span };
    default:
      return { message: l10n.t('This does not fit here. Expected `key: value`, or `- ` and an item.'), span };
  }
}

function missing(error: LibraryError, text: string, span: Span): Described {
  const quote = /^Missing closing (['"])/.exec(error.message)?.[1];
  if (quote) {
    const end = Math.min(error.pos[0], text.length);
    const start = openingQuote(text, quote, end);
    const line = text.indexOf('\n', start);
    return {
      message: l10n.t('This quote is never closed.'),
      span: { start, end: trimEnd(text, start, line < 0 ? end : Math.min(end, line)) },
      broken: { start: end, end: end + 1 },
    };
  }
  if (/Implicit map keys|Implicit keys/.test(error.message)) {
    const key = keyBefore(text, error.pos[0]);
    const fix = { title: l10n.t('Insert a colon'), edits: [{ span: { start: key.end, end: key.end }, text: ':' }], safe: false };
    return { message: l10n.t('A colon is missing behind this key.'), span: key, fixes: [fix] };
  }
  return { message: l10n.t('A comma or a colon is missing before this.'), span };
}

function badIndent(error: LibraryError, text: string, span: Span): Described {
  const bracket = /end with a ([\]}])/.exec(error.message)?.[1];
  if (!bracket) return { message: l10n.t('This line does not line up with the others beside it.'), span };
  const start = openBracket(text) ?? span.start;
  return {
    message: l10n.t('This `{0}` is never closed: a `{1}` is missing.', text.charAt(start), bracket),
    span: { start, end: start + 1 },
  };
}

/** `url: http: foo`. */
function secondColon(text: string, at: number, span: Span): Described {
  const line = lineEnd(text, at);
  const value = { start: at, end: trimEnd(text, at, line) };
  if (line < text.trimEnd().length)
    return { message: l10n.t('This line and the one below do not fit together: check how far they are indented.'), span };
  return { message: l10n.t('A value with a colon and a space in it must be in quotes.'), span: value, fixes: quoting(text, value) };
}

/** The value that starts with `>` and goes on like a comparison: `success: > 99%`. */
function unquotedComparison(text: string, at: number): Span | undefined {
  const start = lineStart(text, at);
  const line = text.slice(start, lineEnd(text, at));
  const match = /(?<=:\s+)>=?\s*\d[^,}\]#]*/.exec(line);
  if (!match) return undefined;
  const from = start + match.index;
  const end = trimEnd(text, from, from + match[0].length);
  return at >= from && at <= end ? { start: from, end } : undefined;
}

function quoting(text: string, span: Span): NonNullable<Described['fixes']> {
  const value = text.slice(span.start, span.end);
  if (value === '' || /["\\\n]/.test(value)) return [];
  return [{ title: l10n.t('Put it in quotes'), edits: [{ span, text: `"${value}"` }], safe: false }];
}

/** From the place of an error to the end of the word there; at least one character where there is one. */
function wordAt(text: string, at: number, to: number): Span {
  let start = at;
  while (start > 0 && /\s/.test(text.charAt(start))) start--;
  let end = Math.max(start + 1, Math.min(to, lineEnd(text, start)));
  while (end < text.length && /[^\s,\]}]/.test(text.charAt(end))) end++;
  return { start, end: Math.min(end, text.length) };
}

function keyBefore(text: string, at: number): Span {
  const end = trimEnd(text, 0, at);
  let start = end;
  while (start > 0 && !/[\n{,]/.test(text.charAt(start - 1))) start--;
  while (start < end && /[\s-]/.test(text.charAt(start))) start++;
  return { start, end };
}

/** The innermost bracket that is still open at the end; those in quotes and comments do not count. */
function openBracket(text: string): number | undefined {
  const open: { readonly at: number; readonly closed: string }[] = [];
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[[{\]}]/g)) {
    if (sign === '[' || sign === '{') open.push({ at: index, closed: sign === '[' ? ']' : '}' });
    else if (sign === open.at(-1)?.closed) open.pop();
  }
  return open.at(-1)?.at;
}

/** Where the string that ends the text begins. */
function openingQuote(text: string, quote: string, end: number): number {
  let open: number | undefined;
  for (const match of text.slice(0, end).matchAll(/"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/g)) {
    if (match[0].startsWith(quote)) open = match.index;
  }
  return open ?? Math.max(0, end - 1);
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
