import { type Findings, type Row, summaryText } from '../findings';

const commands = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const satisfies Record<Row['severity'], string>;

/** The findings as workflow commands, which GitHub shows beside the lines of a pull request. */
export function checkGithub(found: Findings): string {
  return [...found.rows.map(commandOf), summaryText(found)].join('\n');
}

function commandOf(row: Row): string {
  const { file, line, column, endLine, rule, message } = row;
  const properties = [
    ['file', file],
    ['line', line],
    // A column is refused where the end is on another line.
    ...(line === endLine ? [['col', column] as const] : []),
    ['endLine', endLine],
    ['title', rule],
  ] as const;
  const list = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
  return `::${commands[row.severity]} ${list}::${data(message)}`;
}

/** What stands behind the second pair of colons: a command is one line. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property's value ends at a comma, the properties at a colon. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
