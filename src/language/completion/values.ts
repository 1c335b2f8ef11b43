import * as l10n from '@vscode/l10n';
import type { CompletionItem, CompletionItemKind } from 'vscode-languageserver-types';
import type { ValueType } from '../../formats/native/types';
import { replicaCount } from '../../model/defaults';
import type { ElementKind } from '../../model/origin';
import type { System } from '../../model/system';
import { completionKinds } from '../lsp';
import type { KeyDoc, Slot } from '../schema';
import { kindText } from '../symbols';
import { isPlain } from '../yamlText';

/** Something that may be written at a caret. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** What is written, where that is not the label as a YAML scalar: our own notation, or a snippet. */
  readonly text?: string;
  readonly snippet?: boolean;
  readonly documentation?: CompletionItem['documentation'];
  readonly sort: string;
}

/** Words, names, numbers with their units and examples for a value; `typed` is what is there of it. */
export function valueProposals(system: System, slot: Slot, doc: KeyDoc | undefined, typed: string): readonly Proposal[] {
  const words = new Set(slot.types.flatMap((type) => type.words ?? []));
  const proposals = [
    ...slot.types.flatMap((type) => namesFor(system, type)),
    ...[...new Set(slot.types.flatMap(({ name }) => units.get(name) ?? []))].flatMap((unit) => measure(typed, unit)),
    ...[...words].map((word): Proposal => ({ label: word, kind: completionKinds.enumMember, text: word, sort: `5${word}` })),
    ...examplesOf(slot, doc).map(
      (example, i): Proposal => ({ label: example, kind: completionKinds.value, detail: l10n.t('example'), text: example, sort: `7${i}` }),
    ),
  ];
  const seen = new Set<string>();
  return proposals.filter(({ label }) => !seen.has(label) && seen.add(label));
}

const units: ReadonlyMap<string, readonly string[]> = new Map([
  ['duration', ['ms', 's', 'm', 'h', 'd']],
  ['rate', ['/s', '/m', '/h']],
  ['percentage', ['%']],
]);

/** A number that is typed already, with a unit behind it. */
function measure(typed: string, unit: string): readonly Proposal[] {
  const [number] = /^\d+(?:\.\d+)?/.exec(typed) ?? [];
  if (number === undefined || (number !== typed && !unit.startsWith(typed.slice(number.length)))) return [];
  const text = `${number}${unit}`;
  return [{ label: text, kind: completionKinds.value, text, sort: `3${[...units.values()].flat().indexOf(unit)}` }];
}

/** Values as the language's own reference shows them: not for names, which the system has better ones of. */
function examplesOf({ types }: Slot, doc: KeyDoc | undefined): readonly string[] {
  const scalar = types.some((type) => type.refers !== undefined || type.item?.refers !== undefined || type.name === 'word');
  if (doc?.examples) return doc.examples.filter((example) => !scalar || example.startsWith('{'));
  return types.flatMap((type) => (type.name === 'block' ? (/`(\{.*\})`/.exec(type.expects)?.slice(1, 2) ?? []) : []));
}

function namesFor(system: System, type: ValueType<unknown>): readonly Proposal[] {
  if (type.refers === undefined || type.name === 'map') return [];
  return type.name === 'target' ? targets(system) : nameProposals(system, type.refers);
}

/** What a fault may hit: components and their replicas, zones, regions and shared fates. */
function targets(system: System): readonly Proposal[] {
  const replicas = [...system.components.values()].flatMap((component, order) =>
    replicaCount(component) > 1
      ? [{ label: `${component.name}#1`, kind: completionKinds.class, detail: l10n.t('its first replica'), sort: `2${ordered(order)}` }]
      : [],
  );
  const places = (['zone', 'region', 'sharedFate'] as const).flatMap((kind) =>
    nameProposals(system, kind).map((one) => ({ ...one, label: `${kind} ${one.label}`, sort: `3${kind}${one.sort}` })),
  );
  return [...nameProposals(system, 'component'), ...replicas, ...places];
}

const itemKinds: Readonly<Partial<Record<ElementKind, CompletionItemKind>>> = {
  component: completionKinds.class,
  policy: completionKinds.interface,
  journey: completionKinds.event,
};

/** The names of a kind that the system declares, in the order in which it does. */
export function nameProposals(system: System, kind: string): readonly Proposal[] {
  return namesOf(system, kind).map((label, order) => ({
    label,
    kind: itemKinds[kind as ElementKind] ?? completionKinds.module,
    detail: kind === 'component' ? (system.components.get(label)?.kind ?? 'service') : kindDetail(kind),
    sort: `1${ordered(order)}`,
  }));
}

/** A shared fate is written with its key, as everything else in an event. */
function kindDetail(kind: string): string {
  return kind === 'sharedFate' ? kind : kindText(kind as ElementKind);
}

export function namesOf(system: System, kind: string): readonly string[] {
  switch (kind) {
    case 'component':
      return [...system.components.keys()];
    case 'zone':
      return [...system.zones.keys()];
    case 'region':
      return [...system.regions.keys()];
    case 'sharedFate':
      return [...system.sharedFates.keys()];
    case 'policy':
      return [...system.policies.keys()];
    case 'journey':
      return [...system.journeys.keys()];
    case 'call':
      return system.calls.map(({ id }) => id).filter(isPlain);
    default:
      return [];
  }
}

function ordered(order: number): string {
  return String(order).padStart(5, '0');
}
