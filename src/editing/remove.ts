import type { YamlEntry, YamlMap, YamlNode } from '../formats/shared/yamlNodes';
import type { Span, TextChange } from '../model/text';
import { contentEnd, entryEnd, eolAt, lineEnd, lineStart, ownEntry, parseSource, rootOf, type Source } from './syntax';

/**
 * Takes a named entry out of a section of a file, with its lines or its comma, and the section with it where nothing else
 * is in it. No other byte changes. Undefined where there is none to take, something else would come to mean something
 * else (an anchor in it that others use), or a comment among the names would be lost.
 */
export function removeNamed(file: string, text: string, section: string, name: string): TextChange | undefined {
  const source = parseSource(file, text);
  const root = rootOf(source);
  const holder = root && ownEntry(root, section);
  const map = holder?.value;
  if (!root || !holder || map?.kind !== 'map' || source.yaml.errors.length > 0) return undefined;
  const at = map.entries.findIndex(({ key }) => key === name);
  const entry = map.entries[at];
  // A key that stands there twice is another matter.
  if (!entry || map.entries.filter(({ key }) => key === name).length > 1) return undefined;
  const isAlone = map.entries.length === 1 && !map.flow;
  const change = isAlone ? withoutEntry(source, root, root.entries.indexOf(holder)) : withoutEntry(source, map, at);
  if (!change || anchorsInUse(text, change.span)) return undefined;
  return isAsMeant(source, change, section, name) ? { file, ...change } : undefined;
}

type Cut = Omit<TextChange, 'file'>;

function withoutEntry(source: Source, map: YamlMap, at: number): Cut | undefined {
  const entry = map.entries[at];
  if (!entry) return undefined;
  return map.flow ? outOfFlow(source, map, at, entry) : outOfBlock(source, entry);
}

/** An entry on lines of its own goes with them. */
function outOfBlock({ text }: Source, entry: YamlEntry): Cut | undefined {
  const start = lineStart(text, entry.keySpan.start);
  if (text.slice(start, entry.keySpan.start).trim() !== '') return undefined;
  const end = lineEnd(text, entryEnd(entry, text));
  if (end < text.length) return cut(start, end + eolAt(text, end).length);
  // The last line of a file has no end of its own: that of the line before goes.
  const before = /(?:\r\n|\n|\r)$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return cut(start - before, end);
}

/** An entry in braces goes with the comma behind it, the last one with the comma before it. */
function outOfFlow({ text }: Source, map: YamlMap, at: number, entry: YamlEntry): Cut | undefined {
  const before = map.entries[at - 1];
  const next = map.entries[at + 1];
  const end = entryEnd(entry, text);
  if (!before && !next) {
    const inside = { start: map.span.start + 1, end: map.span.end - 1 };
    const isBare = (text.slice(inside.start, entry.keySpan.start) + text.slice(end, inside.end)).trim() === '';
    return isBare ? cut(inside.start, inside.end) : cut(entry.keySpan.start, end);
  }
  const [from, to] = next ? [entry.keySpan.start, next.keySpan.start] : [before ? entryEnd(before, text) : end, end];
  const around = next ? text.slice(end, to) : text.slice(from, entry.keySpan.start);
  return around.includes('#') ? undefined : cut(from, to);
}

function cut(start: number, end: number): Cut {
  return { span: { start, end }, text: '' };
}

/** Whether an anchor in a stretch of a text is used by what stands outside of it. */
export function anchorsInUse(text: string, span: Span): boolean {
  const gone = text.slice(span.start, span.end);
  const rest = text.slice(0, span.start) + text.slice(span.end);
  return [...gone.matchAll(/&([^\s,[\]{}]+)/g)].some(([, anchor = '']) => rest.includes(`*${anchor}`));
}

/** Reads the text again: the same sections, and the same names in this one without that one. */
function isAsMeant(source: Source, { span }: Cut, section: string, name: string): boolean {
  const { text } = source;
  const after = parseSource(source.file, text.slice(0, span.start) + text.slice(span.end));
  if (after.yaml.errors.length > 0) return false;
  const before = outline(source, section).filter((line) => line !== `${section} ${name}`);
  const isEmpty = !before.some((line) => line.startsWith(`${section} `));
  const wanted = isEmpty ? before.filter((line) => line !== section) : before;
  const found = outline(after, section).filter((line) => !isEmpty || line !== section);
  return wanted.length === found.length && wanted.every((line, i) => line === found[i]);
}

/** The top-level keys with how much each holds, and the names in one of the sections. */
function outline(source: Source, section: string): readonly string[] {
  const root = rootOf(source);
  return (root?.entries ?? []).flatMap(({ key, value }) => {
    if (key !== section) return [`${key} ${size(value, source.text)}`];
    return [key, ...(value.kind === 'map' ? value.entries.map((entry) => `${section} ${entry.key}`) : [])];
  });
}

function size(node: YamlNode, text: string): number {
  return contentEnd(node, text) - node.span.start;
}
