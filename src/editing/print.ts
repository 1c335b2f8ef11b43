import type { YamlMap, YamlNode } from '../formats/shared/yamlNodes';
import { indentStep, type Source } from './syntax';
import type { Written, WrittenEntry } from './written';

/** How a file writes its mappings, so that what is added looks like what is there. */
export interface Style {
  /** `{ a: b }` rather than `{a: b}`. */
  readonly padded: boolean;
  /** JSON: keys and texts in double quotes. */
  readonly quoted: boolean;
  /** Mappings inside an entry (`retry`) stand on lines of their own. */
  readonly blocks: boolean;
  /** One level of indentation. */
  readonly step: string;
}

/** Mappings this far down are those inside an entry of a section. */
const insideEntries = 3;

/** The habits of a file: of its flow mappings, and of the mappings inside its calls, policies and components. */
export function styleOf(source: Source): Style {
  const counts = { flow: 0, block: 0, padded: 0, quoted: 0, flows: 0 };
  for (const [map, depth] of mappings(source.root)) {
    if (map.entries.length === 0) continue;
    if (depth >= insideEntries) counts[map.flow ? 'flow' : 'block']++;
    if (!map.flow) continue;
    counts.flows++;
    if (isPadded(map, source.text)) counts.padded++;
    if (isQuoted(map, source.text)) counts.quoted++;
  }
  return {
    padded: counts.padded * 2 >= counts.flows,
    quoted: counts.flows > 0 && counts.quoted === counts.flows,
    blocks: counts.block > counts.flow,
    step: indentStep(source),
  };
}

/** All mappings with their depth; what aliases stand for is visited where it is written. */
function* mappings(root: YamlNode | undefined): Generator<[YamlMap, number]> {
  const waiting: [YamlNode, number][] = root ? [[root, 0]] : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [node, depth] = next;
    if (node.kind === 'map') {
      yield [node, depth];
      for (const { value } of node.entries) waiting.push([value, depth + 1]);
    } else if (node.kind === 'list') {
      for (const item of node.items) waiting.push([item, depth + 1]);
    }
  }
}

/** The style of one flow mapping, which goes before the habits of the file. */
export function flowStyle(map: YamlMap, text: string, file: Style): Style {
  return map.entries.length === 0 ? file : { ...file, padded: isPadded(map, text), quoted: isQuoted(map, text) };
}

function isPadded(map: YamlMap, text: string): boolean {
  return /\s/.test(text[map.span.start + 1] ?? ' ');
}

function isQuoted(map: YamlMap, text: string): boolean {
  return map.entries.every(({ keySpan }) => text[keySpan.start] === '"');
}

export function printKey(key: string, style: Style): string {
  return style.quoted ? JSON.stringify(key) : plain(key);
}

/** A value on one line. */
export function printFlow(written: Written, style: Style): string {
  switch (written.kind) {
    case 'token':
      return style.quoted && !/^(true|false|\d+(\.\d+)?)$/.test(written.text) ? JSON.stringify(written.text) : written.text;
    case 'word':
      return style.quoted ? JSON.stringify(written.text) : plain(written.text);
    case 'list':
      return `[${written.items.map((item) => printFlow(item, style)).join(', ')}]`;
    case 'map':
      return printPairs(
        written.entries.map(([key, value]) => `${printKey(key, style)}: ${printFlow(value, style)}`),
        style,
      );
  }
}

/** Pairs in braces. */
export function printPairs(pairs: readonly string[], { padded }: Style): string {
  const pad = padded ? ' ' : '';
  return pairs.length > 0 ? `{${pad}${pairs.join(', ')}${pad}}` : '{}';
}

/** `key: value` on one line, or with `blocks` a mapping's keys on lines of their own; no line break is behind the last. */
export function printEntry([key, value]: WrittenEntry, indent: string, eol: string, style: Style, blocks = style.blocks): string {
  const name = `${indent}${printKey(key, style)}:`;
  if (!blocks || value.kind !== 'map' || value.entries.length === 0) return `${name} ${printFlow(value, style)}`;
  return [name, ...value.entries.map((entry) => printEntry(entry, indent + style.step, eol, style))].join(eol);
}

/** A text as a plain scalar where YAML reads it back as the same text, in quotes elsewhere. */
export function plain(text: string): string {
  const readAsOther = /^([-+]?[.\d][\d_.eE+:-]*|0[xo][\da-f]+|[-+]?\.(inf|nan)|true|false|yes|no|on|off|y|n|null|none|~)$/i;
  const safe = /^[\p{L}\p{N}_/.$+][\p{L}\p{N}_/.$+@%() -]*$/u.test(text) && !/\s$/.test(text) && !readAsOther.test(text);
  return safe ? text : JSON.stringify(text);
}
