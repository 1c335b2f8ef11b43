import type { CompletionItem, Position } from 'vscode-languageserver-types';
import { emptySystem } from '../../model/system';
import { LineIndex } from '../../model/text';
import { complete, type Grammar } from '../completion/completion';
import { configurationSlot } from './schema';

const grammar: Grammar = {
  slotAt: configurationSlot,
  opens: (_, { type }) => type.name === 'block',
  entries: () => [],
  // It names nothing of an architecture.
  system: emptySystem(''),
};

/** Keys, rules, severities and kinds that may stand at a position of a configuration. */
export function configurationCompletions(text: string, position: Position): readonly CompletionItem[] {
  const lines = new LineIndex(text);
  return complete(text, lines.offsetAt(position), grammar, ({ start, end }) => ({
    start: lines.positionAt(start),
    end: lines.positionAt(end),
  }));
}
