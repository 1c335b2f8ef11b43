import * as l10n from '@vscode/l10n';
import type { DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import type { ElementId, ElementKind, Origin } from '../model/origin';
import { partsOf } from './locate';
import { symbolKinds } from './lsp';
import type { SystemView } from './view';

const kinds: Readonly<Record<ElementKind, SymbolKind>> = {
  system: symbolKinds.namespace,
  objectives: symbolKinds.object,
  region: symbolKinds.namespace,
  zone: symbolKinds.namespace,
  sharedFate: symbolKinds.namespace,
  component: symbolKinds.class,
  policy: symbolKinds.interface,
  call: symbolKinds.method,
  journey: symbolKinds.event,
  scenario: symbolKinds.function,
};

/** How symbols of this kind of element are marked everywhere. */
export function symbolKindOf(kind: ElementKind): SymbolKind {
  return kinds[kind];
}

/** The outline of one file: every element it says something about, in the order of the text. */
export function documentSymbols(view: SystemView, path: string): readonly DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  const seen = new Set<number>();
  for (const { element, origin } of originsIn(view, path)) {
    const { kind, name } = partsOf(element);
    // One entry with lists in `from` or `to` makes several calls, and is one line of the outline.
    if (kind === 'call' && seen.has(origin.entry.start)) continue;
    seen.add(origin.entry.start);
    const range = view.range(path, origin.entry);
    const selectionRange = view.range(path, origin.name);
    if (!range || !selectionRange) continue;
    symbols.push({ name: labelOf(view, kind, name), detail: detailOf(view, kind, name), kind: kinds[kind], range, selectionRange });
  }
  return symbols;
}

function originsIn(view: SystemView, path: string): readonly { readonly element: ElementId; readonly origin: Origin }[] {
  const found: { readonly element: ElementId; readonly origin: Origin }[] = [];
  for (const [element, origins] of view.linked.origins) {
    for (const origin of origins) if (origin.file === path) found.push({ element, origin });
  }
  return found.sort((a, b) => a.origin.entry.start - b.origin.entry.start);
}

function labelOf(view: SystemView, kind: ElementKind, name: string): string {
  if (name !== '') return name;
  return kind === 'system' ? view.linked.system.name : kindText(kind);
}

function detailOf(view: SystemView, kind: ElementKind, name: string): string {
  if (kind === 'objectives') return '';
  return kind === 'component' ? (view.linked.system.components.get(name)?.kind ?? 'service') : kindText(kind);
}

/** What a kind of thing is called. */
export function kindText(kind: ElementKind): string {
  switch (kind) {
    case 'component':
      return l10n.t('component');
    case 'objectives':
      return l10n.t('objectives');
    case 'system':
      return l10n.t('system');
    case 'region':
      return l10n.t('region');
    case 'zone':
      return l10n.t('zone');
    case 'sharedFate':
      return l10n.t('shared fate');
    case 'policy':
      return l10n.t('policy');
    case 'call':
      return l10n.t('call');
    case 'journey':
      return l10n.t('journey');
    case 'scenario':
      return l10n.t('scenario');
  }
}
