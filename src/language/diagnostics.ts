import type { Diagnostic } from 'vscode-languageserver-types';
import type { Finding } from '../rules/rule';
import { severities, unnecessaryTag } from './lsp';
import type { SystemView } from './view';

/** What the problems list shows beside each message. */
export const diagnosticSource = 'faultline';

/** Findings about text that could go away without changing anything. */
const unnecessary: ReadonlySet<string> = new Set(['unused-declaration', 'stale-suppression']);

/** The diagnostics of every file of a system; files without any have an empty list. */
export function diagnostics(view: SystemView): ReadonlyMap<string, readonly Diagnostic[]> {
  const byFile = new Map<string, Diagnostic[]>(view.linked.files.map((file) => [file, []]));
  for (const finding of view.findings) {
    const diagnostic = toDiagnostic(view, finding);
    if (!diagnostic) continue;
    const list = byFile.get(finding.place.file);
    if (list) list.push(diagnostic);
    else byFile.set(finding.place.file, [diagnostic]);
  }
  return byFile;
}

/** One finding as the client shows it; undefined where the text is not there. */
export function toDiagnostic(view: SystemView, finding: Finding): Diagnostic | undefined {
  const range = view.range(finding.place.file, finding.place.span);
  if (!range) return undefined;
  const page = view.host.rulePage(finding.rule);
  const related = (finding.related ?? []).flatMap(({ place, message }) => {
    const location = view.location(place);
    return location ? [{ location, message }] : [];
  });
  return {
    range,
    message: finding.message,
    severity: severities[finding.severity],
    source: diagnosticSource,
    code: finding.rule,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(unnecessary.has(finding.rule) ? { tags: [unnecessaryTag] } : {}),
  };
}
