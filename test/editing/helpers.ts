import { strict as assert } from 'node:assert';
import { applyTextChanges } from '../../src/editing/edit';
import { editsFor } from '../../src/editing/edits';
import { nativeFormat } from '../../src/formats/native/format';
import type { TextChange } from '../../src/model/text';
import type { Change } from '../../src/remedies/change';
import { link } from '../../src/workspace/link';
import type { LinkedSystem } from '../../src/workspace/linked';

export type Texts = ReadonlyMap<string, string>;

/** One file of our own language by itself. */
export function single(text: string): Texts {
  return new Map([['/shop/shop.faultline.yaml', text]]);
}

export function linked(texts: Texts): LinkedSystem {
  const files = { read: (path: string) => texts.get(path), list: () => [] };
  const fragments = [...texts.keys()].map((path) => nativeFormat.read([path], files));
  return link(fragments, { name: 'shop', folder: '/shop', textOf: files.read });
}

export function edits(texts: Texts, changes: readonly Change[]): readonly TextChange[] | undefined {
  return editsFor(changes, linked(texts), (file) => texts.get(file));
}

/** The texts after an edit; fails where the edit cannot be made. */
export function edited(texts: Texts, changes: readonly Change[]): Texts {
  const made = edits(texts, changes);
  assert.ok(made, 'the edit cannot be made');
  return new Map(
    [...texts].map(([file, text]) => [
      file,
      applyTextChanges(
        text,
        made.filter((change) => change.file === file),
      ),
    ]),
  );
}

/** The only text after an edit of a single file. */
export function editedText(text: string, changes: readonly Change[]): string {
  return [...edited(single(text), changes).values()].join('');
}
