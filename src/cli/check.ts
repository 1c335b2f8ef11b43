import { relative } from 'node:path';
import process from 'node:process';
import { analyse } from '../analysis/analyse';
import type { SystemFigures } from '../analysis/figures';
import { LineIndex } from '../model/text';
import { countText } from '../model/words';
import { check } from '../rules/check';
import { rules } from '../rules/registry';
import type { Finding } from '../rules/rule';
import type { LinkedSystem } from '../workspace/linked';
import type { Options } from './options';
import { type Paint, painter } from './print';
import { type Loaded, loadSystems } from './systems';

const order = ['error', 'warning', 'info', 'hint'] as const;

interface Row {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly system: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly subject: string;
  readonly fixes: () => readonly string[];
}

/** `faultline check`: prints the findings; 1 when one is at or above `--fail-on`. */
export function runCheck(options: Options): { readonly text: string; readonly status: number } {
  const loaded = loadSystems(options);
  const lines = new Map<string, LineIndex>();
  const rows: Row[] = [];
  let suppressed = 0;
  for (const linked of loaded.systems) {
    const figures = analyse(linked.system);
    const result = check(linked, figures, new Map(), new Date().toISOString().slice(0, 10), loaded.read);
    const findings = options.suppressions ? result.findings : [...result.findings, ...result.silenced];
    suppressed += options.suppressions ? result.suppressed : 0;
    for (const finding of findings) {
      if (loaded.isAsked(finding.place.file))
        rows.push(rowOf(finding, loaded, lines, linked.system.name, () => fixesFor(finding, linked, figures)));
    }
  }
  rows.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
  const fails = rows.some((row) => order.indexOf(row.severity) <= order.indexOf(options.failOn));
  const text = options.format === 'json' ? json(loaded, rows, suppressed) : human(loaded, rows, suppressed, painter(options));
  return { text, status: fails ? 1 : 0 };
}

/** The titles of what can be done, for which much may have to be computed. */
function fixesFor(finding: Finding, linked: LinkedSystem, figures: SystemFigures): readonly string[] {
  const remedies = rules.find((rule) => rule.id === finding.rule)?.fixes?.(finding, { linked, figures }) ?? [];
  return [...(finding.suggestions ?? []), ...remedies].map((fix) => fix.title);
}

function rowOf(finding: Finding, loaded: Loaded, lines: Map<string, LineIndex>, system: string, fixes: Row['fixes']): Row {
  const { file, span } = finding.place;
  const index = lines.get(file) ?? new LineIndex(loaded.read(file) ?? '');
  lines.set(file, index);
  const start = index.positionAt(span.start);
  const end = index.positionAt(span.end);
  return {
    rule: finding.rule,
    severity: finding.severity,
    system,
    file: shown(file),
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    message: finding.message,
    subject: finding.subject,
    fixes,
  };
}

/** A path as the user would write it from where they stand. */
export function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path.split('\\').join('/');
}

function json(loaded: Loaded, rows: readonly Row[], suppressed: number): string {
  const systems = loaded.systems.map(({ system, files }) => ({
    name: system.name,
    files: files.map(shown),
    components: system.components.size,
    calls: system.calls.length,
    journeys: [...system.journeys.keys()],
  }));
  return JSON.stringify({ version: 1, systems, findings: rows.map((row) => ({ ...row, fixes: row.fixes() })), suppressed }, null, 2);
}

const styles = { error: 'red', warning: 'yellow', info: 'cyan', hint: 'dim' } as const;

function human(loaded: Loaded, rows: readonly Row[], suppressed: number, paint: Paint): string {
  const lines: string[] = [];
  let file = '';
  for (const row of rows) {
    if (row.file !== file) {
      if (lines.length > 0) lines.push('');
      file = row.file;
      lines.push(paint('bold', file));
    }
    const where = paint('dim', `${row.line}:${row.column}`.padEnd(7));
    lines.push(`  ${where} ${paint(styles[row.severity], row.severity.padEnd(7))} ${row.message}  ${paint('dim', row.rule)}`);
  }
  if (lines.length > 0) lines.push('');
  const counts = order
    .map((severity) => [severity, rows.filter((row) => row.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => (severity === 'info' ? `${count} info` : countText(count, severity)));
  const systems = countText(loaded.systems.length, 'system');
  lines.push(`${systems}: ${counts.length > 0 ? counts.join(', ') : 'nothing found'}${suppressed > 0 ? ` (${suppressed} ignored)` : ''}`);
  return lines.join('\n');
}
