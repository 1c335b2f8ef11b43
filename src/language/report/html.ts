import * as l10n from '@vscode/l10n';
import { type Block, type Cell, type Column, type Figure, headOf, moreText, type Tile } from './blocks';
import { pageStyle } from './style';

/** What stands around a document. */
export interface Page {
  readonly title: string;
  /** What the document was made of, with what and when, in a line. */
  readonly about: string;
  /** The language of its words, as BCP 47 has it. */
  readonly language: string;
}

type Heading = Extract<Block, { kind: 'heading' }>;
type Section = Heading & { readonly id: string };

/**
 * A document as one page that needs nothing else: no script, no address, its style within. Every text is escaped; a
 * picture is SVG that escapes its own. In the reader's dark or light colours, and light on paper.
 */
export function htmlPage(blocks: readonly Block[], { title, about, language }: Page): string {
  const sections = new Map<Block, Section>();
  for (const block of blocks) if (block.kind === 'heading') sections.set(block, { ...block, id: `section-${sections.size + 1}` });
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>${escaped(about)}</p>
</header>
${contents([...sections.values()])}
<main>
${body(blocks, sections)}
</main>
</body>
</html>
`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Control characters and those that turn the direction of writing have no place on a page, whatever a name holds. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

function escaped(text: string): string {
  return text.replace(unprintable, '�').replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

/** Links to the parts, those of a part within it. */
function contents(sections: readonly Section[]): string {
  const items: string[] = [];
  let inner: string[] = [];
  const close = () => {
    if (inner.length > 0) items.push(`${items.pop() ?? ''}<ul>${inner.join('')}</ul>`);
    inner = [];
  };
  for (const { level, text, id } of sections) {
    const link = `<li><a href="#${id}">${escaped(text)}</a>`;
    if (level === 1) {
      close();
      items.push(link);
    } else if (level === 2) inner.push(`${link}</li>`);
  }
  close();
  return `<nav aria-label="${escaped(l10n.t('Contents'))}"><ul>${items.join('</li>')}</li></ul></nav>`;
}

/** Every heading opens a section, which ends where the next one of its level or above begins. */
function body(blocks: readonly Block[], sections: ReadonlyMap<Block, Section>): string {
  const parts: string[] = [];
  let depth = 0;
  let under = '';
  const closeTo = (level: number) => {
    for (; depth >= level; depth--) parts.push('</section>');
  };
  for (const block of blocks) {
    const section = sections.get(block);
    if (section) {
      const { level, id, text } = section;
      closeTo(level);
      // One of each level on the way, so that as many are closed as are opened.
      for (; depth < level - 1; depth++) parts.push('<section>');
      parts.push(`<section class="level-${level}" aria-labelledby="${id}"><h${level + 1} id="${id}">${escaped(text)}</h${level + 1}>`);
      depth = level;
      under = text;
    } else parts.push(blockHtml(block, under));
  }
  closeTo(1);
  return parts.join('\n');
}

function blockHtml(block: Exclude<Block, Heading> | Heading, under: string): string {
  switch (block.kind) {
    case 'heading':
      return '';
    case 'line':
      return `<p>${labelled(block.label, block.text)}</p>`;
    case 'list': {
      const items = `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
      return block.label === undefined ? items : `<p class="label">${escaped(block.label)}</p>${items}`;
    }
    case 'table':
      return tableHtml(block.columns, block.rows, under);
    case 'more':
      return `<p class="more">${escaped(moreText(block.count))}</p>`;
    case 'tiles':
      return `<dl class="tiles">${block.tiles.map(tileHtml).join('')}</dl>`;
    case 'picture':
      return pictureHtml(block);
  }
}

function labelled(label: string | undefined, text: string): string {
  return label === undefined ? escaped(text) : `<span class="label">${escaped(label)}</span> ${escaped(text)}`;
}

function tileHtml({ label, value, note, mood }: Tile): string {
  const more = note === undefined ? '' : `<dd class="note">${escaped(note)}</dd>`;
  return `<div${mood === undefined ? '' : ` class="${mood}"`}><dt>${escaped(label)}</dt><dd class="value">${escaped(value)}</dd>${more}</div>`;
}

/** A table may be wider than a narrow window: then it is scrolled within its own place, with the keyboard too. */
function tableHtml(columns: readonly Column[], rows: readonly (readonly Cell[])[], under: string): string {
  const isFigure = columns.map((column) => typeof column !== 'string');
  const heads = columns.map((column, i) => `<th scope="col"${isFigure[i] ? ' class="figure"' : ''}>${escaped(headOf(column))}</th>`);
  const lines = rows.map(
    (row) => `<tr>${row.map((cell, i) => `<td${isFigure[i] ? ' class="figure"' : ''}>${cellHtml(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" role="group" tabindex="0" aria-label="${escaped(under)}"><table><thead><tr>${heads.join('')}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table></div>`;
}

function cellHtml(cell: Cell): string {
  if (typeof cell === 'string') return escaped(cell);
  return 'code' in cell ? `<code>${escaped(cell.text)}</code>` : `<span class="mood ${cell.mood}">${escaped(cell.text)}</span>`;
}

function pictureHtml({ svg, title, caption }: Figure): string {
  return `<figure><div class="scroll" role="group" tabindex="0" aria-label="${escaped(title)}">${svg}</div><figcaption>${escaped(caption)}</figcaption></figure>`;
}
