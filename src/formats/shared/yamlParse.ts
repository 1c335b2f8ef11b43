import * as l10n from '@vscode/l10n';
import { finish, type Steps } from '../../model/steps';
import type { Span } from '../../model/text';
import { joined } from './spans';
import { Converter } from './yamlConvert';
import { describeError } from './yamlErrors';
import { type ParsedLeaf, parseLeaf } from './yamlLeaf';
import { type Line, linesOf } from './yamlLines';
import type { YamlEntry, YamlNode } from './yamlNodes';
import type { YamlEdit, YamlError, YamlText } from './yamlText';

/** Larger texts are not read: nobody writes them by hand, and the editor must not wait for them. */
const largestText = 5_000_000;
const mostLines = 250_000;

/** Splits by entry this deep always; deeper only where a part does not parse. */
const alwaysSplit = 1;
const deepestSplit = 8;

/**
 * Reads a YAML text as far as it makes sense. The text is cut where an entry of the root, or of a section in it,
 * begins, and each part is parsed alone: an open quote, a tab or a conflict marker costs the part that it stands in
 * and nothing else. A part that does not parse is cut again, down to the line. Parts that `previous` has parsed are
 * taken from there. Never throws.
 */
export function parseYaml(text: string, previous?: YamlText): YamlText {
  return finish(parseYamlSteps(text, previous));
}

/** The same as {@link parseYaml} in small steps. */
export function* parseYamlSteps(text: string, previous?: YamlText): Steps<YamlText> {
  if (text.length > largestText) {
    const size = Math.round(text.length / 1e6);
    return unreadable(
      text,
      l10n.t('This file is too large to be read: {0} MB, of {1} MB at most. Split it into several files.', size, largestText / 1e6),
    );
  }
  if (lineCount(text) > mostLines)
    return unreadable(text, l10n.t('This file has too many lines to be read: 250,000 at most. Split it into several files.'));
  const nul = text.indexOf('\0');
  if (nul >= 0) return unreadable(text, l10n.t('This file is not text: it contains binary data.'));
  const reading = new Reading(text, previous);
  yield;
  return yield* reading.read();
}

function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function unreadable(text: string, message: string): YamlText {
  const end = /[\r\n]/.exec(text.slice(0, 200))?.index ?? Math.min(text.length, 200);
  const span = { start: 0, end };
  return { root: undefined, errors: [{ message, span }], unsound: [{ start: 0, end: text.length }], leaves: new Map() };
}

/** Entries between two pauses. */
const atOnce = 32;

/** Lines from `from` to `to` (exclusive). `dash`: where a list's dash in the first line is read as a space. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly dash?: number;
}

type Item = { readonly entries: readonly YamlEntry[]; readonly node: YamlNode | undefined };
const nothing: Item = { entries: [], node: undefined };

class Reading {
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #errors: YamlError[];
  readonly #unsound: Span[] = [];
  readonly #converter: Converter;
  readonly #known: ReadonlyMap<string, ParsedLeaf>;
  readonly #leaves = new Map<string, ParsedLeaf>();
  #hasSkipped: boolean;
  #unit: string | undefined;

  constructor(text: string, previous: YamlText | undefined) {
    const { lines, errors } = linesOf(text);
    this.#text = text;
    this.#lines = lines;
    this.#errors = [...errors];
    this.#converter = new Converter(text);
    this.#hasSkipped = lines.some((line) => line.skipped);
    this.#known = previous?.leaves ?? new Map();
    for (const line of lines) if (line.lost) this.#markUnsound(line.start, line.next);
  }

  *read(): Steps<YamlText> {
    const root = (yield* this.#block({ from: 0, to: this.#lines.length }, -1, 0)) ?? this.#leaf({ from: 0, to: this.#lines.length }).node;
    for (const { name, span } of this.#converter.unresolved) {
      this.#errors.push({ message: l10n.t('No anchor `&{0}` stands above this.', name), span });
      this.#markUnsound(span.start, span.end);
    }
    for (const span of this.#converter.oddKeys) {
      this.#errors.push({ message: l10n.t('A key must be a word, not a map, a list or an alias.'), span });
      this.#markUnsound(span.start, span.end);
    }
    this.#errors.sort((a, b) => a.span.start - b.span.start);
    return { root, errors: this.#errors, unsound: joined(this.#unsound), leaves: this.#leaves };
  }

  /** The block map or list that the lines of a part are, cut by entry; undefined where they are neither. */
  *#block(part: Part, parentIndent: number, depth: number): Steps<YamlNode | undefined> {
    const first = this.#firstContent(part);
    if (first === undefined) return undefined;
    const indent = this.#indent(part, first);
    const isList = this.#startsWithDash(part, first);
    if (indent < parentIndent || (indent === parentIndent && !isList)) return undefined;
    if (!isList && !this.#looksLikeMap(part, first, indent)) return undefined;
    const starts = [first];
    // A bracket, or the value of a `?` key, goes on with the entry above.
    for (let i = first + 1; i < part.to; i++) {
      const line = this.#lines[i];
      if (!line || line.idle || line.skipped || line.tab || line.indent !== indent) continue;
      if (
        this.#startsWithDash(part, i) === isList &&
        !/^(?:[[\]{}]|:(?:\s|$))/.test(this.#text.slice(line.start + indent, line.start + indent + 2))
      )
        starts.push(i);
    }
    const entries: YamlEntry[] = [];
    const items: YamlNode[] = [];
    for (const [k, from] of starts.entries()) {
      const dash = from === part.from && part.dash !== undefined ? { dash: part.dash } : {};
      const item = yield* this.#item({ from, to: starts[k + 1] ?? part.to, ...dash }, isList, depth);
      if (k % atOnce === 0) yield;
      entries.push(...item.entries);
      if (item.node) items.push(item.node);
    }
    const line = this.#lines[first];
    const start = part.dash !== undefined && first === part.from ? part.dash + 1 + this.#gap(part.dash) : (line?.start ?? 0) + indent;
    const end = Math.max(start, entries.at(-1)?.value.span.end ?? items.at(-1)?.span.end ?? start);
    const span = { start, end };
    return isList ? { kind: 'list', span, flow: false, items } : { kind: 'map', span, flow: false, entries };
  }

  /** One entry of a map, or one item of a list. */
  *#item(part: Part, isList: boolean, depth: number): Steps<Item> {
    if (!isList && depth < alwaysSplit) {
      const split = yield* this.#section(part, depth);
      if (split) return split;
    }
    const leaf = this.#parse(part);
    if (leaf.parsed.errors.length === 0) return this.#sorted(part, this.#converter.convert(leaf.parsed, leaf.base), isList);
    return yield* this.#broken(part, isList, depth);
  }

  /** `name:` with its entries below. */
  *#section(part: Part, depth: number): Steps<Item | undefined> {
    const header: Part = { ...part, to: part.from + 1 };
    const line = this.#lines[part.from];
    if (!line || part.to === part.from + 1 || !/:\s*(?:#.*)?$/.test(this.#text.slice(line.start, line.end))) return undefined;
    const { parsed, base } = this.#parse(header);
    if (parsed.errors.length > 0) return undefined;
    const node = this.#converter.convert(parsed, base);
    const entry = node?.kind === 'map' && node.entries.length === 1 ? node.entries[0] : undefined;
    if (entry?.value.kind !== 'scalar' || entry.value.text !== '' || entry.value.style !== 'plain') return undefined;
    const value = yield* this.#block({ from: part.from + 1, to: part.to }, this.#indent(part, part.from), depth + 1);
    const { key, keySpan, nameSpan } = entry;
    return value && { entries: [{ key, keySpan, nameSpan, value }], node: undefined };
  }

  /** A part with an error in it: what is under its header, or behind its dash, or else its first line may still be sound. */
  *#broken(part: Part, isList: boolean, depth: number): Steps<Item> {
    if (this.#passOverTabs(part)) return yield* this.#item(part, isList, depth);
    if (depth < deepestSplit) {
      const split = isList ? yield* this.#listItem(part, depth) : yield* this.#section(part, depth);
      if (split) return split;
      const rest = this.#firstContent({ from: part.from + 1, to: part.to });
      const { parsed, base } = this.#parse({ ...part, to: rest ?? part.to });
      if (!isList && rest !== undefined && parsed.errors.length === 0) {
        const node = this.#converter.convert(parsed, base);
        if (node?.kind === 'map') this.#lostLines(rest, part.to);
        return this.#sorted(part, node, isList);
      }
    }
    return this.#leaf(part, isList);
  }

  *#listItem(part: Part, depth: number): Steps<Item | undefined> {
    const line = this.#lines[part.from];
    if (!line || part.dash !== undefined) return undefined;
    const value = yield* this.#block({ ...part, dash: line.start + line.indent }, line.indent, depth + 1);
    return value && { entries: [], node: value };
  }

  /** The smallest part: what the parser could save of it, with its first error. */
  #leaf(part: Part, isList?: boolean): Item {
    const { parsed, base, text } = this.#parse(part);
    const error = parsed.errors[0];
    if (!error) return this.#sorted(part, this.#converter.convert(parsed, base), isList);
    this.#markUnsound(base, base + text.length);
    const { message, span, fixes, broken } = describeError(error, text);
    const moved = (at: Span): Span => ({ start: base + at.start, end: base + at.end });
    this.#errors.push({
      message,
      span: moved(span),
      ...(fixes && {
        fixes: fixes.map((fix) => ({
          ...fix,
          edits: fix.edits.map(({ span: at, text: instead }) => ({ span: moved(at), text: instead })),
        })),
      }),
    });
    return this.#sorted(part, this.#converter.convert(parsed, base, broken && moved(broken)), isList);
  }

  /** Takes a parsed part for what its place wants: an entry, an item, or (for the whole text) anything. */
  #sorted(part: Part, node: YamlNode | undefined, isList: boolean | undefined): Item {
    if (!node) return nothing;
    if (isList === undefined) return { entries: [], node };
    if (isList) return node.kind === 'list' ? { entries: [], node: node.items[0] } : nothing;
    if (node.kind === 'map') return { entries: node.entries, node: undefined };
    this.#noColon(part, node);
    return nothing;
  }

  /** A line such as `tim` or `timeout:5s` where a key should stand. */
  #noColon(part: Part, node: YamlNode): void {
    const line = this.#lines[part.from];
    if (!line || node.kind === 'broken') return;
    this.#markUnsound(line.start, this.#lines[part.to - 1]?.next ?? line.next);
    const [shown = ''] = /^[^\r\n]*/.exec(this.#text.slice(node.span.start, node.span.end)) ?? [];
    const span = { start: node.span.start, end: node.span.start + shown.length };
    const glued = /^[\w.-]+:(?=\S)/.exec(this.#text.slice(span.start, span.end));
    if (glued && node.kind === 'scalar') {
      const at = span.start + glued[0].length;
      const fix = { title: l10n.t('Insert a space'), edits: [{ span: { start: at, end: at }, text: ' ' }], safe: true };
      this.#errors.push({ message: l10n.t('A space is missing behind the colon.'), span, fixes: [fix] });
    } else {
      this.#errors.push({ message: l10n.t('Expected a key with a colon behind it, such as `name: value`.'), span });
    }
  }

  /** Lines that a tab indents are left out; one problem for all of them, with spaces as the way out. */
  #passOverTabs(part: Part): boolean {
    const edits: YamlEdit[] = [];
    for (let i = part.from; i < part.to; i++) {
      const line = this.#lines[i];
      if (!line?.tab || line.skipped) continue;
      line.skipped = true;
      this.#hasSkipped = true;
      this.#markUnsound(line.start, line.next);
      const [white = ''] = /^\s*/.exec(this.#text.slice(line.start, line.end)) ?? [];
      edits.push({ span: { start: line.start, end: line.start + white.length }, text: white.replaceAll('\t', this.#indentUnit()) });
    }
    const [first] = edits;
    if (!first) return false;
    const start = this.#text.indexOf('\t', first.span.start);
    const fix = { title: l10n.t('Replace tabs with spaces'), edits, safe: false };
    this.#errors.push({
      message: l10n.t('A tab indents this line; YAML takes only spaces.'),
      span: { start, end: start + 1 },
      fixes: [fix],
    });
    return true;
  }

  /** What this file indents a level by: the least that any line is. */
  #indentUnit(): string {
    if (this.#unit === undefined) {
      let least = Infinity;
      for (const { idle, indent, tab } of this.#lines) if (!idle && !tab && indent > 0 && indent < least) least = indent;
      this.#unit = ' '.repeat(least <= 8 ? least : 2);
    }
    return this.#unit;
  }

  #lostLines(from: number, to: number): void {
    const line = this.#lines[from];
    if (!line) return;
    this.#markUnsound(line.start, this.#lines[to - 1]?.next ?? line.next);
    this.#errors.push({
      message: l10n.t('This line does not line up with what stands above it: it is indented too far, or not far enough.'),
      span: { start: line.start + line.indent, end: line.end },
    });
  }

  #markUnsound(start: number, end: number): void {
    this.#unsound.push({ start, end });
  }

  #parse(part: Part): { readonly parsed: ParsedLeaf; readonly base: number; readonly text: string } {
    const text = this.#partText(part);
    const parsed = this.#leaves.get(text) ?? this.#known.get(text) ?? parseLeaf(text);
    this.#leaves.set(text, parsed);
    return { parsed, base: this.#lines[part.from]?.start ?? 0, text };
  }

  #partText(part: Part): string {
    const start = this.#lines[part.from]?.start ?? 0;
    const pieces: string[] = [];
    let from = start;
    const passOver = (begin: number, end: number) => {
      pieces.push(this.#text.slice(from, begin), ' '.repeat(end - begin));
      from = end;
    };
    if (part.dash !== undefined) passOver(part.dash, part.dash + 1);
    if (this.#hasSkipped) {
      for (let i = part.from; i < part.to; i++) {
        const line = this.#lines[i];
        if (line?.skipped && line.end > from) passOver(Math.max(line.start, from), line.end);
      }
    }
    const end = this.#lines[part.to - 1]?.next ?? start;
    if (pieces.length === 0) return this.#text.slice(start, end);
    pieces.push(this.#text.slice(from, end));
    return pieces.join('');
  }

  #firstContent(part: Part): number | undefined {
    for (let i = part.from; i < part.to; i++) {
      const line = this.#lines[i];
      if (line && !line.skipped && (!line.idle || (i === part.from && part.dash !== undefined)))
        return line.idle || line.tab ? undefined : i;
    }
    return undefined;
  }

  #indent(part: Part, index: number): number {
    const line = this.#lines[index];
    if (!line) return 0;
    if (index !== part.from || part.dash === undefined) return line.indent;
    return part.dash - line.start + 1 + this.#gap(part.dash);
  }

  /** How many spaces stand behind a dash. */
  #gap(dash: number): number {
    let at = dash + 1;
    while (this.#text[at] === ' ') at++;
    return at - dash - 1;
  }

  #startsWithDash(part: Part, index: number): boolean {
    const line = this.#lines[index];
    if (!line) return false;
    const at = line.start + this.#indent(part, index);
    return this.#text[at] === '-' && /^\s?$/.test(this.#text.charAt(at + 1));
  }

  /** A key on the first line, or on another line that stands as far in: the first one may be half typed. */
  #looksLikeMap(part: Part, first: number, indent: number): boolean {
    for (let i = first; i < part.to; i++) {
      const line = this.#lines[i];
      if (!line || line.idle || line.skipped || this.#indent(part, i) !== indent) continue;
      const text = this.#text.slice(line.start + indent, line.end);
      if (/^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#&*!|>'"%@`{}[\],?-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s|$)/.test(text)) return true;
      if (i === first && /^[{[|>&*!?"']/.test(text)) return false;
    }
    return false;
  }
}
