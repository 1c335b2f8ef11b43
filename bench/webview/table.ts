/** One line: what was measured, in the unit of its bar. */
export interface Row {
  readonly name: string;
  readonly median: number;
  readonly p95?: number;
  readonly unit: 'ms' | 'KB';
  /** What the 95th percentile, or the only figure, has to stay under. */
  readonly bar?: number;
  /** Medians of processor time. */
  readonly thread?: number;
  readonly process?: number;
  readonly note?: string;
}

/** The value that a share of all is at or below (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const columns = [8, 8, 8, 9, 9, 6] as const;
const nameWidth = 58;

export function heading(): string {
  return line('', ['median', 'p95', 'bar', 'thread', 'process', ''], '');
}

export function text({ name, median, p95, unit, bar, thread, process, note = '' }: Row): string {
  const figure = (value: number | undefined, digits = value !== undefined && value < 20 ? 1 : 0): string =>
    value === undefined ? '' : value.toFixed(digits);
  const verdict = bar === undefined ? '' : (p95 ?? median) < bar ? 'yes' : median < bar ? 'nearly' : 'NO';
  return line(`${name}, ${unit}`, [figure(median), figure(p95), figure(bar, 0), figure(thread), figure(process), verdict], note);
}

function line(name: string, cells: readonly string[], note: string): string {
  return `${name.padEnd(nameWidth)}${cells.map((cell, i) => cell.padStart(columns[i] ?? 0)).join('')}  ${note}`.trimEnd();
}
