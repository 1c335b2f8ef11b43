import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-types';
import type { Problem } from '../model/problem';
import { LineIndex, overlaps, type Span } from '../model/text';
import { rules } from '../rules/registry';
import type { Severity } from '../rules/rule';
import type { Configuration } from '../workspace/config';
import { diagnosticSource } from './diagnostics';
import type { LanguageHost } from './host';
import { quickFix, severities } from './lsp';

type Host = Pick<LanguageHost, 'uri' | 'text' | 'rulePage'>;

/** What is wrong in a configuration, as the client shows it. Its own severities hold for it, too. */
export function configurationDiagnostics(configuration: Configuration<Severity>, host: Host): readonly Diagnostic[] {
  const lines = new LineIndex(host.text(configuration.file) ?? '');
  return configuration.problems.flatMap((problem) => toDiagnostic(problem, configuration, lines, host) ?? []);
}

/** The corrections of what is wrong in a stretch of it. */
export function configurationActions(configuration: Configuration<Severity>, range: Range, host: Host): readonly CodeAction[] {
  const lines = new LineIndex(host.text(configuration.file) ?? '');
  const asked = { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
  return configuration.problems
    .filter(({ place }) => overlaps(place.span, asked))
    .flatMap((problem) => {
      const diagnostic = toDiagnostic(problem, configuration, lines, host);
      return (problem.suggestions ?? []).map(({ title, changes, safe }): CodeAction => {
        const edits = changes.map(({ span, text }) => ({ range: rangeOf(lines, span), newText: text }));
        return {
          title,
          kind: quickFix,
          isPreferred: safe,
          ...(diagnostic && { diagnostics: [diagnostic] }),
          edit: { changes: { [host.uri(configuration.file)]: edits } },
        };
      });
    });
}

function toDiagnostic({ rule, message, place, related = [] }: Problem, of: Configuration<Severity>, lines: LineIndex, host: Host) {
  const severity = of.severities.get(rule) ?? rules.find(({ id }) => id === rule)?.severity ?? 'error';
  if (severity === 'off') return undefined;
  const page = host.rulePage(rule);
  const diagnostic: Diagnostic = {
    range: rangeOf(lines, place.span),
    message,
    severity: severities[severity],
    source: diagnosticSource,
    code: rule,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    ...(related.length > 0 && {
      relatedInformation: related.map((other) => ({
        location: { uri: host.uri(other.place.file), range: rangeOf(lines, other.place.span) },
        message: other.message,
      })),
    }),
  };
  return diagnostic;
}

function rangeOf(lines: LineIndex, span: Span): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}
