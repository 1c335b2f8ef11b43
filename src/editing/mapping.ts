import type { YamlEntry, YamlMap, YamlNode } from '../formats/shared/yamlNodes';
import type { Span } from '../model/text';
import type { Edit } from './edit';
import { flowStyle, printEntry, printFlow, printKey, printPairs, type Style } from './print';
import { colonEnd, contentEnd, entryEnd, eolAt, hasValue, indentAt, lineEnd, lineStart, ownEntry, type Source } from './syntax';
import { sameWritten, type Written, type WrittenEntry } from './written';

type WrittenMap = Extract<Written, { kind: 'map' }>;
type WrittenList = Extract<Written, { kind: 'list' }>;

/** What a mapping takes over from elsewhere stands before what it says itself. */
const mergeKey = '<<';

/** What a mapping shall say, and what the model says it means now. */
export interface Wanted {
  readonly entries: readonly WrittenEntry[];
  readonly current: ReadonlyMap<string, Written>;
  /** The order in which people write its keys. */
  readonly order: readonly string[];
}

/** Sets keys of a mapping, each in the style of what stands around it. */
export function setKeys(source: Source, map: YamlMap, wanted: Wanted, file: Style): readonly Edit[] {
  const style = map.flow ? flowStyle(map, source.text, file) : file;
  const edits: Edit[] = [];
  const missing: WrittenEntry[] = [];
  for (const [key, value] of wanted.entries) {
    const entry = ownEntry(map, key);
    const current = wanted.current.get(key);
    const same = sameWritten(current, value);
    if (!entry) {
      if (!same) missing.push([key, value]);
    } else if (!same || !hasValue(entry)) {
      edits.push(...setValue(source, map, entry, value, current, style));
    }
  }
  return [...edits, ...insertKeys(source, map, missing, wanted.order, style)];
}

/** Gives an entry another value; of a mapping only the keys that differ are touched. */
function setValue(
  source: Source,
  map: YamlMap,
  entry: YamlEntry,
  wanted: Written,
  current: Written | undefined,
  style: Style,
): readonly Edit[] {
  if (!hasValue(entry)) return [fillValue(source, map, entry, wanted, style)];
  const inside =
    wanted.kind === 'map' && current?.kind === 'map'
      ? setNested(source, entry.value, wanted, current, style)
      : wanted.kind === 'list' && current?.kind === 'list'
        ? appendItems(source, entry.value, wanted, current, style)
        : undefined;
  return inside ?? replaceValue(source, entry, wanted, style);
}

/** The keys of a nested mapping that differ; undefined where it must be written anew. */
function setNested(source: Source, node: YamlNode, wanted: WrittenMap, current: WrittenMap, style: Style): readonly Edit[] | undefined {
  const now = new Map(current.entries);
  const names = new Set(wanted.entries.map(([key]) => key));
  const changed = wanted.entries.filter(([key, value]) => !sameWritten(now.get(key), value));
  const lost = current.entries.map(([key]) => key).filter((key) => !names.has(key));
  if (node.kind === 'alias') return lost.length > 0 ? undefined : overrideAlias(node, changed, style);
  if (node.kind !== 'map') return undefined;
  const gone = new Set(lost);
  const kept = node.entries.filter(({ key }) => !gone.has(key));
  const isOwn = lost.every((key) => ownEntry(node, key));
  if (!isOwn || (kept.length === 0 && lost.length > 0)) return undefined;
  const removals = node.entries.flatMap((entry, i) => (gone.has(entry.key) ? removeEntry(source, node, i, kept[0]) : []));
  const rest = { ...node, entries: kept };
  return [...removals, ...setKeys(source, rest, { entries: changed, current: now, order: [...names] }, style)];
}

/** What comes behind the items that are there; undefined where the list must be written anew. */
function appendItems(
  { text }: Source,
  list: YamlNode,
  wanted: WrittenList,
  current: WrittenList,
  style: Style,
): readonly Edit[] | undefined {
  const last = list.kind === 'list' ? list.items.at(-1) : undefined;
  if (list.kind !== 'list' || !last || list.items.length !== current.items.length) return undefined;
  if (!current.items.every((item, i) => sameWritten(item, wanted.items[i]))) return undefined;
  const added = wanted.items.slice(current.items.length).map((item) => printFlow(item, style));
  const end = contentEnd(last, text);
  const at = list.flow ? end : lineEnd(text, end);
  const dash = ' '.repeat(list.span.start - lineStart(text, list.span.start));
  return [{ start: at, end: at, text: added.map((item) => (list.flow ? `, ${item}` : `${eolAt(text, at)}${dash}- ${item}`)).join('') }];
}

/** `*anchor` becomes `{ <<: *anchor, key: value }`: what the anchor says stays as it is, for everybody else. */
export function overrideAlias(node: YamlNode, entries: readonly WrittenEntry[], style: Style): readonly Edit[] | undefined {
  if (node.kind !== 'alias' || node.target?.kind !== 'map') return undefined;
  if (entries.length === 0) return [];
  const pairs = [`${mergeKey}: *${node.name}`, ...entries.map(([key, value]) => `${printKey(key, style)}: ${printFlow(value, style)}`)];
  return [{ start: node.span.start, end: node.span.end, text: printPairs(pairs, style) }];
}

/** A value for `key:`, `key` or `key: &anchor`, which have none. */
export function fillValue(source: Source, map: YamlMap, entry: YamlEntry, wanted: Written, style: Style): Edit {
  const { text } = source;
  const at = entryEnd(entry, text);
  const colon = colonEnd(entry, text) === undefined ? ':' : '';
  if (map.flow || !style.blocks || wanted.kind !== 'map' || colon) {
    return { start: at, end: at, text: `${colon} ${printFlow(wanted, style)}` };
  }
  const end = lineEnd(text, at);
  const eol = eolAt(text, at);
  const indent = indentAt(text, entry.keySpan.start) + style.step;
  return { start: end, end, text: wanted.entries.map((inner) => eol + printEntry(inner, indent, eol, style)).join('') };
}

function replaceValue({ text }: Source, entry: YamlEntry, wanted: Written, style: Style): readonly Edit[] {
  const { value } = entry;
  const end = contentEnd(value, text);
  const colon = colonEnd(entry, text);
  const onOwnLines = (value.kind === 'map' || value.kind === 'list') && !value.flow;
  if (!onOwnLines || colon === undefined) {
    return [{ start: value.span.start, end, text: inQuotesOf(text[value.span.start], wanted, style) }];
  }
  const [from, to] = [lineEnd(text, colon), lineEnd(text, end)];
  // All comments stay: the one behind the key where it is, those on the lines of the old value on lines of their own.
  const lead = eolAt(text, from) + indentAt(text, entry.keySpan.start);
  const comments = commentsIn(text, value, from, to).map((comment) => lead + comment);
  return [
    { start: colon, end: colon, text: ` ${printFlow(wanted, style)}` },
    { start: from, end: to, text: comments.join('') },
  ];
}

/** The comments in a stretch of a text that holds a value on lines of its own. */
function commentsIn(text: string, value: YamlNode, from: number, to: number): readonly string[] {
  const words = wordsOf(value);
  const comments: string[] = [];
  let done = from;
  for (const { index } of text.slice(from, to).matchAll(/(?<=\s)#/g)) {
    const at = from + index;
    if (at < done || words.some(({ start, end }) => start <= at && at < end)) continue;
    done = lineEnd(text, at);
    comments.push(text.slice(at, done).trimEnd());
  }
  return comments;
}

/** Where the keys and scalars of a value stand: a `#` in them begins no comment. */
function wordsOf(node: YamlNode): readonly Span[] {
  if (node.kind === 'map') return node.entries.flatMap(({ keySpan, value }) => [keySpan, ...wordsOf(value)]);
  return node.kind === 'list' ? node.items.flatMap(wordsOf) : [node.span];
}

/** Another scalar in the quotes of the one it replaces. */
function inQuotesOf(quote: string | undefined, wanted: Written, style: Style): string {
  if (wanted.kind === 'token' || wanted.kind === 'word') {
    if (quote === '"') return JSON.stringify(wanted.text);
    if (quote === "'") return `'${wanted.text.replaceAll("'", "''")}'`;
  }
  return printFlow(wanted, style);
}

/** Takes an entry away with its line or comma. `first` is the first of those that stay. */
function removeEntry({ text }: Source, map: YamlMap, i: number, first: YamlEntry | undefined): readonly Edit[] {
  const entry = map.entries[i];
  const before = map.entries[i - 1];
  const next = map.entries[i + 1];
  if (!entry) return [];
  const end = entryEnd(entry, text);
  const leads = first !== undefined && entry.keySpan.start < first.keySpan.start;
  if (map.flow || leads) {
    if (leads && next) return [{ start: entry.keySpan.start, end: next.keySpan.start, text: '' }];
    return before ? [{ start: entryEnd(before, text), end, text: '' }] : [];
  }
  const line = lineEnd(text, end);
  return [{ start: lineStart(text, entry.keySpan.start), end: line + (line < text.length ? eolAt(text, line).length : 0), text: '' }];
}

/** New keys, each behind the keys that people write before it. */
function insertKeys(source: Source, map: YamlMap, entries: readonly WrittenEntry[], order: readonly string[], style: Style): Edit[] {
  if (entries.length === 0) return [];
  if (map.entries.length === 0) return [{ start: map.span.start, end: map.span.end, text: printFlow({ kind: 'map', entries }, style) }];
  const groups = new Map<YamlEntry | 'first', WrittenEntry[]>();
  for (const entry of entries) {
    const before = entryBefore(source, map, entry[0], order);
    const group = groups.get(before);
    if (group) group.push(entry);
    else groups.set(before, [entry]);
  }
  return [...groups].map(([before, group]) => {
    if (before === 'first') return insertFirst(source, map, group, style);
    return (map.flow ? insertInFlow : insertInBlock)(source, before, group, style);
  });
}

/**
 * The last entry whose key comes before this one in the usual order. Where none does, the new one comes first if what
 * stands there comes behind it, and last if nobody knows.
 */
function entryBefore({ text }: Source, map: YamlMap, key: string, order: readonly string[]): YamlEntry | 'first' {
  const rank = order.indexOf(key);
  for (const entry of [...map.entries].reverse()) {
    const other = order.indexOf(entry.key);
    if ((other >= 0 && other < rank) || entry.key === mergeKey) return entry;
  }
  const first = map.entries[0];
  const start = first && text.slice(lineStart(text, first.keySpan.start), first.keySpan.start);
  const canLead = first !== undefined && order.includes(first.key) && (map.flow || start?.trim() === '');
  return canLead ? 'first' : (map.entries.at(-1) ?? 'first');
}

/** Before the first entry, which stands on a line of its own or inside braces. */
function insertFirst({ text }: Source, map: YamlMap, entries: readonly WrittenEntry[], style: Style): Edit {
  const at = map.entries[0]?.keySpan.start ?? map.span.start;
  const lead = text.slice(lineStart(text, at), at);
  const eol = eolAt(text, at);
  if (!map.flow)
    return { start: at, end: at, text: entries.map((entry) => printEntry(entry, lead, eol, style).trimStart() + eol + lead).join('') };
  const separator = lead.trim() === '' ? `,${eol}${lead}` : ', ';
  return {
    start: at,
    end: at,
    text: entries.map(([key, value]) => `${printKey(key, style)}: ${printFlow(value, style)}${separator}`).join(''),
  };
}

function insertInBlock({ text }: Source, before: YamlEntry, entries: readonly WrittenEntry[], style: Style): Edit {
  const at = lineEnd(text, entryEnd(before, text));
  const eol = eolAt(text, at);
  const indent = indentAt(text, before.keySpan.start);
  return { start: at, end: at, text: entries.map((entry) => eol + printEntry(entry, indent, eol, style)).join('') };
}

function insertInFlow({ text }: Source, before: YamlEntry, entries: readonly WrittenEntry[], style: Style): Edit {
  const at = entryEnd(before, text);
  const lead = text.slice(lineStart(text, before.keySpan.start), before.keySpan.start);
  const onOwnLine = lead.trim() === '' && !/^[ \t]*,?[ \t]*#/.test(text.slice(at, lineEnd(text, at)));
  const separator = onOwnLine ? `,${eolAt(text, at)}${lead}` : ', ';
  const pairs = entries.map(([key, value]) => `${separator}${printKey(key, style)}: ${printFlow(value, style)}`);
  return { start: at, end: at, text: pairs.join('') };
}
