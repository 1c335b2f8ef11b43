import type { Location } from 'vscode-languageserver-types';
import { elementId } from '../model/origin';
import type { Place, Position } from '../model/text';
import { samePlace } from './host';
import { declarationsOf, nameAt } from './locate';
import type { SystemView } from './view';

/** Where the name under the caret is declared: in several places when several files say something about it. */
export function definition(view: SystemView, path: string, position: Position): readonly Location[] {
  const offset = view.offset(path, position);
  const name = offset === undefined ? undefined : nameAt(view.linked, path, offset);
  if (!name) return [];
  return locations(view, declarationsOf(view.linked, name.kind, name.name));
}

/** All places that use the name under the caret, and those that declare it where that is asked for. */
export function references(view: SystemView, path: string, position: Position, includeDeclaration: boolean): readonly Location[] {
  const offset = view.offset(path, position);
  const name = offset === undefined ? undefined : nameAt(view.linked, path, offset);
  if (!name) return [];
  const declared = declarationsOf(view.linked, name.kind, name.name);
  const id = elementId(name.kind, name.name);
  const used = view.linked.mentions
    .filter((mention) => elementId(mention.kind, mention.name) === id)
    .map((mention) => mention.place)
    .filter((place) => !declared.some((other) => samePlace(place, other)));
  return locations(view, [...(includeDeclaration ? declared : []), ...used]);
}

function locations(view: SystemView, places: readonly Place[]): readonly Location[] {
  return places.flatMap((place) => view.location(place) ?? []);
}
