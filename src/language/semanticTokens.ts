import type { SemanticTokens } from 'vscode-languageserver-types';
import type { ElementKind } from '../model/origin';
import type { Span } from '../model/text';
import { partsOf } from './locate';
import type { NamedKind } from './sites';
import type { SystemView } from './view';

/** The words of the protocol that themes colour, and what ours are: a component is what a class is elsewhere. */
const types: Readonly<Record<NamedKind, string>> = {
  component: 'class',
  region: 'namespace',
  zone: 'namespace',
  sharedFate: 'namespace',
  policy: 'interface',
  journey: 'event',
  scenario: 'function',
};

/** The types and modifiers that tokens are numbered by. */
export const semanticLegend = {
  tokenTypes: [...new Set(Object.values(types))],
  tokenModifiers: ['declaration'],
} as const;

const declaration = 1;

/** The names in a file with what they name, encoded as the protocol does: each relative to the one before. */
export function semanticTokens(view: SystemView, path: string): SemanticTokens {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  let end = 0;
  for (const { kind, span, declares } of namesIn(view, path)) {
    const range = view.range(path, span);
    // Tokens neither overlap nor go over several lines.
    if (!range || range.start.line !== range.end.line || span.start < end || span.start === span.end) continue;
    const { start } = range;
    data.push(
      start.line - line,
      start.line === line ? start.character - character : start.character,
      span.end - span.start,
      semanticLegend.tokenTypes.indexOf(types[kind]),
      declares ? declaration : 0,
    );
    ({ line, character } = start);
    end = span.end;
  }
  return { data };
}

interface Coloured {
  readonly kind: NamedKind;
  readonly span: Span;
  readonly declares: boolean;
}

/** Told from what linking noted: reading the file again for its colours would take longer than a letter takes to type. */
function namesIn({ linked, host }: SystemView, path: string): readonly Coloured[] {
  const text = host.text(path) ?? '';
  const names: Coloured[] = [];
  const add = (kind: ElementKind, span: Span, declares: boolean) => {
    // What an alias brings stands at its anchor.
    if (isNamed(kind) && text.charAt(span.start) !== '*') names.push({ kind, span, declares });
  };
  for (const [element, origins] of linked.origins) {
    for (const origin of origins) if (origin.file === path) add(partsOf(element).kind, origin.name, true);
  }
  for (const { kind, place } of linked.mentions) if (place.file === path) add(kind, place.span, false);
  return names.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function isNamed(kind: ElementKind): kind is NamedKind {
  return Object.hasOwn(types, kind);
}
