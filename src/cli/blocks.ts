import { type Block, type Cell, headOf, moreText } from '../language/report/blocks';
import { table as textTable } from '../language/textTable';
import type { Paint } from './print';

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
        break;
      }
      case 'more':
        lines.push(`${indent}${moreText(block.count)}, all of them with --format json`);
        break;
      case 'tiles':
        for (const { label, value, note } of block.tiles)
          lines.push(indent + labelled(label, note === undefined ? value : `${value}, ${note}`, paint));
        break;
      case 'picture':
        break;
    }
  }
  return lines.join('\n');
}

function labelled(label: string | undefined, text: string, paint: Paint): string {
  return label === undefined ? text : `${paint('dim', `${label}:`)} ${text}`;
}

const colours = { good: 'green', bad: 'red', error: 'red', warning: 'yellow', info: 'cyan', hint: 'dim' } as const;

function painted(cell: Cell, paint: Paint): string {
  if (typeof cell === 'string') return cell;
  return 'mood' in cell ? paint(colours[cell.mood], cell.text) : cell.text;
}
