import { literal } from '../language/markdown';
import { type Paint, table as textTable } from './print';

/**
 * What a command has to say, without saying how: the same document is printed as text for a terminal and as Markdown
 * for a review. Texts are plain; each rendering escapes them for itself.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'line'; readonly label?: string; readonly text: string }
  | { readonly kind: 'list'; readonly label?: string; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] };

/** A column's head; figures stand at the right. */
export type Column = string | { readonly head: string; readonly figures: true };

/** A text, or one that says good or bad news. */
export type Cell = string | { readonly text: string; readonly mood: 'good' | 'bad' };

/** As text of at most as many columns as it needs; what belongs to a heading is indented below it. */
export function asText(blocks: readonly Block[], paint: Paint): string {
  const lines: string[] = [];
  let indent = '';
  for (const [i, block] of blocks.entries()) {
    switch (block.kind) {
      case 'heading':
        indent = '  '.repeat(block.level - 1);
        if (lines.length > 0) lines.push('');
        lines.push(indent + paint('bold', block.text));
        indent += '  ';
        break;
      case 'line':
        lines.push(indent + labelled(block.label, block.text, paint));
        break;
      case 'list':
        if (block.label !== undefined) lines.push(`${indent}${paint('dim', `${block.label}:`)}`);
        for (const item of block.items) lines.push(`${indent}  ${item}`);
        break;
      case 'table': {
        if (blocks[i - 1]?.kind === 'line') lines.push('');
        const head = block.columns.map((column) => paint('dim', headOf(column)));
        const rows = block.rows.map((row) => row.map((cell) => painted(cell, paint)));
        const figures = block.columns.flatMap((column, i) => (typeof column === 'string' ? [] : [i]));
        const text = textTable([head, ...rows], figures);
        lines.push(...text.split('\n').map((line) => indent + line));
      }
    }
  }
  return lines.join('\n');
}

function labelled(label: string | undefined, text: string, paint: Paint): string {
  return label === undefined ? text : `${paint('dim', `${label}:`)} ${text}`;
}

function headOf(column: Column): string {
  return typeof column === 'string' ? column : column.head;
}

function painted(cell: Cell, paint: Paint): string {
  return typeof cell === 'string' ? cell : paint(cell.mood === 'good' ? 'green' : 'red', cell.text);
}

/** As Markdown that any renderer shows the same way. */
export function asMarkdown(blocks: readonly Block[]): string {
  return blocks.map(blockMarkdown).join('\n\n');
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${literal(block.text)}`;
    case 'line':
      return block.label === undefined ? literal(block.text) : `**${literal(block.label)}:** ${literal(block.text)}`;
    case 'list': {
      const items = block.items.map((item) => `- ${literal(item)}`).join('\n');
      return block.label === undefined ? items : `**${literal(block.label)}:**\n\n${items}`;
    }
    case 'table':
      return markdownTable(block.columns, block.rows);
  }
}

function markdownTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cell = (value: Cell) =>
    typeof value === 'string' ? literal(value) : value.mood === 'bad' ? `**${literal(value.text)}**` : literal(value.text);
  return [
    line(columns.map((column) => literal(headOf(column)))),
    line(columns.map((column) => (typeof column === 'string' ? ':--' : '--:'))),
    ...rows.map((row) => line(row.map(cell))),
  ].join('\n');
}

/** Rows of a table, and items of a list, that are shown to people. */
export const shownRows = 20;

/** The first of many items. */
export function firstRows(label: string, items: readonly string[]): Block {
  const shown = items.slice(0, shownRows);
  return { kind: 'list', label, items: items.length > shown.length ? [...shown, `and ${items.length - shown.length} more`] : shown };
}

/** Says so where rows are left out: the whole list is in the JSON. */
export function more(count: number): readonly Block[] {
  return count > shownRows ? [{ kind: 'line', text: `and ${count - shownRows} more, all of them with --format json` }] : [];
}
