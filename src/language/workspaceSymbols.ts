import type { WorkspaceSymbol } from 'vscode-languageserver-types';
import type { ElementKind } from '../model/origin';
import { partsOf } from './locate';
import { symbolKindOf } from './symbols';
import type { SystemView } from './view';

const listed: ReadonlySet<ElementKind> = new Set(['component', 'journey', 'scenario', 'policy']);

/** More than this nobody reads, and the editor asks again at every letter. */
const most = 1000;

/** The components, journeys, scenarios and policies whose names hold the letters of a query, in their order. */
export function workspaceSymbols(view: SystemView, query: string): readonly WorkspaceSymbol[] {
  const symbols: WorkspaceSymbol[] = [];
  const letters = query.toLowerCase();
  for (const [element, [origin]] of view.linked.origins) {
    const { kind, name } = partsOf(element);
    if (!origin || !listed.has(kind) || !holds(name.toLowerCase(), letters)) continue;
    const location = view.location({ file: origin.file, span: origin.name });
    if (location) symbols.push({ name, kind: symbolKindOf(kind), containerName: view.linked.system.name, location });
    if (symbols.length >= most) break;
  }
  return symbols;
}

/** Whether the letters occur in this order, with others between them. */
function holds(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
