import type { YamlEntry, YamlMap, YamlNode } from '../formats/shared/yamlNodes';
import { parseYaml } from '../formats/shared/yamlParse';
import type { YamlText } from '../formats/shared/yamlText';

/** One YAML file with its syntax tree; every node knows the offsets it stands at. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly yaml: YamlText;
  readonly root: YamlNode | undefined;
}

export function parseSource(file: string, text: string): Source {
  const yaml = parseYaml(text);
  return { file, text, yaml, root: yaml.root };
}

export function rootOf({ root }: Source): YamlMap | undefined {
  return root?.kind === 'map' ? root : undefined;
}

/** The end of line used around an offset: of its own line, of the file's first line, or LF. */
export function eolAt(text: string, offset: number): string {
  const end = lineEnd(text, offset);
  if (text[end] === '\r') return text[end + 1] === '\n' ? '\r\n' : '\r';
  if (text[end] === '\n') return '\n';
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The offset just behind the last character of a line, before its end-of-line characters. */
export function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start === 0 && text.startsWith('\uFEFF') ? Math.min(1, offset) : start;
}

/** The column at which an entry of a block collection stands, as spaces: for `from` in `  - from` that is four. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  const [prefix = ''] = /^[ ]*(?:[-?][ ]+)*/.exec(text.slice(start, offset)) ?? [];
  return ' '.repeat(prefix.length);
}

/** The entry of a key that this mapping writes itself; what it merges in does not count. */
export function ownEntry(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

/** Whether an entry has a value in the text: `timeout:` and `{ timeout }` have none. */
export function hasValue({ value }: YamlEntry): boolean {
  return value.span.end > value.span.start;
}

/** The offset behind the colon of an entry, undefined where the colon is not typed yet. */
export function colonEnd({ keySpan }: YamlEntry, text: string): number | undefined {
  const colon = /^[ \t]*:/.exec(text.slice(keySpan.end, keySpan.end + 100));
  return colon ? keySpan.end + colon[0].length : undefined;
}

/** The offset behind the last character that belongs to a node, without the comments and blank lines behind it. */
export function contentEnd(node: YamlNode, text: string): number {
  if (node.kind === 'map' && !node.flow) {
    const last = node.entries.at(-1);
    return last ? entryEnd(last, text) : node.span.end;
  }
  if (node.kind === 'list' && !node.flow) {
    const last = node.items.at(-1);
    return last ? contentEnd(last, text) : node.span.end;
  }
  return node.span.end;
}

/** The offset behind the last character of an entry. */
export function entryEnd(entry: YamlEntry, text: string): number {
  if (hasValue(entry)) return contentEnd(entry.value, text);
  const colon = colonEnd(entry, text);
  if (colon === undefined) return entry.keySpan.end;
  const anchor = /^[ \t]+[&!][^\s,[\]{}]*/.exec(text.slice(colon, lineEnd(text, colon)));
  return colon + (anchor ? anchor[0].length : 0);
}

/** How many spaces one level of this file is indented by: what its first nested mapping does, else two. */
export function indentStep({ root, text }: Source): string {
  if (root?.kind !== 'map') return '  ';
  for (const { value } of root.entries) {
    const start = value.kind === 'map' && !value.flow ? value.entries[0]?.keySpan.start : undefined;
    const width = start === undefined ? 0 : indentAt(text, start).length;
    if (width > 0 && width <= 8) return ' '.repeat(width);
  }
  return '  ';
}
