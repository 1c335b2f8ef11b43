import { sections } from '../formats/native/schema';
import type { Field, FieldTable, ValueType } from '../formats/native/types';

/** The reference page of the language, from the table that the reader uses, as Markdown. */
export function languageReference(): string {
  const parts = [
    '# The language',
    'Every key of Faultline’s own files, what it means and what holds without it. This page is made from the table that the reader, completion and hovers use. A first useful file has five lines; what is not written is stated as assumed, never invented.',
    'A duration is written `250us`, `20ms`, `5s`, `15m`, `3h`, `90d` or `1h30m`; a percentage `99.95%` or `0.9995`; a rate `40/s`, `1200/m` or `5/h`. `none` is a written decision, a missing key an omission.',
  ];
  const blocks = new Map<ValueType<unknown>, string>();
  for (const [key, { doc, shape, type, default: otherwise }] of sections) {
    parts.push(`## ${key}`, [doc, otherwise === undefined ? '' : `Without it: ${otherwise}.`].filter(Boolean).join(' '));
    if (shape === 'value' && !fieldsOf(type)) parts.push(`Expects ${type.expects}.`);
    const fields = fieldsOf(type);
    if (fields) parts.push(fieldTable(fields, key, blocks));
  }
  return `${parts.join('\n\n')}\n`;
}

function fieldsOf(type: ValueType<unknown>): FieldTable | undefined {
  if (type.fields && type.fields.size > 0) return type.fields;
  for (const alternative of type.alternatives ?? []) {
    const fields = fieldsOf(alternative);
    if (fields) return fields;
  }
  return undefined;
}

/** The keys of one block as a table, as Markdown. What stands below them has tables of its own in the page. */
export function blockReference(fields: FieldTable): string {
  return [...heads, ...[...fields].map(([key, field]) => row(key, field))].join('\n');
}

/** One table a block; the blocks in it follow below, each under the keys that lead there. */
function fieldTable(fields: FieldTable, path: string, blocks: Map<ValueType<unknown>, string>): string {
  const rows = [...heads];
  const below: string[] = [];
  for (const [key, field] of fields) {
    const { type } = field;
    const inner = fieldsOf(type) ?? (type.item && fieldsOf(type.item));
    const known = blocks.get(type);
    const see = inner ? ` See [${path}.${key}](#${anchor(known ?? `${path}.${key}`)}).` : '';
    rows.push(row(key, field, see));
    if (inner && known === undefined) {
      blocks.set(type, `${path}.${key}`);
      below.push(`### ${path}.${key}`, fieldTable(inner, `${path}.${key}`, blocks));
    }
  }
  return [rows.join('\n'), ...below].join('\n\n');
}

const heads: readonly string[] = ['| key | expects | meaning | without it |', '| :-- | :-- | :-- | :-- |'];

function row(key: string, { type, doc, default: otherwise, required }: Field<unknown>, see = ''): string {
  return `| \`${key}\` | ${cell(type.expects)} | ${cell(doc)}${see} | ${required ? '*required*' : cell(otherwise ?? '–')} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** As GitHub and editors make the anchor of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
