import type { DocumentHighlight } from 'vscode-languageserver-types';
import { elementId } from '../model/origin';
import type { Position } from '../model/text';
import { samePlace } from './host';
import { declarationsOf, nameAt } from './locate';
import { highlightKinds } from './lsp';
import type { SystemView } from './view';

/** Every place of the file that says the name under the caret; where it is declared counts as written. */
export function documentHighlights(view: SystemView, path: string, position: Position): readonly DocumentHighlight[] {
  const offset = view.offset(path, position);
  const name = offset === undefined ? undefined : nameAt(view.linked, path, offset);
  if (!name) return [];
  const id = elementId(name.kind, name.name);
  const declared = declarationsOf(view.linked, name.kind, name.name).filter(({ file }) => file === path);
  const used = view.linked.mentions
    .filter((mention) => mention.place.file === path && elementId(mention.kind, mention.name) === id)
    .map(({ place }) => place)
    .filter((place) => !declared.some((other) => samePlace(place, other)));
  return [...declared, ...used].flatMap((place, i) => {
    const range = view.range(path, place.span);
    return range ? [{ range, kind: i < declared.length ? highlightKinds.write : highlightKinds.read }] : [];
  });
}
