import type { YamlEntry, YamlMap } from '../formats/shared/yamlNodes';
import type { Edit } from './edit';
import { setKeys } from './mapping';
import { printEntry, printFlow, printKey, type Style } from './print';
import { contentEnd, entryEnd, eolAt, hasValue, indentAt, lineEnd, lineStart, ownEntry, rootOf, type Source } from './syntax';
import type { Written, WrittenEntry } from './written';

/** The top-level keys in the order in which people write them. */
const sectionOrder: readonly string[] = [
  'faultline',
  'system',
  'include',
  'objectives',
  'regions',
  'zones',
  'sharedFate',
  'components',
  'policies',
  'calls',
  'journeys',
  'scenarios',
];

/** Adds a policy or a scenario; the section is made where it is missing. Undefined where the section is not a mapping. */
export function addEntry(source: Source, name: 'policies' | 'scenarios', entry: WrittenEntry, style: Style): readonly Edit[] | undefined {
  const root = rootOf(source);
  const section = root && ownEntry(root, name);
  if (!root) return undefined;
  if (!section) return [addSection(source, root, [name, { kind: 'map', entries: [entry] }], style)];
  if (!hasValue(section)) {
    return root.flow
      ? undefined
      : [insertBelow(source, entryEnd(section, source.text), (eol) => printNamed(entry, style.step, eol, style))];
  }
  const map = section.value;
  if (map.kind !== 'map') return undefined;
  const last = map.entries.at(-1);
  if (map.flow || !last) return setKeys(source, map, { entries: [entry], current: new Map(), order: [] }, style);
  const indent = indentAt(source.text, last.keySpan.start);
  const inOneLine = map.entries.every(({ value }) => value.kind === 'map' && value.flow);
  return [
    insertBelow(source, entryEnd(last, source.text), (eol) =>
      inOneLine ? printEntry(entry, indent, eol, style, false) : printNamed(entry, indent, eol, style),
    ),
  ];
}

/** Adds calls behind the others, in the style of the last one. Undefined where `calls` is not a list. */
export function addCalls(source: Source, calls: readonly (readonly WrittenEntry[])[], style: Style): readonly Edit[] | undefined {
  const root = rootOf(source);
  const section = root && ownEntry(root, 'calls');
  if (!root) return undefined;
  if (!section) {
    const items = calls.map((entries): Written => ({ kind: 'map', entries }));
    return [addSection(source, root, ['calls', { kind: 'list', items }], style)];
  }
  const lines = calls.map((entries) => printFlow({ kind: 'map', entries }, style));
  if (!hasValue(section)) {
    if (root.flow) return undefined;
    return [insertBelow(source, entryEnd(section, source.text), (eol) => lines.map((line) => `${style.step}- ${line}`).join(eol))];
  }
  const list = section.value;
  if (list.kind !== 'list') return undefined;
  const last = list.items.at(-1);
  if (!last) return [{ start: list.span.start, end: list.span.end, text: `[${lines.join(', ')}]` }];
  if (list.flow) return [{ start: last.span.end, end: last.span.end, text: lines.map((line) => `, ${line}`).join(''), rank: 1 }];
  const dash = ' '.repeat(list.span.start - lineStart(source.text, list.span.start));
  const inBlocks = last.kind === 'map' && !last.flow;
  return [
    insertBelow(source, contentEnd(last, source.text), (eol) =>
      inBlocks ? calls.map((call) => printItem(call, dash, eol, style)).join(eol) : lines.map((line) => `${dash}- ${line}`).join(eol),
    ),
  ];
}

/** A list item with its keys on lines of their own, the first behind the dash. */
function printItem(call: readonly WrittenEntry[], dash: string, eol: string, style: Style): string {
  const keys = call.map((entry) => printEntry(entry, `${dash}  `, eol, style)).join(eol);
  return `${dash}- ${keys.trimStart()}`;
}

function insertBelow({ text }: Source, end: number, print: (eol: string) => string): Edit {
  const at = lineEnd(text, end);
  const eol = eolAt(text, at);
  return { start: at, end: at, text: eol + print(eol), rank: 1 };
}

/** A whole section where people put it: in front of those that come behind it, else at the end. */
function addSection(source: Source, root: YamlMap, section: WrittenEntry, style: Style): Edit {
  const { text } = source;
  const next = entryBehind(root, section[0]);
  if (root.flow) {
    const at = root.entries.at(-1);
    const end = at ? entryEnd(at, text) : root.span.start + 1;
    return { start: end, end, text: `${at ? ', ' : ''}${printKey(section[0], style)}: ${printFlow(section[1], style)}`, rank: 2 };
  }
  const at = next ? startOfComments(text, lineStart(text, next.keySpan.start)) : text.trimEnd().length;
  const eol = eolAt(text, at);
  const gap = (next ? isBelowBlankLine(text, at) : separatesSections(text, root)) ? eol : '';
  const printed = printSection(section, eol, style);
  return { start: at, end: at, text: next ? printed + eol + gap : eol + gap + printed, rank: 2 };
}

/** The section that a new one stands in front of. */
function entryBehind(root: YamlMap, section: string): YamlEntry | undefined {
  const rank = sectionOrder.indexOf(section);
  const lastBefore = root.entries.reduce((last, { key }, i) => {
    const other = sectionOrder.indexOf(key);
    return other >= 0 && other < rank ? i : last;
  }, -1);
  return root.entries[lastBefore + 1];
}

/** The comment lines that stand directly above a line, without a blank one between, belong to it. */
function startOfComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const above = lineStart(text, at - (text.startsWith('\r\n', at - 2) ? 2 : 1));
    if (above >= at || text[above] !== '#') break;
    at = above;
  }
  return at;
}

/** A line break, then a line of nothing but space. `\\r\\n` is one break. */
const blankLine = /(?:\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/;
const blankLineWithin = /(?:\n|\r(?!\n))[ \t]*[\r\n]/;

function isBelowBlankLine(text: string, at: number): boolean {
  return blankLine.test(text.slice(0, at));
}

/** Whether the file leaves a blank line between most of its sections. */
function separatesSections(text: string, root: YamlMap): boolean {
  let blank = 0;
  for (const [i, entry] of root.entries.entries()) {
    const before = root.entries[i - 1];
    if (before && blankLineWithin.test(text.slice(entryEnd(before, text), entry.keySpan.start))) blank++;
  }
  return root.entries.length < 3 || blank * 2 >= root.entries.length - 1;
}

function printSection([name, value]: WrittenEntry, eol: string, style: Style): string {
  const lines =
    value.kind === 'list'
      ? value.items.map((item) => `${style.step}- ${printFlow(item, style)}`)
      : value.kind === 'map'
        ? value.entries.map((entry) => printNamed(entry, style.step, eol, style))
        : [];
  return [`${name}:`, ...lines].join(eol);
}

/** A named entry with its keys on lines of their own; what is inside them follows the file's habit. */
function printNamed(entry: WrittenEntry, indent: string, eol: string, style: Style): string {
  const [name, value] = entry;
  if (value.kind !== 'map' || value.entries.length === 0) return printEntry(entry, indent, eol, style, false);
  const keys = value.entries.map((inner) => printInner(inner, indent + style.step, eol, style));
  return [`${indent}${printKey(name, style)}:`, ...keys].join(eol);
}

/** A key of a named entry; the items of a list of mappings (events) stand on lines of their own. */
function printInner(entry: WrittenEntry, indent: string, eol: string, style: Style): string {
  const [key, value] = entry;
  if (value.kind !== 'list' || !value.items.some((item) => item.kind === 'map')) return printEntry(entry, indent, eol, style);
  const items = value.items.map((item) => `${indent}${style.step}- ${printFlow(item, style)}`);
  return [`${indent}${printKey(key, style)}:`, ...items].join(eol);
}
