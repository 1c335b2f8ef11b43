import { movedSpan } from '../../model/origin';
import type { TextPart, YamlEntry, YamlNode } from './yamlNodes';

// Most of a text stays as it is while somebody types, and only stands a little further on. What was made of it is taken
// again, and its places are worked out only where somebody looks.

/** The node so many characters further on. */
export function moved(node: YamlNode, by: number, part?: TextPart): YamlNode {
  const span = movedSpan(node.span, by);
  if (node.kind === 'map') {
    const inner = node.entries.length === 1 ? part : undefined;
    let entries: readonly YamlEntry[] | undefined;
    return {
      kind: 'map',
      span,
      flow: node.flow,
      get entries() {
        entries ??= node.entries.map((entry) => movedEntry(entry, by, inner));
        return entries;
      },
      ...(part && { part }),
    };
  }
  if (node.kind === 'list') {
    const inner = node.items.length === 1 ? part : undefined;
    let items: readonly YamlNode[] | undefined;
    return {
      kind: 'list',
      span,
      flow: node.flow,
      get items() {
        items ??= node.items.map((item) => moved(item, by, inner));
        return items;
      },
    };
  }
  return { ...node, span };
}

function movedEntry(entry: YamlEntry, by: number, part: TextPart | undefined): YamlEntry {
  let value: YamlNode | undefined;
  return {
    key: entry.key,
    keySpan: movedSpan(entry.keySpan, by),
    nameSpan: movedSpan(entry.nameSpan, by),
    get value() {
      value ??= moved(entry.value, by);
      return value;
    },
    ...(part && { part }),
  };
}

/** The node with what is alone in its part marked so: the one entry of a map, or the one item of a list. */
export function withPart(node: YamlNode, part: TextPart): YamlNode {
  if (node.kind === 'map') {
    const [entry, ...others] = node.entries;
    return entry && others.length === 0 ? { ...node, entries: [{ ...entry, part }], part } : { ...node, part };
  }
  if (node.kind !== 'list') return node;
  const [item, ...others] = node.items;
  return item?.kind === 'map' && others.length === 0 ? { ...node, items: [{ ...item, part }] } : node;
}
