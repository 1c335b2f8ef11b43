import { literal } from '../markdown';
import { type Block, type Cell, type Column, type Figure, headOf, moreText, type Tile } from './blocks';

/** Where the file of a picture stands, seen from the document. */
export type PictureAddress = (picture: Figure) => string | undefined;

/** What stands above a document. */
export function titleMarkdown(title: string, about: string): string {
  return `# ${literal(title)}\n\n${literal(about)}`;
}

/** As Markdown that any renderer shows the same way. Pictures that have no address are left out. */
export function asMarkdown(blocks: readonly Block[], address: PictureAddress = () => undefined): string {
  return blocks
    .map((block) => blockMarkdown(block, address))
    .filter((text) => text !== '')
    .join('\n\n');
}

function blockMarkdown(block: Block, address: PictureAddress): string {
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
    case 'more':
      return literal(moreText(block.count));
    case 'tiles':
      return block.tiles.map(tileMarkdown).join('\n');
    case 'picture': {
      const file = address(block);
      return file === undefined ? '' : `![${literal(block.title)}](<${encodeURI(file)}>)\n\n${literal(block.caption)}`;
    }
  }
}

function tileMarkdown({ label, value, note }: Tile): string {
  return `- ${literal(label)}: **${literal(value)}**${note === undefined ? '' : `, ${literal(note)}`}`;
}

function markdownTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map((column) => literal(headOf(column)))),
    line(columns.map((column) => (typeof column === 'string' ? ':--' : '--:'))),
    ...rows.map((row) => line(row.map(cellMarkdown))),
  ].join('\n');
}

function cellMarkdown(cell: Cell): string {
  if (typeof cell === 'string') return literal(cell);
  const isLoud = 'mood' in cell && (cell.mood === 'bad' || cell.mood === 'error');
  return isLoud ? `**${literal(cell.text)}**` : literal(cell.text);
}
