import type { Hover, Position } from 'vscode-languageserver-types';
import { LineIndex } from '../../model/text';
import type { Severity } from '../../rules/rule';
import type { Configuration } from '../../workspace/config';
import { percentageText } from '../hover/percentage';
import { touches } from '../locate';
import { markdown } from '../lsp';
import { keyText } from '../schema';
import { configurationSlot } from './schema';

/** What a key of a configuration means, and what a percentage in it is in time. */
export function configurationHover({ keys }: Pick<Configuration<Severity>, 'keys'>, text: string, position: Position): Hover | undefined {
  const lines = new LineIndex(text);
  const offset = lines.offsetAt(position);
  for (const [path, { key, value }] of keys) {
    const [name = '', ...above] = path.split('.').reverse();
    const doc = configurationSlot(above.reverse())?.keys.get(name);
    if (!doc) continue;
    const isKey = touches(key, offset);
    const span = isKey ? key : value;
    const meaning = isKey
      ? keyText(name, doc)
      : doc.type.name === 'percentage'
        ? percentageText(text.slice(span.start, span.end))
        : undefined;
    if (meaning === undefined || !touches(span, offset)) continue;
    return {
      contents: { kind: markdown, value: meaning },
      range: { start: lines.positionAt(span.start), end: lines.positionAt(span.end) },
    };
  }
  return undefined;
}
