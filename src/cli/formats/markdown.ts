import type { Block } from '../../language/report/blocks';
import { asMarkdown } from '../../language/report/markdown';
import { type Findings, type Row, severityOrder, summaryText } from '../findings';

/** Findings in one comment: more than this is not read, and a comment has an end. */
const mostRows = 100;

/** The findings as a comment on a pull request: the loudest first, with what can be done about each. */
export function checkMarkdown(found: Findings): string {
  const rows = [...found.rows].sort((a, b) => severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity));
  const listed = rows.slice(0, mostRows);
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: 'Faultline' },
    { kind: 'line', text: summaryText(found) },
  ];
  if (listed.length > 0)
    blocks.push({ kind: 'table', columns: ['Severity', 'Where', 'Finding', 'Rule', 'What to do'], rows: listed.map(cellsOf) });
  if (rows.length > listed.length)
    blocks.push({ kind: 'line', text: `and ${rows.length - listed.length} more, all of them with --format json` });
  return asMarkdown(blocks);
}

function cellsOf({ severity, file, line, message, rule, offers }: Row): readonly string[] {
  return [severity, `${file}:${line}`, message, rule, offers()[0]?.title ?? ''];
}
