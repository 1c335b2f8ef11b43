/** A table for people: columns as wide as their widest cell, two spaces between; `right` columns are aligned right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(cell));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - width(cell));
        return right.includes(i) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

/** Characters a cell takes on a terminal: colour codes take none. */
function width(cell: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes start with one
  return cell.replace(/\u001b\[\d+m/g, '').length;
}
