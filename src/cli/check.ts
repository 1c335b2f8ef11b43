import { shown } from './disk';
import { collectFindings, type Findings, severityOrder, summaryText } from './findings';
import { checkGithub } from './formats/github';
import { checkJunit } from './formats/junit';
import { checkMarkdown } from './formats/markdown';
import { checkSarif } from './formats/sarif';
import type { Options } from './options';
import { type Paint, painter } from './print';

export { shown } from './disk';

/** `faultline check`: prints the findings; 1 when one is at or above `--fail-on`. */
export function runCheck(options: Options): { readonly text: string; readonly status: number } {
  const found = collectFindings(options);
  const fails = found.rows.some(({ severity }) => severityOrder.indexOf(severity) <= severityOrder.indexOf(options.failOn));
  return { text: printed(found, options), status: fails ? 1 : 0 };
}

function printed(found: Findings, options: Options): string {
  switch (options.format) {
    case 'json':
      return json(found);
    case 'sarif':
      return checkSarif(found, options);
    case 'junit':
      return checkJunit(found, options);
    case 'github':
      return checkGithub(found);
    case 'markdown':
      return checkMarkdown(found);
    default:
      return human(found, painter(options));
  }
}

function json({ loaded, rows, silenced }: Findings): string {
  const systems = loaded.systems.map(({ system, files }) => ({
    name: system.name,
    files: files.map(shown),
    components: system.components.size,
    calls: system.calls.length,
    journeys: [...system.journeys.keys()],
  }));
  const findings = rows.map((row) => ({
    rule: row.rule,
    severity: row.severity,
    system: row.system,
    file: row.file,
    line: row.line,
    column: row.column,
    endLine: row.endLine,
    endColumn: row.endColumn,
    message: row.message,
    subject: row.subject,
    fixes: row.offers().map(({ title }) => title),
  }));
  return JSON.stringify({ version: 1, systems, findings, suppressed: silenced.length }, null, 2);
}

const styles = { error: 'red', warning: 'yellow', info: 'cyan', hint: 'dim' } as const;

function human(found: Findings, paint: Paint): string {
  const lines: string[] = [];
  let file = '';
  for (const row of found.rows) {
    if (row.file !== file) {
      if (lines.length > 0) lines.push('');
      file = row.file;
      lines.push(paint('bold', file));
    }
    const where = paint('dim', `${row.line}:${row.column}`.padEnd(7));
    lines.push(`  ${where} ${paint(styles[row.severity], row.severity.padEnd(7))} ${row.message}  ${paint('dim', row.rule)}`);
  }
  if (lines.length > 0) lines.push('');
  lines.push(summaryText(found));
  return lines.join('\n');
}
