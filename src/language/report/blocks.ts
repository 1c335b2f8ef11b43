import * as l10n from '@vscode/l10n';

/**
 * What there is to say, without saying how: the same document is printed as text for a terminal, as Markdown for a
 * review and as a page. Texts are plain; each rendering escapes them for itself.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'line'; readonly label?: string; readonly text: string }
  | { readonly kind: 'list'; readonly label?: string; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }
  /** Rows or items that are left out above. */
  | { readonly kind: 'more'; readonly count: number }
  /** Figures that are seen before anything is read. */
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[] }
  | Figure;

/** A picture. */
export interface Figure {
  readonly kind: 'picture';
  /** An SVG document in which every text of a file is escaped. */
  readonly svg: string;
  readonly title: string;
  readonly caption: string;
}

/** A column's head; figures stand at the right. */
export type Column = string | { readonly head: string; readonly figures: true };

/** Good or bad news; a severity is shown as such. */
export type Mood = 'good' | 'bad' | 'error' | 'warning' | 'info' | 'hint';

/** A text, or one that says good or bad news, or is a name out of the text (`code`). */
export type Cell = string | { readonly text: string; readonly mood: Mood } | { readonly text: string; readonly code: true };

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly mood?: 'good' | 'bad';
}

export function headOf(column: Column): string {
  return typeof column === 'string' ? column : column.head;
}

/** Rows of a table, and items of a list, that are shown to people. */
export const shownRows = 20;

/** The first of many items. */
export function firstRows(label: string, items: readonly string[]): Block {
  const shown = items.slice(0, shownRows);
  return { kind: 'list', label, items: items.length > shown.length ? [...shown, moreText(items.length - shown.length)] : shown };
}

/** Says so where rows are left out. */
export function more(count: number): readonly Block[] {
  return count > shownRows ? [{ kind: 'more', count: count - shownRows }] : [];
}

/** `and 3 more`. */
export function moreText(count: number): string {
  return l10n.t('and {0} more', count);
}
