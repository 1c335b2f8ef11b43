import * as l10n from '@vscode/l10n';
import { sections } from '../formats/native/schema';
import { translated } from '../formats/native/translated';
import type { Field, ValueType } from '../formats/native/types';
import type { ElementKind } from '../model/origin';
import { paragraphs } from './markdown';

/** What may stand at one point of a text: types of values, and the keys that the blocks among them have. */
export interface Slot {
  readonly types: readonly ValueType<unknown>[];
  readonly keys: ReadonlyMap<string, KeyDoc>;
  /** The names that keys of this map refer to; undefined where the keys are free or fixed. */
  readonly namesOf?: string;
}

/** What the language says about a key. */
export type KeyDoc = Pick<Field<unknown>, 'doc' | 'default' | 'examples' | 'type'>;

/** A step into a document: a key, or `[]` (or its number) for an item of a list. */
export type Step = string;
export const item: Step = '[]';

/** What may stand at the end of a path of keys; undefined for a path that the language does not have. */
export function slotAt(path: readonly Step[]): Slot | undefined {
  const [top, ...rest] = path;
  if (top === undefined) return { types: [], keys: sections };
  const section = sections.get(top);
  if (!section) return undefined;
  if (section.shape === 'value') return slotIn(section.type, rest);
  // The entries of a section have names of their own, or are items of a list.
  const [entry, ...inner] = rest;
  if (entry === undefined) return { types: [], keys: new Map() };
  return (section.shape === 'list') === (entry === item) ? slotIn(section.type, inner) : undefined;
}

/** What may stand in a value of a type, at the end of a path of keys in it. */
export function slotIn(type: ValueType<unknown>, path: readonly Step[]): Slot | undefined {
  let here = unfold([type]);
  for (const step of path) {
    here = unfold(here.flatMap((type) => into(type, step)));
    if (here.length === 0) return undefined;
  }
  const keys = new Map<string, KeyDoc>();
  for (const type of here) for (const [key, field] of type.fields ?? []) keys.set(key, field);
  const named = here.find((type) => type.name === 'map')?.refers;
  return { types: here, keys, ...(named === undefined ? {} : { namesOf: named }) };
}

function into(type: ValueType<unknown>, step: Step): readonly ValueType<unknown>[] {
  if (type.name === 'list') return (step === item || /^\d+$/.test(step)) && type.item ? [type.item] : [];
  if (type.name === 'map') return type.item ? [type.item] : [];
  const field = type.fields?.get(step);
  return field ? [field.type] : [];
}

/** A type with all its alternatives. */
function unfold(types: readonly ValueType<unknown>[]): readonly ValueType<unknown>[] {
  return types.flatMap((type) => [type, ...unfold(type.alternatives ?? [])]);
}

/** What a key means, what holds without it, and how it may look, as Markdown. */
export function keyText(key: string, { doc, default: otherwise, examples = [], type }: KeyDoc): string {
  return paragraphs(
    `\`${key}\`: ${translated(doc)}`,
    l10n.t('Expects {0}.', translated(type.expects)),
    otherwise === undefined ? undefined : l10n.t('Without it: {0}.', type.words?.includes(otherwise) ? otherwise : translated(otherwise)),
    examples.length === 0 ? undefined : `\`\`\`yaml\n${examples.map((example) => `${key}: ${example}`).join('\n')}\n\`\`\``,
  );
}

const sectionOf: Readonly<Partial<Record<ElementKind, string>>> = {
  objectives: 'objectives',
  region: 'regions',
  zone: 'zones',
  sharedFate: 'sharedFate',
  component: 'components',
  policy: 'policies',
  journey: 'journeys',
  scenario: 'scenarios',
};

/** What the language says about a key of an element, by the dotted path that origins use. */
export function keyOf(kind: ElementKind, path: string): { readonly key: string; readonly doc: KeyDoc } | undefined {
  const steps = path.split('.');
  const key = steps.pop() ?? '';
  const section = sectionOf[kind];
  const base = kind === 'call' ? ['calls', item] : section === undefined ? undefined : kind === 'objectives' ? [section] : [section, ''];
  const doc = base && slotAt([...base, ...steps])?.keys.get(key);
  return doc && { key, doc };
}
