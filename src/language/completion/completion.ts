import type { CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import type { ElementKind } from '../../model/origin';
import type { Position } from '../../model/text';
import type { LinkedSystem } from '../../workspace/linked';
import { completionKinds, markdown } from '../lsp';
import { item, type KeyDoc, keyText, type Slot, slotAt } from '../schema';
import type { SystemView } from '../view';
import { contextAt } from './context';

/** Keys, words and names that may stand at the caret. */
export function completions(view: SystemView, path: string, position: Position): readonly CompletionItem[] {
  const text = view.host.text(path);
  const caret = view.offset(path, position);
  if (text === undefined || caret === undefined) return [];
  const context = contextAt(text, caret);
  const slot = context && slotAt(context.path);
  if (!context || !slot) return [];
  const items: CompletionItem[] = [];
  if (context.role === 'key') {
    for (const [key, doc] of slot.keys) if (!context.used.has(key)) items.push(keyItem(key, doc, items.length));
    if (slot.namesOf !== undefined) items.push(...nameItems(view.linked, slot.namesOf, ': '));
  }
  if (context.role === 'value' || context.path.at(-1) === item) items.push(...valueItems(view.linked, slot));
  return items;
}

function keyItem(key: string, doc: KeyDoc, order: number): CompletionItem {
  return {
    label: key,
    kind: completionKinds.property,
    detail: doc.type.expects,
    documentation: { kind: markdown, value: keyText(key, doc) },
    insertText: `${key}: `,
    sortText: String(order).padStart(3, '0'),
  };
}

function valueItems(linked: LinkedSystem, slot: Slot): readonly CompletionItem[] {
  const words = new Set(slot.types.flatMap((type) => type.words ?? []));
  const names = new Set(slot.types.flatMap((type) => (type.refers !== undefined && type.name !== 'map' ? [type.refers] : [])));
  return [
    ...[...names].flatMap((kind) => nameItems(linked, kind, '')),
    ...[...words].map((word): CompletionItem => ({ label: word, kind: completionKinds.enumMember, sortText: `5${word}` })),
  ];
}

const itemKinds: Readonly<Partial<Record<ElementKind, CompletionItemKind>>> = {
  component: completionKinds.class,
  policy: completionKinds.interface,
  journey: completionKinds.event,
};

/** The names of a kind that the system declares, in the order in which it does. */
function nameItems({ system }: LinkedSystem, kind: string, behind: string): readonly CompletionItem[] {
  const declared: Readonly<Record<string, ReadonlyMap<string, unknown>>> = {
    component: system.components,
    zone: system.zones,
    region: system.regions,
    sharedFate: system.sharedFates,
    policy: system.policies,
    journey: system.journeys,
  };
  const names = [...(Object.hasOwn(declared, kind) ? (declared[kind]?.keys() ?? []) : [])];
  return names.map((name, order) => ({
    label: name,
    kind: itemKinds[kind as ElementKind] ?? completionKinds.module,
    detail: kind === 'component' ? (system.components.get(name)?.kind ?? 'service') : kind,
    insertText: quoted(name) + behind,
    sortText: `1${String(order).padStart(5, '0')}`,
  }));
}

/** A name as YAML needs it: in quotes where it would be read as something else. */
function quoted(name: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(name) && !/^(?:true|false|null|none|yes|no|on|off)$/i.test(name) ? name : JSON.stringify(name);
}
